"""The Typst compilers of this process, with its fonts and the kit's own Typst files.

A compiler keeps fonts and what it laid out before for the next document; it serves one thread at a time. It loads no
package: it is told of none, and its downloads fail before a name is looked up or a connection is opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from itertools import count
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from oekoreport.documents.pdf.fonts import font_paths
from oekoreport.system import give_back

if TYPE_CHECKING:
    import typst

LIBRARY = Path(__file__).parent / "typst_library"
"""The Typst files that come with the kit: ``charts.typ``, ``prose.typ``."""

NO_PACKAGES = LIBRARY / "no-packages"
"""A folder that is not there, where Typst would look for packages: those of the user's own are none of a template's."""

NOWHERE = {"https_proxy": "socks5://127.0.0.1:0", "no_proxy": ""}
"""The environment in which Typst downloads nothing: it asks for this proxy first, whose language it does not speak.
Typst has no setting for it, and downloads before it looks whether the folder of packages can be written."""


class Typesetter:
    """A compiler with the name of the file that it reads its manuscript from."""

    def __init__(self, number: int) -> None:
        import typst

        self.manuscript = f"manuscript-{number}.json"
        self.compiler = typst.Compiler(
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"manuscript": self.manuscript},
            package_path=NO_PACKAGES,
            package_cache_path=NO_PACKAGES,
        )

    def forget(self) -> None:
        """Give back what is kept of documents that were laid out: Typst drops what so many compilations did not use."""
        for _turn in range(KEPT_FOR):
            self.compiler.compile(EMPTY, format="pdf")
        give_back()


LARGE = 256 * 1024
"""The size of a manuscript in bytes from which on Typst holds hundreds of MB for it; a certificate has 1 kB."""

EMPTY = b""
KEPT_FOR = 11
"""Typst keeps what it laid out for ten compilations more."""

_idle: list[Typesetter] = []
_numbers = count(1)
_one_large = Lock()
"""Held while a large manuscript is set: as many at once as there are processors would need so many times its memory."""


@contextmanager
def borrowed(size: int = 0) -> Iterator[Typesetter]:
    """Lend an idle typesetter, or a new one where all are at work, for a manuscript of so many bytes."""
    os.environ.update(NOWHERE)  # each time: whose call this is has the variables to itself
    with _one_large if size > LARGE else nullcontext():
        try:
            typesetter = _idle.pop()
        except IndexError:
            typesetter = Typesetter(next(_numbers))
        try:
            yield typesetter
            if size > LARGE:
                typesetter.forget()
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
