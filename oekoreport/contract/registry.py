"""Finds, vets and lists plugins. A registry is passed as an argument; there is no global one."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

import oekoreport
from oekoreport.contract import hookspecs
from oekoreport.contract.guard import ForeignFault, foreign_code
from oekoreport.contract.hookspecs import GROUP, Exporter, Importer
from oekoreport.contract.vetting import demand_plugin, offered
from oekoreport.errors import PluginError, UsageError
from oekoreport.language import Message, catalogue
from oekoreport.report import TemplateFolder
from oekoreport.rules import Rulebook
from oekoreport.steps import Kind, step

_ = catalogue("oekoreport")

OURS = "oekoreport"
"""The distribution of the built-in plugins."""


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """An installed plugin: what it offers, or why it was refused."""

    name: str
    distribution: str
    version: str
    module: ModuleType | None = None
    importers: tuple[Importer, ...] = ()
    exporters: tuple[Exporter[Any], ...] = ()
    rulebooks: tuple[Rulebook, ...] = ()
    templates: tuple[TemplateFolder, ...] = ()
    problem: Message | None = None

    @property
    def is_built_in(self) -> bool:
        """Tell whether it comes with the program."""
        return self.distribution == OURS


class BrokenPlugins(PluginError):
    """A build is refused while a plugin is broken: a missing rulebook must never look like a clean report."""

    def __init__(self, plugins: Sequence[PluginInfo]) -> None:
        names = tuple(
            Message("{name} {version}: {problem}", name=each.name, version=each.version, problem=each.problem)
            for each in plugins
        )
        super().__init__(
            _("These plugins are broken: {names}", names=names),
            hint=_("Fix or uninstall them, or exclude them by name: --without {name}.", name=plugins[0].name),
        )


class NoSuchExporter(UsageError):
    """An exporter is asked for that no plugin brings."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            _("There is no exporter “{name}”.", name=name), hint=_("Available: {known}.", known=tuple(sorted(known)))
        )


class NoSuchPlugin(UsageError):
    """A plugin is to be left out that is not installed."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            _("There is no plugin “{name}” to leave out.", name=name),
            hint=_("Available: {known}.", known=tuple(sorted(known))),
        )


class Registry:
    """What the installed plugins offer, sorted by name."""

    def __init__(self, plugins: Iterable[PluginInfo], left_out: Iterable[str] = ()) -> None:
        self.plugins = tuple(sorted(plugins, key=lambda plugin: plugin.name))
        self.left_out = frozenset(left_out)

    @classmethod
    def discover(cls, without: Iterable[str] = ()) -> Registry:
        """Load every installed plugin except those named; a broken one is listed with its problem, not raised.

        Raises:
            NoSuchPlugin: one is to be left out that is not installed.
        """
        left_out = set(without)
        points = importlib.metadata.entry_points(group=GROUP)
        for name in sorted(left_out - points.names):
            raise NoSuchPlugin(name, points.names)
        manager = pluggy.PluginManager(GROUP)
        manager.add_hookspecs(hookspecs)
        found: list[PluginInfo] = []
        for point in sorted(points, key=lambda point: (not _is_built_in(point), point.name)):
            if point.name not in left_out:
                found.append(_vetted(_loaded(point, manager), found))
        return cls(found, left_out)

    @property
    def broken(self) -> tuple[PluginInfo, ...]:
        """The plugins that were refused."""
        return tuple(plugin for plugin in self.plugins if plugin.problem is not None)

    def demand_sound(self) -> None:
        """Refuse to go on while an installed plugin is broken.

        Raises:
            BrokenPlugins: names each with version and reason.
        """
        if self.broken:
            raise BrokenPlugins(self.broken)

    @property
    def importers(self) -> tuple[Importer, ...]:
        """All importers by name."""
        return tuple(sorted((each for plugin in self.plugins for each in plugin.importers), key=lambda each: each.name))

    @property
    def exporters(self) -> tuple[Exporter[Any], ...]:
        """All exporters by name."""
        return tuple(sorted((each for plugin in self.plugins for each in plugin.exporters), key=lambda each: each.name))

    @property
    def own_importers(self) -> frozenset[str]:
        """The names of the built-in importers."""
        return frozenset(each.name for plugin in self.plugins if plugin.is_built_in for each in plugin.importers)

    @property
    def own_exporters(self) -> frozenset[str]:
        """The names of the built-in exporters."""
        return frozenset(each.name for plugin in self.plugins if plugin.is_built_in for each in plugin.exporters)

    @property
    def rulebooks(self) -> tuple[Rulebook, ...]:
        """All rulebooks by name."""
        return tuple(sorted((each for plugin in self.plugins for each in plugin.rulebooks), key=lambda each: each.name))

    @property
    def templates(self) -> tuple[TemplateFolder, ...]:
        """All folders of templates by name."""
        return tuple(sorted((each for plugin in self.plugins for each in plugin.templates), key=lambda each: each.name))

    @cached_property
    def versions(self) -> dict[str, str]:
        """The versions of the core and of each plugin, with the hash of the code where it is installed to be edited."""
        core = PluginInfo("core", "oekoreport", oekoreport.__version__, oekoreport)
        named = {"oekoreport": core, **{f"plugin {plugin.name}": plugin for plugin in self.plugins}}
        editable = {name for name in {each.distribution for each in named.values()} if _is_editable(name)}
        return {name: _version_text(each, editable) for name, each in named.items()}

    def choose_exporters(self, names: Iterable[str]) -> tuple[Exporter[Any], ...]:
        """Return the exporters of these names, or all where no name is given.

        Raises:
            NoSuchExporter: nobody brings one of them.
        """
        names = set(names)
        known = {exporter.name for exporter in self.exporters}
        for name in sorted(names - known):
            raise NoSuchExporter(name, known)
        return tuple(exporter for exporter in self.exporters if not names or exporter.name in names)


def _version_text(plugin: PluginInfo, editable: Collection[str]) -> str:
    text = f"{plugin.distribution} {plugin.version}"
    if plugin.module is None or plugin.distribution not in editable:
        return text
    return f"{text}, code {code_hash(plugin.module)}"


def _is_editable(distribution: str) -> bool:
    try:
        text = importlib.metadata.distribution(distribution).read_text("direct_url.json")
    except importlib.metadata.PackageNotFoundError:
        return True
    return bool(text and json.loads(text).get("dir_info", {}).get("editable"))


def code_hash(module: ModuleType) -> str:
    """Return a short hash of a module's source: of every Python and TOML file, where it is a package."""
    if not module.__file__:
        return "?"
    path = Path(module.__file__)
    files = [path] if path.name != "__init__.py" else sorted(path.parent.rglob("*"))
    digest = hashlib.sha256()
    for file in files:
        if file.suffix in (".py", ".toml", ".mo"):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _is_built_in(point: importlib.metadata.EntryPoint) -> bool:
    return point.dist is not None and point.dist.name == OURS


def _loaded(point: importlib.metadata.EntryPoint, manager: pluggy.PluginManager) -> PluginInfo:
    """Import one plugin and ask its hooks, on its own: one that raises harms no other."""
    distribution = point.dist.name if point.dist else "?"
    version = point.dist.version if point.dist else "?"
    try:
        with foreign_code(may_raise=PluginError), step(Kind.PLUGIN, point.name):
            module = point.load()
            demand_plugin(module, manager)
            return PluginInfo(
                point.name,
                distribution,
                version,
                module,
                offered(module, "oekoreport_importers"),
                offered(module, "oekoreport_exporters"),
                offered(module, "oekoreport_rulebooks"),
                offered(module, "oekoreport_templates"),
            )
    except PluginError as error:
        problem = error.message
    except ForeignFault as error:
        problem = _("raises {problem}", problem=error.message)
    return PluginInfo(point.name, distribution, version, problem=problem)


def _vetted(plugin: PluginInfo, earlier: Sequence[PluginInfo]) -> PluginInfo:
    """Refuse a plugin that doubles a name which it or an earlier one has; built-in plugins come first."""
    owners = {name: other.name for other in earlier for name in _names(other)}
    for name in _names(plugin):
        if name in owners:
            problem = _("uses the name of {what}, which {other} already has", what=" ".join(name), other=owners[name])
            return PluginInfo(plugin.name, plugin.distribution, plugin.version, problem=problem)
        owners[name] = plugin.name
    return plugin


def _names(plugin: PluginInfo) -> Iterator[tuple[str, str]]:
    """Yield the kind and name of everything that must be unique among plugins."""
    for importer in plugin.importers:
        yield "importer", importer.name
    for exporter in plugin.exporters:
        yield "exporter", exporter.name
    for folder in plugin.templates:
        yield "templates", folder.name
    for book in plugin.rulebooks:
        yield "rulebook", book.name
        for rule in book.rules:
            yield "rule", rule.code
