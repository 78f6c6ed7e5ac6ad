"""Faults of a tag's position in Word: split, unclosed, misplaced, with text beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from oekoreport.documents.elements import W, above
from oekoreport.documents.proof.faults import Kind
from oekoreport.documents.proof.reasons import Reason
from oekoreport.documents.proof.tags import TEXTS, Split, Tag
from oekoreport.documents.tags import CLOSING, Trouble
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

WAYS_OUT = {
    Split.CHANGE: _("Accept or reject the changes there (Review > Accept), then retype the tag in one go."),
    Split.COMMENT: _("Delete the comment, or move it next to the tag."),
    Split.FIELD: _("Turn the field into text (Ctrl+Shift+F9), then retype the tag in one go."),
    Split.LINK: _("Remove the hyperlink (right click), then retype the tag in one go."),
}
HOLDERS = {"tr": _("same row"), "tc": _("same cell"), "p": _("same paragraph")}
ALONE = {
    "tr": _("Put the tag in a row of its own."),
    "tc": _("Put the tag in a cell of its own."),
    "p": _("Put the tag in a paragraph of its own."),
}
UNSEEN = frozenset(("lang", "noProof", "rtl", "bCs", "iCs", "szCs", "webHidden", "rPrChange"))
"""Formatting that is invisible in print."""


@lru_cache(maxsize=16_384)
def standing(tag: Tag) -> tuple[Reason, ...]:
    """Return the faults of a tag's position, which are the same for every project."""
    return tuple(_standing(tag))


def _standing(tag: Tag) -> Iterator[Reason]:
    if tag.trouble is not None:
        yield _troubled(tag)
        return
    if tag.split is not None:
        told = _("The tag is split: inside it {what}.", what=tag.split.told)
        yield Reason(Kind.SPLIT_TAG, told, WAYS_OUT.get(tag.split, _("Delete the tag and retype it in one go.")))
    if tag.prefix:
        yield from _replacing(tag)
    elif tag.mark == "{{" and tag.split is None and len({_formatting(each) for each in tag.elements}) > 1:
        told = _("The tag has mixed formatting; what is printed takes the format of its first character.")
        yield Reason(Kind.MIXED_FORMAT, told, _("Select the tag as a whole and format it once."))


def _troubled(tag: Tag) -> Reason:
    if tag.trouble is Trouble.STRAY:
        told = _("{end} closes no tag; it is printed literally.", end=tag.text)
        return Reason(Kind.STRAY_BRACES, told, _("Check that the tag begins with two braces."))
    if tag.trouble is Trouble.BLANKS:
        told = _("There is a space between the two braces; the tag would be printed literally.")
        return Reason(
            Kind.UNCLOSED_TAG,
            told,
            _("Write the two braces of a pair without a space between them: {braces}.", braces=("{{ … }}", "{% … %}")),
        )
    told = _("A tag that begins with {start} must end with {end}.", start=tag.mark, end=CLOSING[tag.mark])
    return Reason(Kind.UNCLOSED_TAG, told, _("Both must be in the same paragraph, without spaces inside."))


# --- tags that replace what they stand in ----------------------------------------------------------------------------


def _replacing(tag: Tag) -> Iterator[Reason]:
    if tag.text[2:].lstrip("-")[len(tag.prefix)] != " ":
        told = _(
            "{start} is followed by a non-breaking space or a tab instead of a space.", start=tag.mark + tag.prefix
        )
        yield Reason(Kind.AUTOCORRECT, told, _("Replace it with an ordinary space."))
    if tag.prefix == "r":
        return
    if tag.holder is None:
        told = _("{start} … must be in a table.", start=tag.mark + tag.prefix)
        hint = _("Move it into a table, or use {start} instead.", start=f"{tag.mark}p")
        yield Reason(Kind.MISPLACED, told, hint)
    elif tag is tag.part.last_replacing[tag.prefix, tag.holder] and (lost := _beside(tag)):
        told = _("This text beside the tag ({what}) is lost: {lost}", what=HOLDERS[tag.prefix], lost=lost)
        yield Reason(Kind.DROPPED, told, ALONE[tag.prefix])


def _beside(tag: Tag) -> Message | None:
    """Return the text beside a tag in the element that the tag replaces."""
    element = tag.holder
    text = "".join(each.text or "" for each in element.iter(*TEXTS))
    before, _tag, behind = text.rpartition(tag.text)
    left = " ".join(f"{before} {behind}".split())
    if left:
        return _("“{text}”", text=left[:80])
    for name, what in (
        ("drawing", _("a picture")),
        ("pict", _("a picture")),
        ("sectPr", _("a section break")),
        ("object", _("an embedded object")),
        ("fldChar", _("a field")),
        ("footnoteReference", _("a footnote")),
    ):
        if next(element.iter(f"{W}{name}"), None) is not None:
            return what
    pages = (each for each in element.iter(f"{W}br") if each.get(f"{W}type") in ("page", "column"))
    return _("a page break") if next(pages, None) is not None else None


# --- formatting ------------------------------------------------------------------------------------------------------


def _formatting(element: Any) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return how a text looks, in a form that can be compared."""
    run = above(element, "r")
    properties = None if run is None else run.find(f"{W}rPr")
    if properties is None:
        return ()
    return tuple(
        (each.tag, tuple(sorted((str(name), str(value)) for name, value in each.attrib.items() if "hint" not in name)))
        for each in properties
        if isinstance(each.tag, str) and each.tag.removeprefix(W) not in UNSEEN
    )
