"""The catalogue of rules, from their docstrings."""

from __future__ import annotations

from oekoreport.contract.registry import Registry
from oekoreport.law import PublishedCase
from oekoreport.rules.rule import Rule, Rulebook

from .markdown import GERMAN


def rules() -> str:
    """Return the page."""
    lines = ["# Rules\n"]
    for book in Registry.discover().rulebooks:
        lines.append(f"## {GERMAN.show(book.title)} (`{book.name}`, {book.edition})\n")
        for rule in book.rules:
            lines.append(f"### {rule.code}: {GERMAN.show(rule.title)}\n")
            lines.append(f"{rule.severity.name.lower()}; basis: {_basis(rule, book)}\n")
            lines.append(f"{rule.documentation}\n")
            if rule.cases:
                lines.append("Published cases:\n")
                lines.extend(f"- {_case(case)}" for case in rule.cases)
                lines.append("")
    return "\n".join(lines)


def _basis(rule: Rule, book: Rulebook) -> str:
    """Return what a rule rests on; where its passage differs by edition, with the editions of each."""
    passages = book.passages(rule)
    if len(passages) == 1:
        return GERMAN.show(next(iter(passages)))
    return "; ".join(
        f"{GERMAN.show(passage)} in {', '.join(f'`{name}`' for name in names)}" for passage, names in passages.items()
    )


def _case(case: PublishedCase) -> str:
    """Return a case on a line: where it stands, the amount, what happened, and where that was read."""
    amount = f" ({GERMAN.show(case.amount)})" if case.amount else ""
    return f"**{case.body}, {case.report}**{amount}: {case.happened} Source: {case.source}; {case.status.value}."
