"""The generated pages of the documentation are those that the code gives now."""

import json
from pathlib import Path

import jsonschema
import pytest

from oekoreport.build.demo import demo_records
from oekoreport.testing.reports import report_of
from reference import pages

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages()


@pytest.mark.parametrize(
    "name", ["fields.md", "figures.md", "kit.md", "rules.md", "template-faults.md", "project.schema.json"]
)
def test_a_generated_page_is_up_to_date(name: str, made: dict[str, str]) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == made[name], "run: make docs"


def test_the_reference_round_fits_the_published_schema() -> None:
    schema = json.loads((DOCS / "project.schema.json").read_text(encoding="utf-8"))
    project = json.loads(report_of(demo_records()).project.model_dump_json())
    jsonschema.validate(project, schema)
    assert project["participants"][0]["name"]
