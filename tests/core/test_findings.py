"""Of one cause in a column the first findings are listed and the others counted, as serious as those listed."""

from oekoreport.findings import LISTED, LISTED_OF_SHEET, Finding, Findings, Severity
from oekoreport.language import catalogue
from oekoreport.places import Place, column_letters

_ = catalogue("oekoreport")


def bad(row: int, column: int = 2, file: str = "a.xlsx", *, question: bool = False) -> Finding:
    place = Place(file, "Belege", column_letters(column), row)
    message = _("“{text}” is not a number.", text=str(row))
    return Finding("DATA-NUMBER", Severity.ERROR, message, place, question=question)


def test_half_a_million_wrong_cells_are_a_hundred_findings_and_one_that_counts_the_others() -> None:
    *listed, others = Findings(bad(row) for row in range(1, 500_001))
    assert listed == [bad(row) for row in range(1, LISTED + 1)]
    assert (others.code, others.severity, others.place) == ("DATA-NUMBER", Severity.ERROR, bad(LISTED + 1).place)
    assert others.message == "From here on there are further findings of this kind: 499,900."
    assert others.number == 499_900


def test_each_column_sheet_and_question_is_listed_by_itself() -> None:
    two = [bad(row, column) for row in range(LISTED) for column in (2, 3)]
    asked = [bad(row, question=True) for row in range(LISTED)]
    assert list(Findings([*two, *asked])) == [*two, *asked]
    *_listed, others = Findings([*two, *asked, bad(LISTED, question=True)])
    assert others.question


def test_a_sheet_of_many_columns_has_an_end_too() -> None:
    found = list(Findings(bad(row, column) for column in range(16_384) for row in (1, 2)))
    assert len(found) == LISTED_OF_SHEET + 1


def test_what_a_file_held_is_forgotten_with_what_was_counted_of_it() -> None:
    findings = Findings([bad(row, file=file) for file in ("a.xlsx", "b.xlsx") for row in range(LISTED + 5)])
    findings.leave_out("a.xlsx")
    assert {each.place.file for each in findings if each.place} == {"b.xlsx"}
    assert len(list(findings)) == LISTED + 1
