"""Names of documents that every system takes, and that do not collide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from itertools import count

from oekoreport.build.publishing.manifest_file import MANIFEST
from oekoreport.build.publishing.run_file import RUN_FILE
from oekoreport.folder import INTERNAL
from oekoreport.report import Document

LOCK = ".oekoreport.lock"


PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")
RESERVED = frozenset({"con", "prn", "aux", "nul", *PORTS})
"""What Windows takes for a device, with whatever ending."""

LONGEST_NAME = 120
"""In characters: longer names are not read, and a path of them is too long for Windows."""

LONGEST_ENDING = 16

MOST_BYTES = 240
"""In UTF-8: Linux takes 255 bytes and Windows 255 characters; what is left is for a number."""

LIMIT = 255


def safe_name(text: str) -> str:
    """Return a file name that every system takes: letters, digits and few marks, never reserved, never too long.

    The ending is kept. Umlauts stay; what cannot be in a name becomes a hyphen. It is cut between characters.
    """
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[^\w.()&+,=@-]+", "-", text.replace(" ", "_"), flags=re.UNICODE)
    text = re.sub(r"-*_-*|-{2,}", lambda match: "_" if "_" in match[0] else "-", text)
    stem, dot, ending = text.rpartition(".")
    if not dot or not ending.isalnum() or len(ending) > LONGEST_ENDING:
        stem, dot, ending = text, "", ""
    stem = stem.strip("-_. ")[: LONGEST_NAME - len(ending)]
    stem = cut(stem, MOST_BYTES - len(f"{dot}{ending}".encode())).rstrip("-_. ") or "datei"
    if stem.casefold().split(".")[0] in RESERVED:
        stem = f"_{stem}"
    return f"{stem}{dot}{ending}"


def cut(text: str, most: int) -> str:
    """Return as much of a text as has at most so many bytes in UTF-8; no character is cut through."""
    return text.encode(errors="ignore")[:most].decode(errors="ignore")


def alike(path: str) -> str:
    """Return what is the same for paths that some system takes for one: without case, with letters composed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).upper().casefold())


def numbered(path: str, start: int = 2) -> Iterator[str]:
    """Yield a path with numbers before its ending, the last part of none longer than a system takes."""
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    for number in count(start):
        tail = f"-{number}{dot}{ending}"
        yield f"{folder}{slash}{cut(stem, LIMIT - len(tail.encode(errors='ignore')))}{tail}"


def place_documents(documents: Iterable[Document]) -> dict[str, Document]:
    """Return documents by the path that each is published under; names that collide get a number."""
    placed: dict[str, Document] = {}
    files, folders, numbers = {alike(MANIFEST), alike(LOCK), alike(RUN_FILE)}, {alike(INTERNAL)}, dict[str, int]()
    for document in documents:
        path = ""
        for part in document.name[:-1]:
            path = _free(f"{path}{safe_name(part)}", numbers, files) + "/"
            folders.add(alike(path.removesuffix("/")))
        path = _free(f"{path}{safe_name(document.name[-1])}", numbers, files, folders)
        files.add(alike(path))
        placed[path] = document
    return placed


def _free(path: str, numbers: dict[str, int], *taken: Collection[str]) -> str:
    """Return a path that is not taken: itself, or with a number before its ending.

    ``numbers`` knows the last one given to each path, so that a thousand documents of one name are not counted through
    a thousand times.
    """
    same, free = alike(path), path
    number = numbers.get(same, 1)
    while any(alike(free) in each for each in taken):
        number += 1
        free = next(numbered(path, number))
        numbers[same] = number
    return free
