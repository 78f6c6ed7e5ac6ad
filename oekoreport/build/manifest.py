"""What a manifest says of a build, and whether it still holds."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Self

from oekoreport.build.intake import inputs_now
from oekoreport.build.publishing import BrokenManifest, Deviation, NoManifest, not_as_made, read_manifest
from oekoreport.contract import Registry
from oekoreport.folder import OUTPUT, OWN_TEMPLATES
from oekoreport.language import catalogue
from oekoreport.report import Report, Templates

_ = catalogue("oekoreport")

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
    def from_json(cls, manifest: Mapping[str, Any]) -> Self:
        """Return the order that a manifest was made by."""
        day = manifest["as_of"]
        options = {str(name): dict(values) for name, values in manifest["options"].items()}
        return cls(tuple(manifest["exporters"]), options, date.fromisoformat(day) if day else None)


def order_of(out: Path) -> Order:
    """Return the order that the documents of an output folder were made by.

    Raises:
        NoManifest: nothing was published there.
        BrokenManifest: the manifest does not say it.
    """
    try:
        return Order.from_json(read_manifest(out))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BrokenManifest(out) from None


def manifest_of(report: Report, order: Order, failed: Iterable[str]) -> dict[str, Any]:
    """Return what a manifest holds beside its outputs. No personal data: hashes, versions, totals, outcomes."""
    totals = {
        name: {"value": str(figure.day or figure.rounded) if figure.known else None, "unit": figure.unit}
        for name, figure in report.figures.items()
        if "/" not in name
    }
    return {
        "inputs": dict(report.inputs),
        "unread": report.unread,
        "templates": report.templates.used,
        "versions": dict(report.versions),
        **order.as_json(),
        "failed_exporters": list(failed),
        "reference_date": report.date.isoformat() if report.date else None,
        "sample": report.sample,
        "draft": report.draft,
        "packs": [pack.title for pack in report.terms.packs],
        "verdicts": {verdict.code: verdict.outcome.value for verdict in report.verdicts},
        "waived": sorted({finding.waived_by for finding in report.findings() if finding.waived_by}),
        "figures": totals,
    }


def is_up_to_date(folder: Path, registry: Registry, order: Order) -> bool:
    """Tell whether the manifest in ``out`` still holds: same inputs, templates, versions, options; only its outputs."""
    try:
        manifest = read_manifest(folder / OUTPUT)
    except (NoManifest, BrokenManifest):
        return False
    inputs = inputs_now(folder, _hashes(manifest, "inputs"))
    asked = {
        "inputs": inputs.hashes,
        "unread": inputs.unread,
        "versions": versions(registry),
        **order.as_json(),
        "failed_exporters": [],
    }
    if any(manifest.get(key) != value for key, value in asked.items()) or (order.final and manifest.get("draft")):
        return False
    templates = _hashes(manifest, "templates")
    if Templates(registry.templates, folder / OWN_TEMPLATES).now(templates) != templates:
        return False
    out, outputs = folder / OUTPUT, manifest["outputs"]
    return all((out / path).is_file() for path in outputs) and not not_as_made(out, outputs)


OTHER_FILES = _("files that no importer reads were added, renamed, changed or removed")
"""What is told of the files that the documents depend on by name alone, which a manifest does not hold."""


def _hashes(manifest: Mapping[str, Any], key: str) -> Mapping[str, str | None]:
    hashes = manifest.get(key)
    return hashes if isinstance(hashes, dict) else {}


def changes(out: Path, registry: Registry) -> list[Deviation]:
    """Return the inputs and templates that changed since the documents were made.

    Raises:
        NoManifest, BrokenManifest: nobody can tell how it was.
        NoProjectFolder: there is no file any more.
    """
    manifest, folder = read_manifest(out), out.resolve().parent
    templates = _hashes(manifest, "templates")
    now = Templates(registry.templates, folder / OWN_TEMPLATES).now(templates)
    then = _hashes(manifest, "inputs")
    inputs = inputs_now(folder, then)
    others = [Deviation(str(folder), OTHER_FILES)] if manifest.get("unread") != inputs.unread else []
    return [
        *_differences(then, inputs.hashes),
        *others,
        *_differences(templates, now, prefix=f"{OWN_TEMPLATES}/"),
    ]


def _differences(
    then: Mapping[str, str | None], now: Mapping[str, str | None], prefix: str = ""
) -> Iterator[Deviation]:
    for name in sorted({*then, *now}):
        before, after = then.get(name), now.get(name)
        if before != after:
            message = _("is new") if before is None else _("is missing") if after is None else _("was changed")
            yield Deviation(f"{prefix}{name}", message)


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
