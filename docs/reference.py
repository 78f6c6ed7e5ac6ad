"""Write the reference pages of this folder from the code that they describe: ``python docs/reference.py``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from oekoreport.contract.registry import Registry
from oekoreport.documents.proof import Kind
from oekoreport.figures import CHAPTERS
from oekoreport.language import Locale
from oekoreport.model import KINDS, Attribute, Project, attributes
from oekoreport.model.codes import Code
from oekoreport.units import Amount

GERMAN, ENGLISH = Locale("de"), Locale("en")
TYPES = {
    str: "text",
    Decimal: "number",
    int: "whole number",
    date: "day",
    bool: "yes or no",
    Amount: "number with unit",
}


def pages() -> dict[str, str]:
    """Return the generated pages by file name."""
    return {
        "fields.md": fields(),
        "figures.md": figures(),
        "rules.md": rules(),
        "template-faults.md": template_faults(),
        "project.schema.json": json.dumps(Project.model_json_schema(), ensure_ascii=False, indent=1) + "\n",
    }


def fields() -> str:
    """Return the field reference: a table a kind."""
    return "\n".join(_field_lines())


def _field_lines() -> Iterator[str]:
    yield "# Fields\n"
    yield "Every field of the model, as forms and templates know it. Fields marked * are required in a complete"
    yield "project."
    yield "A field may be unknown; then it is marked in documents, and so is every figure that leans on it.\n"
    for kind, noun in KINDS.items():
        yield f"## {GERMAN.show(noun.label)} (`{kind}`)\n"
        summary = (noun.__doc__ or "").splitlines()[0]
        parent = "" if noun.parent == "project" else f" Belongs to: `{noun.parent}`."
        yield f"{summary}{parent}\n"
        yield "| field | German title | English title | type | unit | example | what belongs in it |"
        yield "|---|---|---|---|---|---|---|"
        yield from (_field_row(attribute) for attribute in attributes(noun))
        yield ""


def _field_row(attribute: Attribute) -> str:
    star = "*" if attribute.required else ""
    cells = (
        f"`{attribute.name}`{star}",
        GERMAN.show(attribute.title),
        ENGLISH.show(attribute.title),
        _type(attribute),
        attribute.unit,
        _example(attribute.example),
        ENGLISH.show(attribute.description),
    )
    return f"| {' | '.join(cells)} |"


def _type(attribute: Attribute) -> str:
    if attribute.refers:
        return f"key of a `{attribute.refers}`"
    if isinstance(attribute.type, type) and issubclass(attribute.type, Code):
        return "one of: " + ", ".join(f"`{member.value}` {GERMAN.show(member)}" for member in attribute.type)
    return TYPES[attribute.type]


def _example(example: object) -> str:
    if isinstance(example, tuple):
        return " ".join(str(part) for part in example)
    return "" if example is None else str(example)


def figures() -> str:
    """Return the list of figures, in the order of definition."""
    lines = [
        "# Figures\n",
        "Every number that a document may print. Those marked /key exist for each object.\n",
        "| name | German title | English title | unit | how it is computed |",
        "|---|---|---|---|---|",
    ]
    for chapter in CHAPTERS:
        for definition in chapter.definitions:
            name = f"{definition.name}/key" if definition.each else definition.name
            titles = f"{GERMAN.show(definition.title)} | {ENGLISH.show(definition.title)}"
            how = ENGLISH.show(definition.how) if definition.how else ""
            lines.append(f"| `{name}` | {titles} | {definition.unit} | {how} |")
    return "\n".join(lines) + "\n"


def rules() -> str:
    """Return the catalogue of rules, from their docstrings."""
    lines = ["# Rules\n"]
    for book in Registry.discover().rulebooks:
        lines.append(f"## {GERMAN.show(book.title)} (`{book.name}`, {book.edition})\n")
        for rule in book.rules:
            lines.append(f"### {rule.code}: {GERMAN.show(rule.title)}\n")
            lines.append(f"{rule.severity.name.lower()}; basis: {GERMAN.show(rule.basis)}\n")
            lines.append(f"{rule.documentation}\n")
    return "\n".join(lines)


def template_faults() -> str:
    """Return the kinds of faults that ``template check`` tells."""
    lines = [
        "# Faults of Word templates\n",
        "What `oekoreport template check` tells, by code. Errors keep a build from beginning; others do not.\n",
        "| code | weight | German | English | what it does |",
        "|---|---|---|---|---|",
    ]
    for kind in Kind:
        titles = " | ".join(locale.show(kind.title) for locale in (GERMAN, ENGLISH))
        what = ENGLISH.show(kind.help).replace("|", "\\|")
        lines.append(f"| `{kind.code}` | {kind.severity.name.lower()} | {titles} | {what} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for name, text in pages().items():
        (Path(__file__).parent / name).write_text(text, encoding="utf-8")
