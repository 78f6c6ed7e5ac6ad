"""The door for plugins: its names are pinned, used by somebody, and imported only when they are used."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import oekoreport
from reference.kit import KIT, MODULES, exports, users

PAGES = [module for module in MODULES if module.startswith(KIT)]


def test_every_name_of_the_vocabulary_can_be_imported() -> None:
    for name in oekoreport.__all__:
        assert getattr(oekoreport, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Reciept'"):
        _ = oekoreport.Reciept


def test_the_core_of_the_vocabulary_stays() -> None:
    contract = {
        "Document",
        "Exporter",
        "Importer",
        "NoOptions",
        "Report",
        "Rulebook",
        "TemplateFolder",
        "hookimpl",
        "rule",
    }
    assert contract | {"Claim", "Finding", "Origin", "Place", "Record", "Severity", "Source"} <= set(oekoreport.__all__)


def test_importing_the_package_loads_no_library() -> None:
    code = "import oekoreport, sys; print({'pydantic', 'pluggy', 'babel', 'lxml'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_kit_hands_out_what_it_imports_and_nothing_else(page: str) -> None:
    module = import_module(page)
    assert module.__file__ is not None
    imported: list[str] = []
    for node in ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body:
        match node:
            case ast.ImportFrom(module=str(home), names=names):
                assert home.startswith("oekoreport."), home
                imported += [alias.asname or alias.name for alias in names]
            case ast.Expr(value=ast.Constant(value=str())) | ast.Assign(targets=[ast.Name(id="__all__")]):
                pass
            case _:
                pytest.fail(f"{page} is more than a page of names: {ast.unparse(node)}")
    assert sorted(module.__all__) == sorted(imported)


def test_every_name_of_the_kit_is_used_by_a_plugin_or_a_page_for_plugin_authors() -> None:
    used = users()
    assert [export for export in exports() if export[0] in PAGES and export not in used] == []
