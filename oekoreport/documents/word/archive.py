"""The archive of a document: what no placeholder changes is compressed once, what changes is appended to it.

Entries bear no time and no system, so that the same content gives the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from io import BytesIO

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that entries bear: the earliest that ZIP can hold."""


class Archive:
    """The entries of a template; asked for a document, it compresses those that changed and no other.

    Documents of one template change the same few parts; for each set of them the rest is kept ready-made.
    """

    def __init__(self, entries: Mapping[str, bytes]) -> None:
        self._entries = entries
        self._bases: dict[frozenset[str], bytes] = {}

    def document(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the archive with these entries in place of those of the same name, or added."""
        buffer = BytesIO(self._base(frozenset(changed)))
        _append(buffer, changed)
        return buffer.getvalue()

    def _base(self, without: frozenset[str]) -> bytes:
        if without not in self._bases:
            buffer = BytesIO()
            _append(buffer, _without(self._entries, without))
            self._bases[without] = buffer.getvalue()
        return self._bases[without]


def packed(entries: Mapping[str, bytes]) -> bytes:
    """Return entries as an archive, in their order."""
    buffer = BytesIO()
    _append(buffer, entries)
    return buffer.getvalue()


def _append(buffer: BytesIO, entries: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            item = zipfile.ZipInfo(name, EPOCH)
            item.compress_type = zipfile.ZIP_DEFLATED
            item.create_system = 0  # the same on every system
            archive.writestr(item, content)


def _without(entries: Mapping[str, bytes], names: Collection[str]) -> dict[str, bytes]:
    return {name: content for name, content in entries.items() if name not in names}
