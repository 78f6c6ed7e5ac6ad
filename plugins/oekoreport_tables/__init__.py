"""Importers for what officers and companies fill in: the project workbook, forms, tables, narratives in Word."""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport import Importer, hookimpl


@hookimpl
def oekoreport_importers() -> Iterable[Importer]:
    """Return the importer of tables and the importer of narratives."""
    from oekoreport_tables.importer import TablesImporter
    from oekoreport_tables.narrative import NarrativeImporter

    return [TablesImporter(), NarrativeImporter()]
