"""What a signed PDF holds beyond the document that was signed: a signature, and nothing that anybody could see."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver

SIGNING_KEYS = frozenset({"/AcroForm", "/Annots", "/Extensions", "/Version", "/ModDate", "/Producer"})
"""The entries of a document's objects that signing it sets: the field, its place, the version that has signatures."""

ACTIVE = frozenset({"/A", "/AA", "/AP"})
"""The entries by which a field does something, or looks like something."""


def adds_only_a_signature(content: bytes, original: bytes) -> bool:
    """Tell whether a PDF is the original with one revision behind it that only puts in fields without room."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    signed, before = PdfFileReader(io.BytesIO(content)), PdfFileReader(io.BytesIO(original))
    number = before.xrefs.total_revisions
    starts = [each.xrefs.get_startxref_for_revision(number - 1) for each in (signed, before)]
    if signed.xrefs.total_revisions != number + 1 or starts[0] != starts[1]:
        return False
    old, new = (signed.get_historical_resolver(revision) for revision in (number - 1, number))
    if any(_raw(old.trailer_view, name) != _raw(new.trailer_view, name) for name in ("/Root", "/Info")):
        return False
    metadata = _raw(old.root, "/Metadata")
    changed = signed.xrefs.explicit_refs_in_revision(number)
    kept = [ref for ref in changed if _existed(ref, old) and ref != getattr(metadata, "reference", None)]
    return all(_only_signed(old.get_object(ref), new.get_object(ref)) for ref in kept)


def _raw(entries: Any, name: str) -> object:
    return entries.raw_get(name) if name in entries else None


def _existed(ref: Reference, old: HistoricalResolver) -> bool:
    return old.reader.xrefs.get_historical_ref(ref, old.revision) is not None


def _only_signed(before: Any, after: Any) -> bool:
    """Tell whether an object differs in nothing but what signing sets, and new annotations show nothing."""
    from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject

    if any(not isinstance(each, DictionaryObject) or isinstance(each, StreamObject) for each in (before, after)):
        return False
    differing = {name for name in {*before, *after} if _raw(before, name) != _raw(after, name)}
    return differing <= SIGNING_KEYS and _adds_nothing_visible(before.get("/Annots", ()), after.get("/Annots", ()))


def _adds_nothing_visible(before: Sequence[Any], after: Sequence[Any]) -> bool:
    kept, added = list(after)[: len(before)], list(after)[len(before) :]
    return kept == list(before) and all(map(_is_invisible, added))


def _is_invisible(annotation: Any) -> bool:
    entries = annotation.get_object()
    return not any(entries["/Rect"]) and ACTIVE.isdisjoint(entries)
