"""Faults of templates on the screen: template by template, each fault with its place, its text and its way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oekoreport.errors import UsageError
from oekoreport.findings import Severity
from oekoreport.language import Message, catalogue

if TYPE_CHECKING:
    from oekoreport.build.template_proofs import Proofed
    from oekoreport.cli.session import Session
    from oekoreport.documents.proof import Fault

_ = catalogue("oekoreport")

STYLES = {Severity.ERROR: "red", Severity.WARNING: "magenta", Severity.NOTE: "cyan"}
AROUND = 30
"""How many letters of a paragraph are shown on each side of a tag."""


class OneFileOnly(UsageError):
    """Something is asked of a folder that can be asked of one file only."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{folder} is a folder; --as and --comments go with one Word file.", folder=str(path)),
            hint=_("Name the file: oekoreport template check {folder}/templates/…", folder=str(path)),
        )


class CopyExists(UsageError):
    """A copy with comments would overwrite a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{file} exists already; nothing was written.", file=str(path)), hint=_("Name a file that does not exist.")
        )


class NoComments(UsageError):
    """Comments cannot be written: the file is not a Word document."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("Comments cannot be added to {file}: it is not a Word document.", file=str(path)))


def print_faults(session: Session, proofed: Sequence[Proofed], idle: Iterable[Message], *, whole: bool) -> None:
    """Print every fault, the templates that nothing uses, and the counts."""
    if whole and not any(each.own for each in proofed):
        session.say(_("The project has no Word templates of its own; the templates of the plugins were checked."))
    for each in proofed:
        _print_template(session, each)
    for told in idle:
        session.say("")
        session.say(_("Note: {note}", note=told), "cyan")
    session.say("")
    summary = _(
        "Templates: {number} · errors: {errors} · warnings: {warnings} · notes: {notes}",
        number=len(proofed),
        **counts(proofed),
    )
    session.say(summary, "bold")


def _print_template(session: Session, proofed: Proofed) -> None:
    show = session.locale.show
    session.say("")
    session.say(f"{proofed.file}  {show(proofed.title)}", "bold")
    if not proofed.faults:
        session.say(_("No faults."), "green")
        return
    against = (
        _("Checked with the values of “{project}”.", project=proofed.project)
        if proofed.project
        else _("Checked with the values of the reference round.")
    )
    session.say(against, "dim")
    for severity in sorted(Severity, reverse=True):
        for fault in proofed.weighing(severity):
            _print_fault(session, fault)


def _print_fault(session: Session, fault: Fault) -> None:
    """Print place and kind in a line, below it what is wrong, the way out, and the words around."""
    from rich.text import Text

    show, style = session.locale.show, STYLES[fault.severity]
    place = show(fault.spot)
    head = Text.assemble(
        (show(fault.severity.label), f"bold {style}"), f"  {place[:1].upper()}{place[1:]}  ", (fault.kind.code, "dim")
    )
    session.say("")
    session.console().print(head, soft_wrap=not session.console().is_terminal)
    _indented(session, show(fault.message))
    if fault.hint:
        _indented(session, show(fault.hint))
    if around := _around(fault):
        _indented(session, around, "dim")


def _indented(session: Session, text: str, style: str = "") -> None:
    from rich.padding import Padding
    from rich.text import Text

    console = session.console()
    if console.is_terminal:
        console.print(Padding(Text(text, style), (0, 0, 0, 4)))
    else:
        session.say(f"    {text}", style)


def _around(fault: Fault) -> str:
    """Return the tag with the words on both sides of it."""
    tag, text = " ".join(fault.tag.split()), fault.text
    at = text.find(tag) if tag else -1
    if at < 0:
        return tag or (f"{text[: 2 * AROUND]} …" if len(text) > 2 * AROUND else text)
    before, behind = text[:at], text[at + len(tag) :]
    before = f"… {before[-AROUND:]}" if len(before) > AROUND else before
    behind = f"{behind[:AROUND]} …" if len(behind) > AROUND else behind
    return f"{before}{tag}{behind}"


def counts(proofed: Sequence[Proofed]) -> dict[str, int]:
    """Return how many faults of each weight templates have."""
    weights = sorted(Severity, reverse=True)
    return {f"{weight.name.lower()}s": sum(len(each.weighing(weight)) for each in proofed) for weight in weights}


def write_comments(session: Session, proofed: Proofed, path: Path, copy: Path) -> None:
    """Write a copy of a template with its faults as comments.

    Raises:
        CopyExists: a file would be overwritten.
        NoComments: the template is no Word document.
    """
    from oekoreport.documents.proof import Kind, with_comments

    if any(fault.kind is Kind.UNREADABLE for fault in proofed.faults):
        raise NoComments(path)
    try:
        with copy.open("xb") as file:
            file.write(with_comments(proofed.content, proofed.faults, session.locale))
    except FileExistsError as error:
        raise CopyExists(copy) from error
    told = _("The faults were added to {file} as comments.", file=str(copy))
    click.echo(session.locale.show(told), err=True)
