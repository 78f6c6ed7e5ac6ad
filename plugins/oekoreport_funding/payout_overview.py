"""The payout overview (Auszahlungsübersicht): what was paid out, when it had to be used, and when it was."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import Drawdown, NoOptions, Report, catalogue
from oekoreport.kit.papers import Paper, PaperExporter
from oekoreport.kit.views import Fields, View, Views
from oekoreport_funding import word

_ = catalogue("oekoreport_funding")

TEMPLATE = "funding/auszahlungsuebersicht.docx"

FIGURES = {name: f"drawdown.{name}" for name in ("used_up", "used_in_time", "used_late", "unused", "interest")}


class PayoutOverview(PaperExporter[NoOptions]):
    """One document; a project without a drawdown has none."""

    name = "payout-overview"
    title = _("Payout overview")
    options = NoOptions
    placeholder_titles = word.titles("auszahlungsuebersicht")

    def papers(self, report: Report, options: NoOptions) -> Iterator[Paper]:  # noqa: ARG002 - it has none
        """Yield the overview, where the project has a drawdown."""
        if report.project.drawdowns:
            title = _("Payout overview: {project}", project=word.project_title(report))
            yield Paper(("auszahlungsuebersicht",), title, context(report.outward()), word=TEMPLATE)


def context(report: Report) -> dict[str, object]:
    """Return what the template may name: the project, its payouts, and the time for their use."""
    views = Views(report)
    return {
        **word.context(report, views, _printed(report)),
        "payouts": [_payout(report, views, drawdown) for drawdown in report.project.drawdowns],
        "window": word.windows(report),
    }


def _printed(report: Report) -> list[str]:
    calls = report.project.drawdowns
    return [*word.SETTLED, *(f"{full}/{call.key}" for full in FIGURES.values() for call in calls)]


def _payout(report: Report, views: Views, drawdown: Drawdown) -> View:
    values = {"use_by": word.use_by(report, views, drawdown), **word.figures(views, drawdown.key, FIGURES)}
    return Fields("payout", {**word.drawdown(report, views, drawdown), **values})
