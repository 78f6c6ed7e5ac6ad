"""What two manifests say differently: the one that lies beside the documents, and the one of a second build.

Everything is compared that a manifest holds, known to this module or not: an edit of anything is a difference. One
thing alone may differ: the hash of a document that its maker cannot make twice alike (LibreOffice). Who made it is
compared, and whether it can be made twice is what the second build says of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from oekoreport.build.publishing.manifest_file import MANIFEST
from oekoreport.folder import OWN_TEMPLATES
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

Json: TypeAlias = Any
"""What JSON holds: objects, lists, texts, numbers, truth values, null."""

SHOWN = 70
"""How many characters of a value are shown: a hash is shown whole, a longer value by its beginning."""

BY_NAME = (("examined", "inputs", "files"), ("examined", "inputs", "names"))
"""Where a manifest has the inputs that are told by their names, if those are known."""

OTHER_FILES = _("files that no importer reads were added, renamed, changed or removed")
"""What is told of the files that the documents depend on by name alone, which a manifest does not hold."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """A file that is not as the manifest says, or a place in the manifest that is not as a second build has it."""

    path: str
    message: Message


class _Absent:
    """Stands for what one of the two manifests does not have."""


class _Difference(NamedTuple):
    place: tuple[str, ...]
    then: Json | _Absent
    now: Json | _Absent


@dataclass(frozen=True, slots=True)
class Named:
    """Inputs by name, with their hashes: those of the documents where their names are known, and those of today."""

    then: Mapping[str, str] | None
    now: Mapping[str, str]


def differences(then: Mapping[str, Json], now: Mapping[str, Json], inputs: Named) -> list[Deviation]:
    """Return where the manifest ``then``, as it was read, differs from that of a second build."""
    by_name = [] if inputs.then is None else list(_by_name(inputs.then, inputs.now))
    found: list[Deviation] = [*by_name]
    for each in _compared(then, now, ()):
        is_told = by_name and each.place[:3] in BY_NAME
        if not is_told and not _may_differ(each, now):
            found.append(Deviation(*_told(each)))
    return found


def inputs_changed(then: Mapping[str, Json], now: Mapping[str, Json]) -> bool:
    """Tell whether documents would be made of other inputs or templates today."""
    return any(True for _each in _compared(_sources(then), _sources(now), ()))


def _sources(manifest: Mapping[str, Json]) -> list[Json]:
    return [manifest["examined"].get("inputs"), manifest["examined"].get("templates"), manifest["templates"]]


def _compared(then: Json, now: Json, place: tuple[str, ...]) -> Iterator[_Difference]:
    """Yield each leaf that differs, and each branch that only one of the two has."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in sorted({*then, *now}):
            yield from _compared(then.get(key, _Absent()), now.get(key, _Absent()), (*place, key))
    elif isinstance(then, list) and isinstance(now, list):
        for index in range(max(len(then), len(now))):
            before, after = (each[index] if index < len(each) else _Absent() for each in (then, now))
            yield from _compared(before, after, (*place, str(index + 1)))
    elif _written(then) != _written(now):
        yield _Difference(place, then, now)


def _written(value: Json | _Absent) -> str:
    """Return a value as JSON has it: there, true is not 1 and 1 is not 1.0."""
    return "" if isinstance(value, _Absent) else json.dumps(value, ensure_ascii=False)


def _may_differ(each: _Difference, now: Mapping[str, Json]) -> bool:
    """Tell whether it is the hash of a document that cannot be made twice alike, as the second build says of it."""
    match each.place:
        case ("outputs", path, "sha256"):
            is_hash = isinstance(each.then, str) and isinstance(each.now, str)
            return is_hash and not now["outputs"][path]["reproducible"]
    return False


def _by_name(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Deviation]:
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            yield Deviation(name, _what(then.get(name, _Absent()), now.get(name, _Absent())))


def _what(then: object, now: object) -> Message:
    if isinstance(then, _Absent):
        return _("is new")
    return _("is missing") if isinstance(now, _Absent) else _("was changed")


def _told(each: _Difference) -> tuple[str, Message]:
    """Return what differs, and how: documents, inputs and templates in a reader's words, all else by its place."""
    match each.place:
        case ("outputs", path):
            is_new = isinstance(each.then, _Absent)
            return path, _("is new") if is_new else _("is no longer made")
        case ("outputs", path, "sha256"):
            return path, _("its bytes differ")
        case ("templates", name) | ("examined", "templates", name):
            return f"{OWN_TEMPLATES}/{name}", _what(each.then or _Absent(), each.now or _Absent())
    told = OTHER_FILES if each.place == ("examined", "inputs", "unread") else _values(each)
    return f"{MANIFEST}: {' → '.join(each.place)}", told


def _values(each: _Difference) -> Message:
    if isinstance(each.then, _Absent):
        return _("is missing; the second build has {now}", now=_shown(each.now))
    if isinstance(each.now, _Absent):
        return _("says {then}; the second build does not have it", then=_shown(each.then))
    return _("says {then}; the second build has {now}", then=_shown(each.then), now=_shown(each.now))


def _shown(value: Json) -> str:
    text = _written(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
