"""Zip archives whose claims are held against their bytes: programs differ on an archive that contradicts itself.

The standard library trusts what the directory at the end of an archive says. Here a part is unpacked to the size that
is claimed and not a byte beyond, and an archive that one program reads otherwise than another is refused.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import pairwise

from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

MOST_ENTRIES = 20_000
"""The most entries of an archive: each takes half a kilobyte of memory, even an empty one; office files have dozens."""

ENTRY = b"PK\x01\x02"
END = b"PK\x05\x06"
END_RECORD = struct.Struct("<4s4H2IH")
LONGEST_COMMENT = 0xFFFF
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
PIECE = 1 << 14
"""So many packed bytes are unpacked at a time; they become sixteen megabytes at most."""

ENCRYPTED = 0x1 | 0x40 | 0x2000
"""The flags of an entry that is encrypted: as such, strongly, or with its own directory."""

SIZES_FOLLOW = 0x8
"""The flag of an entry whose sizes its local header does not say."""

UTF_8 = 0x800
"""The flag of an entry whose name is written in UTF-8."""

UNSAID = 0xFFFFFFFF
"""The size in a header that says it elsewhere (ZIP64)."""


class BadArchive(Exception):
    """An archive, or an entry of it, is damaged or contradicts itself; ``reason`` says how."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def entries_of(content: bytes) -> list[zipfile.ZipInfo]:
    """Return the entries of an archive that are files.

    Raises:
        BadArchive: it is no archive, or not the same to every program that reads it.
    """
    if content.count(ENTRY) > MOST_ENTRIES:
        raise BadArchive(_("it has more than {limit} parts.", limit=MOST_ENTRIES))
    if not content.startswith(b"PK") or _ends(content) > 1:
        raise BadArchive(_("the archive is damaged."))
    try:
        with zipfile.ZipFile(BytesIO(content)) as file:
            entries = file.infolist()
    except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OSError) as error:
        raise BadArchive(_("the archive is damaged.")) from error
    _demand_apart(entries)
    return [_well_named(entry) for entry in entries if not entry.is_dir()]


def content_of(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    """Return the unpacked bytes of an entry; they take no more memory than its claimed size.

    Raises:
        BadArchive: the entry is damaged, or is not what the directory says.
    """
    packed = _packed(content, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        found = bytes(packed)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        found = _inflated(packed, entry)
    else:
        raise BadArchive(_("its part “{member}” is packed in an unknown way.", member=entry.filename))
    if len(found) != entry.file_size or zlib.crc32(found) != entry.CRC:
        raise damaged(entry.filename)
    return found


def damaged(name: str) -> BadArchive:
    """Return the error that names a part whose bytes make no sense."""
    return BadArchive(_("its part “{member}” is damaged.", member=name))


def _ends(content: bytes) -> int:
    """Return how many records of an archive's end reach to its last byte: in a comment there may be a second one."""
    found, at = 0, max(len(content) - LONGEST_COMMENT - END_RECORD.size, 0)
    while (at := content.find(END, at)) >= 0 and len(content) - at >= END_RECORD.size:
        *_fields, comment = END_RECORD.unpack_from(content, at)
        found += at + END_RECORD.size + comment == len(content)
        at += 1
    return found


def _demand_apart(entries: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse entries that lie over one another: a few bytes would unpack as often as they are named."""
    found: Sequence[zipfile.ZipInfo] = sorted(entries, key=lambda entry: entry.header_offset)
    if found and found[0].header_offset:
        raise BadArchive(_("the archive is damaged."))
    for entry, following in pairwise(found):
        if entry.header_offset + LOCAL_HEADER.size + entry.compress_size > following.header_offset:
            raise damaged(following.filename)


def _well_named(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return an entry; its name leads to no other folder and is the same to every program."""
    if "\0" in entry.orig_filename or ".." in entry.filename.replace("\\", "/").split("/"):
        raise BadArchive(_("its part “{member}” has a name that is not allowed.", member=entry.filename))
    return entry


def _packed(content: bytes, entry: zipfile.ZipInfo) -> memoryview:
    """Return a view of an entry's bytes as they are packed; its own header says the same as the directory."""
    start = entry.header_offset
    header = content[start : start + LOCAL_HEADER.size]
    if len(header) < LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise damaged(entry.filename)
    _mark, _version, flags, method, _time, _day, _crc, packed, _size, named, extra = LOCAL_HEADER.unpack(header)
    start += LOCAL_HEADER.size
    name = content[start : start + named].decode("utf-8" if flags & UTF_8 else "cp437", "replace")
    said = packed in (entry.compress_size, UNSAID) or flags & SIZES_FOLLOW
    if name != entry.orig_filename or method != entry.compress_type or not said:
        raise damaged(entry.filename)
    start += named + extra
    return memoryview(content)[start : start + entry.compress_size]


def _inflated(packed: memoryview, entry: zipfile.ZipInfo) -> bytes:
    """Return an entry's bytes; unpacked at once, zlib would hold all of them twice."""
    unpacker, found = zlib.decompressobj(-zlib.MAX_WBITS), BytesIO()
    try:
        for start in range(0, len(packed), PIECE):
            if found.tell() > entry.file_size:
                raise damaged(entry.filename)
            found.write(unpacker.decompress(packed[start : start + PIECE], entry.file_size + 1 - found.tell()))
    except zlib.error as error:
        raise damaged(entry.filename) from error
    return found.getvalue()
