"""The template as docxtpl leaves it for Jinja: whether every way through its loops and conditions makes whole XML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import jinja2

from oekoreport.documents.elements import above
from oekoreport.documents.proof.faults import Fault, Kind
from oekoreport.documents.proof.reasons import Reason, told_by_jinja
from oekoreport.documents.proof.spots import Spot
from oekoreport.documents.proof.tags import Tag, WrittenPart
from oekoreport.documents.tags import TOKEN
from oekoreport.documents.views import NotAllowed, TooMuchAsked
from oekoreport.documents.word import understood
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

BEGINS = ("for", "if", "with")
ENDS = ("endfor", "endif", "endwith", "endset")


def patched_faults(part: WrittenPart, source: str) -> Iterator[Fault]:
    """Yield the first thing that is wrong with a part as a whole, where no single tag is; ``source`` is Jinja's."""
    try:
        understood(source)
    except jinja2.TemplateSyntaxError as error:
        reason = told_by_jinja(error.message or "", "")
        yield _fault(part, source, _line_start(source, error.lineno), Reason(Kind.BROKEN_TAG, reason.message))
        return
    except TooMuchAsked as error:
        yield _fault(part, source, 0, Reason(Kind.TOO_MUCH, error.message, error.hint))
        return
    except (jinja2.TemplateError, NotAllowed) as error:
        told = _("The tag cannot be understood: {reason}", reason=str(error))
        yield _fault(part, source, 0, Reason(Kind.BROKEN_TAG, told))
        return
    if (torn := _torn(source)) is not None:
        told = _("With this tag the document could not be opened: it removes the start or the end of an element.")
        yield _fault(part, source, torn, Reason(Kind.TORN_BLOCK, told))
    elif (spot := _lost_text(part, source)) is not None:
        told = _("Text of this paragraph is lost next to a tag with a minus sign.")
        hint = _("Write the tag without the minus sign.")
        text = next(part.text_of(each) for each, other in part.spots.items() if other is spot)
        yield Fault(Kind.DROPPED, spot, told, hint, "", " ".join(text.split()))


def _lost_text(part: WrittenPart, source: str) -> Spot | None:
    """Return the first paragraph that loses text outside its tags to docxtpl."""
    left = re.sub(r"\s+", "", html.unescape(TOKEN.sub("", source)))
    at = 0
    for element, text in part.literals():
        found = left.find(bare := re.sub(r"\s+", "", text), at)
        if found < 0:
            return part.spots.get(above(element, "p"))
        at = found + len(bare)
    return None


def _torn(source: str) -> int | None:
    """Return where a branch does not close what it opens; None where every way through makes whole XML."""
    stack: list[str] = []
    begun: list[list[str]] = []
    for found in TOKEN.finditer(source):
        word, name = found["word"], found["name"]
        if name and not found["empty"]:
            if not found["closing"]:
                stack.append(name)
            elif not stack or stack.pop() != name:
                return found.start()
        elif word in BEGINS or (word == "set" and "=" not in found["rest"]):
            begun.append(list(stack))
        elif word in ("elif", "else", *ENDS):
            if not begun or begun[-1] != stack:
                return found.start()
            if word in ENDS:
                begun.pop()
    return len(source) if stack else None


def _line_start(source: str, line: int) -> int:
    lines = source.split("\n")
    return len("\n".join(lines[: max(line - 1, 0)]))


def _fault(part: WrittenPart, source: str, at: int, reason: Reason) -> Fault:
    """Return a fault found at a position in docxtpl's output: at its tag, else at the paragraph with that text.

    What a minus sign removed around a tag, the paragraph's ends included, is missing in the output.
    """
    if (own := _written(part, source, at)) is not None:
        return Fault(
            reason.kind, own.spot, reason.message, reason.hint, own.text, " ".join(part.text_of(own.paragraph).split())
        )
    start = max(source.rfind("<w:p>", 0, at), source.rfind("<w:p ", 0, at), 0)
    text = " ".join(re.sub(r"<[^>]*>", "", source[start : source.find("</w:p>", at)]).split())[:200]
    tag = TOKEN.match(source, at)
    for paragraph, spot in part.spots.items():
        written = " ".join(part.text_of(paragraph).split())
        if written and (written in text or text in written) and text:
            return Fault(reason.kind, spot, reason.message, reason.hint, _shown(tag), written)
    return Fault(reason.kind, Spot(part.name), reason.message, reason.hint, _shown(tag), text)


def _written(part: WrittenPart, source: str, at: int) -> Tag | None:
    """Return the tag of the template that stands at a position of the output: the same of those that say the same."""
    said = [(found.start(), _inside(found[0])) for found in TOKEN.finditer(source) if found[0].startswith("{")]
    inside = next((text for start, text in said if start == at), None)
    number = sum(start < at and text == inside for start, text in said)
    alike = [tag for tag in part.tags if (tag.mark, tag.inside) == inside]
    return alike[number] if number < len(alike) else None


def _inside(text: str) -> tuple[str, str]:
    return text[:2], html.unescape(text)[2:-2].removeprefix("-").removesuffix("-").strip()


def _shown(found: re.Match[str] | None) -> str:
    return found[0][:80] if found and found[0].startswith("{") else ""
