"""Forms, generated from the model: the project workbook and the intake forms of participants, empty or filled in.

    content = project_workbook(records, without=("measure", "baseline"))
    content = intake_form("klinik", records)

Records are filled in as they are; what the model cannot read is written as text, so that nobody's entry is lost.
The same records give the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from oekoreport.folder import INTAKE_FOLDER, PROJECT_FILE
from oekoreport.language import Locale, catalogue
from oekoreport.model import KINDS
from oekoreport.records import Origin, Record
from oekoreport.report import Document
from oekoreport.sheets.forms.book import FormBook, Offered
from oekoreport.sheets.forms.choices import write_choices
from oekoreport.sheets.forms.guide import write_guide
from oekoreport.sheets.forms.layout import (
    APART,
    INTAKE,
    LAYOUTS,
    SINGLE,
    TEMPLATE_PROPERTY,
    TEMPLATE_VERSION,
    WITHOUT_PROPERTY,
    Column,
    Layout,
    Shape,
    columns,
    layout_of,
    resource_columns,
)
from oekoreport.sheets.forms.rows import Cells, plain_row, receipt_rows, wide_rows
from oekoreport.sheets.forms.sheets import key_range, write_form, write_matrix, write_prefilled, write_table
from oekoreport.sheets.forms.values import Written, written

__all__ = ["Offered", "intake_form", "intake_forms", "project_workbook"]

_ = catalogue("oekoreport")

ByKind = Mapping[str, Sequence[Record]]
KNOWN_BEFORE = ("participant", "site")
"""What an intake form repeats from the project."""


def project_workbook(
    records: Iterable[Record] = (),
    *,
    language: str = "de",
    without: Collection[str] = (),
    choices: Offered | None = None,
) -> bytes:
    """Return the project workbook: a sheet for each kind, filled with the records.

    Args:
        records: what is filled in; records of kinds that are left out are not written.
        language: of titles and notes.
        without: kinds that have no sheet here, their children included (measures that live in intake forms).
        choices: by kind and field, what a drop-down offers where the model leaves a field open, and what each choice
            means: ``{("waiver", "rule"): {"CORE-SITE": "…"}}``. Other entries are allowed.
    """
    locale = Locale(language)
    by_kind = _by_kind(records)
    layouts = [layout for layout in LAYOUTS if layout.kind not in without and layout.kind not in APART]
    left = _left_over(by_kind, layouts, locale)
    layouts += [layout_of(kind) for kind in APART if by_kind[kind] and kind == "narrative" and kind not in without]
    layouts += [layout_of(kind) for kind in APART if left[kind]]
    properties = {TEMPLATE_PROPERTY: f"project {TEMPLATE_VERSION}"}
    if without:
        properties[WITHOUT_PROPERTY] = " ".join(sorted(without))
    book = FormBook(locale, PROJECT_FILE, properties, locale.show(_("Project workbook")), choices)
    write_guide(book, layouts, intake=False)
    _write_sheets(book, layouts, by_kind, left)
    write_choices(book)
    return book.close()


def intake_form(participant_key: str, records: Iterable[Record] = (), *, language: str = "de") -> bytes:
    """Return the intake form of a participant: company, sites, baselines and measures, filled with what is known.

    What is said of company and sites is remembered as filled in from the project; read again, only changes count.
    """
    locale = Locale(language)
    own = _own_records(participant_key, records)
    left = _left_over(own, INTAKE, locale)
    layouts = [*INTAKE, *(layout_of(kind) for kind in APART if left[kind])]
    properties = {TEMPLATE_PROPERTY: f"intake {TEMPLATE_VERSION}"}
    book = FormBook(locale, f"{participant_key}.xlsx", properties, locale.show(_("Intake form")))
    write_guide(book, layouts, intake=True)
    _write_sheets(book, layouts, own, left)
    write_prefilled(book, list(_prefilled(own, locale)))
    return book.close()


def intake_forms(records: Iterable[Record], *, language: str = "de") -> Iterator[Document]:
    """Yield an intake form for each participant among the records, named ``erhebung/<key>.xlsx``."""
    kept = list(records)
    for key in dict.fromkeys(record.key for record in kept if record.kind == "participant"):
        yield Document((INTAKE_FOLDER, f"{key}.xlsx"), intake_form(key, kept, language=language))


def _prefilled(own: ByKind, locale: Locale) -> Iterator[tuple[Column, str, Written]]:
    for kind in KNOWN_BEFORE:
        heads = [head for head in columns(layout_of(kind)) if head.attribute]
        for record in own[kind]:
            for head, value in plain_row(record, heads, locale).items():
                if isinstance(head, Column) and value is not None:
                    yield head, record.key, value


def _by_kind(records: Iterable[Record]) -> dict[str, list[Record]]:
    by_kind: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    for record in records:
        by_kind[record.kind].append(record)
    return by_kind


def _own_records(participant: str, records: Iterable[Record]) -> dict[str, list[Record]]:
    """Pick what belongs to a participant: its sites, what stands at them, and their children."""
    by_kind = _by_kind(records)
    own: dict[str, list[Record]] = defaultdict(list)
    own["participant"] = [record for record in by_kind["participant"] if record.key == participant]
    if not own["participant"]:
        own["participant"] = [Record("participant", participant, {}, Origin(""))]
    for kind in ("site", "baseline", "consumption", "measure", "effect"):
        parents = {record.key for record in own[KINDS[kind].parent]}
        own[kind] = [record for record in by_kind[kind] if record.parent in parents]
    return own


def _left_over(by_kind: ByKind, layouts: Iterable[Layout], locale: Locale) -> dict[str, list[Record]]:
    """Return the children that do not fit into their parents' rows, by kind."""
    left: dict[str, list[Record]] = defaultdict(list)
    for layout in layouts:
        for record in _rows(layout, by_kind, locale)[1]:
            left[record.kind].append(record)
    return left


def _rows(layout: Layout, by_kind: ByKind, locale: Locale) -> tuple[list[Cells], list[Record]]:
    if layout.shape is Shape.RECEIPTS:
        return receipt_rows(layout, by_kind, locale)
    if layout.shape is Shape.WIDE:
        return wide_rows(layout, by_kind, resource_columns(layout), locale)
    return [], []


def _write_sheets(book: FormBook, layouts: Sequence[Layout], by_kind: ByKind, left: ByKind) -> None:
    keys = {layout.kind: key_range(layout, book.locale) for layout in layouts if _has_keys(layout)}
    for layout in layouts:
        records = left.get(layout.kind, by_kind[layout.kind]) if layout.kind in APART[1:] else by_kind[layout.kind]
        if layout.shape is Shape.FORM:
            write_form(book, layout, _form_cells(layout, records, book.locale), keys)
        elif layout.shape is Shape.MATRIX:
            _write_attendance(book, layout, by_kind)
        else:
            _write_table(book, layout, records, by_kind, keys)


def _has_keys(layout: Layout) -> bool:
    return layout.shape in (Shape.TABLE, Shape.RECEIPTS, Shape.WIDE) and layout.kind not in SINGLE


def _form_cells(layout: Layout, records: Sequence[Record], locale: Locale) -> Cells:
    heads = columns(layout)
    return plain_row(records[0], heads, locale) if records else {}


def _write_table(
    book: FormBook, layout: Layout, records: Sequence[Record], by_kind: ByKind, keys: Mapping[str, str]
) -> None:
    heads = columns(layout)
    if layout.children:
        rows, _left = _rows(layout, by_kind, book.locale)
        write_table(book, layout, [*heads, *resource_columns(layout)], rows, keys)
    else:
        write_table(book, layout, heads, [plain_row(record, heads, book.locale) for record in records], keys)


def _write_attendance(book: FormBook, layout: Layout, by_kind: ByKind) -> None:
    locale = book.locale
    head = next(column for column in columns(layout) if column.field == "participant")
    workshops = {record.key: _describe(record, locale) for record in by_kind["workshop"]}
    present: dict[tuple[str, str], Written] = {}
    participants = {record.key: None for record in by_kind["participant"]}
    for record in by_kind["attendance"]:
        participant = str(record.values.get("participant", ""))
        workshops.setdefault(record.parent, "")
        participants.setdefault(participant)
        present[participant, record.parent] = _tick(record, locale)
    rows = [[key, *(present.get((key, workshop)) for workshop in workshops)] for key in participants]
    write_matrix(book, layout, head, list(workshops.items()), rows)


def _tick(record: Record, locale: Locale) -> Written:
    cell = written("attendance", "present", record.values.get("present"), locale)
    return "x" if cell == locale.show(True) else cell  # noqa: FBT003 - the word for yes


def _describe(workshop: Record, locale: Locale) -> str:
    cells = (written("workshop", name, workshop.values.get(name), locale) for name in ("date", "topic"))
    return ", ".join(locale.show(cell) for cell in cells if cell is not None)
