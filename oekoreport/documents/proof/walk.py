"""Walks through the tags of a part: opens and closes loops and conditions, and judges each tag in its scope."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from jinja2 import nodes

from oekoreport.documents.elements import above
from oekoreport.documents.proof.containers import apart, torn
from oekoreport.documents.proof.expressions import (
    BrokenTag,
    Reader,
    asked,
    first_node,
    paths_asked_about,
    printed,
)
from oekoreport.documents.proof.faults import Fault, Kind
from oekoreport.documents.proof.hints import no_list, no_value
from oekoreport.documents.proof.marks import standing
from oekoreport.documents.proof.reasons import Reason, text_of
from oekoreport.documents.proof.scope import ENDS, Block, Everything, Scope, end_of
from oekoreport.documents.proof.shapes import ANYTHING, LOOPING, Shape, Sort, made_by_docxtpl, prefix_for
from oekoreport.documents.proof.tags import Tag, WrittenPart
from oekoreport.documents.tags import Trouble
from oekoreport.documents.views import VALUES
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

BETWEEN = ("elif", "else")
MOST_FAULTS = 500
"""How many faults of a part are told: nobody reads more, and each is compared with all before."""

CELLS = ("colspan", "cellbg")
MERGES = ("hm", "vm")
WORDS = (*ENDS, *ENDS.values(), *BETWEEN, "raw", "endraw", *CELLS, *MERGES)


PRINTED = {
    "": _("values"),
    "r": _("runs of formatted text"),
    "p": _("whole paragraphs"),
    "tr": _("whole rows"),
    "tc": _("whole cells"),
}
"""What placeholders with each prefix print."""


class Walk:
    """One part of a template, from its first tag to its last. ``faults`` has what was found."""

    def __init__(self, part: WrittenPart, names: Mapping[str, Shape]) -> None:
        self.part = part
        self.faults: list[Fault] = []
        self._scope = Scope(names)
        self._open: list[Block] = []
        self._raw: Tag | None = None

    def run(self) -> list[Fault]:
        """Return the faults of the part, in the order of its text."""
        for tag in self.part.tags:
            if len(self.faults) >= MOST_FAULTS:
                told = _(
                    "These are the first {number} faults; the rest is shown when they are mended.", number=MOST_FAULTS
                )
                return [*self.faults, Fault(Kind.TOO_MUCH, tag.spot, told)]
            if self._raw is not None and tag.word != "endraw":
                continue
            self._tell_all(tag, standing(tag))
            if tag.trouble in (None, Trouble.UNCLOSED):
                self._judge(tag)
        for block in reversed(self._open):
            self._open_block(block)
        if self._raw is not None:
            told = _("{tag} has no end: {end} is missing.", tag=self._raw.text, end="{% endraw %}")
            self._tell(self._raw, Reason(Kind.OPEN_BLOCK, told))
        return self.faults

    def _tell_all(self, tag: Tag, reasons: Iterable[Reason]) -> None:
        for reason in reasons:
            self._tell(tag, reason)

    def _tell(self, tag: Tag, reason: Reason) -> None:
        text = self.part.line_of(tag.paragraph)
        fault = Fault(reason.kind, tag.spot, reason.message, reason.hint, tag.text.strip()[:200], text)
        alike = (replace(each, spot=fault.spot) for each in self.faults)
        if not (tag.doubled and fault in alike) and fault not in self.faults:
            self.faults.append(fault)

    def _reader(self, tag: Tag) -> Reader:
        return Reader(self._scope.names, lambda reason: self._tell(tag, reason), self._scope.granted)

    def _judge(self, tag: Tag) -> None:
        """Judge a tag's content; for an unclosed tag, only the block that it opens."""
        if tag.mark == "{#" or (tag.trouble and tag.word not in ENDS):
            return
        try:
            if tag.mark == "{{":
                self._print(tag)
            else:
                self._statement(tag)
        except BrokenTag as broken:
            if tag.trouble is None:
                self._tell(tag, broken.reason)
            if tag.mark == "{%" and tag.word in ENDS:
                self._begin(tag, dict.fromkeys(re.findall(r"\w+", tag.inside.partition(" in ")[0])[1:], ANYTHING))

    # --- placeholders ------------------------------------------------------------------------------------------------

    def _print(self, tag: Tag) -> None:
        if tag.prefix and not tag.inside:
            start, what = tag.mark + tag.prefix, PRINTED[tag.prefix]
            told = _("{start} prints {what}; a name is missing.", start=start, what=what)
            hint = _("To print “{name}”, write {example}.", name=tag.prefix, example=f"{{{{ {tag.prefix} }}}}")
            self._tell(tag, Reason(Kind.MISPLACED, told, hint))
            return
        node = printed(tag.inside)
        reader = self._reader(tag)
        shape = reader.shape(node)
        for literal in (node, *node.find_all(nodes.Const)):
            self._literal(tag, literal, alone=literal is node)
        if not shape.anything:
            self._print_shape(tag, text_of(node), shape)

    def _print_shape(self, tag: Tag, name: str, shape: Shape) -> None:
        """Tell where a value cannot be printed, or not in this way."""
        sort, wanted = shape.sort, prefix_for(shape.example)
        if sort is Sort.FOREIGN and tag.prefix == wanted:
            if made_by_docxtpl(shape.example):
                told = _("“{name}” is a docxtpl object; this document is filled in by docxtpl itself.", name=name)
                self._tell(tag, Reason(Kind.OWN_OBJECT, told))
        elif sort is Sort.FOREIGN:
            told = _("“{name}” is a docxtpl object that cannot be printed this way.", name=name)
            self._tell(tag, Reason(Kind.MISPLACED, told, _("Write {example}.", example=f"{{{{{wanted} {name} }}}}")))
        elif sort in (Sort.LIST, Sort.OBJECT, Sort.STRANGE):
            self._tell(tag, Reason(Kind.NO_VALUE, *no_value(name, shape)))
        elif sort is Sort.PROSE and (tag.prefix != "p" or tag.attribute):
            told = _("“{name}” is a text of several paragraphs.", name=name)
            hint = _("Write it alone in a paragraph as {example}.", example=f"{{{{p {name} }}}}")
            self._tell(tag, Reason(Kind.MISPLACED, told, hint))
        elif sort is not Sort.PROSE and tag.prefix != wanted:
            what = PRINTED[tag.prefix]
            told = _(
                "{start} prints {what}, but “{name}” is a single value.", start="{{" + tag.prefix, what=what, name=name
            )
            self._tell(tag, Reason(Kind.MISPLACED, told, _("Write {example}.", example=f"{{{{ {name} }}}}")))
        elif sort is Sort.PICTURE and tag.attribute:
            told = _("“{name}” is a picture and is not allowed here.", name=name)
            self._tell(tag, Reason(Kind.MISPLACED, told, _("Write it into the text.")))

    def _literal(self, tag: Tag, node: nodes.Node, *, alone: bool) -> None:
        """Report quoted texts that look like names, and non-breaking spaces in them."""
        if not isinstance(node, nodes.Const) or not isinstance(node.value, str):
            return
        head, *rest = node.value.split(".")
        shape = self._scope.names.get(head) if re.fullmatch(r"\w+(\.\w+)*", node.value) and alone else None
        for name in rest:
            shape = shape.part(name) if shape is not None else None
        if shape is not None and not shape.anything:
            told = _("The tag prints the text “{name}” itself.", name=node.value)
            hint = _("Write the name without quotation marks: {example}", example=f"{{{{ {node.value} }}}}")
            self._tell(tag, Reason(Kind.LITERAL, told, hint))
        elif "\u00a0" in node.value.strip("\u00a0"):
            told = _("“{name}” contains a non-breaking space, which does not match an ordinary space.", name=node.value)
            self._tell(tag, Reason(Kind.LITERAL, told, _("Retype the space without Ctrl and Shift.")))

    # --- loops and conditions ----------------------------------------------------------------------------------------

    def _statement(self, tag: Tag) -> None:
        match tag.word:
            case "for" | "if" | "set" | "with":
                self._begin_block(tag)
            case "elif" | "else":
                self._between(tag)
            case "endfor" | "endif" | "endset" | "endwith":
                self._end(tag)
            case "raw":
                self._raw = tag
            case "endraw" if self._raw is not None:
                self._raw = None
            case "colspan" | "cellbg" | "hm" | "vm":
                self._cell(tag)
            case _:
                self._unknown(tag)

    def _begin_block(self, tag: Tag) -> None:
        """Open a block with the names that it brings.

        Raises:
            BrokenTag: the tag cannot be parsed; nothing was opened.
        """
        reader = self._reader(tag)
        if tag.word == "for":
            node = first_node("{% " + tag.inside + " %}{% endfor %}", tag.inside)
            brought = self._loop_names(tag, node, reader)
            if node.test is not None:
                Reader(self._scope.with_names(brought).names, reader.tell, reader.granted).shape(node.test)
            self._begin(tag, {**brought, "loop": LOOPING})
        elif tag.word == "if":
            test = asked(tag.inside[2:])
            reader.shape(test)
            self._begin(tag, {}, paths_asked_about(test))
        elif tag.word == "with":
            node = first_node("{% " + tag.inside + " %}{% endwith %}", tag.inside)
            shapes = [reader.shape(value) for value in node.values]
            self._begin(tag, {text_of(name): shape for name, shape in zip(node.targets, shapes, strict=True)})
        else:
            self._set(tag, reader)

    def _set(self, tag: Tag, reader: Reader) -> None:
        if "=" not in tag.inside:
            node = first_node("{% " + tag.inside + " %}{% endset %}", tag.inside)
            self._begin(tag, {})
            self._open[-1].around = self._scope.with_names({text_of(node.target): ANYTHING})
            return
        node = first_node("{% " + tag.inside + " %}", tag.inside)
        self._scope = self._scope.with_names(_bound(node.target, reader.shape(node.node)))

    def _loop_names(self, tag: Tag, node: Any, reader: Reader) -> dict[str, Shape]:
        """Return the names that a loop defines; report a loop over something other than a list."""
        shape, name = reader.shape(node.iter), text_of(node.iter)
        if shape.anything:
            return _bound(node.target, ANYTHING)
        if shape.sort is not Sort.LIST and not isinstance(shape.example, str | Mapping):
            self._tell(tag, Reason(Kind.NO_LIST, *no_list(name, shape)))
            return _bound(node.target, ANYTHING)
        if isinstance(shape.example, str) and isinstance(shape.example, VALUES):
            told = _("“{name}” is a text; the loop would iterate over its letters.", name=name)
            self._tell(tag, Reason(Kind.LITERAL, told))
        items = shape.items()
        if isinstance(node.target, nodes.Tuple) and not items.anything and not isinstance(items.example, list | tuple):
            told = _("The items of “{name}” are not pairs; use one loop variable.", name=name)
            self._tell(tag, Reason(Kind.NO_LIST, told, _("Write it as: {example}", example=f"{{% for x in {name} %}}")))
        return _bound(node.target, items)

    def _begin(self, tag: Tag, names: Mapping[str, Shape], granted: frozenset[str] = frozenset()) -> None:
        self._open.append(Block(tag, tag.word, self._scope))
        scope = self._scope.with_names(names)
        self._scope = replace(scope, granted=scope.granted | granted)

    def _between(self, tag: Tag) -> None:
        block = self._open[-1] if self._open else None
        if block is None or block.word not in ("for", "if") or block.alone or (tag.word, block.word) == ("elif", "for"):
            told = _("{tag} has no open condition to belong to.", tag=tag.text)
            self._tell(tag, Reason(Kind.WRONG_END, told, _("It is only allowed between {% if … %} and {% endif %}.")))
            return
        self._tell_all(tag, apart(block.tag, tag))
        block.alone = tag.word == "else"
        self._scope = block.around
        if tag.word == "elif":
            test = asked(tag.inside[4:])
            self._reader(tag).shape(test)
            self._scope = replace(self._scope, granted=self._scope.granted | paths_asked_about(test))

    def _end(self, tag: Tag) -> None:
        if not self._open:
            told = _("{tag} has no open loop or condition to belong to.", tag=tag.text)
            self._tell(tag, Reason(Kind.WRONG_END, told, _("Delete it, or add its start tag.")))
            return
        deeper = self._meant_by(tag)
        if deeper is not self._open[-1]:
            if deeper is None:
                told = _("{tag} appears where {end} is expected.", tag=tag.text, end=end_of(self._open[-1].tag))
                begun = _("It closes {tag}.", tag=self._open[-1].tag.text)
                self._tell(tag, Reason(Kind.WRONG_END, told, begun))
            while deeper is not None and self._open[-1] is not deeper:
                self._open_block(self._open.pop())
        block = self._open.pop()
        self._scope = block.around
        self._tell_all(tag, apart(block.tag, tag))

    def _meant_by(self, tag: Tag) -> Block | None:
        """Return the block that an end closes; none where it is the innermost's, mistyped.

        Rows end as rows and paragraphs as paragraphs: an end of the innermost's kind is more likely its own, and one of
        another kind that of a block around, where the innermost has none.
        """
        fitting = [block for block in reversed(self._open) if ENDS[block.word] == tag.word]
        alike = [block for block in fitting if block.tag.prefix == tag.prefix]
        innermost = self._open[-1]
        if innermost.tag.prefix == tag.prefix or (innermost in fitting and not torn(innermost.tag, tag)):
            return innermost if innermost in fitting else next(iter(alike), None)
        return next(iter(alike or fitting), None)

    def _open_block(self, block: Block) -> None:
        told = _("{tag} has no end: {end} is missing.", tag=block.tag.text, end=end_of(block.tag))
        hint = _("Each loop and condition needs an end tag in the same table or series of paragraphs.")
        self._tell(block.tag, Reason(Kind.OPEN_BLOCK, told, hint))

    # --- others ------------------------------------------------------------------------------------------------------

    def _cell(self, tag: Tag) -> None:
        """Judge docxtpl's tags for cells: width, colour, merging."""
        cell = above(tag.elements[0], "tc")
        if cell is None:
            told = _("{tag} is not in a table cell.", tag=tag.text)
            self._tell(tag, Reason(Kind.MISPLACED, told, _("Move it into a table.")))
        elif tag.word in CELLS:
            node = printed(tag.inside[len(tag.word) :])
            shape = self._reader(tag).shape(node)
            if not shape.anything:
                self._print_shape(tag, text_of(node), shape)
        elif "loop" not in self._scope.names and not isinstance(self._scope.names, Everything):
            told = _("{tag} is not in a loop.", tag=tag.text)
            self._tell(tag, Reason(Kind.MISPLACED, told, _("It merges cells that a loop repeats.")))

    def _unknown(self, tag: Tag) -> None:
        word = tag.word or tag.inside[:20]
        if word in ("tr", "tc", "p", "r"):
            told = _("There is a space between {start} and {word}.", start="{%", word=word)
            self._tell(tag, Reason(Kind.UNKNOWN_TAG, told, _("Write {right} …", right="{%" + word)))
            return
        if word == "endraw":
            told = _("{tag} has no open {start} to belong to.", tag=tag.text, start="{% raw %}")
            self._tell(tag, Reason(Kind.WRONG_END, told, _("Delete it, or add its start tag.")))
            return
        near = difflib.get_close_matches(word.casefold(), WORDS, n=1)
        hint = (
            _("Did you mean “{close}”?", close=near[0]) if near else _("Available: {known}.", known=(*ENDS, *BETWEEN))
        )
        if not tag.inside:
            self._tell(tag, Reason(Kind.BROKEN_TAG, _("A placeholder or condition is empty."), hint))
            return
        self._tell(tag, Reason(Kind.UNKNOWN_TAG, _("Templates do not support “{word}”.", word=word), hint))
        if near and near[0] in ENDS:  # so that its end is not told to close nothing
            names = re.findall(r"\w+", tag.inside.partition(" in ")[0])[1:]
            self._open.append(Block(tag, near[0], self._scope))
            self._scope = self._scope.with_names(dict.fromkeys((*names, "loop"), ANYTHING))
        elif near and near[0] in ENDS.values() and self._open and ENDS[self._open[-1].word] == near[0]:
            self._scope = self._open.pop().around


def _bound(target: nodes.Node, shape: Shape) -> dict[str, Shape]:
    """Return the names that a loop or ``set`` binds."""
    if isinstance(target, nodes.Name):
        return {target.name: shape}
    return {name.name: ANYTHING for name in target.find_all(nodes.Name)}
