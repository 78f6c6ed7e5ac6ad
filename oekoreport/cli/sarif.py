"""What every SARIF 2.1.0 log of ours has in common: its frame, its driver, its levels."""

from __future__ import annotations

import json
from typing import Any

from oekoreport import __version__
from oekoreport.findings import Severity
from oekoreport.language import Locale

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
VERSION = "2.1.0"

LEVELS = {Severity.NOTE: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}
LANGUAGES = {"de": "de-DE", "en": "en-US"}


def log(run: dict[str, Any]) -> str:
    """Return a log with one run."""
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, indent=1)


def language_of(locale: Locale) -> str:
    """Return a language as SARIF names it."""
    return LANGUAGES.get(locale.language, locale.language)


def driver(rules: list[dict[str, Any]], locale: Locale) -> dict[str, Any]:
    """Return who wrote the log, with the rules that results bear."""
    named = {"name": "oekoreport", "version": __version__, "semanticVersion": __version__}
    return {**named, "language": language_of(locale), "rules": rules}
