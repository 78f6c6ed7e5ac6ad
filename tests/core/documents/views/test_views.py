"""What templates see: fields and figures by their names, and nothing of Python."""

from io import BytesIO

import docx
import pytest

from oekoreport.documents.filling import Template
from oekoreport.documents.views.views import Views, fields
from oekoreport.errors import TemplateError
from oekoreport.model import KINDS
from oekoreport.records.record import Record
from oekoreport.report.report import Report
from oekoreport.testing.reports import hostile_report, report_of, sample_report, without_figures
from oekoreport.testing.round import clean_round


def printed(report: Report, *lines: str) -> list[str]:
    """Return what a template with these paragraphs prints of a report."""
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    buffer = BytesIO()
    file.save(buffer)
    content = Template(buffer.getvalue()).render(Views(report).context(), title="", language="de", created=None).content
    return [paragraph.text.replace("\u00a0", " ") for paragraph in docx.Document(BytesIO(content)).paragraphs]


def test_fields_and_figures_have_the_names_that_an_officer_reads() -> None:
    assert printed(
        sample_report(),
        "{{ project.title }}",
        "{{ grant.rate }} von {{ grant.cap }}",
        "{{ savings.co2 }}",
        "{{ savings.money.number }} {{ savings.money.unit }}",
        "{{ participants.certified }} von {{ participants|length }}",
        "{{ settlement.grant_due }}",
        "{{ project.factor_year }}",
    ) == [
        "ÖKOPROFIT Kreis Soest 2020/2021",
        "80 % von 20.000,00 €",
        "636,0 t/a",
        "242.162 €/a",
        "13 von 13",
        "19.040,67 €",
        "2020",
    ]


def test_objects_of_a_collection_carry_their_own_figures() -> None:
    report = sample_report()
    lines = printed(
        report,
        "{% for l in plan.expenditure %}{{ l.key }} {{ l.spent.number }} {{ l.eligible.number }}; {% endfor %}",
        "{% for l in plan.income %}{{ l.received_share.number }}; {% endfor %}",
        "{% for p in participants %}{% if loop.first %}{{ p.name }}: {{ p.savings.co2 }}{% endif %}{% endfor %}",
        "{% for r in receipts %}{% if loop.last %}{{ r.key }} {{ r.spent }}{% endif %}{% endfor %}",
    )
    assert lines[0] == (
        "1 16.639,00 16.639,00; 2 31.279,00 0,00; 3 5.661,84 5.661,84; 4 1.820,70 1.500,00; 5 4.028,00 0,00; "
    )
    assert lines[1] == "52,58; 32,04; 15,38; "
    first = report.project.participants[0]
    co2 = report.locale.show(report.figures[f"savings.co2/{first.key}"]).replace("\u00a0", " ")
    assert lines[2] == f"{first.name}: {co2}"
    last = report.project.receipts[-1]
    assert lines[3].startswith(f"{last.key} ")


def test_a_key_leads_on_to_its_object() -> None:
    report = sample_report()
    income = report.project.incomes[0]
    payer = next(p for p in report.project.participants if p.key == income.participant)
    line = (
        "{% for i in incomes %}{% if loop.first %}{{ i.participant }}: {{ i.participant.name }}{% endif %}{% endfor %}"
    )
    assert printed(report, line) == [f"{payer.key}: {payer.name}"]


def test_the_same_key_in_two_kinds_is_no_confusion() -> None:
    records = [record for record in clean_round() if record.kind != "income_line"]
    twin = next(record for record in clean_round() if record.kind == "income_line")
    line = next(record for record in records if record.kind == "expenditure_line")
    report = report_of([*records, Record(twin.kind, line.key, twin.values, twin.origin, twin.parent)])
    planned = report.locale.show(report.figures[f"income_line.planned/{line.key}"]).replace("\u00a0", " ")
    assert printed(report, "{% for l in plan.income %}{{ l.title }} {{ l.planned }}{% endfor %}") == [
        f"{twin.values['title']} {planned}"
    ]


def test_what_is_unknown_is_marked() -> None:
    assert printed(without_figures(sample_report()), "{{ savings.co2 }}", "{{ savings.co2.number }}") == [
        "[unbekannt]",
        "[unbekannt]",
    ]
    assert printed(hostile_report(), "{{ award.date }}") == ["[unbekannt]"]


def test_an_object_that_is_not_there_has_unknown_fields_but_no_others() -> None:
    report = report_of([record for record in clean_round() if record.kind != "award"])
    assert printed(report, "{{ award.place }}", "{% if award %}ja{% else %}nein{% endif %}") == ["[unbekannt]", "nein"]
    with pytest.raises(TemplateError, match="award\\.plce"):
        printed(report, "{{ award.plce }}")


def test_the_narrative_stands_by_section() -> None:
    records = [record for record in clean_round() if record.kind != "narrative"]
    origin = records[0].origin
    told = [Record("narrative", str(n), {"section": "course", "text": f"Teil **{n}**"}, origin) for n in (1, 2)]
    report = report_of([*records, *told])
    assert printed(report, "{{p narratives.course }}") == ["Teil 1", "Teil 2"]
    one_by_one = "{%p for n in narratives %}", "{{p n.text }}", "{%p endfor %}"
    assert printed(report, *one_by_one) == ["Teil 1", "Teil 2"]


@pytest.mark.parametrize(
    "placeholder",
    ["savings", "participants", "project", "project.kind", "project.model_dump", "project._noun", "narratives.text"],
)
def test_what_is_no_value_is_refused(placeholder: str) -> None:
    with pytest.raises(TemplateError, match=placeholder.rpartition(".")[2]):
        printed(sample_report(), f"{{{{ {placeholder} }}}}")


def test_every_field_of_the_model_is_listed() -> None:
    listed = dict(fields())
    assert listed["participant.name"].required
    assert {place.partition(".")[0] for place in listed} == {kind for kind in KINDS if kind != ""}
