"""Whose a document is, asked without running an exporter."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from oekoreport import NoOptions, Report, catalogue
from oekoreport.build.jobs import Job
from oekoreport.build.ownership import Ownership, SamePath, TakesAnothers
from oekoreport.documents.papers import Paper, PaperExporter

_ = catalogue("oekoreport")


class Ours(PaperExporter[NoOptions]):
    name = "ours"
    title = _("Funding report")
    options = NoOptions

    def papers(self, _report: Report, _options: NoOptions) -> Iterable[Paper]:
        return ()


PAPER = Paper(("nachweise", "Nachweis 2020"), "x", {}, "ours/x.docx", pieces=(Paper(("nachweise", "b"), "x", {}, ""),))


@pytest.mark.parametrize(
    "path", ["nachweise/Nachweis_2020.docx", "NACHWEISE/nachweis_2020.PDF", "nachweise", "nachweise/b.pdf/c.txt"]
)
def test_what_a_built_in_exporter_makes_of_its_papers_is_its_own_even_if_it_fails(path: str) -> None:
    ownership = Ownership(frozenset({"ours"}))
    ownership.reserve([Job(Ours(), NoOptions(), (PAPER,))])
    with pytest.raises(TakesAnothers, match=f"The exporter other makes {path}, which is a document of ours."):
        ownership.take("other", [path])
    ownership.take("ours", ["nachweise/Nachweis_2020.docx"])
    ownership.take("other", ["nachweise/mehr.txt"])
    assert ownership.contested == {}


def test_of_three_rivals_each_is_withheld() -> None:
    ownership = Ownership()
    ownership.take("a", ["x"])
    for name in ("b", "c"):
        with pytest.raises(SamePath):
            ownership.take(name, ["y", "x"])
    ownership.take("d", ["y"])
    assert list(ownership.contested) == ["a"]
