"""Vetting of plugins: hooks that do not exist, and offers that do not keep the contract."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

import pluggy
from pydantic import BaseModel

from oekoreport.contract import hookspecs
from oekoreport.contract.hookspecs import API, Exporter, Importer
from oekoreport.errors import PluginError
from oekoreport.language import catalogue
from oekoreport.report import TemplateFolder
from oekoreport.rules import Rulebook

_ = catalogue("oekoreport")

HOOKS = tuple(name for name, _function in inspect.getmembers(hookspecs, inspect.isfunction) if name.startswith("oeko"))


class BrokenContract(PluginError):
    """A plugin does not keep to the contract; the message is a part of a sentence on it."""


def demand_plugin(module: ModuleType, manager: pluggy.PluginManager) -> None:
    """Demand that a module keeps to the contract; one without hooks is a plugin that offers nothing.

    Raises:
        BrokenContract: it needs a later version, or has a hook that is none.
    """
    wanted = getattr(module, "OEKOREPORT_API", API)
    if not isinstance(wanted, int):
        raise BrokenContract(_("OEKOREPORT_API must be an integer, not {wanted}", wanted=repr(wanted)))
    if wanted > API:
        raise BrokenContract(
            _("needs version {wanted} of the plugin contract; this is version {api}", wanted=wanted, api=API)
        )
    for name, _function in inspect.getmembers(module, inspect.isfunction):
        marked = manager.parse_hookimpl_opts(module, name) is not None
        if name.startswith("oekoreport_") and not marked:
            raise BrokenContract(_("the function {name} is not marked with @hookimpl", name=name))
        if marked and name not in HOOKS:
            near = tuple(difflib.get_close_matches(name, HOOKS, n=1) or HOOKS)
            raise BrokenContract(_("has a hook that does not exist: {name}; there is {known}", name=name, known=near))


def offered(module: ModuleType, hook: str) -> tuple[Any, ...]:
    """Return what a hook of a module offers.

    Raises:
        BrokenContract: that is not what the contract says.
    """
    implementation = getattr(module, hook, None)
    if implementation is None:
        return ()
    offers = implementation()
    if not isinstance(offers, Iterable):
        raise BrokenContract(_("{hook} returns {kind}, not a list", hook=hook, kind=type(offers).__name__))
    items = tuple(offers)
    for item in items:
        _demand_offer(hook, item)
    return items


def _demand_offer(hook: str, item: Any) -> None:
    if isinstance(item, type):
        kind = item.__name__
        raise BrokenContract(
            _("{hook} offers the class {kind}; it has to be an object: {kind}()", hook=hook, kind=kind)
        )
    if lacking := tuple(_lacking(hook, item)):
        kind = type(item).__name__
        raise BrokenContract(_("{hook} offers {kind}, which lacks: {lacking}", hook=hook, kind=kind, lacking=lacking))


def _lacking(hook: str, item: Any) -> Iterator[str]:
    """Yield what the contract demands of an offer and it has not."""
    match hook:
        case "oekoreport_importers":
            yield from _unnamed(item)
            yield from (name for name in ("claims", "read") if not _does(item, name, Importer))
        case "oekoreport_exporters":
            yield from _unnamed(item)
            if not isinstance(getattr(item, "title", None), str):
                yield "title"
            options = getattr(item, "options", None)
            if not (isinstance(options, type) and issubclass(options, BaseModel)):
                yield "options"
            yield from (name for name in ("render",) if not _does(item, name, Exporter))
        case "oekoreport_rulebooks":
            yield from () if isinstance(item, Rulebook) else ("Rulebook",)
        case "oekoreport_templates":
            yield from () if isinstance(item, TemplateFolder) else ("TemplateFolder",)


def _unnamed(item: Any) -> Iterator[str]:
    name = getattr(item, "name", None)
    if not isinstance(name, str) or not name:
        yield "name"


def _does(item: Any, name: str, contract: type) -> bool:
    """Tell whether an offer has a method of its own; that of the contract does nothing."""
    return callable(getattr(item, name, None)) and getattr(type(item), name, None) is not getattr(contract, name)
