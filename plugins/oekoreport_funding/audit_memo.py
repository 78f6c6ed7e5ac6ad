"""The audit memo (Prüfvermerk): internal, how far the project would stand up to an audit, and what that rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from oekoreport import (
    INTERNAL,
    Finding,
    Message,
    NoOptions,
    Outcome,
    Pack,
    Parameter,
    Presence,
    PublishedCase,
    Report,
    Role,
    Status,
    Unsure,
    catalogue,
    describe,
    number_of,
)
from oekoreport.kit.papers import Paper, PaperExporter
from oekoreport.kit.views import Fields, Number, View, Views
from oekoreport_funding import provenance, word

_ = catalogue("oekoreport_funding")

TEMPLATE = "funding/pruefvermerk.docx"

HEADLINES = (
    "participants.certified",
    "workshops.held",
    "measures.programme",
    "savings.money",
    "savings.energy",
    "savings.co2",
    "savings.water",
    "savings.waste",
    "investment.total",
    "expenditure.spent",
    "expenditure.eligible",
    "income.received",
    "settlement.granted",
    "settlement.paid_out",
    "settlement.recognized",
    "settlement.grant_due",
    "settlement.reduction",
    "settlement.own_funds",
    "settlement.repayment",
    "settlement.repayment_due",
    "settlement.interest",
)
"""The figures whose origin stands in the memo; ``oekoreport explain`` tells that of all others."""


COLUMNS = {
    "titles": Role.TITLE,
    "heads": Role.HEAD,
    "labels": Role.LABEL,
    "notes": Role.NOTE,
    "data": Role.FIELD,
    "left_out": Role.LEFT_OUT,
}
"""What the columns of the balance count."""


class AuditMemo(PaperExporter[NoOptions]):
    """Never part of what goes to the authority; it says so on top and lies in a folder of its own."""

    name = "audit-memo"
    title = _("Audit memo")
    options = NoOptions
    placeholder_titles = word.titles("pruefvermerk")

    def papers(self, report: Report, options: NoOptions) -> Iterator[Paper]:  # noqa: ARG002 - it has none
        """Yield the one paper."""
        title = _("Audit memo: {project}", project=word.project_title(report))
        yield Paper((INTERNAL, "pruefvermerk"), title, context(report), word=TEMPLATE)


def context(report: Report) -> dict[str, object]:
    """Return what the template may name: besides the project, what was judged and on which grounds."""
    rows: dict[str, Iterator[View]] = {
        "verdicts": _verdicts(report),
        "findings": _findings(report),
        "published": _published(report),
        "consents": _waivers(report),
        "packs": (_pack(report, pack) for pack in report.terms.packs),
        "notice_terms": (_parameter(report, term) for term in report.terms if term.status is Status.NOTICE),
        "leaned_on": (_leaned_on(report, each) for each in report.unsure()),
        "factors": _factors(report),
        "origins": _origins(report),
        "inputs": (Fields("input", {"name": name, "sha": sha}) for name, sha in report.inputs.items()),
        "balance": _balance(report),
        "left_out": _left_out(report),
        "versions": (Fields("version", {"name": name, "version": text}) for name, text in report.versions.items()),
    }
    outcomes = [verdict.outcome for verdict in report.verdicts]
    return {
        **word.context(report, Views(report), [name for name in HEADLINES if name in report.figures]),
        "digest": report.digest or None,
        "outcomes": Fields("outcomes", {outcome.value: outcomes.count(outcome) for outcome in Outcome}),
        **{name: list(views) for name, views in rows.items()},
    }


# --- what was judged -------------------------------------------------------------------------------------------------


def _verdicts(report: Report) -> Iterator[View]:
    for verdict in report.verdicts:
        yield Fields(
            "verdict",
            {
                "code": verdict.code,
                "title": verdict.title,
                "outcome": verdict.outcome.label,
                "failed": verdict.outcome in (Outcome.FAILED, Outcome.UNDECIDED),
                "evaluated": report.locale.number(verdict.evaluated),
                "waived": verdict.waived,
                "basis": verdict.basis,
            },
        )


def _findings(report: Report) -> Iterator[View]:
    for verdict in report.verdicts:
        for finding in verdict.findings:
            yield _finding(report, finding, finding.severity.label)
        for question in verdict.undecided:
            yield _finding(report, question, Outcome.UNDECIDED.label)


def _finding(report: Report, finding: Finding, weight: Message) -> View:
    show = report.locale.show
    texts = {
        "message": finding.message,
        "subject": None if finding.subject is None else describe(finding.subject),
        "expected": finding.expected,
        "found": finding.found,
        "hint": finding.hint,
    }
    values = {name: None if text is None else show(text) for name, text in texts.items()}
    waived = show(_("covered by {key}", key=finding.waived_by)) if finding.waived_by else None
    place = None if finding.place is None else show(finding.place)
    return Fields("finding", {"code": finding.code, "weight": weight, "place": place, "waived": waived, **values})


def _published(report: Report) -> Iterator[View]:
    """Yield each published case on a rule with something open, once, with the codes of those rules."""
    rules: dict[PublishedCase, list[str]] = {}
    for verdict in report.verdicts:
        if verdict.open_findings or verdict.undecided:
            for case in verdict.cases:
                rules.setdefault(case, []).append(verdict.code)
    for case, codes in rules.items():
        values = {"reference": case.reference, "amount": case.amount, "happened": case.happened}
        yield Fields("published_case", {"rules": ", ".join(codes), **values})


def _waivers(report: Report) -> Iterator[View]:
    for waiver in report.project.waivers:
        values = {
            "key": waiver.key,
            "rule": waiver.rule,
            "subject": waiver.subject,
            "kind": waiver.waiver_kind,
            "reason": waiver.reason,
            "reference": waiver.reference,
            "by": waiver.granted_by,
            "expires": waiver.expires,
            "used": number_of(each for each in report.findings() if each.waived_by == waiver.key),
        }
        yield Fields("waiver", values)


# --- what that rests on ----------------------------------------------------------------------------------------------


def _pack(report: Report, pack: Pack) -> View:
    show = report.locale.show
    return Fields(
        "pack",
        {
            "title": pack.title,
            "name": pack.name,
            "valid_from": show(pack.valid_from) if pack.valid_from else "–",
            "valid_to": show(pack.valid_to) if pack.valid_to else "–",
            "status": pack.status.label,
            "source": pack.source,
        },
    )


def _parameter(report: Report, parameter: Parameter) -> View:
    return Fields("parameter", _told(report, parameter))


def _leaned_on(report: Report, each: Unsure) -> View:
    """Return a value that is not sure with what hangs on it, and how it is settled."""
    show = report.locale.show
    titles = tuple(dict.fromkeys(figure.title for figure in each.figures))
    hanging = {"figures": show(titles) if titles else None, "rules": ", ".join(each.rules)}
    way_out = {"known": each.parameter.presence is not Presence.UNKNOWN, "settling": show(each.parameter.settling)}
    return Fields("unsure", {**_told(report, each.parameter), **hanging, **way_out})


def _told(report: Report, parameter: Parameter) -> dict[str, object]:
    return {
        "title": report.locale.show(parameter.title),
        "value": report.locale.show(parameter.held),
        "status": parameter.standing,
        "source": parameter.source,
        "passage": parameter.passage or None,
        "pack": parameter.pack,
    }


def _factors(report: Report) -> Iterator[View]:
    for fact in provenance.facts(report):
        held: object
        status: Message | str
        if isinstance(fact, Parameter):
            held, status = report.locale.show(fact.held), fact.standing
        else:
            held = Number("factor", fact.value, fact.unit, None, "")
            status = Status(fact.status).label if fact.status in set(Status) else fact.status
        title = report.locale.show(fact.title)
        yield Fields("factor", {"title": title, "value": held, "source": fact.source, "status": status})


def _balance(report: Report) -> Iterator[View]:
    """Yield what the cells of each file were taken for, and of all files together."""
    files = report.balance.by_file()
    for name, counts in [*files.items(), (_("All files"), sum(files.values(), Counter()))]:
        numbers = {column: report.locale.number(counts[role]) for column, role in COLUMNS.items()}
        yield Fields("balance", {"file": name, **numbers, "cells": report.locale.number(counts.total())})


def _left_out(report: Report) -> Iterator[View]:
    for cells in report.balance.left_out():
        values = {"place": report.locale.show(cells.place), "reason": cells.reason}
        yield Fields("stretch", {**values, "cells": report.locale.number(cells.count)})


def _origins(report: Report) -> Iterator[View]:
    for name in HEADLINES:
        if name in report.figures:
            figure = report.figures[name]
            how = None if figure.how is None else report.locale.show(figure.how)
            values = {"name": name, "title": figure.title, "value": figure, "how": how}
            yield Fields("origin", {**values, "cells": provenance.origin(report, name)})
