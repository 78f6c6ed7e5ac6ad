"""The file ``intern/lauf.json``: what the manifest leaves out because it names people or tells the time.

It stands beside the documents and belongs to none of them: no build counts it as foreign, nothing compares it, and
whoever gives documents away may delete it. Names of inputs are believed only where they fit the manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from oekoreport.enclosure import Barred, Enclosure
from oekoreport.folder import INTERNAL

RUN_FILE = f"{INTERNAL}/lauf.json"

FORMAT = 1
"""The version of the file's own form."""


def run_bytes(run: Mapping[str, Any]) -> bytes:
    """Return the file as it is written."""
    return (json.dumps({"format": FORMAT, **run}, ensure_ascii=False, indent=1) + "\n").encode(errors="surrogatepass")


def read_run(folder: Path) -> dict[str, Any]:
    """Return what the file of an output folder says; nothing where there is none, or none that is ours."""
    try:
        run = json.loads(Enclosure(folder).read(RUN_FILE))
    except (Barred, OSError, ValueError, RecursionError):
        return {}
    return run if isinstance(run, dict) and run.get("format") == FORMAT else {}


def inputs_of(hashes: Mapping[str, str], unread: str) -> dict[str, Any]:
    """Return what a manifest says of inputs, given by name in the order of reading, and of the files that nobody reads.

    Names may be those of people. So there are only the hashes, and one of the whole list with its names: who has the
    files can tell whether one was renamed, and nobody else what they are called.
    """
    listing = "".join(f"{sha256}  {name}\n" for name, sha256 in hashes.items())
    digest = hashlib.sha256(listing.encode(errors="surrogateescape")).hexdigest()
    return {"files": list(hashes.values()), "names": digest, "unread": unread}


def names_of_inputs(folder: Path, inputs: Mapping[str, Any]) -> dict[str, str] | None:
    """Return the inputs of a manifest by name; None where the file beside it does not say what they are called."""
    names = _names(read_run(folder).get("inputs"))
    hashes = inputs.get("files")
    if not isinstance(hashes, list) or len(names) != len(hashes) or len({*names}) != len(names):
        return None
    named = dict(zip(names, map(str, hashes), strict=True))
    return named if inputs_of(named, "")["names"] == inputs.get("names") else None


def _names(entries: object) -> list[str]:
    each: Iterable[object] = entries if isinstance(entries, list) else ()
    return [str(entry.get("name")) for entry in each if isinstance(entry, dict)]
