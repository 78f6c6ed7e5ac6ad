"""The typeface of everything that typst draws: Source Sans, the same four faces on every machine.

Documents must not differ with the fonts that happen to be installed. The package ``font-source-sans-pro`` holds each
face twice, as OTF and as TTF, and typst takes whichever the folder lists first; so the TTF faces get a folder of their
own.
"""

from __future__ import annotations

import atexit
import errno
import os
import sys
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from oekoreport.scratch import scratch
from oekoreport.system import SystemRefusal

FACES = ("Regular", "Bold", "It", "BoldIt")
TYPEFACES = (".ttf", ".otf", ".ttc", ".otc")
"""The endings of the files that typst takes for fonts."""


@cache
def font_paths() -> tuple[str, ...]:
    """Return the folders for typst's ``font_paths``; use them with ``ignore_system_fonts=True``.

    Raises:
        SystemRefusal: they can be copied neither to the user's cache nor to a temporary folder.
    """
    source = _packaged()
    cache = _cache()
    try:
        cache.parent.stat()  # a home that is not there is not made
        return (str(_copied(source, cache / "oekoreport" / "fonts-source-sans-pro-1")),)
    except OSError:  # a home that cannot be written, or holds what is not ours: the copy lasts as long as the process
        return (str(_in_scratch(source)),)


_last_resort = ExitStack()
atexit.register(_last_resort.close)


def _in_scratch(source: Path) -> Path:
    folder = _last_resort.enter_context(scratch("fonts"))
    try:
        return _copied(source, folder)
    except OSError as error:
        raise SystemRefusal(error) from error


def _packaged() -> Path:
    import font_source_sans_pro

    return Path(font_source_sans_pro.font_directory)


def _copied(source: Path, target: Path) -> Path:
    """Copy what is missing or not the same, each file renamed into place, so that no process sees a part of one.

    Raises:
        OSError: that is not possible, or there are typefaces beside ours, which typst would take too.
    """
    target.mkdir(parents=True, exist_ok=True)
    names = [f"SourceSansPro-{face}.ttf" for face in FACES]
    strange = {path for path in target.rglob("*") if path.suffix.casefold() in TYPEFACES} - {
        target / name for name in names
    }
    if strange:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(min(strange)))
    for name in names:
        if not _is_same(source / name, target / name):
            _put(source / name, target / name)
    return target


def _is_same(font: Path, copy: Path) -> bool:
    return copy.is_file() and copy.stat().st_size == font.stat().st_size and copy.read_bytes() == font.read_bytes()


def _put(font: Path, copy: Path) -> None:
    part = copy.with_name(f"{copy.name}.{os.getpid()}")  # an ending that typst takes for no font
    try:
        part.write_bytes(font.read_bytes())
        part.replace(copy)
    except OSError as error:
        part.unlink(missing_ok=True)
        error.filename = str(copy)
        raise


def _cache() -> Path:
    """Return the system's cache folder."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
