"""The participants and sites of one file, for rows that name none, or name them as the file does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from oekoreport import Record

IMPLIED = ("participant", "site")
"""The kinds that a form of one company has once; its rows need not name them."""


class Index:
    """The participants and sites of a file that were read so far: blank means its only one, a name its own of it.

    What no object of the file is called is found once all files are read.
    """

    def __init__(self) -> None:
        self._keys: dict[str, set[str]] = {kind: set() for kind in IMPLIED}
        self._named: dict[tuple[str, str], set[str]] = defaultdict(set)

    def note(self, record: Record) -> None:
        """Remember a record, if rows may leave out to name it."""
        if record.kind in self._keys:
            self._keys[record.kind].add(record.key)
            self._named[record.kind, _folded(str(record.values.get("name")))].add(record.key)

    def only(self, kind: str) -> str:
        """Return the key of the file's only object of a kind; empty where there is none, or more than one."""
        return _single(self._keys.get(kind, ()))

    def meant(self, kind: str, text: str) -> str:
        """Return the key of the file's one object of a name; the text where it has none, or more than one."""
        if not text:
            return self.only(kind)
        if kind not in self._keys or text in self._keys[kind]:
            return text
        return _single(self._named.get((kind, _folded(text)), ())) or text


def _single(keys: Collection[str]) -> str:
    return next(iter(keys)) if len(keys) == 1 else ""


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
