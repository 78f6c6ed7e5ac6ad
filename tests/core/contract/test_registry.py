"""Plugins are found, vetted and listed; a broken one is named and harms no other."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from oekoreport.contract.registry import BrokenPlugins, NoSuchExporter, NoSuchPlugin, PluginInfo, Registry
from oekoreport.language import Locale

HEAD = """
from oekoreport import Document, NoOptions, catalogue, hookimpl
_ = catalogue("stranger")

class Listing:
    name = "{exporter}"
    title = _("Listing")
    options = NoOptions

    def render(self, report, options):
        yield Document(("listing.txt",), "; ".join(p.name or "?" for p in report.project.participants).encode())
"""
SOUND = HEAD + "\n@hookimpl\ndef oekoreport_exporters():\n    return [Listing()]\n"

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Install a distribution with one plugin, as pip would lay it out."""

    def install(name: str, code: str, version: str = "1.0") -> None:
        folder = tmp_path / name
        (folder / f"{name}-{version}.dist-info").mkdir(parents=True)
        (folder / f"{name}-{version}.dist-info" / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        (folder / f"{name}-{version}.dist-info" / "entry_points.txt").write_text(
            f"[oekoreport]\n{name} = {name}_plugin\n"
        )
        (folder / f"{name}_plugin.py").write_text(code)
        monkeypatch.syspath_prepend(str(folder))
        monkeypatch.delitem(sys.modules, f"{name}_plugin", raising=False)

    return install


def plugin(registry: Registry, name: str) -> PluginInfo:
    return next(plugin for plugin in registry.plugins if plugin.name == name)


def problem(name: str, **options: list[str]) -> str:
    found = plugin(Registry.discover(**options), name).problem
    assert found is not None
    return str(found)


def test_the_built_in_plugins_are_sound() -> None:
    registry = Registry.discover()
    names = ["award", "data", "deminimis", "funding", "laender", "nrw", "sachsen", "tables", "workbook"]
    assert [plugin.name for plugin in registry.plugins] == names
    assert registry.broken == ()
    assert {"audit-memo", "certificates", "funding-report", "workbook"} <= {each.name for each in registry.exporters}
    registry.demand_sound()


def test_a_stranger_registers_as_the_built_in_plugins_do(install: Install) -> None:
    install("stranger", SOUND.format(exporter="listing"))
    registry = Registry.discover()
    assert plugin(registry, "stranger").version == "1.0"
    assert [each.name for each in registry.choose_exporters(["listing"])] == ["listing"]


def test_a_plugin_that_raises_at_import_is_named_and_harms_no_other(install: Install) -> None:
    install("bad", "raise RuntimeError('no licence')")
    registry = Registry.discover()
    assert plugin(registry, "bad").problem == "raises RuntimeError: no licence"
    assert plugin(registry, "workbook").problem is None
    with pytest.raises(BrokenPlugins) as error:
        registry.demand_sound()
    assert error.value.localize(Locale("en")) == (
        "These plugins are broken: bad 1.0: raises RuntimeError: no licence\nFix or uninstall them, or exclude "
        "them by name: --without bad."
    )


def test_problems_are_told_in_the_readers_language(install: Install) -> None:
    install("bad", "raise RuntimeError('no licence')")
    with pytest.raises(BrokenPlugins) as error:
        Registry.discover().demand_sound()
    assert "bad 1.0: meldet RuntimeError: no licence" in error.value.localize(Locale("de"))
    install(
        "worse",
        "from oekoreport import SourceError, catalogue\nraise SourceError(catalogue('oekoreport')('no permission'))",
    )
    told = plugin(Registry.discover(), "worse").problem
    assert Locale("de").show(told) == "meldet SourceError: Berechtigung fehlt"


@pytest.mark.parametrize("where", ["", "\n@hookimpl\ndef oekoreport_exporters():\n    "])
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("import sys; sys.exit(3)", "raises SystemExit: 3"),
        ("raise BaseException('basic')", "raises BaseException: basic"),
        ("raise GeneratorExit", "raises GeneratorExit: "),
    ],
)
def test_a_plugin_that_wants_to_end_the_program_is_named(install: Install, where: str, fault: str, told: str) -> None:
    install("bad", HEAD.format(exporter="x") + where + fault)
    assert problem("bad") == told


def test_the_user_may_stop_while_a_plugin_is_loaded(install: Install) -> None:
    install("bad", "raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        Registry.discover()


HOOK = "\n@hookimpl\ndef oekoreport_{kind}():\n    return {offer}\n"


@pytest.mark.parametrize(
    ("kind", "offer", "told"),
    [
        ("exporters", "[Listing]", "oekoreport_exporters offers the class Listing; it has to be an object: Listing()"),
        ("importers", "[Listing]", "oekoreport_importers offers the class Listing; it has to be an object: Listing()"),
        ("exporters", "[object()]", "oekoreport_exporters offers object, which lacks: name, title, options, render"),
        ("importers", "[object()]", "oekoreport_importers offers object, which lacks: name, claims, read"),
        ("importers", "[Listing()]", "oekoreport_importers offers Listing, which lacks: claims, read"),
        ("rulebooks", "[1]", "oekoreport_rulebooks offers int, which lacks: Rulebook"),
        ("templates", "['x']", "oekoreport_templates offers str, which lacks: TemplateFolder"),
        ("exporters", "None", "oekoreport_exporters returns NoneType, not a list"),
    ],
)
def test_what_breaks_the_contract_is_refused_with_the_reason(
    install: Install, kind: str, offer: str, told: str
) -> None:
    install("bad", HEAD.format(exporter="x") + HOOK.format(kind=kind, offer=offer))
    assert problem("bad") == told


def test_an_exporter_without_a_render_of_its_own_is_refused(install: Install) -> None:
    code = HEAD.format(exporter="x").replace("class Listing:", "class Listing(Exporter):").replace("render(", "rendre(")
    install("bad", "from oekoreport import Exporter\n" + code + HOOK.format(kind="exporters", offer="[Listing()]"))
    assert problem("bad") == "oekoreport_exporters offers Listing, which lacks: render"


def test_leaving_out_a_plugin_that_is_not_installed_is_an_error() -> None:
    with pytest.raises(NoSuchPlugin) as error:
        Registry.discover(without=["awrd"])
    told, hint = error.value.localize(Locale("en")).splitlines()
    assert told == "There is no plugin “awrd” to leave out."
    assert hint.startswith("Available: award, ")


def test_a_broken_plugin_can_be_left_out(install: Install) -> None:
    install("bad", "raise RuntimeError")
    Registry.discover(without=["bad"]).demand_sound()


def test_a_hook_that_raises_is_named(install: Install) -> None:
    install("bad", HEAD.format(exporter="x") + "\n@hookimpl\ndef oekoreport_exporters():\n    return 1 / 0\n")
    assert problem("bad") == "raises ZeroDivisionError: division by zero"


def test_a_misspelt_hook_is_named(install: Install) -> None:
    install("bad", HEAD.format(exporter="x") + "\n@hookimpl\ndef oekoreport_exporter():\n    return [Listing()]\n")
    assert "oekoreport_exporter" in problem("bad")


def test_a_hook_that_is_not_marked_is_named(install: Install) -> None:
    install("bad", HEAD.format(exporter="x") + "\ndef oekoreport_exporters():\n    return [Listing()]\n")
    assert problem("bad") == "the function oekoreport_exporters is not marked with @hookimpl"


def test_a_plugin_that_doubles_a_name_is_refused_and_the_first_stays(install: Install) -> None:
    install("twin", SOUND.format(exporter="workbook"))
    assert problem("twin") == "uses the name of exporter workbook, which workbook already has"
    assert plugin(Registry.discover(), "workbook").problem is None


def test_a_plugin_that_doubles_its_own_name_is_refused(install: Install) -> None:
    install("twin", SOUND.format(exporter="listing").replace("[Listing()]", "[Listing(), Listing()]"))
    assert problem("twin") == "uses the name of exporter listing, which twin already has"


def test_a_plugin_that_needs_a_later_contract_is_refused(install: Install) -> None:
    install("future", "OEKOREPORT_API = 99\n")
    assert problem("future") == "needs version 99 of the plugin contract; this is version 1"


def test_an_exporter_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(NoSuchExporter) as error:
        Registry.discover().choose_exporters(["workbok"])
    assert error.value.localize(Locale("de")).splitlines()[0] == "Einen Exporter „workbok“ gibt es nicht."
    assert "workbook" in error.value.localize(Locale("de"))
