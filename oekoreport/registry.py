"""Finds, vets and lists plugins. A registry is an object that is passed; there is no global one."""

from __future__ import annotations

import importlib.metadata
import inspect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pluggy

from oekoreport import hookspecs
from oekoreport.errors import PluginError, UsageError
from oekoreport.hookspecs import API, GROUP, Exporter, Importer
from oekoreport.language import Message, catalogue
from oekoreport.rules import Rulebook
from oekoreport.templates import TemplateFolder

_ = catalogue("oekoreport")


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """A plugin as it was found: what it offers, or why it was refused."""

    name: str
    distribution: str
    version: str
    module: ModuleType | None = None
    importers: tuple[Importer, ...] = ()
    exporters: tuple[Exporter[Any], ...] = ()
    rulebooks: tuple[Rulebook, ...] = ()
    templates: tuple[TemplateFolder, ...] = ()
    problem: Message | None = None


class BrokenPlugins(PluginError):
    """A build is refused while a plugin is broken: a missing rulebook must never look like a clean report."""

    def __init__(self, plugins: Sequence[PluginInfo]) -> None:
        names = tuple(f"{plugin.name} {plugin.version}: {plugin.problem}" for plugin in plugins)
        super().__init__(
            _("These plugins are broken: {names}", names=names),
            hint=_("Mend or uninstall them, or leave them out by name: --without {name}.", name=plugins[0].name),
        )


class NoSuchExporter(UsageError):
    """An exporter is asked for that no plugin brings."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            _("There is no exporter “{name}”.", name=name), hint=_("There are: {known}.", known=tuple(sorted(known)))
        )


class Registry:
    """What the installed plugins offer, sorted by name."""

    def __init__(self, plugins: Iterable[PluginInfo]) -> None:
        self.plugins = tuple(sorted(plugins, key=lambda plugin: plugin.name))

    @classmethod
    def discover(cls, without: Iterable[str] = ()) -> Registry:
        """Load every installed plugin except those named; a broken one is listed with its problem, not raised."""
        left_out = set(without)
        points = importlib.metadata.entry_points(group=GROUP)
        manager = pluggy.PluginManager(GROUP)
        manager.add_hookspecs(hookspecs)
        found: list[PluginInfo] = []
        for point in sorted(points, key=lambda point: (not _is_built_in(point), point.name)):
            if point.name not in left_out:
                found.append(_vetted(_loaded(point, manager), found))
        return cls(found)

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
    def rulebooks(self) -> tuple[Rulebook, ...]:
        """All rulebooks by name."""
        return tuple(sorted((each for plugin in self.plugins for each in plugin.rulebooks), key=lambda each: each.name))

    @property
    def templates(self) -> tuple[TemplateFolder, ...]:
        """All folders of templates by name."""
        return tuple(sorted((each for plugin in self.plugins for each in plugin.templates), key=lambda each: each.name))

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


def _is_built_in(point: importlib.metadata.EntryPoint) -> bool:
    return point.dist is not None and point.dist.name == "oekoreport"


def _loaded(point: importlib.metadata.EntryPoint, manager: pluggy.PluginManager) -> PluginInfo:
    """Import one plugin and ask its hooks, on its own: one that raises harms no other."""
    distribution = point.dist.name if point.dist else "?"
    version = point.dist.version if point.dist else "?"
    try:
        module = point.load()
        problem = _problem_of(module, manager)
        if problem is not None:
            return PluginInfo(point.name, distribution, version, problem=problem)
        return _offer(point.name, distribution, version, module)
    except Exception as error:  # noqa: BLE001 - whatever a plugin raises, the command line still works
        problem = _("raises {kind}: {error}", kind=type(error).__name__, error=str(error))
        return PluginInfo(point.name, distribution, version, problem=problem)


def _problem_of(module: ModuleType, manager: pluggy.PluginManager) -> Message | None:
    """Return what keeps a module from being a plugin; one that is none passes the manager's own check."""
    wanted = getattr(module, "OEKOREPORT_API", API)
    if wanted > API:
        return _("needs version {wanted} of the plugin contract; this is version {api}", wanted=wanted, api=API)
    for name, _function in inspect.getmembers(module, inspect.isfunction):
        if name.startswith("oekoreport_") and manager.parse_hookimpl_opts(module, name) is None:
            return _("the function {name} is not marked with @hookimpl", name=name)
    plugin_name = manager.register(module)
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        return _("has a hook that does not exist: {error}", error=str(error))
    finally:
        manager.unregister(name=plugin_name)
    return None


def _offer(name: str, distribution: str, version: str, module: ModuleType) -> PluginInfo:
    return PluginInfo(
        name,
        distribution,
        version,
        module,
        tuple(_asked(module, "oekoreport_importers")),
        tuple(_asked(module, "oekoreport_exporters")),
        tuple(_asked(module, "oekoreport_rulebooks")),
        tuple(_asked(module, "oekoreport_templates")),
    )


def _asked(module: ModuleType, hook: str) -> Iterable[Any]:
    implementation = getattr(module, hook, None)
    return implementation() if implementation is not None else ()


def _vetted(plugin: PluginInfo, earlier: Sequence[PluginInfo]) -> PluginInfo:
    """Refuse a plugin that doubles a name which an earlier one has; built-in plugins come first."""
    for what in ("importers", "exporters", "rulebooks", "templates"):
        taken = {each.name: other for other in earlier for each in getattr(other, what)}
        for each in getattr(plugin, what):
            if each.name in taken:
                problem = _(
                    "doubles the name “{name}” ({what}), which {other} has",
                    name=each.name,
                    what=what,
                    other=taken[each.name].name,
                )
                return PluginInfo(plugin.name, plugin.distribution, plugin.version, problem=problem)
    codes = {rule.code: other.name for other in earlier for book in other.rulebooks for rule in book.rules}
    for book in plugin.rulebooks:
        for rule in book.rules:
            if rule.code in codes:
                problem = _("doubles the rule {code}, which {other} has", code=rule.code, other=codes[rule.code])
                return PluginInfo(plugin.name, plugin.distribution, plugin.version, problem=problem)
    return plugin
