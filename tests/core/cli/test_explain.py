"""``oekoreport explain``: figures, and the way from a number to its cells."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]

ROUND = """project;project;;title=A round;reference_date=2021-06-30
participant;klinik;;name=Klinik Muster;fee=2500
participant;werk;;name=Werk Muster;fee=1500,50
income;E1;;income_kind=third_party;participant=klinik;amount=2500;date=2021-01-15
"""


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "projekt.lines").write_text(ROUND)
    return folder


def plain(result: Result) -> str:
    """The output with its no-break spaces as blanks."""
    return result.stdout.replace("\u00a0", " ")


def rows(output: str) -> dict[str, str]:
    return {line.split()[0]: line for line in output.splitlines() if line.strip()}


def test_all_figures_are_listed_with_their_values(call: Call, folder: Path) -> None:
    result = call("explain", folder)
    assert result.exit_code == 0
    listed = rows(plain(result))
    assert listed["fees.owed"].endswith("4,000.50 €")
    assert listed["participants.total"].endswith(" 2")
    assert listed["settlement.grant_due"].endswith("[unknown]")


def test_figures_of_single_objects_are_collapsed_until_asked_for(call: Call, folder: Path) -> None:
    assert rows(plain(call("explain", folder)))["fees.owed/…"].endswith("× 2")
    listed = rows(plain(call("explain", folder, "--all")))
    assert listed["fees.owed/klinik"].endswith("2,500.00 €")
    assert "fees.owed/…" not in listed


def test_a_figure_leads_to_its_cells(call: Call, folder: Path) -> None:
    lines = plain(call("explain", folder, "fees.owed")).splitlines()
    assert lines[0].startswith("Fees owed (fees.owed) = 4,000.50 €")
    assert any(line.endswith("Participant: Fee (klinik) = 2,500.00 €  projekt.lines: line 2") for line in lines)
    assert any(line.endswith("Participant: Fee (werk) = 1,500.50 €  projekt.lines: line 3") for line in lines)
    assert any("Klinik Muster (fees.owed/klinik) = 2,500.00 €" in line for line in lines)


def test_an_unknown_figure_says_at_once_what_is_missing(call: Call, folder: Path) -> None:
    file = folder / "projekt.lines"
    file.write_text(ROUND.replace("fee=1500,50", "fee=lots"))
    result = call("explain", folder, "fees.owed")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Fees owed (fees.owed) = [unknown]")
    assert lines[1].endswith("missing: Participant: Fee (werk)  projekt.lines: line 3")
    assert any(line.endswith("Participant: Fee (werk) = [unknown]  projekt.lines: line 3") for line in lines)


def test_a_figure_is_derived_once(call: Call, folder: Path) -> None:
    lines = call("explain", folder, "fees.open").stdout.splitlines()
    for name in ("(fees.owed/klinik)", "(fees.received/klinik)"):
        assert len([line for line in lines if name in line and "(see above)" not in line]) <= 1


def test_a_figure_that_is_none_gets_close_names(call: Call, folder: Path) -> None:
    result = call("explain", folder, "fees.owd")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: There is no figure “fees.owd”.\n  Did you mean: fees.owed")


def test_german(call: Call, folder: Path) -> None:
    output = plain(call("--lang", "de", "explain", folder, "fees.owed"))
    assert "4.000,50 €" in output
    assert "projekt.lines: Zeile 2" in output


def test_numbers_that_enter_no_figure_are_listed_by_field(call: Call, folder: Path) -> None:
    (folder / "projekt.lines").write_text(ROUND.replace("fee=", "staff=40;fee="))
    result = call("explain", folder, "--unused")
    assert result.exit_code == 0
    (staff,) = (line.split() for line in plain(result).splitlines() if line.startswith("Participant: Staff"))
    assert staff[2:] == ["×", "2", "projekt.lines:", "line", "2"]
    assert "Participant: Fee" not in plain(result)
    every = plain(call("explain", folder, "--unused", "--all")).splitlines()
    assert [" ".join(line.split()) for line in every if line.startswith("Participant: Staff")] == [
        "Participant: Staff (klinik) 40 FTE projekt.lines: line 2",
        "Participant: Staff (werk) 40 FTE projekt.lines: line 3",
    ]


def test_where_every_number_enters_a_figure_it_says_so(call: Call, folder: Path) -> None:
    assert call("explain", folder, "--unused").stdout == "Every number that was read enters a figure.\n"
