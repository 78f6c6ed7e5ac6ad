"""Why Jinja cannot read a tag, in words of our own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jinja2 import nodes

from oekoreport.characters import INVISIBLE
from oekoreport.documents.proof.faults import Kind
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

GERMAN_QUOTES = "„“”\u201a\u2018’»«\u2039\u203a"
DASHES = "\u2010\u2011\u2012–—\u2212"
COMPARED = re.compile(r"[=<>(]|^(?!\s*for\b).*\bin\b")
"""What leads to a text in quotation marks: a comparison, or the brackets of a filter."""
EXAMPLE = "{{ project.title }}"
LOOP_EXAMPLE = "{% for p in participants %}"


@dataclass(frozen=True, slots=True)
class Reason:
    """A tag's fault without its place."""

    kind: Kind
    message: Message
    hint: Message | None = None
    mark: str = ""


def told_by_jinja(said: str, inside: str) -> Reason:
    """Return Jinja's syntax error in our words; damage done by autocorrect comes first."""
    if reason := autocorrected(inside):
        return reason
    name_alone = _("A placeholder contains only a name: {example}", example=EXAMPLE)
    if "Expected an expression" in said or not inside.strip():
        return Reason(Kind.BROKEN_TAG, _("A placeholder or condition is empty."), name_alone)
    if found := re.search(r"""unexpected char (?:'(.)'|"(.)")""", said):
        told = _("The character {char} is not allowed in a placeholder.", char=found[1] or found[2])
        return Reason(Kind.BROKEN_TAG, told, name_alone)
    if found := re.search(r"expected token 'in', got '(.*?)'", said):
        word = inside.rsplit(maxsplit=1)[-1] if found[1].startswith("end of") and inside.split() else found[1]
        told = _("A loop needs “in” instead of “{word}”.", word=word)
        return Reason(Kind.BROKEN_TAG, told, _("Write it as: {example}", example=LOOP_EXAMPLE))
    if "expected name or number" in said:
        return Reason(Kind.BROKEN_TAG, _("A name is missing after a dot."), name_alone)
    if "got '='" in said:
        told = _("A tag contains a single equals sign; a comparison needs two.")
        example = re.sub(r"(?<![=!<>])=(?!=)", "==", inside).strip()
        return Reason(Kind.BROKEN_TAG, told, _("Write it as: {example}", example=example))
    if re.search(r"got '?end of|unexpected '?end of", said):
        return Reason(Kind.BROKEN_TAG, _("The tag is incomplete."), name_alone)
    if found := re.search(r"got '(.*?)'", said) or re.search(r"unexpected '(.*?)'", said):
        told = _("The placeholder should end before “{word}”.", word=found[1])
        return Reason(Kind.BROKEN_TAG, told, name_alone)
    return Reason(
        Kind.BROKEN_TAG, _("The tag cannot be understood: {reason}", reason=(said or inside)[:200]), name_alone
    )


def autocorrected(inside: str) -> Reason | None:
    """Return the fault of the first character in a tag, outside quoted texts, that Word's autocorrect made."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", inside)
    for char in bare:
        if char in GERMAN_QUOTES:
            return _quotes(char, inside)
        if char in DASHES:
            told = _("A tag contains a dash ({char}), probably from Word’s autocorrect.", char=char)
            return Reason(
                Kind.AUTOCORRECT, told, _("Names contain no dashes; delete it, or undo Word’s change with Ctrl+Z.")
            )
        if char in INVISIBLE:
            told = _("A tag contains an invisible character (soft hyphen or zero-width space).")
            return Reason(Kind.AUTOCORRECT, told, _("Delete the tag and retype it."))
    return None


def _quotes(char: str, inside: str) -> Reason:
    told = _("A placeholder contains quotation marks ({char}), probably from Word’s autocorrect.", char=char)
    quoted = re.search(rf"[{GERMAN_QUOTES}]([^{GERMAN_QUOTES}\"']*)[{GERMAN_QUOTES}\"']", inside)
    if quoted and COMPARED.search(inside):
        hint = _(
            "Write the text in straight quotation marks: {example} (Ctrl+Z undoes Word’s autocorrect).",
            example=f'"{quoted[1]}"',
        )
        return Reason(Kind.AUTOCORRECT, told, hint)
    name = re.sub(rf"[{GERMAN_QUOTES}\"']", "", inside).strip()
    example = f"{{{{ {name} }}}}" if re.fullmatch(r"[\w.]+", name) else EXAMPLE
    return Reason(Kind.AUTOCORRECT, told, _("Write the name without quotation marks: {example}", example=example))


def text_of(node: nodes.Node | None) -> str:
    """Return the source of an expression that is a dotted path of names."""
    match node:
        case nodes.Name():
            return str(node.name)
        case nodes.Getattr():
            return f"{text_of(node.node)}.{node.attr}"
        case nodes.Getitem(arg=nodes.Const() as key):
            return f"{text_of(node.node)}.{key.value}"
        case nodes.Filter():
            return f"{text_of(node.node)}|{node.name}"
        case nodes.Const():
            return repr(node.value)
    return "…"
