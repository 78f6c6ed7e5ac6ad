"""The typeface in the user's cache: ours and nothing else, whatever lies there."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from oekoreport.documents.pdf import fonts
from oekoreport.system import SystemRefusal

FOLDER = "oekoreport/fonts-source-sans-pro-1"
REGULAR = "SourceSansPro-Regular.ttf"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the typeface in a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setattr(fonts, "_cache", lambda: tmp_path / "cache")
    fonts.font_paths.cache_clear()
    yield tmp_path / "cache" / FOLDER
    fonts.font_paths.cache_clear()


def test_a_file_that_is_not_ours_is_replaced_though_it_has_the_size(cache: Path) -> None:
    font = fonts._packaged() / REGULAR
    cache.mkdir(parents=True)
    (cache / REGULAR).write_bytes(bytes(font.stat().st_size))
    assert fonts.font_paths() == (str(cache),)
    assert (cache / REGULAR).read_bytes() == font.read_bytes()


@pytest.mark.parametrize("name", ["Other.ttf", "deeper/SourceSansPro-Regular2.OTF"])
def test_a_folder_with_another_typeface_is_not_used_and_nothing_of_it_is_removed(cache: Path, name: str) -> None:
    (cache / name).parent.mkdir(parents=True, exist_ok=True)
    (cache / name).write_bytes(b"x")
    (folder,) = map(Path, fonts.font_paths())
    assert folder != cache
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"SourceSansPro-{face}.ttf" for face in fonts.FACES)
    assert (cache / name).read_bytes() == b"x"


def test_a_copy_that_breaks_off_leaves_no_part(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_bytes

    def write_half(path: Path, content: bytes) -> int:
        write(path, content[:100])
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))

    monkeypatch.setattr(Path, "write_bytes", write_half)
    with pytest.raises(SystemRefusal, match=f"{REGULAR}: the system allows no file of that size"):
        fonts.font_paths()
    assert list(cache.iterdir()) == []
