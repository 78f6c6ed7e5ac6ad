"""The generated pages of the documentation are those that the code gives now."""

import importlib.util
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

from oekoreport.build.demo import demo_records
from oekoreport.testing.reports import report_of

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["fields.md", "figures.md", "rules.md", "template-faults.md", "project.schema.json"])
def test_a_generated_page_is_up_to_date(name: str, reference: ModuleType) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == reference.pages()[name], "run: make docs"


def test_the_reference_round_fits_the_published_schema() -> None:
    import json

    schema = json.loads((DOCS / "project.schema.json").read_text(encoding="utf-8"))
    project = json.loads(report_of(demo_records()).project.model_dump_json())
    jsonschema.validate(project, schema)
    assert project["participants"][0]["name"]
