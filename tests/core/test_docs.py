"""The generated pages of the documentation are those that the code gives now."""

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from oekoreport.build.demo import demo_records
from oekoreport.testing.reports import report_of
from reference import pages

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|data:|#)([^)#]+)")
NAMED = re.compile(r"`((?:oekoreport|plugins|tests|templates|docs|benchmarks)/[\w./-]+)`")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages()


@pytest.mark.parametrize(
    "name",
    [
        "editions.md",
        "fields.md",
        "figures.md",
        "kit.md",
        "law.md",
        "licences.md",
        "rules.md",
        "template-faults.md",
        "project.schema.json",
    ],
)
def test_a_generated_page_is_up_to_date(name: str, made: dict[str, str]) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == made[name], "run: make docs"


def test_the_reference_round_fits_the_published_schema() -> None:
    schema = json.loads((DOCS / "project.schema.json").read_text(encoding="utf-8"))
    project = json.loads(report_of(demo_records()).project.model_dump_json())
    jsonschema.validate(project, schema)
    assert project["participants"][0]["name"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/decisions.md"])
def test_every_path_that_a_page_names_exists(page: str) -> None:
    named = NAMED.findall((ROOT / page).read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_picture_of_the_layers_is_the_one_that_is_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    picture = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert re.findall(r"^│ (.*?) +│", picture, re.MULTILINE) == layers
