"""Find messages, compile their catalogues for every build, and carry the templates into real wheels.

The compiled ``.mo`` files lie beside their sources, so that an editable install finds them too. Templates go into the
wheel here and not by ``force-include`` in pyproject.toml: hatchling would copy those into an editable install as well,
where the copy grows stale beside the folder that people edit.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = ("oekoreport/locale/*.po", "oekoreport/locale/click/*/LC_MESSAGES/*.po", "plugins/*/locale/*.po")

NO_TIME = datetime(2020, 2, 2, tzinfo=UTC)
"""Stands in every compiled catalogue, as hatchling's date on every file: Babel takes the present time for none."""


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg] # hatchling's own hooks leave the config open
    """Runs for wheels, real ("standard") and editable."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile all catalogues and, in a real wheel, add the templates."""
        root = Path(self.root)
        for pattern in CATALOGUES:
            for source in sorted(root.glob(pattern)):
                compile_catalogue(source)
        if version == "standard":
            build_data["force_include"][str(root / "templates")] = "oekoreport/templates"


def compile_catalogue(source: Path) -> None:
    """Write the ``.mo`` of a ``.po`` beside it; the same source gives the same bytes."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    catalogue.creation_date = catalogue.revision_date = NO_TIME
    with source.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def texts(
    file: IO[bytes],
    keywords: Collection[str],  # noqa: ARG001 - Babel hands it over
    comment_tags: Collection[str],  # noqa: ARG001 - the same
    options: dict[str, Any],  # noqa: ARG001 - the same
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the messages of a ``texts.toml`` as ``messages`` does; TOML does not tell their lines."""
    for table in tomllib.load(file).values():
        yield from ((0, "_", text, []) for text in table.values())


def messages(
    file: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],  # noqa: ARG001 - Babel hands it over
    options: dict[str, Any],  # noqa: ARG001 - the same
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the messages of a Python file: line, name of the function called, message, comments (always none).

    Babel's own extractor overlooks what stands inside an f-string before Python 3.12; this one finds it everywhere. The
    docstring of a rule is a message too: ``check --explain`` shows it.

    Raises:
        ValueError: a message is put together when the program runs, so nobody can translate it.
    """
    for node in ast.walk(ast.parse(file.read())):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text))]) if name in keywords:
                yield node.lineno, name, text, []
            case ast.Call(func=ast.Name(id=name), args=[ast.Attribute(attr="msgid")]) if name in keywords:
                continue  # another message's text with other values: it was found where it is written
            case ast.Call(func=ast.Name(id=name)) if name in keywords:
                problem = f"line {node.lineno}: the message is no plain text: {ast.unparse(node)}"
                raise ValueError(problem)
            case ast.FunctionDef(decorator_list=[ast.Call(func=ast.Name(id="rule" | "provision"))]):
                yield node.lineno, "_", ast.get_docstring(node) or "", []
