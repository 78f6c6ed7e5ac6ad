"""Ways of typing measures, what they save, and who came."""

from __future__ import annotations

from decimal import Decimal

from tests.typing.facts import Facts
from tests.typing.folder import Folder, Row, Sheet, with_format
from tests.typing.typed import RESOURCES, table
from tests.typing.way import NotHere, asked, either, same

ELECTRICITY = "Strom (kWh/a)"
GAS = RESOURCES["gas_gross"]


def names_at(folder: Folder, facts: Facts) -> dict[str, str]:
    """Return the company's name by the key of its site."""
    names = {company.key: company.name for company in facts.companies}
    return {row["Schlüssel"]: names[row["Teilnehmer"]] for row in folder.sheet("Standorte").rows}


def form_of(folder: Folder, facts: Facts, key: str) -> list[Sheet]:
    """Return the sheets that a company fills in: itself, and its measures."""
    company = next(each for each in facts.companies if each.key == key)
    entry = {"Schlüssel": key, "Name": company.name}
    rows = [dict(row) for row in folder.sheet("Maßnahmen").rows if row["Standort"] == f"{key}-1"]
    site = [row for row in folder.sheet("Standorte").rows if row["Teilnehmer"] == key]
    return [
        Sheet("Unternehmen", list(entry), [entry], form=True),
        table("Standorte", [dict(row) for row in site]),
        table("Maßnahmen", rows),
    ]


@same
def a_form_for_each_company(folder: Folder, facts: Facts) -> None:
    """Have the measures in the companies' own workbooks."""
    for company in facts.companies:
        folder.files[f"erhebung/{company.key}.xlsx"] = form_of(folder, facts, company.key)
    folder.take("Maßnahmen")


@same
def forms_that_name_their_site(folder: Folder, facts: Facts) -> None:
    """Name the site in each form as every company calls its own; the project workbook names companies."""
    names = names_at(folder, facts)
    a_form_for_each_company(folder, facts)
    for company in facts.companies:
        folder.sheet("Maßnahmen", f"erhebung/{company.key}.xlsx").change("Standort", lambda _key: "Hauptstandort")
    for name in ("Vor-Ort-Termine", "Entscheidungen", "Bestandsaufnahmen"):
        folder.sheet(name).change("Standort", names.__getitem__)


@asked("CORE-MEASURE-TWICE")
def a_form_and_the_project_workbook(folder: Folder, facts: Facts) -> None:
    """Type a company's measures into the project workbook too, under other keys."""
    key = facts.companies[0].key
    sheets = form_of(folder, facts, key)
    sheets[-1].change("Schlüssel", lambda old: f"{key}-{old}")
    folder.files[f"erhebung/{key}.xlsx"] = sheets


@asked("CORE-MEASURE-TWICE")
def a_corrected_form_beside_the_first(folder: Folder, facts: Facts) -> None:
    """Receive a form a second time, corrected, without keys."""
    a_form_for_each_company(folder, facts)
    key = facts.companies[0].key
    again = folder.copy().files[f"erhebung/{key}.xlsx"]
    for sheets in (again, folder.files[f"erhebung/{key}.xlsx"]):
        for row in sheets[-1].rows:
            row.pop("Schlüssel")
    again[-1].rows[0]["Einsparung pro Jahr"] += 111
    folder.files[f"erhebung/{key}_korrigiert.xlsx"] = again


def consultants_table(folder: Folder, facts: Facts) -> Sheet:
    """Return the measures as a consultant lists them: by company, with short heads."""
    names = names_at(folder, facts)
    rows: list[Row] = []
    for row in folder.sheet("Maßnahmen").rows:
        line = {"Betrieb": names[row["Standort"]], **row}
        del line["Standort"], line["Schlüssel"]
        rows.append(line)
    sheet = table("Maßnahmen", rows)
    sheet.rename("Handlungsfeld", "Bereich")
    sheet.rename("Investition", "Invest.")
    sheet.rename("Einsparung pro Jahr", "Einsparung [€/a]")
    return sheet


@same
def a_consultants_table(folder: Folder, facts: Facts) -> None:
    """Have the measures in the consultant's one table, by the names of companies."""
    folder.files["Massnahmen Berater.xlsx"] = [consultants_table(folder, facts)]
    folder.take("Maßnahmen")


@asked("DATA-COPY")
def a_consultants_table_beside_the_sheet(folder: Folder, facts: Facts) -> None:
    """Have the consultant's table, and the same measures in the project workbook."""
    folder.files["Massnahmen Berater.xlsx"] = [consultants_table(folder, facts)]


@asked("CORE-MEASURE-TWICE")
def a_measure_typed_twice(folder: Folder, _facts: Facts) -> None:
    """Type a measure a second time, its title a little different."""
    sheet = folder.sheet("Maßnahmen")
    row = sheet.rows[0]
    sheet.rows.append({**row, "Schlüssel": "M99", "Maßnahme": f"{row['Maßnahme'].upper()}."})


@same
def sites_by_company(folder: Folder, facts: Facts) -> None:
    """Name the company instead of its only site."""
    names = names_at(folder, facts)
    sheet = folder.sheet("Maßnahmen")
    sheet.change("Standort", lambda key: names[key])
    sheet.rename("Standort", "Teilnehmer")


@same
def electricity_in_megawatt_hours_by_its_head(folder: Folder, _facts: Facts) -> None:
    """Type electricity in MWh, and say so in the head."""
    sheet = folder.sheet("Maßnahmen")
    sheet.change(ELECTRICITY, lambda amount: amount / 1000)
    sheet.rename(ELECTRICITY, "Strom [MWh/a]")


@same
def electricity_in_megawatt_hours_without_brackets(folder: Folder, _facts: Facts) -> None:
    """Type electricity in MWh under “Strom MWh/a”."""
    sheet = folder.sheet("Maßnahmen")
    sheet.change(ELECTRICITY, lambda amount: amount / 1000)
    sheet.rename(ELECTRICITY, "Strom MWh/a")


@same
def electricity_in_gigajoules(folder: Folder, _facts: Facts) -> None:
    """Type electricity in gigajoules."""
    sheet = folder.sheet("Maßnahmen")
    sheet.change(ELECTRICITY, lambda amount: amount * Decimal("0.0036"))
    sheet.rename(ELECTRICITY, "Strom (GJ/a)")


@asked("DATA-LEFT-OUT")
def electricity_by_the_month(folder: Folder, _facts: Facts) -> None:
    """Type what is saved in a month."""
    sheet = folder.sheet("Maßnahmen")
    sheet.change(ELECTRICITY, lambda amount: amount / 12)
    sheet.rename(ELECTRICITY, "Strom (kWh/Monat)")


@either  # where all have three decimals, 27,654 could be thousands
def electricity_with_its_unit_in_the_cell(folder: Folder, _facts: Facts) -> None:
    """Type 27,6 MWh into the cell."""
    folder.sheet("Maßnahmen").change(ELECTRICITY, lambda amount: f"{amount / 1000}".replace(".", ",") + " MWh")


@same
def electricity_with_its_unit_in_the_format(folder: Folder, _facts: Facts) -> None:
    """Have cells show 27,6 MWh by their number format."""
    folder.sheet("Maßnahmen").change(ELECTRICITY, lambda amount: with_format(amount / 1000, '0.000" MWh"'))


def gas_under(folder: Folder, head: str) -> None:
    """Give the column of gas another head."""
    sheet = folder.sheet("Maßnahmen")
    if GAS not in sheet.heads:
        raise NotHere
    sheet.rename(GAS, head)


@asked("DATA-LEFT-OUT")
def gas_of_no_heating_value(folder: Folder, _facts: Facts) -> None:
    """Type gas without saying which heating value its kilowatt-hours are of."""
    gas_under(folder, "Erdgas [kWh/a]")


@asked("DATA-LEFT-OUT")
def oil_in_litres(folder: Folder, _facts: Facts) -> None:
    """Type heating oil in litres."""
    gas_under(folder, "Heizöl in Litern")


@asked("CORE-CO2")
def carbon_dioxide_beside_its_energy(folder: Folder, _facts: Facts) -> None:
    """Have the consultant's column with the CO2 of the same energy."""
    sheet = folder.sheet("Maßnahmen")
    sheet.heads.append("CO2 [t/a]")
    for row in sheet.rows:
        row["CO2 [t/a]"] = row[ELECTRICITY] * Decimal("0.000353")


@same
def effects_on_a_sheet_of_their_own(folder: Folder, _facts: Facts) -> None:
    """Type what measures save on the sheet for effects."""
    effects(folder, "Jährlich")


@asked("CORE-REQUIRED")
def effects_without_a_recurrence(folder: Folder, _facts: Facts) -> None:
    """Leave blank whether effects come every year or once."""
    effects(folder, None)


def effects(folder: Folder, recurrence: str | None) -> None:
    """Move what measures save of electricity to the sheet for effects."""
    sheet = folder.sheet("Maßnahmen")
    rows: list[Row] = []
    for row in sheet.rows:
        amount = row.pop(ELECTRICITY)
        said = {"Häufigkeit": recurrence} if recurrence else {}
        rows.append({"Maßnahme": row["Schlüssel"], "Ressource": "Strom", "Menge": f"{amount} kWh", **said})
    sheet.heads.remove(ELECTRICITY)
    found = table("Wirkungen", rows)
    found.heads = ["Maßnahme", "Ressource", "Menge", "Häufigkeit"]
    folder.files["projekt.xlsx"].append(found)


@same
def measures_without_keys(folder: Folder, _facts: Facts) -> None:
    """Leave the keys of measures blank."""
    sheet = folder.sheet("Maßnahmen")
    for row in sheet.rows:
        del row["Schlüssel"]
    sheet.heads.remove("Schlüssel")


# --- attendance ------------------------------------------------------------------------------------------------------


@same
def attendance_as_a_list(folder: Folder, facts: Facts) -> None:
    """Type a row for each company and workshop."""
    folder.take("Teilnahmen")
    rows = [
        {"Workshop": f"W{number}", "Teilnehmer": key, "Anwesend": "ja" if came else "nein"}
        for (number, key), came in facts.came.items()
    ]
    folder.files["projekt.xlsx"].append(table("Teilnahmen", rows))


@same
def attendance_by_names_and_days(folder: Folder, facts: Facts) -> None:
    """Name companies and days instead of keys."""
    sheet = folder.sheet("Teilnahmen")
    names = {company.key: company.name for company in facts.companies}
    sheet.change("Teilnehmer", lambda key: names[key])
    for number, day in enumerate(facts.workshops, 1):
        sheet.rename(f"W{number}", f"{day:%d.%m.%Y}")


@same
def attendance_by_numbers(folder: Folder, facts: Facts) -> None:
    """Type 1 for who came."""
    for number in range(1, len(facts.workshops) + 1):
        folder.sheet("Teilnahmen").change(f"W{number}", lambda cell: Decimal(cell == "x"))


@same
def attendance_online(folder: Folder, _facts: Facts) -> None:
    """Type that a company came online."""
    folder.sheet("Teilnahmen").rows[0]["W1"] = "online"


@asked("CORE-ATTENDANCE")
def attendance_not_typed(folder: Folder, _facts: Facts) -> None:
    """Leave blank whether a company came."""
    for row in folder.sheet("Teilnahmen").rows:
        del row["W2"]


@asked("DATA-FLAG")
def attendance_in_doubt(folder: Folder, _facts: Facts) -> None:
    """Type a question mark."""
    folder.sheet("Teilnahmen").rows[0]["W2"] = "?"
