"""What a folder may hold besides forms: films, crowds, nonsense, odd numbers, odd days, and odd machines around it."""

from __future__ import annotations

import os

from tests.attacks.attack import attack
from tests.attacks.ground import Ground
from tests.attacks.office import edited, workbook

RUN = ("manifest.json", "lauf.json", ".oekoreport.lock")
"""What tells which files were read, and when."""


@attack("20,000 small files lie in belege")
def crowd(ground: Ground) -> None:
    for number in range(20_000):
        ground.put(f"belege/{number % 100}/{number}.pdf", b"%PDF-1.7 %%EOF")
    ground.check(0)


@attack("A table has 20,000 rows of nonsense")
def nonsense(ground: Ground) -> None:
    rows = [(f"Firma {n}", "viel", "kWh?", "irgendwann", "ja/nein", n) for n in range(20_000)]
    ground.put("erhebung/unsinn.xlsx", workbook(("Titel", "Betrag", "Einheit", "Datum", "Umgesetzt", "Nr"), *rows))
    ground.check(1, "unsinn.xlsx")


@attack("A project's measures have 20,000 rows of which no cell is right")
def wrong_cells(ground: Ground) -> None:
    heads = (
        "Schlüssel",
        "Teilnehmer",
        "Titel",
        "Stand",
        "Umgesetzt am",
        "Investition (EUR)",
        "Kosteneinsparung (EUR/a)",
    )
    rows = [(f"m{n}", f"firma{n}", "x", "halb", "gestern", "teuer", "viel") for n in range(20_000)]
    ground.put("erhebung/massnahmen.xlsx", workbook(heads, *rows))
    ground.check(1, "massnahmen.xlsx")


@attack("A CSV is one line of 60 MB")
def one_line(ground: Ground) -> None:
    ground.put("erhebung/zeile.csv", b"a;" * 30_000_000)
    ground.check(1, "zeile.csv")


@attack("A CSV has 3 million lines")
def many_lines(ground: Ground) -> None:
    ground.put("erhebung/zeilen.csv", b"Titel;Betrag\n" + b"a;1\n" * 3_000_000)
    ground.check(1, "zeilen.csv")


@attack("A CSV opens a quotation that never ends")
def open_quotation(ground: Ground) -> None:
    ground.put("erhebung/offen.csv", b'Titel;Betrag\n"' + b"a;1\n" * 500_000)
    ground.check(1, "offen.csv")


@attack("Amounts are 1E308, -1E308, 1E-308, 9 × 400 and ∞", always=True)
def odd_amounts(ground: Ground) -> None:
    with edited(ground.project / "projekt.xlsx") as book:
        for row, value in enumerate((1e308, -1e308, 1e-308, "9" * 400, "∞", "1e999999", "0x10", "١٢٣"), start=5):
            for cell in book["Belege"][row]:
                cell.value = value if isinstance(cell.value, int | float) else cell.value
    ground.check(1)
    ground.run("build", "runde")
    ground.demand_whole()


@attack("A day is asked for that is none, and one of the year 9999")
def as_of(ground: Ground) -> None:
    ground.ends(2, by=("check", "runde", "--as-of", "2021-02-30"))
    ground.run("check", "runde", "--as-of", "9999-12-31")
    ground.run("build", "runde", "--as-of", "0001-01-01")


@attack("Files were last changed before 1980, before 1970 and in 2150")
def odd_times(ground: Ground) -> None:
    for path, time in zip(sorted(ground.project.rglob("*.xlsx")), (0, -2_000_000_000, 5_680_281_600), strict=False):
        os.utime(path, (time, time))
    ground.build(0)


@attack("The clock stands in 1973 and in 2109", always=True)
def odd_clocks(ground: Ground) -> None:
    for seconds in (100_000_000, 4_400_000_000):
        ground.clock(seconds)
        ground.ends(0, by=("build", "runde"))
        _demand_as_ever(ground)


@attack("The locale names files in ASCII; a file has a name that is not UTF-8; nobody else may read", always=True)
def ascii_alone(ground: Ground) -> None:
    ascii_locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    ground.behind("sh", "-c", 'umask 077; exec "$0" "$@"')
    ground.ends(0, by=("build", "runde"), environment=ascii_locale)
    _demand_as_ever(ground)
    ground.put("belege/" + os.fsdecode(b"f\xfcr \xe4.pdf"), b"%PDF-1.7 %%EOF")
    for command in ("build", "status", "check --format json", "check --format sarif"):
        name, *more = command.split()
        ground.ends(0, by=(name, "runde", *more), environment=ascii_locale)
    ground.ends(0, by=("verify", "runde/out"), environment=ascii_locale)


def _demand_as_ever(ground: Ground) -> None:
    """Demand the documents of a build that nothing disturbed; what tells of the run may differ."""
    for path in ground.built.rglob("*"):
        if path.is_file() and path.name not in RUN:
            assert (ground.out / path.relative_to(ground.built)).read_bytes() == path.read_bytes(), path.name


@attack("Terminals are 1 column wide, unknown, or of other languages")
def odd_terminals(ground: Ground) -> None:
    for variables in (
        {"COLUMNS": "1"},
        {"TERM": "nichts"},
        {"LC_ALL": "tr_TR.UTF-8"},
        {"TZ": "Nirgends/Wo"},
        {"LANG": "\udcff"},
    ):
        ground.ends(0, by=("check", "runde"), environment=variables)


@attack("A folder is empty, another has only hidden files, a third a project of nothing")
def nothing(ground: Ground) -> None:
    (ground.home / "leer").mkdir()
    (ground.home / "versteckt").mkdir()
    (ground.home / "versteckt/.x").touch()
    (ground.home / "nichts").mkdir()
    (ground.home / "nichts/projekt.xlsx").touch()
    ground.keep(ground.home)
    for name in ("leer", "versteckt", "nichts"):
        ground.ends(2, by=("check", f"home/{name}"))
        ground.ends(2, by=("build", f"home/{name}"))
    ground.ends(2, by=("batch", "home/leer"))


@attack("An earlier day of a rule's explanation, a figure that there is not, a format that there is not")
def odd_arguments(ground: Ground) -> None:
    ground.ends(2, by=("explain", "runde", "../../x"))
    ground.ends(2, by=("explain", "runde", "x" * 100_000))
    ground.ends(2, by=("check", "runde", "--format", "exe"))
    ground.ends(2, by=("check", "runde", "--explain", "{{7*7}}"))
    ground.ends(2, by=("batch", "runde", "-j", "0"))
    ground.run("batch", "runde", "-j", "100000")


@attack("One project of a batch is hostile: the others are built")
def batch_goes_on(ground: Ground) -> None:
    ground.several(3)
    (ground.root / "runden/1/templates/award").mkdir(parents=True)
    (ground.root / "runden/1/templates/award/urkunde.typ").write_text("#{ while true { } }")
    run = ground.run("batch", "runden", "-j", "1")
    assert run.code == 2
    assert [(ground.root / f"runden/{n}/out/manifest.json").exists() for n in range(3)] == [True, False, True]


@attack("A CSV is a line of 190 MB, has a million columns, and 5 million empty lines")
def odd_lines(ground: Ground) -> None:
    ground.put("erhebung/zeile.csv", b"a" * 190_000_000)
    ground.put("erhebung/spalten.csv", b"Titel;" * 1_000_000)
    ground.put("erhebung/leer.csv", b"Titel;Betrag\n" + b"\n" * 5_000_001)
    ground.check(1, "zeile.csv", "50 MB", "spalten.csv: row 1", "16,384 columns", "leer.csv")


@attack("Amounts have 100,000 digits, groups or blanks, and are written with the digits of other scripts")
def endless_numerals(ground: Ground) -> None:
    numerals = (
        "9" * 100_000,
        "1" + ".000" * 30_000,
        "5" + " " * 100_000 + "kWh",
        "1,",
        "1e999999",
        "NaN",
        "\uff11\uff12\uff13",
        "١٢٣",
    )
    heads = "Schlüssel;Teilnehmer;Titel;Investition (EUR);Kosteneinsparung (EUR/a);Strom (kWh/a)"
    rows = [f"m{number};klinik;T;{each};{each};{each}" for number, each in enumerate(numerals)]
    ground.put("erhebung/massnahmen.csv", "\n".join([heads, *rows]))
    ground.check(1, "massnahmen.csv")


@attack("Criteria in TOML are nested 200,000 times, have numbers of 5,000 digits and 1e999999, and 10 MB", always=True)
def endless_criteria(ground: Ground) -> None:
    for text in ("a = " + "[" * 200_000, ".".join("a" * 200_000) + " = 1", "#" * 10_000_000):
        ground.put("templates/award/criteria.toml", text)
        ground.check(2, "criteria.toml", "1,000,000 characters")
    for text in (f"a = {'9' * 5_000}", "a = 1e999999", "a = nan", f"a = 0x{'f' * 500_000}"):
        ground.put("templates/award/criteria.toml", text)
        ground.check(2, "criteria.toml is not TOML")


@attack("A narrative in Markdown has 190 MB")
def endless_narrative(ground: Ground) -> None:
    ground.put("sachbericht.md", b"# Verlauf\n\nabc def\n\n" * 9_000_000)
    ground.check(1, "sachbericht.md", "10 MB")
