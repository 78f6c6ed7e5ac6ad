"""docxtpl's own path, for what it alone can make: its pictures, its subdocuments, links of its RichText.

docxtpl puts the document together and saves it; the text of each part is rendered here, with the same safety.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from oekoreport.documents.content import Picture
from oekoreport.documents.filling.archive import demand_whole
from oekoreport.documents.word import (
    CompiledPart,
    ForeignTemplate,
    Rendering,
    saved_parts,
    with_pictures,
    without_attached,
)
from oekoreport.package import packed, unpacked


def demand_own(maker: Any, content: bytes) -> None:
    """Refuse a template of docxtpl's that is another file than the one rendered.

    Raises:
        ForeignTemplate: it is.
    """
    file = maker.template_file
    made_of = file.getvalue() if isinstance(file, BytesIO) else Path(file).read_bytes()
    if made_of != content:
        raise ForeignTemplate


def put_together(
    parts: Mapping[str, CompiledPart], rendering: Rendering, values: Mapping[str, object]
) -> dict[str, bytes]:
    """Return the entries of the document that docxtpl makes of parts rendered here.

    Raises:
        ForeignReference: what a value brought in refers to something outside of the document.
    """
    maker = rendering.docxtpl
    drawn: dict[str, Mapping[str, Picture]] = {}

    def rendered(source: str, part: Any, *_others: object) -> str:
        maker.current_rendering_part = part
        name = part.partname.lstrip("/")
        if name not in parts:  # it has no mark
            return source
        text = parts[name].for_docxtpl(rendering, values)
        drawn[name] = rendering.pictures
        return text

    maker.patch_xml = lambda source: source
    maker.render_xml_part = rendered
    maker.render_properties = lambda *_others: None
    maker.render({})
    entries = without_attached(_saved(maker))
    for name, part in parts.items():
        if name not in drawn:  # docxtpl leaves endnotes alone
            entries[name] = part.content(rendering, values)
            drawn[name] = rendering.pictures
    for name, pictures in drawn.items():
        entries |= with_pictures(name, pictures, entries) if pictures else {}
    demand_whole(entries)
    return entries


def _saved(maker: Any) -> dict[str, bytes]:
    """Return the parts that docxtpl saves, with the files that its user had it replace."""
    maker.pre_processing()
    buffer = BytesIO(packed(saved_parts(maker.docx)))
    maker.post_processing(buffer)
    maker.is_saved = True
    return unpacked(buffer.getvalue())
