"""The archive of a document: what no placeholder changes is compressed once, what changes is appended to it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from oekoreport.documents.word import ForeignReference, foreign_relations
from oekoreport.language import catalogue
from oekoreport.package import append

_ = catalogue("oekoreport")


def demand_whole(entries: Mapping[str, bytes]) -> None:
    """Refuse a document that takes anything from outside of itself, whatever brought it in.

    Raises:
        ForeignReference: it does.
    """
    for target in foreign_relations(entries):
        told = _("The document would refer to something outside of it: {target}", target=target)
        raise ForeignReference(told, hint=_("Check the template: oekoreport template check"))


class Archive:
    """The entries of a template; asked for a document, it compresses those that changed and no other.

    Documents of one template change the same few parts; for each set of them the rest is kept ready-made.
    """

    def __init__(self, entries: Mapping[str, bytes]) -> None:
        self._entries = entries
        self._bases: dict[frozenset[str], bytes] = {}

    def document(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the archive with these entries in place of those of the same name, or added.

        Raises:
            ForeignReference: it would refer to something outside of itself.
        """
        demand_whole(changed)
        buffer = BytesIO(self._base(frozenset(changed)))
        append(buffer, changed)
        return buffer.getvalue()

    def _base(self, without: frozenset[str]) -> bytes:
        if without not in self._bases:
            buffer = BytesIO()
            kept = {name: content for name, content in self._entries.items() if name not in without}
            demand_whole(kept)
            append(buffer, kept)
            self._bases[without] = buffer.getvalue()
        return self._bases[without]
