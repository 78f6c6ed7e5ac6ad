"""The Typst compilers of this process, with its fonts and the kit's own Typst files.

A compiler keeps fonts and what it laid out before for the next document; it serves one thread at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from oekoreport.documents.pdf.fonts import font_paths

if TYPE_CHECKING:
    import typst

LIBRARY = Path(__file__).parent / "typst_library"
"""The Typst files that come with the kit: ``charts.typ``, ``prose.typ``."""


class Typesetter:
    """A compiler with the name of the file that it reads its manuscript from."""

    def __init__(self, number: int) -> None:
        import typst

        self.manuscript = f"manuscript-{number}.json"
        self.compiler = typst.Compiler(
            font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={"manuscript": self.manuscript}
        )


_idle: list[Typesetter] = []
_numbers = count(1)


@contextmanager
def borrowed() -> Iterator[Typesetter]:
    """Lend an idle typesetter, or a new one where all are at work."""
    try:
        typesetter = _idle.pop()
    except IndexError:
        typesetter = Typesetter(next(_numbers))
    try:
        yield typesetter
    finally:
        _idle.append(typesetter)


@cache
def library() -> Mapping[str, bytes]:
    """Return the Typst files that come with the kit, by name."""
    return {path.name: path.read_bytes() for path in sorted(LIBRARY.iterdir())}


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=list(font_paths()))


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
