"""The catalogue of rules, from their docstrings."""

from __future__ import annotations

from oekoreport.contract.registry import Registry
from oekoreport.law import Citation
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
    return "\n".join(lines)


def _basis(rule: Rule, book: Rulebook) -> str:
    """Return what a rule rests on; where its passage differs by edition, with the editions of each."""
    if not isinstance(rule.basis, Citation):
        return GERMAN.show(rule.basis)
    editions: dict[str, list[str]] = {}
    for pack in book.packs:
        editions.setdefault(GERMAN.show(rule.basis.among([pack])), []).append(f"`{pack.name}`")
    if len(editions) == 1:
        return next(iter(editions))
    return "; ".join(f"{passage} in {', '.join(names)}" for passage, names in editions.items())
