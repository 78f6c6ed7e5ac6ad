"""The typeface of everything that typst draws: Source Sans, the same four faces on every machine.

Documents must not differ with the fonts that happen to be installed. The package ``font-source-sans-pro`` holds each
face twice, as OTF and as TTF, and typst takes whichever the folder lists first; so the TTF faces get a folder of their
own.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

FACES = ("Regular", "Bold", "It", "BoldIt")


@cache
def font_paths() -> tuple[str, ...]:
    """Return the folders for typst's ``font_paths``; use them with ``ignore_system_fonts=True``."""
    source = _packaged()
    try:
        return (str(_copied(source, _cache() / "oekoreport" / "fonts-source-sans-pro-1")),)
    except OSError:  # a home that cannot be written: the copy lasts as long as the process
        _last_resort.append(tempfile.TemporaryDirectory(prefix="oekoreport-fonts-"))
        return (str(_copied(source, Path(_last_resort[0].name) / "fonts")),)


_last_resort: list[tempfile.TemporaryDirectory[str]] = []


def _packaged() -> Path:
    import font_source_sans_pro

    return Path(font_source_sans_pro.font_directory)


def _copied(source: Path, target: Path) -> Path:
    """Copy the fonts next to the target, then rename the folder, so that no other process sees a partial copy."""
    names = [f"SourceSansPro-{face}.ttf" for face in FACES]
    if all((target / name).is_file() for name in names):
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        staged = Path(folder) / "fonts"
        staged.mkdir()
        for name in names:
            shutil.copyfile(source / name, staged / name)
        try:
            staged.rename(target)
        except OSError:
            if not target.is_dir():  # else another process was faster
                raise
    return target


def _cache() -> Path:
    """Return the system's cache folder."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
