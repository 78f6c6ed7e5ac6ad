"""The charts of the funding report; the numbers in them stand in a table beside them."""

from __future__ import annotations

from oekoreport import Area, Figure, Report, catalogue
from oekoreport.kit.charts import Band, Bar, Chart, Pair, bands, bars, pairs

_ = catalogue("oekoreport_funding")

BANDS = {
    "none": _("without investment"),
    "under_1": _("less than 1 year"),
    "from_1_to_3": _("1 to 3 years"),
    "over_3": _("more than 3 years"),
    "never": _("does not pay"),
}


def drawn(report: Report) -> dict[str, Chart]:
    """Return the charts by the names that the template calls them."""
    return {"areas": _areas(report), "payback": _payback(report), "lines": _lines(report)}


def _bar(report: Report, label: str, figure: Figure) -> Bar:
    return Bar(label, figure.value, report.locale.show(figure))


def _areas(report: Report) -> Chart:
    rows = [
        _bar(report, report.locale.show(area), report.figures[name])
        for area in Area
        if (name := f"area.money/{area.value}") in report.figures
        and report.figures[f"area.quantified/{area.value}"].value != 0  # what is not quantified is no zero
    ]
    title = report.locale.show(_("Money saved per year by area of work"))
    return bars(title, rows, language=report.locale.language)


def _payback(report: Report) -> Chart:
    show = report.locale.show
    rows = []
    for band, label in BANDS.items():
        count, share = report.figures[f"payback.{band}"], report.figures[f"payback.{band}_share"]
        text = show(count) if count.withheld else show(_("{count} measures ({share})", count=count, share=share))
        rows.append(Band(show(label), share.value, show(share), text))
    return bands(show(_("Payback of the quantified measures")), rows, language=report.locale.language)


def _lines(report: Report) -> Chart:
    show = report.locale.show
    plan = report.project.plan
    rows = [
        Pair(
            f"{report.origins.typed_key(line.identity)}  {show(line.title) if line.title else ''}".strip(),
            _bar(report, "", report.figures[f"line.planned/{line.key}"]),
            _bar(report, "", report.figures[f"line.spent/{line.key}"]),
        )
        for line in (plan.expenditure if plan else ())
    ]
    names = show(_("Financing plan")), show(_("Settlement"))
    return pairs(show(_("Expenditure: plan and settlement")), names, rows, language=report.locale.language)
