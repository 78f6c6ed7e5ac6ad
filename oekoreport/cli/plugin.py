"""``oekoreport plugin``: what is installed, and what it offers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from oekoreport.cli.arguments import output_format
from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session, bare_table
from oekoreport.cli.texts import Group, command
from oekoreport.language import Locale, Message, catalogue

if TYPE_CHECKING:
    from rich.console import RenderableType

    from oekoreport.contract import PluginInfo
    from oekoreport.rules import Rulebook

_ = catalogue("oekoreport")


@command(
    _(
        "List the plugins and what they offer.\n\nA broken plugin is named with the reason; nothing is checked "
        "or built until it is fixed, uninstalled, or excluded with --without.\n\nThe law is listed by edition; "
        "as JSON with every value, its source and its status."
    ),
    output_format("text", "json"),
    name="list",
)
def list_plugins(session: Session, form: str) -> Exit:
    """Return FINDINGS where a plugin is broken."""
    plugins = session.registry.plugins
    if form == "json":
        click.echo(json.dumps([_described(each, session.locale) for each in plugins], indent=1))
    else:
        session.console().print(_table(plugins, session.locale))
        for each in session.registry.broken:
            session.say(_("{plugin} is broken: {problem}", plugin=each.name, problem=each.problem), "bold red")
    return Exit.FINDINGS if session.registry.broken else Exit.CLEAN


def _described(info: PluginInfo, locale: Locale) -> dict[str, Any]:
    """Return a plugin as data: names of what it offers, and its problem or null."""
    return {
        "name": info.name,
        "distribution": info.distribution,
        "version": info.version,
        "importers": [each.name for each in info.importers],
        "exporters": [each.name for each in info.exporters],
        "rulebooks": [_rulebook(each, locale) for each in info.rulebooks],
        "templates": [each.name for each in info.templates],
        "problem": locale.show(info.problem) if info.problem else None,
    }


def _rulebook(book: Rulebook, locale: Locale) -> dict[str, Any]:
    from oekoreport.cli.packs_json import pack_json

    packs = [pack_json(pack, locale) for pack in book.packs]
    return {"name": book.name, "edition": book.edition, "rules": len(book.rules), "packs": packs}


def _table(plugins: Iterable[PluginInfo], locale: Locale) -> RenderableType:
    table = bare_table()
    for head in (_("Plugin"), _("Package")):
        table.add_column(locale.show(head), no_wrap=True)
    table.add_column(locale.show(_("What it offers")), ratio=1)
    for info in plugins:
        table.add_row(info.name, f"{info.distribution} {info.version}", _offer(info, locale))
    return table


def _offer(info: PluginInfo, locale: Locale) -> str:
    if info.problem:
        return locale.show(_("nothing: it is broken"))
    rulebooks = tuple(
        locale.show(
            _("{name} {edition} ({number} rules)", name=each.name, edition=each.edition, number=len(each.rules))
        )
        for each in info.rulebooks
    )
    packs = tuple(
        Message("{name} ({status})", name=pack.name, status=pack.status.label)
        for each in info.rulebooks
        for pack in each.packs
    )
    offers = (
        (_("importers: {names}", names=(importers := tuple(each.name for each in info.importers))), importers),
        (_("exporters: {names}", names=(exporters := tuple(each.name for each in info.exporters))), exporters),
        (_("rulebooks: {names}", names=rulebooks), rulebooks),
        (_("law: {names}", names=packs), packs),
        (_("templates: {names}", names=(templates := tuple(each.name for each in info.templates))), templates),
    )
    return "\n".join(locale.show(message) for message, names in offers if names)


plugin = Group("plugin", help=_("List the installed plugins."), commands=[list_plugins])
