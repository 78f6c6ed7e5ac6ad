"""The door: what plugins import of oekoreport, each name with the first sentence of its docstring and who uses it."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import oekoreport.kit

from .markdown import table

ROOT = Path(__file__).parents[2]
VOCABULARY, KIT = "oekoreport", "oekoreport.kit"
MODULES = (VOCABULARY, *(f"{KIT}.{page.name}" for page in pkgutil.iter_modules(oekoreport.kit.__path__)))
CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)

Export = tuple[str, str]
"""A module of the door, and a name that it hands out."""


def kit() -> str:
    """Return the page."""
    return "\n".join(_lines())


def exports() -> list[Export]:
    """Return all that the door hands out, in the order of the page."""
    return [(module, name) for module in MODULES for name in import_module(module).__all__]


def users() -> dict[Export, dict[str, str]]:
    """Return who uses an export: built-in plugins and pages of this folder, each with the file that shows how."""
    found: dict[Export, dict[str, str]] = {}
    for user, file, code in _sources():
        for export in _used(code):
            found.setdefault(export, {}).setdefault(user, file)
    return found


def _lines() -> Iterator[str]:
    yield "# The door\n"
    yield f"Plugins import `{VOCABULARY}`, which holds the nouns, and the pages of `{KIT}`, which hold what documents,"
    yield "tables and rules are made with. `make check` refuses whatever else of the core a built-in plugin imports.\n"
    used = users()
    for module in MODULES:
        yield f"## `{module}`\n"
        yield f"{inspect.getdoc(import_module(module))}\n"
        rows = (_row(export, used) for export in exports() if export[0] == module)
        yield from table(("name", "what it is", "used by"), rows)
        yield ""


def _row(export: Export, used: dict[Export, dict[str, str]]) -> tuple[str, ...]:
    links = (f"[{user}]({file})" for user, file in used.get(export, {}).items())
    return f"`{export[1]}`", _summary(*export), ", ".join(links)


def _sources() -> Iterator[tuple[str, str, str]]:
    """Return the code that shows how the door is used: whose it is, its file as seen from this folder, and the code."""
    for path in sorted(ROOT.glob("plugins/oekoreport_*/**/*.py")):
        file = path.relative_to(ROOT)
        yield file.parts[1].removeprefix("oekoreport_"), f"../{file.as_posix()}", path.read_text(encoding="utf-8")
    for path in sorted(ROOT.glob("docs/*.md")):
        for code in CODE.findall(path.read_text(encoding="utf-8")):
            yield path.name, path.name, code


def _used(code: str) -> Iterator[Export]:
    """Return what a module imports by name, and what it takes of a page by a dot: ``docx.render``."""
    nodes = list(ast.walk(ast.parse(code)))
    imports = [(node.module, alias) for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names]
    yield from ((module, alias.name) for module, alias in imports if module in MODULES)
    pages = {alias.asname or alias.name: f"{KIT}.{alias.name}" for module, alias in imports if module == KIT}
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in pages:
            yield pages[node.value.id], node.attr


def _summary(module: str, name: str) -> str:
    """Return the first line of a name's docstring, found where the name is defined.

    Raises:
        LookupError: none was found.
    """
    tree = ast.parse(inspect.getsource(import_module(module)))
    if documentation := dict(_documented(tree)).get(name):
        return documentation.splitlines()[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if alias.name == "*" or name == (alias.asname or alias.name):
                    return _summary(node.module, name if alias.name == "*" else alias.name)
    raise LookupError(f"{module}.{name} is handed out to plugins, but no docstring of it was found.")


def _documented(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Return classes and functions with their docstrings, and constants with the string that stands below them."""
    for node, below in zip(tree.body, [*tree.body[1:], None], strict=True):
        match node, below:
            case (ast.ClassDef() | ast.FunctionDef()) as definition, _:
                yield definition.name, ast.get_docstring(definition) or ""
            case (
                ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, text
