"""The zip archive of a workbook, unpacked by its real bytes and never beyond a limit.

The standard library trusts the sizes that an archive declares, and readers differ on archives that contradict
themselves. So each member is inflated here with a bound, and an archive that says two things is refused.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from functools import cached_property
from io import BytesIO

from oekoreport.language import catalogue
from oekoreport.places import Place
from oekoreport.records.source import Source
from oekoreport.sheets.tables.errors import NotAWorkbook, PasswordProtected, UnpacksTooLarge, UnsafeMarkup

_ = catalogue("oekoreport")

UNPACKED_LIMIT = 500_000_000
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
ENCRYPTED = 0x1


class Archive:
    """The members of a zip file by name; reading counts against one limit for the whole file."""

    def __init__(self, source: Source) -> None:
        self.place = Place(source.name)
        self._content = source.content
        self._left = UNPACKED_LIMIT
        try:
            with zipfile.ZipFile(BytesIO(source.content)) as file:
                infos = file.infolist()
        except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OSError) as error:
            raise NotAWorkbook(self.place, _("the archive is damaged.")) from error
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = info.filename.replace("\\", "/").lstrip("/").lower()
            if name in self._members:
                raise NotAWorkbook(self.place, _("it holds “{member}” twice.", member=info.filename))
            self._members[name] = info

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The members' names in lower case, with forward slashes."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """Return a member's bytes.

        Raises:
            NotAWorkbook: there is no such member, or it is damaged.
            PasswordProtected: the member is encrypted.
            UnpacksTooLarge: the members read so far exceed the limit.
        """
        info = self._members.get(name.lower())
        if info is None:
            raise NotAWorkbook(self.place, _("its part “{member}” is missing.", member=name))
        if info.flag_bits & ENCRYPTED:
            raise PasswordProtected(self.place)
        data = self._inflate(info)
        self._left -= len(data)
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise NotAWorkbook(self.place, _("its part “{member}” is damaged.", member=info.filename))
        return data

    def read_xml(self, name: str) -> bytes:
        """Return a member that is XML without document type, in an encoding that extends ASCII.

        Raises:
            UnsafeMarkup: it declares a document type or entities.
        """
        data = self.read(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnsafeMarkup(self.place, self._members[name.lower()].filename)
        if data[:2] in (b"\xfe\xff", b"\xff\xfe") or b"\0" in data[:8]:
            raise NotAWorkbook(self.place, _("its part “{member}” is not written in UTF-8.", member=name))
        return data

    def _inflate(self, info: zipfile.ZipInfo) -> bytes:
        start = info.header_offset
        header = self._content[start : start + LOCAL_HEADER.size]
        if len(header) < LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise NotAWorkbook(self.place, _("its part “{member}” is damaged.", member=info.filename))
        *_fields, name_length, extra_length = LOCAL_HEADER.unpack(header)
        start += LOCAL_HEADER.size + name_length + extra_length
        raw = self._content[start : start + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            data = raw
        elif info.compress_type == zipfile.ZIP_DEFLATED:
            data = self._inflate_bytes(raw, info)
        else:
            raise NotAWorkbook(self.place, _("its part “{member}” is packed in an unknown way.", member=info.filename))
        if len(data) > self._left:
            raise UnpacksTooLarge(self.place, UNPACKED_LIMIT)
        return data

    def _inflate_bytes(self, raw: bytes, info: zipfile.ZipInfo) -> bytes:
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, self._left + 1)
        except zlib.error as error:
            raise NotAWorkbook(self.place, _("its part “{member}” is damaged.", member=info.filename)) from error
