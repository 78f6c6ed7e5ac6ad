"""What a Typst template reaches: the files that it is given, and neither a network, nor other files, nor other code."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oekoreport import steps
from oekoreport.documents.pdf import press as pdf_press
from oekoreport.documents.pdf import typesetters
from oekoreport.documents.pdf.press import Manuscript, Press
from oekoreport.documents.pdf.typst_reach import LARGEST, refuse_foreign
from oekoreport.errors import TemplateError
from oekoreport.language import Locale
from oekoreport.system import SystemRefusal
from tests.attacks.listening import Listener

GIVEN = ("charts.typ", "prose.typ", "logo.png")
PACKAGE = "The template asks for a Typst package"
FOREIGN = "The template imports something that it is not given."
RUNS = "which could run anything."

REFUSED = {
    '#import "@preview/cetz:0.3.0"': PACKAGE,
    '#import"@preview/cetz:0.3.0": *': PACKAGE,
    '#import /* x */ "@preview/cetz:0.3.0"': FOREIGN,
    '#import "@" + "preview/cetz:0.3.0"': PACKAGE,
    '#import "\\u{40}preview/cetz:0.3.0"': FOREIGN,
    '#let a = "@preview/cetz:0.3.0"; #import a': FOREIGN,
    '#{ import ("@preview" + "/cetz:0.3.0") }': FOREIGN,
    '#show: it => include ("@preview/cetz:0.3.0")': FOREIGN,
    '#include "/etc/passwd"': FOREIGN,
    '#include "../charts.typ"': FOREIGN,
    '#import "charts.typ" + ""': FOREIGN,
    '#import "logo.png"': FOREIGN,
    '#let x =\n  include "a.typ"': FOREIGN,
    '#if true { [#include ("a.typ")] }': FOREIGN,
    "#import std: *": FOREIGN,
    '#eval("1")': RUNS,
    '#std.eval("1")': RUNS,
    "#let run = eval": RUNS,
    '#dictionary(std).at("ev" + "al")': RUNS,
    '#"a".replace("a", eval("1"))': RUNS,
    '#table([a "quote], [#eval("1") "])': RUNS,
    '#if [a] == [b] { eval("1") }': RUNS,
    '$eval("1")$': RUNS,
    '\\\\#eval("1")': RUNS,
    '`#x` #eval("1")': RUNS,
    '#plugin(bytes("x"))': RUNS,
}


def refusal(template: str) -> str:
    with pytest.raises(TemplateError) as caught:
        refuse_foreign(template.encode(), "x.typ", GIVEN)
    return caught.value.localize(Locale("en"))


@pytest.mark.parametrize("template", REFUSED)
def test_what_reaches_beyond_the_template_is_refused_with_its_line(template: str) -> None:
    said = refusal(f"= x\n{template}")
    assert said.startswith(("x.typ: line 2: ", "x.typ: line 3: ") if "=\n" in template else "x.typ: line 2: ")
    assert REFUSED[template] in said


@pytest.mark.parametrize(
    "template",
    [
        "We import goods, include own funds and eval a plugin of std.",
        "= Import\n#data.x and include y",
        '\\#eval("1") `#eval("1")` // #eval("1")',
        '/* #import "x" */ #let said = "eval(import)"',
        '#import "charts.typ": drawing\n#{ import "prose.typ" as p }',
        "#std.text(red)[a] include",
        "#data.x(plugin: 1, include: 2) std",
        "#if data.x [a] else [b] include x\n#for x in data.y [a]\nimport std",
        "https://example.org/#data.x include x",
    ],
)
def test_the_same_words_in_text_strings_and_comments_are_printed(template: str) -> None:
    refuse_foreign(template.encode(), "x.typ", GIVEN)


def test_a_template_that_no_person_wrote_is_not_read() -> None:
    assert refusal("x" * (LARGEST + 1)) == (
        "x.typ: The template has more than 1,048,576 bytes; a template of this size is not read.\n"
        "Take out what was pasted into it; pictures are files of their own."
    )


def test_an_import_says_what_may_be_imported() -> None:
    assert refusal('#include "a.typ"').endswith("Import one of these by its plain name: charts.typ, prose.typ.")


# --- at run time, as if nothing had been refused at the source -------------------------------------------------------


@pytest.fixture
def unrefused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every template through to Typst."""
    monkeypatch.setattr(pdf_press, "refuse_foreign", lambda *_given: None)


def fault(template: str, **files: bytes) -> str:
    with (
        pytest.raises(TemplateError) as caught,
        Press(
            template.encode(), "x.typ", {name.replace("_", "."): content for name, content in files.items()}
        ) as press,
    ):
        press.print(Manuscript({}, "T", "de", None))
    return caught.value.localize(Locale("en"))


@pytest.mark.usefixtures("unrefused")
@pytest.mark.parametrize("proxy", ["https_proxy", "HTTPS_PROXY", "all_proxy"])
@pytest.mark.parametrize(
    "template", ['#import "@" + "preview/cetz:0.3.0"', '#eval("import \\"@preview/cetz:0.3.0\\"")']
)
def test_a_package_is_never_fetched_whatever_proxy_the_machine_has(
    proxy: str, template: str, monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    port = listener.port
    monkeypatch.setattr(typesetters, "_idle", [])
    monkeypatch.setenv(proxy, f"http://127.0.0.1:{port}")
    monkeypatch.setenv("NO_PROXY", "packages.typst.org")
    for name in typesetters.NOWHERE:
        monkeypatch.setenv(name, os.environ.get(name, ""))  # to be as it was after this test
    assert PACKAGE in fault(f"= x\n{template}")
    assert listener.calls == []


def test_a_download_fails_before_a_name_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetters, "_idle", [])
    with typesetters.borrowed() as typesetter, pytest.raises(RuntimeError, match="SOCKS feature disabled"):
        typesetter.compiler.compile(b'#import "@preview/cetz:0.3.0"')


@pytest.mark.usefixtures("unrefused")
def test_packages_that_the_user_has_installed_are_none_of_a_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "typst" / "packages" / "local" / "mine" / "1.0.0"
    package.mkdir(parents=True)
    (package / "typst.toml").write_text('[package]\nname = "mine"\nversion = "1.0.0"\nentrypoint = "lib.typ"\n')
    (package / "lib.typ").write_text("geheim")
    monkeypatch.setattr(typesetters, "_idle", [])
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    assert PACKAGE in fault('#include "@local/mine:1.0.0"')


@pytest.mark.usefixtures("unrefused")
@pytest.mark.parametrize(
    "path", ["../secret.txt", "../../../../../../etc/passwd", "/etc/passwd", "{folder}/secret.txt"]
)
def test_no_file_outside_can_be_read(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text("geheim")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    said = fault(f'= x\n#read("{path.format(folder=tmp_path)}")')
    assert "file not found" in said or "escape" in said or "outside" in said, said


@pytest.mark.parametrize("name", ["../x.png", "a/b.png", "/x.png"])
def test_a_picture_cannot_be_filed_outside(name: str) -> None:
    with pytest.raises(ValueError, match="plain name"):
        Press(b"x", "x.typ", {name: b"x"})


SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>"
    "<image xlink:href='{link}' width='9' height='9'/><rect width='2' height='2'/></svg>"
)


def test_a_drawing_embeds_no_picture_from_elsewhere(tmp_path: Path, listener: Listener) -> None:
    from PIL import Image

    port = listener.port
    Image.new("RGB", (200, 200), "red").save(tmp_path / "secret.png")
    secret = tmp_path / "secret.png"
    for link in (f"http://127.0.0.1:{port}/x.png", secret.as_uri(), str(secret), f"../../..{secret}"):
        template = f'= x\n#image(bytes("{SVG.format(link=link)}"), alt: "x")'
        with Press(template.encode(), "x.typ") as press:
            try:
                content = press.print(Manuscript({}, "T", "de", None)).content
            except TemplateError:
                continue
        assert b"/Width 200" not in content, link
    assert listener.calls == []


def test_a_file_of_one_project_is_not_there_for_the_next() -> None:
    with Press(b'= x\n#read("note.txt")', "x.typ", {"note.txt": b"geheim"}) as press:
        press.print(Manuscript({}, "T", "de", None))
    for template in ('= x\n#read("note.txt")', '= x\n#read("/note.txt")'):
        assert "file not found" in fault(template)


def test_unequal_projects_in_one_process_give_what_each_gives_alone() -> None:
    rounds: tuple[tuple[bytes, dict[str, bytes], int], ...] = (
        (b'= x\n#set text(red)\n#read("a.txt") #data.n', {"a.txt": b"eins"}, 1),
        (b'#set page(width: 9cm)\n= y\n#read("a.txt") #data.n', {"a.txt": b"zwei"}, 2),
        (b'#import "prose.typ": prose\n= z\n#data.n', {}, 3),
    )

    def together(order: tuple[int, ...]) -> dict[int, bytes]:
        made = {}
        for number in order:
            template, files, value = rounds[number]
            with Press(template, "x.typ", files) as press:
                made[number] = press.print(Manuscript({"n": str(value)}, "T", "de", None)).content
        return made

    script = (
        "import sys; from oekoreport.documents.pdf.press import Manuscript, Press\n"
        f"template, files, value = {rounds!r}[int(sys.argv[1])]\n"
        "with Press(template, 'x.typ', files) as press:\n"
        "    sys.stdout.buffer.write(press.print(Manuscript({'n': str(value)}, 'T', 'de', None)).content)\n"
    )
    alone = {
        number: subprocess.run([sys.executable, "-c", script, str(number)], capture_output=True, check=True).stdout
        for number in range(len(rounds))
    }
    assert together((0, 1, 2)) == together((2, 1, 0)) == alone


def test_a_panic_of_typst_is_a_fault_of_the_template(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """What comes of a panic in Rust."""

    class Compiler:
        def compile_with_warnings(self, *_given: object, **_named: object) -> None:
            raise PanicException("index out of bounds")

    typesetter = typesetters.Typesetter(0)
    typesetter.compiler = Compiler()  # type: ignore[assignment]
    monkeypatch.setattr(typesetters, "_idle", [typesetter])
    assert fault("= x") == "x.typ: The template cannot be turned into a PDF: index out of bounds"


def test_a_full_drive_is_not_blamed_on_the_template(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "manuscript-1.json")

    def write(_file: Path, _content: bytes) -> int:
        raise full

    with Press(b"= x", "x.typ") as press:
        monkeypatch.setattr(Path, "write_bytes", write)
        with pytest.raises(SystemRefusal) as caught:
            press.print(Manuscript({}, "T", "de", None))
    assert caught.value.localize(Locale("en")) == "manuscript-1.json: no space is left on the drive"
    with pytest.raises(SystemRefusal), Press(b"= x", "x.typ"):
        pass
    assert list(tmp_path.iterdir()) == [], "what could not be filled is gone as well"


def test_a_template_that_went_over_a_limit_is_refused_by_its_name() -> None:
    told: list[steps.Step | None] = []
    steps.be_watched(lambda each: told.append(each.step), {})
    try:
        with Press(b"= x", "x.typ") as press:
            list(press.print_all([Manuscript({}, "T", "de", None)] * 3))
        this = steps.Step(steps.Kind.TEMPLATE, "x.typ")
        assert told.count(this) >= 3, "each document counts anew"
        assert told[-1] is None
        steps.be_watched(None, {this: steps.Excess.SECONDS})
        assert fault("= x").startswith("x.typ: The template could not be filled: it took more computing time")
    finally:
        steps.be_watched(None, {})
