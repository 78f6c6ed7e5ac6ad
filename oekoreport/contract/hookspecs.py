"""The contract between the core and its plugins: four hooks, and what they return.

A whole plugin::

    from collections.abc import Iterable, Iterator
    from oekoreport import Document, Exporter, NoOptions, Report, catalogue, hookimpl

    _ = catalogue("oekoreport_listing")

    class Listing(Exporter[NoOptions]):
        name = "listing"
        title = _("List of participants")
        options = NoOptions

        def render(self, report: Report, options: NoOptions) -> Iterator[Document]:
            names = [participant.name or "" for participant in report.project.participants]
            yield Document(("participants.txt",), "; ".join(names).encode())

    @hookimpl
    def oekoreport_exporters() -> Iterable[Exporter[NoOptions]]:
        return [Listing()]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Protocol, TypeVar

import pluggy
from pydantic import BaseModel, ConfigDict

from oekoreport.findings import Finding
from oekoreport.language import Message
from oekoreport.records import Cells, Claim, Record, Source
from oekoreport.report import Document, Report, TemplateFolder
from oekoreport.rules import Rulebook

GROUP = "oekoreport"
"""The entry-point group that plugins register in, and the project name of the hooks."""

API = 1
"""The version of this contract; a plugin that needs a later one says so in its ``OEKOREPORT_API``."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)
"""Marks a function of a plugin as one of the hooks below."""


class NoOptions(BaseModel):
    """The options of an exporter that has none."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Options = TypeVar("Options", bound=BaseModel, contravariant=True)


class Exporter(Protocol[Options]):
    """Turns a report into documents. Yields bytes; writes and prints nothing, computes no figure."""

    name: ClassVar[str]
    """Lower-case name, unique among all exporters: what ``build -e`` takes."""

    title: ClassVar[Message]
    """What it makes, in a few words."""

    options: ClassVar[type[BaseModel]]
    """The pydantic model of its options; ``NoOptions`` for none. A flag ``asked_for`` is set by ``build -e NAME``."""

    def render(self, report: Report, options: Options) -> Iterator[Document]:
        """Yield the documents. The same report and options give the same bytes."""


class Importer(Protocol):
    """Turns files into records."""

    name: str
    """Lower-case name, unique among all importers."""

    def claims(self, source: Source) -> Claim:
        """Tell how sure it is that the file is its own, without reading it whole."""

    def read(self, source: Source) -> Iterator[Record | Finding | Cells]:
        """Yield the file's records, findings for what it could not read, and what its cells were taken for.

        Raises:
            SourceError: the file cannot be read at all; the core makes it a finding.
        """


@hookspec
def oekoreport_importers() -> Iterable[Importer]:
    """Return the importers that this plugin brings."""


@hookspec
def oekoreport_exporters() -> Iterable[Exporter[Any]]:
    """Return the exporters that this plugin brings."""


@hookspec
def oekoreport_rulebooks() -> Iterable[Rulebook]:
    """Return the rulebooks that this plugin brings."""


@hookspec
def oekoreport_templates() -> Iterable[TemplateFolder]:
    """Return the folders of templates that this plugin brings."""
