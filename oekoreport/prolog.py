"""What XML says before its root element: its encoding, and whether it declares a document type."""

from __future__ import annotations

import re
from functools import partial
from xml.parsers import expat

ENCODING = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)")
ENCODINGS = frozenset((b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252"))
"""The encodings that are read: each extends ASCII, so that markup looks the same to every parser."""

PROLOG_PIECE = 65_536


def extends_ascii(content: bytes) -> bool:
    """Tell whether XML is written in an encoding in which “<” is the byte that it is in ASCII, and nothing else is."""
    bare = content.removeprefix(b"\xef\xbb\xbf")
    found = ENCODING.match(bare[:200])
    return (
        bare[:64].lstrip()[:1] in (b"<", b"")
        and b"\0" not in bare[:64]
        and (found is None or found[1].lower() in ENCODINGS)
    )


class _Seen(Exception):
    """What a prolog was read for is found; ``declared`` tells whether that is a document type."""

    def __init__(self, *, declared: bool) -> None:
        super().__init__()
        self.declared = declared


def declares_type(content: bytes) -> bool:
    """Tell whether XML declares a document type before its root element, where alone it can; a comment may name one."""
    parser = expat.ParserCreate()

    def found(*_: object, declared: bool) -> None:
        raise _Seen(declared=declared)

    parser.StartDoctypeDeclHandler = partial(found, declared=True)
    parser.StartElementHandler = partial(found, declared=False)
    try:
        for start in range(0, len(content), PROLOG_PIECE):
            parser.Parse(content[start : start + PROLOG_PIECE])
    except _Seen as seen:
        return seen.declared
    except expat.ExpatError:
        return b"<!DOCTYPE" in content  # damaged before its root: the tree says how
    return False
