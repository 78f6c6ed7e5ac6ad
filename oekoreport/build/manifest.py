"""What a manifest says of a build: what was examined, before any document was made, and what was made of it.

What was examined is a part of its own, whose digest documents may print: inputs, terms, figures, verdicts, versions,
what was asked for. What follows from it is not stored: whether documents are drafts is told by the verdicts. No
personal data: hashes, versions, totals, outcomes; the names of inputs lie in a file beside it.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Self

from oekoreport.build.intake import inputs_now
from oekoreport.build.publishing import (
    BrokenManifest,
    NoManifest,
    digest_of,
    glance_at,
    inputs_of,
    is_as_made,
    names_of_inputs,
    read_manifest,
)
from oekoreport.contract import Registry
from oekoreport.findings import number_of
from oekoreport.folder import OUTPUT, OWN_TEMPLATES
from oekoreport.law import Parameter, Status
from oekoreport.report import Report, Templates
from oekoreport.rules import Verdict

LIBRARIES = ("docxtpl", "xlsxwriter", "typst", "jinja2", "lxml", "pydantic", "python-calamine")
"""The libraries whose versions shape the bytes of documents."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a build is asked for.

    Attributes:
        names: the exporters; all where none is named.
        options: values by exporter and option.
        as_of: the reference date, where it is not the project's own.
        final: refuse while errors or open questions stand.
    """

    names: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    as_of: date | None = None
    final: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return what the documents depend on, as a manifest holds it."""
        return {
            "exporters": sorted(self.names),
            "options": {name: dict(values) for name, values in sorted(self.options.items())},
            "as_of": self.as_of.isoformat() if self.as_of else None,
        }

    @classmethod
    def from_json(cls, order: Mapping[str, Any]) -> Self:
        """Return the order that a manifest was made by."""
        day = order["as_of"]
        options = {str(name): dict(values) for name, values in order["options"].items()}
        return cls(tuple(order["exporters"]), options, date.fromisoformat(day) if day else None)


def order_of(out: Path) -> Order:
    """Return the order that the documents of an output folder were made by.

    Raises:
        NoManifest: nothing was published there.
        BrokenManifest: the manifest does not say it.
    """
    try:
        return Order.from_json(read_manifest(out)["examined"]["order"])
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BrokenManifest(out) from None


def examined(report: Report, order: Order) -> dict[str, Any]:
    """Return what a manifest says of all that is known before any document is made."""
    return {
        "inputs": inputs_of(report.inputs, report.unread),
        "templates": report.templates.used,
        "versions": dict(report.versions),
        "order": order.as_json(),
        "reference_date": report.date.isoformat() if report.date else None,
        "sample": report.sample,
        "terms": {
            "packs": [_day_by_day(pack.title, pack.valid_from, pack.valid_to) for pack in report.terms.packs],
            "notices": {term.name: _term(term) for term in report.terms if term.status is Status.NOTICE},
        },
        "verdicts": {verdict.code: _verdict(verdict) for verdict in report.verdicts},
        "figures": {
            name: {"value": str(figure.day or figure.rounded) if figure.known else None, "unit": figure.unit}
            for name, figure in report.figures.items()
            if "/" not in name
        },
    }


def _day_by_day(title: str, first: date | None, last: date | None) -> dict[str, str | None]:
    days = {"valid_from": first, "valid_to": last}
    return {"title": title, **{name: day.isoformat() if day else None for name, day in days.items()}}


def _term(term: Parameter) -> dict[str, Any]:
    return {"presence": term.presence.value, "value": None if term.value is None else str(term.value)}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    """Return an outcome with how much was judged; ``blocking`` says whether documents are drafts."""
    return {
        "outcome": verdict.outcome.value,
        "evaluated": verdict.evaluated,
        "findings": number_of(verdict.open_findings),
        "undecided": number_of(verdict.undecided),
        "waived": verdict.waived,
        "blocking": verdict.blocking,
    }


def manifest_of(examined: Mapping[str, Any], templates: Templates, failed: Iterable[str]) -> dict[str, Any]:
    """Return what a manifest holds beside its outputs; ``templates`` are those that were used until now."""
    before = examined["templates"]
    later = {name: sha256 for name, sha256 in templates.used.items() if name not in before}
    digest = digest_of(examined)
    return {"examined": examined, "examined_sha256": digest, "templates": later, "failed_exporters": list(failed)}


def up_to_date(folder: Path, registry: Registry, order: Order) -> Mapping[str, Any] | None:
    """Return the manifest in ``out`` where it still holds: same inputs, templates, versions, options; only its outputs.

    It is believed in what it says of itself: whoever can write into ``out`` can make it say so. Where that must not
    be, the project is built again.
    """
    try:
        manifest = glance_at(folder / OUTPUT)
    except (NoManifest, BrokenManifest):
        return None
    then, out = manifest["examined"], folder / OUTPUT
    if manifest.get("failed_exporters") != [] or manifest.get("examined_sha256") != digest_of(then):
        return None
    named = names_of_inputs(out, then["inputs"])
    if named is None:  # which files were read is not known any more
        return None
    inputs = inputs_now(folder, named)
    asked = {
        "inputs": inputs_of(inputs.hashes, inputs.unread),
        "versions": versions(registry),
        "order": order.as_json(),
    }
    if any(then[key] != value for key, value in asked.items()):
        return None
    used = {**then["templates"], **manifest["templates"]}
    if Templates(registry.templates, folder / OWN_TEMPLATES).now(used) != used:
        return None
    return manifest if is_as_made(out, manifest["outputs"]) else None


def versions(registry: Registry) -> dict[str, str]:
    """Return the versions of everything that shapes a build: Python, core, plugins, rulebooks, libraries."""
    python = {"python": sys.version.split()[0], "zlib": zlib.ZLIB_RUNTIME_VERSION}
    books = {f"rulebook {book.name}": book.edition for book in registry.rulebooks}
    return python | registry.versions | books | _library_versions()


@cache
def _library_versions() -> dict[str, str]:
    """Look the versions up once: a batch asks for them again for every project."""
    found: dict[str, str] = {}
    for library in LIBRARIES:
        with suppress(PackageNotFoundError):
            found[library] = version(library)
    return found
