"""Names of documents that every system takes, and that do not collide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from oekoreport.build.publishing.manifest_file import MANIFEST
from oekoreport.language import catalogue
from oekoreport.report import Document

_ = catalogue("oekoreport")

LOCK = ".oekoreport.lock"


RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


LONGEST_NAME = 120


def safe_name(text: str) -> str:
    """Return a file name that every system takes: letters, digits and few marks, never reserved, never too long.

    The ending is kept. Umlauts stay; what cannot be in a name becomes a hyphen.
    """
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[^\w.()&+,=@-]+", "-", text.replace(" ", "_"), flags=re.UNICODE)
    text = re.sub(r"-*_-*|-{2,}", lambda match: "_" if "_" in match[0] else "-", text)
    stem, dot, ending = text.rpartition(".")
    if not dot or not ending.isalnum():
        stem, dot, ending = text, "", ""
    stem = stem.strip("-_. ")[: LONGEST_NAME - len(ending)].rstrip("-_. ") or "datei"
    if stem.casefold().split(".")[0] in RESERVED:
        stem = f"_{stem}"
    return f"{stem}{dot}{ending}"


def place_documents(documents: Iterable[Document]) -> dict[str, Document]:
    """Return documents by the path that each is published under; names that collide get a number."""
    placed: dict[str, Document] = {}
    files, folders = {MANIFEST.casefold(), LOCK.casefold()}, set[str]()
    for document in documents:
        path = ""
        for part in document.name[:-1]:
            path = _free(f"{path}{safe_name(part)}", files) + "/"
            folders.add(path.removesuffix("/").casefold())
        path = _free(f"{path}{safe_name(document.name[-1])}", files | folders)
        files.add(path.casefold())
        placed[path] = document
    return placed


def _free(path: str, taken: Collection[str]) -> str:
    """Return a path that is not taken: itself, or with a number before its ending."""
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    number, free = 2, path
    while free.casefold() in taken:
        free = f"{folder}{slash}" + (f"{stem}-{number}{dot}{ending}" if dot else f"{ending}-{number}")
        number += 1
    return free
