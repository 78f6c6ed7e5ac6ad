"""The run-time dependencies: what the lock pins, and what requirements/licences.toml says of their licences."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from license_expression import LicenseExpression, get_spdx_licensing

ROOT = Path(__file__).parents[2]
PINNED = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$(?P<hashes>(?:\n +--hash=.+)+)", re.MULTILINE
)
HASH = re.compile(r"sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """A release that a file of the lock installs: its marker, and the SHA-256 of each of its files."""

    name: str
    version: str
    marker: str | None
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bundled:
    """Somebody else's work inside a wheel, its licence (SPDX), and who says so."""

    part: str
    licence: str
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """A run-time dependency: its release, the licence that it states, and our reading of that (SPDX)."""

    pin: Pin
    extra: bool
    stated: str
    licence: str
    bundles: tuple[Bundled, ...]


def pins(name: str) -> tuple[Pin, ...]:
    """Return what a file of the folder requirements/ pins."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(
        Pin(found["name"], found["version"], found["marker"], tuple(HASH.findall(found["hashes"])))
        for found in PINNED.finditer(text)
    )


@cache
def licences() -> dict[str, Any]:
    """Return what requirements/licences.toml says."""
    return tomllib.loads((ROOT / "requirements" / "licences.toml").read_text(encoding="utf-8"))


def parts() -> Iterator[Part]:
    """Yield all run-time dependencies, those of the extras among them.

    Raises:
        KeyError: nothing is said of a licence.
    """
    always = {pin.name for pin in pins("run")}
    for pin in pins("extras"):
        entry = licences()["packages"][pin.name]
        stated = entry["stated"]
        bundles = tuple(Bundled(**each) for each in entry.get("bundles", ()))
        yield Part(pin, pin.name not in always, stated, entry.get("licence", stated), bundles)


def is_allowed(licence: str) -> bool:
    """Say whether a licence (SPDX) may be depended on: of an OR one branch, of an AND each."""
    spdx = get_spdx_licensing()
    return _holds(spdx.parse(licence.replace("/", " OR ")))  # cargo's older way of writing OR


def _holds(expression: LicenseExpression | None) -> bool:
    if expression is None:
        return False
    spdx = get_spdx_licensing()
    if isinstance(expression, spdx.OR):
        return any(_holds(each) for each in expression.args)
    if isinstance(expression, spdx.AND):
        return all(_holds(each) for each in expression.args)
    return str(expression) in licences()["allowed"]
