"""The Word templates that are shipped: each is known, clean, and listed with every placeholder that it names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from oekoreport.build.template_proofs import Proofreader
from oekoreport.contract.registry import Registry
from oekoreport.documents.proof import proof
from oekoreport.documents.proof.contents import placeholders
from oekoreport.language import Locale
from oekoreport.report.templates import Templates

SHIPPED = sorted(
    f"{folder.name}/{path.relative_to(folder.path).as_posix()}"
    for folder in Registry.discover().templates
    for path in folder.path.rglob("*.docx")
)
CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "docxtpl-templates"


@cache
def reader() -> Proofreader:
    return Proofreader(Registry.discover())


def test_every_shipped_template_is_filled_by_an_exporter_that_says_with_what() -> None:
    assert sorted(reader().known) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_template_is_clean(name: str) -> None:
    content = Templates(Registry.discover().templates).look_at(name)
    assert reader().proof(name, content, name, own=False).faults == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_what_a_template_may_name_is_listed_once_and_with_its_title(name: str) -> None:
    template = reader().known[name]
    listed = placeholders(template.contexts[-1], Locale("de"), template.titles)
    written = [(*each.inside, each.written) for each in listed]
    assert len(set(written)) == len(written)
    assert [each.path for each in listed if not each.title] == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the templates of docxtpl's tests are not here")
def test_templates_that_strangers_wrote_are_read_to_their_end() -> None:
    for path in sorted(CORPUS.glob("*.docx")):
        faults = proof(path.read_bytes())
        torn = path.name == "word2016_tpl.docx"  # it tries a tab in a text in quotation marks
        assert [fault.kind.name for fault in faults] == (["SPLIT_TAG"] if torn else []), path.name
