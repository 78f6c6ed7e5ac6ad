"""The Word templates that there are, and what one of them may name: for reading, and as JSON."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from oekoreport.cli.session import bare_table
from oekoreport.documents.proof import Placeholder, Sort, like, placeholders
from oekoreport.errors import UsageError
from oekoreport.language import Locale, catalogue

if TYPE_CHECKING:
    from oekoreport.build.contexts import WordTemplate
    from oekoreport.cli.session import Session

_ = catalogue("oekoreport")

FORMAT = 1
LONGEST_EXAMPLE = 60


class NothingToSearch(UsageError):
    """Something is searched for, and no template is named to search it in."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__(
            _("Which template should be searched?"),
            hint=_(
                "Add its name: oekoreport template fields TEMPLATE --search TEXT. Available: {known}.",
                known=tuple(known),
            ),
        )


def show_templates(session: Session, known: Mapping[str, WordTemplate], form: str) -> None:
    """Print the templates with the exporters that fill them."""
    show = session.locale.show
    if form == "json":
        data = [_described(each, session.locale) for each in known.values()]
        click.echo(json.dumps({"format": FORMAT, "templates": data}, indent=1))
        return
    table = bare_table()
    table.add_column(show(_("Template")), no_wrap=True)
    table.add_column(show(_("What is made from it")), ratio=1)
    table.add_column(show(_("Exporter")), no_wrap=True)
    for each in known.values():
        table.add_row(each.name, show(each.exporter.title), each.exporter.name)
    session.console().print(table)
    session.say("")
    session.say(_("List the placeholders of one: oekoreport template fields TEMPLATE"))


def _described(template: WordTemplate, locale: Locale) -> dict[str, str]:
    return {
        "template": template.name,
        "exporter": template.exporter.name,
        "title": locale.show(template.exporter.title),
    }


def show_fields(session: Session, template: WordTemplate, form: str, search: str | None) -> None:
    """Print what a template may name, with a search only what is like it."""
    every = placeholders(template.contexts[-1], session.locale, template.titles)
    found = every if search is None else _found(every if form == "json" else _told_once(every), search)
    if form == "json":
        data = [_field(each) for each in found]
        click.echo(
            json.dumps({"format": FORMAT, **_described(template, session.locale), "placeholders": data}, indent=1)
        )
        return
    session.say(f"{template.name}  {session.locale.show(template.exporter.title)}", "bold")
    if not found:
        session.say(_("No name or title contains “{text}”.", text=search))
        return
    _print_groups(session, found if search is not None else _told_once(every))
    if search is None:
        session.say("")
        session.say(_("A number also has .number (without its unit), .unit, .title and .known; a loop has loop.index."))
        session.say(_("Search: --search TEXT"))


def _field(placeholder: Placeholder) -> dict[str, Any]:
    return {
        "name": placeholder.path,
        "written": placeholder.written,
        "title": placeholder.title,
        "unit": placeholder.unit,
        "example": placeholder.example,
        "sort": placeholder.sort.value,
        "loops": list(placeholder.inside),
    }


def _found(every: Iterable[Placeholder], text: str) -> list[Placeholder]:
    """Return what has a text in its name or title; where nothing has, what is called most like it."""
    every = list(every)
    found = [each for each in every if like(each, text)]
    if not found:
        near = set(difflib.get_close_matches(text, {each.path.rpartition(".")[2] for each in every}, n=3, cutoff=0.7))
        found = [each for each in every if each.path.rpartition(".")[2] in near]
    return found


def _told_once(every: Iterable[Placeholder]) -> list[Placeholder]:
    """Leave out what is told elsewhere: the project's own lists and objects, and lists of what has a list on top."""
    every = list(every)
    top = {_head(each) for each in every if not each.inside}
    kinds = {each.kind for each in every if each.sort is Sort.LIST and not each.inside and "." not in each.path}
    doubled = {
        each.written
        for each in every
        if each.sort is Sort.LIST and each.kind in kinds and (each.inside or "." in each.path)
    }
    return [
        each for each in every if not doubled.intersection(each.inside) and not _of_the_project(each, top - {"project"})
    ]


def _of_the_project(placeholder: Placeholder, top: set[str]) -> bool:
    path = placeholder.inside[0].split(" in ")[1].split()[0] if placeholder.inside else placeholder.path
    parts = path.split(".")
    return parts[0] == "project" and len(parts) > 1 and (parts[1] in top)


def _head(placeholder: Placeholder) -> str:
    return placeholder.path.partition(".")[0]


def _print_groups(session: Session, found: Iterable[Placeholder]) -> None:
    """Print a table for each object and for each list, below the loop that goes over it."""
    width = session.console().width
    for heading, group in _groups(session, found):
        session.say("")
        session.say(heading, "bold cyan")
        table = bare_table()
        table.show_header = False
        written = min(max(len(each.written) for each in group), width // 2)
        table.add_column(width=written, overflow="fold")
        table.add_column(ratio=3, overflow="fold")
        table.add_column(ratio=2, overflow="fold", style="dim")
        for each in group:
            table.add_row(each.written, each.title, _example(each))
        session.console().print(table)


def _example(placeholder: Placeholder) -> str:
    text = placeholder.example or ""
    return f"{text[:LONGEST_EXAMPLE]} …" if len(text) > LONGEST_EXAMPLE else text


def _groups(session: Session, found: Iterable[Placeholder]) -> Iterator[tuple[str, list[Placeholder]]]:
    """Yield single values first, then the members of each object or list together."""
    groups: dict[tuple[str, ...], list[Placeholder]] = {}
    for each in found:
        alone = not each.inside and "." not in each.path and each.sort is not Sort.LIST
        key = each.inside or (() if alone else (_head(each),))
        groups.setdefault(key, []).append(each)
    for key in sorted(groups, key=lambda key: key != ()):
        yield " ".join(key) if key else session.locale.show(_("Single values")), groups[key]
