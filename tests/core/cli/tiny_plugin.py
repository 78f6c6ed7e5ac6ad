"""A whole plugin of a few lines, so that the command line is tested without the built-in ones.

It reads files that end in ``.lines``: each line is ``kind;key;parent;field=value;…``. The line ``refuse`` makes the
file unreadable, ``die``, ``spin``, ``eat`` and ``wait`` go too far, ``hang;PATH`` calls this socket and waits for an
answer; ``undecided`` and ``wrong`` are titles that the rule answers so. With such a title the exporter goes too far.
"""

import errno
import os
import socket
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from threading import Event
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from oekoreport import (
    PRODUCT,
    Case,
    Cells,
    Claim,
    Document,
    Exporter,
    Finding,
    Importer,
    Issue,
    NoOptions,
    Origin,
    Pack,
    Parameter,
    Place,
    Presence,
    Project,
    PublishedCase,
    Record,
    Report,
    Role,
    Rulebook,
    Severity,
    Source,
    SourceError,
    Status,
    TermsInRule,
    Undecided,
    catalogue,
    euro,
    hookimpl,
    rule,
)

_ = catalogue("tiny_plugin")


def go_too_far(how: str | None) -> None:
    """End the process, compute without end, take all memory, wait for nothing, or meet a full drive or memory."""
    eaten = []
    while how in ("spin", "eat"):
        if how == "eat":
            eaten.append(b"x" * 5_000_000)
    if how == "wait":
        Event().wait()
    if how == "full":
        raise OSError(errno.ENOSPC, "said by the system", "/drive/file")
    if how == "starved":
        raise MemoryError
    if how == "die":
        os._exit(1)


class Lines(Importer):
    name = "lines"

    def claims(self, source: Source) -> Claim:
        return Claim.LIKELY if source.suffix == ".lines" else Claim.NONE

    def read(self, source: Source) -> Iterator[Record | Finding | Cells]:
        for number, line in enumerate(source.content.decode().splitlines(), 1):
            if line == "refuse":
                raise SourceError(_("It is torn."), place=Place(source.name), hint=_("Glue it."))
            go_too_far(line)
            if line.startswith("hang;"):
                with socket.socket(socket.AF_UNIX) as answer:  # workers have no network
                    answer.connect(line.removeprefix("hang;"))
                    answer.recv(1)
            if line.startswith("#"):
                yield Cells(Place(source.name, line=number), Role.LEFT_OUT, 1, _("A comment is not read."))
                continue
            if line == "nothing":
                yield line  # type: ignore[misc]
            kind, key, parent, *fields = line.split(";")
            values = dict(field.split("=", 1) for field in fields)
            yield Record(kind, key, values, Origin(source.name, line=number), parent)
            yield Cells(Place(source.name, line=number), Role.FIELD, len(fields))


class ListingOptions(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    shout: bool = False
    times: int = 1
    paper: Literal["A4", "A3"] = "A4"


class Listing(Exporter[ListingOptions]):
    name = "listing"
    title = _("Listing")
    options = ListingOptions

    def render(self, report: Report, options: ListingOptions) -> Iterator[Document]:
        go_too_far(report.project.title)
        text = f"{report.project.title}, {report.locale.show(report.figures['participants.total'])}"
        yield Document(("lists", "listing.txt"), (text.upper() if options.shout else text).encode())
        yield Document(("clock.txt",), os.urandom(8), reproducible=False)


class Failing(Exporter[NoOptions]):
    name = "failing"
    title = _("Failing")
    options = NoOptions

    def render(self, report: Report, options: NoOptions) -> Iterator[Document]:  # noqa: ARG002 - it has none
        yield Document(("half.txt",), b"half")
        raise ValueError(report.project.title)


@rule("TINY-TITLE", _("The title is right"), basis=PRODUCT)
def title(project: Project, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Every project is called something."""
    if project.title == "undecided":
        raise Undecided(_("Nobody knows."))
    if project.title == "wrong":
        yield Issue(_("The title is wrong."), "title", hint=_("Call it right."))


@rule("TINY-LENGTH", _("The title is short"), basis=PRODUCT, severity=Severity.WARNING)
def length(project: Project, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Titles fit on a cover."""
    if len(project.title or "") > terms["tiny.length"]:
        yield Issue(_("The title has {number} letters.", number=len(project.title or "")), "title")


CASE = PublishedCase(
    rules=("TINY-LENGTH",),
    body="Court of Tinyland",
    report="Report 2020, No. 3",
    year=2020,
    happened="Ein Titel passte nicht auf den Umschlag.",
    source="Report 2020",
    status=Status.SECONDARY,
    amount=euro(Decimal("521.90")),
)

PACK = Pack(
    name="tiny",
    title="Tiny law",
    level="criteria",
    land="",
    instrument="",
    legal_kind="",
    valid_from=None,
    valid_to=None,
    status=Status.UNCONFIRMED,
    source="hearsay",
    parameters={
        "tiny.length": Parameter(
            "tiny.length",
            "Longest title",
            Presence.VALUE,
            Decimal(30),
            "",
            "hearsay",
            "",
            Status.UNCONFIRMED,
            "Tiny law",
        )
    },
)


@hookimpl
def oekoreport_importers() -> Iterable[Importer]:
    return [Lines()]


@hookimpl
def oekoreport_exporters() -> Iterable[Exporter[Any]]:
    return [Listing()]


@hookimpl
def oekoreport_rulebooks() -> Iterable[Rulebook]:
    return [Rulebook("tiny", _("Tiny rules"), "1", (title, replace(length, cases=(CASE,))), (PACK,))]
