"""Accessible PDF from a Typst template: PDF/A-2a and PDF/UA-1, the same bytes for the same input.

A template sees its values as ``data``; title, language and date of the document are set before its first line. It reads
the files that it is given, uses the fonts that come with the product, and loads nothing from a network.

The values come as a file that the template reads: another ``sys.inputs`` would make Typst build its library anew for
each document, and another template text would make it parse and evaluate everything again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from oekoreport.characters import ILLEGAL, PILED
from oekoreport.documents.pdf.typesetters import borrowed, library, processors
from oekoreport.documents.pdf.typst_faults import TypstFault, TypstSource, fault_of, unprintable
from oekoreport.documents.pdf.typst_reach import refuse_foreign
from oekoreport.figures import UNKNOWN
from oekoreport.language import Locale, Message, catalogue
from oekoreport.places import Place
from oekoreport.report import Rendered
from oekoreport.scratch import scratch
from oekoreport.steps import Kind, step
from oekoreport.system import SystemRefusal

if TYPE_CHECKING:
    import typst

_ = catalogue("oekoreport")

STANDARDS: tuple[typst.PDFStandard, ...] = ("a-2a", "ua-1")
NO_DATE = date(1980, 1, 1)
"""What the properties of a document say that has no date: PDF/A wants one, and the clock must not be asked."""

NOBODYS = "oekoreport unknown"
"""A font that nobody has. The mark for unknown is set in the font around it, or else in this one: Typst warns of it
where the mark is printed, whatever template prints it. No other word of a template comes out of Typst."""

PROLOGUE = (
    "#let manuscript = json(sys.inputs.manuscript); "
    f'#show manuscript.unknown: it => context text(font: (text.font, "{NOBODYS}").flatten(), it); '
    "#set document(title: manuscript.title, date: datetime(..manuscript.date)); "
    "#set text(lang: manuscript.language); #let data = manuscript.data\n"
)
LONGEST_TITLE = 1000
"""A PDF holds no title of more than 32,767 characters, and no window shows so many; the rest is cut."""

MAIN = "main.typ"
REPLACEMENT = "□"
"""What is printed for a character that no font has."""

WIDE_BLANK = "\u2003"
"""What is printed for a tab, of which Typst prints nothing: “1<tab>13” would become 113."""

LONGEST_WORD = 500
LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")
PIECE = re.compile(r"\S{30}")
BREAK = "\\g<0>\u200b"
"""A longer word breaks after each piece: it would run off the page, and a PDF holds no string of more than 32,767
characters. A piece is shorter than the words that templates break themselves, for Typst nests what they do to each."""


class Manuscript(NamedTuple):
    """What a press prints.

    Attributes:
        data: what the template prints: texts, yes and no, lists and mappings of these; nothing is computed there.
        title: the document's title, as its window shows it and a screen reader says it.
        language: the document's language, "de" or "en".
        created: the date in its properties, never the clock's.
    """

    data: Mapping[str, object]
    title: str
    language: str
    created: date | None


class Press:
    """Prints PDFs from one template. Use it in a ``with`` block: the files that it may read are kept that long.

    Args:
        template: the Typst source.
        name: the template's name, for messages.
        files: what the template may read (``image("logo.png")``), by file name; the kit's
            ``charts.typ`` and ``prose.typ`` are there besides.
    """

    def __init__(self, template: bytes, name: str, files: Mapping[str, bytes] | None = None) -> None:
        given = {**library(), **(files or {})}
        if other := [file for file in given if file != Path(file).name]:
            raise ValueError(f"a file for a template has a plain name, not {other[0]}")
        with step(Kind.TEMPLATE, name):
            refuse_foreign(template, name, given)
        self._files = {**given, MAIN: PROLOGUE.encode() + template}
        self._source = TypstSource(MAIN, name, PROLOGUE.count("\n"))
        self._root: Path | None = None
        self._kept = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as kept:
            self._root = kept.enter_context(scratch("press"))
            for name, content in self._files.items():
                _write(self._root / name, content)
            self._kept = kept.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kept.close()
        self._root = None

    def print(self, manuscript: Manuscript) -> Rendered:
        """Return the PDF of one manuscript. A character that no font has is printed as □, and noted.

        Raises:
            TemplateError: with the line of the template where Typst gives one.
            SystemRefusal: its values cannot be written to the temporary folder.
        """
        with step(Kind.TEMPLATE, self._source.name):
            return self._printed(manuscript)

    def print_all(self, manuscripts: Iterable[Manuscript]) -> Iterator[Rendered]:
        """Yield the PDF of each manuscript, in their order; all processors of the machine work on them."""
        with ThreadPoolExecutor(processors()) as pool:
            printed = pool.map(self._printed, manuscripts)
            while True:
                with step(Kind.TEMPLATE, self._source.name):  # each document counts anew
                    rendered = next(printed, None)
                if rendered is None:
                    return
                yield rendered

    def _printed(self, manuscript: Manuscript) -> Rendered:
        import typst

        replaced: dict[str, None] = {}
        given = manuscript._replace(title=manuscript.title[:LONGEST_TITLE], created=None)
        unknown = Locale(given.language).show(UNKNOWN)
        values = _marked({**given._asdict(), "unknown": unknown}, ILLEGAL, replaced)
        while True:
            try:
                printed = self._compiled(values, manuscript.created or NO_DATE)
                return printed._replace(notes=tuple(map(_note, replaced)))
            except typst.TypstError as error:
                found: dict[str, None] = {}
                if pattern := _any_of(unprintable(error.diagnostic)):
                    values = _marked(values, pattern, found)
                if not found:  # it is another fault, or the character stands in the template itself
                    raise fault_of(error.diagnostic, self._source) from error
                replaced |= found

    def _compiled(self, values: Mapping[str, object], day: date) -> Rendered:
        whole = {**values, "date": {"year": day.year, "month": day.month, "day": day.day}}
        manuscript = json.dumps(whole, ensure_ascii=False).encode()
        with borrowed(len(manuscript)) as typesetter:
            file = self._folder / typesetter.manuscript
            _write(file, manuscript)
            with _panics(self._source):
                content, warnings = typesetter.compiler.compile_with_warnings(
                    str(self._folder / MAIN),
                    format="pdf",
                    root=str(self._folder),
                    pdf_standards=list(STANDARDS),
                    timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
                )
        fonts = [warning for warning in warnings if warning.message.startswith("unknown font family")]
        for warning in fonts:
            if not warning.message.endswith(NOBODYS):  # it would be replaced by another without a sound
                raise fault_of(warning.diagnostic, self._source)
        if not isinstance(content, bytes):
            raise TypstFault(Place(self._source.name), "no pages", "")
        return Rendered(content, prints_unknown=bool(fonts))

    @property
    def _folder(self) -> Path:
        if self._root is None:
            raise RuntimeError("a Press prints inside its with block")
        return self._root


def _write(file: Path, content: bytes) -> None:
    try:
        file.unlink(missing_ok=True)  # a file cut to nothing and written again is flushed to the disk: 1 ms
        file.write_bytes(content)
    except OSError as error:
        raise SystemRefusal(error) from error


@contextmanager
def _panics(source: TypstSource) -> Iterator[None]:
    """Take a panic of Typst, which is no ``Exception`` and has no name to import, for a fault of the template."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise TypstFault(Place(source.name), str(error), "") from error


# --- characters ------------------------------------------------------------------------------------------------------


def _any_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that matches any of the texts, longest first; None if there are no texts."""
    longest_first = sorted(set(texts), key=lambda text: (-len(text), text))
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None


def _marked(value: Any, pattern: re.Pattern[str], found: dict[str, None]) -> Any:
    """Return a value whose texts have each match replaced by a visible mark; ``found`` collects the matches."""

    def mark(match: re.Match[str]) -> str:
        found[match[0][:1] if PILED.match(match[0]) else match[0]] = None
        return REPLACEMENT

    match value:
        case str():
            whole = PILED.sub(mark, pattern.sub(mark, value.replace("\t", WIDE_BLANK)))
            return LONG_WORD.sub(lambda word: PIECE.sub(BREAK, word[0]), whole)
        case Mapping():
            return {name: _marked(part, pattern, found) for name, part in value.items()}
        case list() | tuple():
            return [_marked(part, pattern, found) for part in value]
    return value


def _note(text: str) -> Message:
    shown = text if text.isprintable() else " ".join(f"U+{ord(character):04X}" for character in text)
    return _("The character “{text}” was printed as “{mark}”: no font has it.", text=shown, mark=REPLACEMENT)
