"""What a consultant writes as the report’s text: Markdown that nests, grows, or shows what lies elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.attacks.attack import attack
from tests.attacks.families.pictures import png
from tests.attacks.ground import Ground
from tests.attacks.office import linked_picture, parts, with_body, with_parts, word

NARRATIVE = "sachbericht.md"
REPORT = ("-e", "funding-report")

WHOLE_FILE = 10_000_000
"""A text of so many bytes is refused as a file, a smaller one at its line."""

WILD: Mapping[str, Callable[[], str]] = {
    "A text is one word of 2 MB": lambda: "x" * 2_000_000,
    "A text is one word of 10 MB": lambda: "x" * 10_000_000,
    "A text has a line of 5 MB": lambda: "Wort " * 1_000_000,
    "A text has 60 MB": lambda: "Ein Satz von vielen.\n\n" * 2_700_000,
    "A table has 2,000 rows of 500 columns": lambda: _table(2_000, 500),
    "A table has 50,000 rows": lambda: _table(50_000, 2),
    "A table has 10,000 columns": lambda: _table(2, 10_000),
    "A table of 5,000 columns has rows that leave them out": lambda: _table(1, 5_000) + "| x |\n" * 5_000,
    "200,000 headings stand below each other": lambda: "### x\n\n" * 200_000,
    "A link of 50 kB is referred to 50,000 times": lambda: (
        f"[a]: https://x.example/{'y' * 50_000}\n\n{'[a] ' * 50_000}"
    ),
    "Links open 50,000 times and never close": lambda: "[a](" * 50_000,
    "100,000 stars and underscores stand side by side": lambda: "*_" * 100_000,
    "100,000 accents stand on one letter": lambda: "a" + "\u0301" * 100_000,
    "100,000 joiners make one sign": lambda: "\U0001f468\u200d" * 100_000,
    "100,000 backticks stand in growing groups": lambda: " ".join("`" * number for number in range(1, 450)),
    "100,000 references are defined": lambda: "".join(f"[{number}]: /x\n" for number in range(100_000)),
    "A paragraph has 400,000 words in bold": lambda: "**a** " * 400_000,
    "A list has 100,000 items": lambda: "- x\n" * 100_000,
    "100,000 quotes stand below each other": lambda: "> x\n\n" * 100_000,
    "A block of code has 1,000,000 lines": lambda: "```\n" + "x\n" * 1_000_000 + "```",
}
"""Texts that no person writes, by what they are."""


def _table(rows: int, columns: int) -> str:
    return "|" + " a |" * columns + "\n|" + " --- |" * columns + "\n" + ("|" + " b |" * columns + "\n") * rows


def _builds(ground: Ground, text: str | bytes) -> None:
    """Demand that the report is made whatever its text is, or that the file is named."""
    before = ground.project.joinpath(NARRATIVE).read_bytes()
    ground.put(NARRATIVE, before + (text.encode() if isinstance(text, str) else text))
    run = ground.run("build", "runde", *REPORT)
    ground.told = f"exit {run.code}: {run.said[:120]}"
    assert (ground.out / "verwendungsnachweis.docx").exists() or NARRATIVE in run.said, run.said[-2000:]
    ground.demand_whole()


def _make(text: Callable[[], str]) -> Callable[[Ground], None]:
    def make(ground: Ground) -> None:
        wild = text()
        _builds(ground, f"\n\n{wild}\n")
        said = ground.runs[0].said
        assert ".typ" not in said, f"a template is blamed: {said[:2000]}"
        ground.check(1, f"{NARRATIVE} DATA-FILE" if len(wild) >= WHOLE_FILE else f"{NARRATIVE}: line ")

    return make


for _title, _text in WILD.items():
    attack(_title)(_make(_text))


@attack("100,000 opening brackets stand in a line")
def brackets(ground: Ground) -> None:
    _builds(ground, "\n\n" + "[" * 100_000 + "\n")


@attack("100,000 stars and underscores alternate")
def stars(ground: Ground) -> None:
    _builds(ground, "\n\n" + "*a_ " * 50_000 + "\n")


@attack("A list is nested 2,000 deep")
def lists(ground: Ground) -> None:
    _builds(ground, "\n\n" + "".join(f"{'  ' * depth}- Punkt\n" for depth in range(2000)))


@attack("A text shows pictures from an address, from outside and from the system", always=True)
def pictures_elsewhere(ground: Ground) -> None:
    shown = (
        f"{ground.listener.url}/x.png",
        "../outside/secret.txt",
        f"file://{ground.outside}/secret.txt",
        "/etc/passwd",
    )
    _builds(ground, "\n\n" + "".join(f"![Bild]({each})\n\n" for each in shown))


@attack("A text brings HTML with a script, a frame and a picture")
def html(ground: Ground) -> None:
    tags = (
        f'<script src="{ground.listener.url}/x.js"></script><iframe src="file://{ground.outside}/secret.txt"></iframe>'
    )
    _builds(ground, f"\n\n{tags}\n\n<img src='{ground.listener.url}/x.png'>\n")


@attack("A text brings marks of Word templates and of Typst")
def marks(ground: Ground) -> None:
    _builds(
        ground,
        '\n\n{{ project.__class__ }} {% for x in range(9) %} #read("/etc/passwd") #import "@preview/x:1.0.0" \\u{0}\n',
    )


@attack("A text is of control signs, wrong directions and signs that no font has")
def odd_signs(ground: Ground) -> None:
    odd = "".join(chr(code) for code in (*range(1, 32), 0x202E, 0x2066, 0xFEFF, 0xFFFE, 0xE000, 0x1F4A9, 0x10FFFF))
    _builds(ground, f"\n\n{odd * 50}\n")


@attack("A text is no UTF-8, and holds zeros")
def no_utf8(ground: Ground) -> None:
    _builds(ground, b"\n\n\xff\xfe\x00\x00\xc3\x28 M\xfcller\n")


@attack("A narrative in Word shows a picture from an address")
def linked_in_word(ground: Ground) -> None:
    (ground.project / NARRATIVE).unlink()
    ground.put("sachbericht.docx", linked_picture(f"{ground.listener.url}/x.png", word("Sachbericht", "Text")))
    ground.run("build", "runde", *REPORT)


@attack("A narrative in Word holds a picture of 600 MB of zeros")
def picture_in_word(ground: Ground) -> None:
    (ground.project / NARRATIVE).unlink()
    content = parts(word("Text"))
    kinds = content["[Content_Types].xml"].replace(
        b"</Types>", b'<Default Extension="png" ContentType="image/png"/></Types>'
    )
    package = linked_picture("media/bild.png", word("Sachbericht"))
    own = parts(package)["word/_rels/document.xml.rels"].replace(b' TargetMode="External"/></Rel', b"/></Rel")
    body = parts(package)["word/document.xml"].replace(b"r:link=", b"r:embed=")
    changed = {"[Content_Types].xml": kinds, "word/_rels/document.xml.rels": own, "word/document.xml": body}
    ground.put("sachbericht.docx", with_parts(package, {**changed, "word/media/bild.png": png(30_000, 20_000)}))
    ground.run("build", "runde", *REPORT)


@attack("A narrative in Word has 100,000 paragraphs of a list of its own")
def many_lists(ground: Ground) -> None:
    (ground.project / NARRATIVE).unlink()
    list_of_its_own = '<w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="999999"/></w:numPr></w:pPr>'
    item = f"<w:p>{list_of_its_own}<w:r><w:t>x</w:t></w:r></w:p>"
    ground.put("sachbericht.docx", with_body(item * 100_000))
    ground.run("check", "runde")
