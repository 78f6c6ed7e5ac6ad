"""The participants and sites of one file, for rows that name none: blank means the file's only one."""

from __future__ import annotations

from oekoreport import Record

IMPLIED = ("participant", "site")
"""The kinds that a form of one company has once; its rows need not name them."""


class Index:
    """The participants and sites that were read so far. Who is meant by a name is found once all files are read."""

    def __init__(self) -> None:
        self._keys: dict[str, set[str]] = {kind: set() for kind in IMPLIED}

    def note(self, record: Record) -> None:
        """Remember a record, if rows may leave out to name it."""
        if record.kind in self._keys:
            self._keys[record.kind].add(record.key)

    def only(self, kind: str) -> str:
        """Return the key of the file's only object of a kind; empty where there is none, or more than one."""
        keys = self._keys.get(kind, ())
        return next(iter(keys)) if len(keys) == 1 else ""
