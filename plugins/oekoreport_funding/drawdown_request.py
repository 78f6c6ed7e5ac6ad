"""The drawdown request (Mittelabruf): a letter for each call, with the need by line of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oekoreport import Drawdown, NoOptions, Report, catalogue
from oekoreport.kit.papers import Paper, PaperExporter
from oekoreport.kit.views import Fields, Number, View, Views
from oekoreport_funding import word

_ = catalogue("oekoreport_funding")

TEMPLATE = "funding/mittelabruf.docx"
FOLDER = "mittelabrufe"


NOT_PLANNED = Number("planned_eligible", None, "EUR", 2, "")
"""What was planned of a line that the plan of the day does not have: nobody knows."""


class DrawdownRequest(PaperExporter[NoOptions]):
    """A letter for each drawdown that the project holds: it tells what was called before, nothing that came after."""

    name = "drawdown-request"
    title = _("Drawdown requests")
    options = NoOptions
    placeholder_titles = word.titles("mittelabruf")

    def papers(self, report: Report, options: NoOptions) -> Iterator[Paper]:  # noqa: ARG002 - it has none
        """Yield a letter for each drawdown."""
        calls = report.project.drawdowns
        for number, call in enumerate(calls):
            title = _(
                "Drawdown request {number}: {project}",
                number=word.number_of(report, call),
                project=word.project_title(report),
            )
            values = context(report, call, calls[:number])
            yield Paper((FOLDER, f"mittelabruf-{word.number_of(report, call)}"), title, values, word=TEMPLATE)


def context(report: Report, call: Drawdown, earlier: Sequence[Drawdown]) -> dict[str, object]:
    """Return what the template may name: the project on the day of the call, those before it, and its need by line."""
    report = (report.as_of(call.requested_on) if call.requested_on else report).outward()
    call = next(each for each in report.project.drawdowns if each.key == call.key)
    views = Views(report)
    grant = report.project.grant
    paid_elsewhere = grant is not None and grant.paying_agency is not None
    return {
        **word.context(report, views),
        "notices": [views.of(notice) for notice in report.project.notices],
        "call": Fields("drawdown", word.drawdown(report, views, call)),
        "earlier": [Fields("drawdown", word.drawdown(report, views, each)) for each in earlier],
        "needs": list(_needs(report, views, call)),
        "window": word.window(report, report.terms),
        "authority_address": None if paid_elsewhere or grant is None else grant.authority_address,
    }


def _needs(report: Report, views: Views, call: Drawdown) -> Iterator[View]:
    """Yield what is needed by line; a line that the plan does not have is named by its key alone."""
    lines = {line.key: line for line in report.project.plan.expenditure} if report.project.plan else {}
    for need in call.needs:
        line = lines.get(need.line or "")
        values = {
            "key": views.typed_key(line.identity) if line else need.line,
            "title": line.title if line else None,
            "planned_eligible": views.figure(f"line.planned_eligible/{line.key}") if line else NOT_PLANNED,
            "amount": views.of(need).get("amount"),
        }
        yield Fields("need", values)
