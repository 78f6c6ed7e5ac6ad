"""The catalogue of rules, from their docstrings."""

from __future__ import annotations

from oekoreport.contract.registry import Registry

from .markdown import GERMAN


def rules() -> str:
    """Return the page."""
    lines = ["# Rules\n"]
    for book in Registry.discover().rulebooks:
        lines.append(f"## {GERMAN.show(book.title)} (`{book.name}`, {book.edition})\n")
        for rule in book.rules:
            lines.append(f"### {rule.code}: {GERMAN.show(rule.title)}\n")
            lines.append(f"{rule.severity.name.lower()}; basis: {GERMAN.show(rule.basis)}\n")
            lines.append(f"{rule.documentation}\n")
    return "\n".join(lines)
