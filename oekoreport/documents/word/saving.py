"""What python-docx saves, without its archive, which would bear the time of day: none before 1980 or after 2107."""

from __future__ import annotations

from typing import Any


class _Parts(dict[str, bytes]):
    """What python-docx writes into instead of an archive."""

    def write(self, name: Any, content: bytes) -> None:
        """Take a part."""
        self[name.membername] = content


def saved_parts(document: Any) -> dict[str, bytes]:
    """Return the parts that a document of python-docx has when it is saved, by their names and in their order."""
    from docx.opc.pkgwriter import PackageWriter

    writer: Any = PackageWriter  # of which write() alone is public, into an archive
    package, written = document.part.package, _Parts()
    parts = package.parts
    for part in parts:
        part.before_marshal()
    writer._write_content_types_stream(written, parts)  # noqa: SLF001
    writer._write_pkg_rels(written, package.rels)  # noqa: SLF001
    writer._write_parts(written, parts)  # noqa: SLF001
    return written
