"""Plugins that break: what one does wrong is told as its own, and costs no document of another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

from oekoreport.build.publishing.names import LOCK
from tests.attacks.attack import attack
from tests.attacks.ground import Ground

EXPORTER = """
class Fremd(Exporter):
    name = "fremd"
    title = _("Fremd")
    options = NoOptions
    def render(self, report, options):
{body}

@hookimpl
def oekoreport_exporters():
    return [Fremd()]
"""
IMPORTER = """
class Fremd(Importer):
    name = "fremd"
    def claims(self, source):
{claims}
    def read(self, source):
{reads}
        yield

@hookimpl
def oekoreport_importers():
    return [Fremd()]
"""
FULL = ("urkunden/KS-2021-01", "verwendungsnachweis.pdf", "kohorte.xlsx")
"""What the built-in exporters make, and what a stranger's fault must not cost."""


def _install(ground: Ground, body: str) -> None:
    """Install an exporter of this body."""
    ground.plugin(EXPORTER.format(body=indent(body.strip(), " " * 8)))


def _exports(ground: Ground, body: str, *says: str, code: int = 2) -> None:
    """Build with an exporter of this body, and demand that it is named and the others' documents are there."""
    _install(ground, body)
    run = ground.build(code, "fremd", *says)
    made = [path.relative_to(ground.out).as_posix() for path in ground.out.rglob("*") if path.is_file()]
    assert all(any(name.startswith(start) for name in made) for start in FULL), run.said[-2000:]


def _imports(
    ground: Ground,
    reads: str,
    *says: str,
    claims: str = "return Claim.CERTAIN if source.suffix == '.fremd' else Claim.NONE",
) -> None:
    """Check with an importer that reads so, and demand that its file is named."""
    ground.plugin(IMPORTER.format(claims=indent(claims, " " * 8), reads=indent(reads.strip(), " " * 8)))
    ground.put("erhebung/datei.fremd", b"x")
    ground.check(1, "datei.fremd", *says)


@attack("An exporter raises an error that ends processes")
def leaves(ground: Ground) -> None:
    _exports(ground, "yield Document(('x.txt',), b'x')\nsys.exit(0)")


@attack("An exporter ends the process at once")
def exits(ground: Ground) -> None:
    _exports(ground, "os._exit(0)\nyield")


@attack("An exporter loops for ever")
def loops(ground: Ground) -> None:
    _exports(ground, "while True: pass\nyield")


@attack("An exporter sleeps for ever")
def sleeps(ground: Ground) -> None:
    _exports(ground, "time.sleep(1e6)\nyield")


@attack("An exporter takes all memory")
def memory(ground: Ground) -> None:
    _exports(ground, "held = []\nwhile True: held.append(b'x' * 10_000_000)\nyield")


@attack("An exporter yields documents for ever")
def endless(ground: Ground) -> None:
    _exports(ground, "for n in itertools.count(): yield Document((f'{n}.txt',), b'x' * 100_000)")


@attack("An exporter calls itself for ever")
def recursion(ground: Ground) -> None:
    _exports(ground, "def f(): return f()\nf()\nyield")


@attack("An exporter reads memory that it does not have: the process dies")
def crash(ground: Ground) -> None:
    _exports(ground, "ctypes.string_at(0)\nyield")


@attack("An exporter kills its own process, and its process group")
def kills(ground: Ground) -> None:
    _exports(ground, "os.kill(os.getpid(), signal.SIGKILL)\nyield")


@attack("An exporter raises KeyboardInterrupt")
def interrupts(ground: Ground) -> None:
    _install(ground, "raise KeyboardInterrupt\nyield")
    ground.build(2)


@attack("An exporter names its documents ../x, /x, CON, a\\0b, and as somebody else's")
def named(ground: Ground) -> None:
    names = (("..", "..", "outside", "secret.txt"), ("/outside/secret.txt",), ("CON",), ("a\0b",), ("manifest.json",))
    _install(ground, f"for name in {names!r}: yield Document(name, b'x')")
    ground.run("build", "runde")
    ground.demand_whole()


@attack("An exporter yields what is no document: texts, None, lists as names, text as content")
def no_documents(ground: Ground) -> None:
    _exports(ground, "yield 'x'")


@attack("An exporter closes the streams of the program")
def closes(ground: Ground) -> None:
    _install(ground, "os.close(1)\nos.close(2)\nyield Document(('x.txt',), b'x')")
    ground.run("build", "runde")
    ground.demand_whole()


@attack("An exporter prints 50 MB")
def prints(ground: Ground) -> None:
    ground.plugin(
        EXPORTER.format(
            body=indent("for n in range(500): print('x' * 100_000)\nyield Document(('x.txt',), b'x')", " " * 8)
        )
    )
    ground.build(0)


@attack("An exporter says that the disk is full where it is not: it is a fault of the system")
def claims_full_disk(ground: Ground) -> None:
    ground.build_before()
    _install(ground, "raise OSError(errno.ENOSPC, 'x')\nyield")
    run = ground.build(2, "no space")
    assert len(list(ground.out.glob("urkunden/KS-*.docx"))) == 13, run.said


@attack("An exporter leaves a process behind that lives on")
def orphan(ground: Ground) -> None:
    import psutil

    quiet = "stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL"
    started = f"subprocess.Popen(['sleep', '4242'], start_new_session=True, {quiet})"
    _install(ground, f"{started}\nyield Document(('x.txt',), b'x')")
    ground.run("build", "runde")
    left = [process for process in psutil.process_iter(["cmdline"]) if process.info["cmdline"] == ["sleep", "4242"]]
    for process in left:
        process.kill()


@attack("An exporter leaves a thread behind that never ends")
def thread(ground: Ground) -> None:
    code = "threading.Thread(target=time.sleep, args=(1e6,)).start()\nyield Document(('x.txt',), b'x')"
    _install(ground, code)
    ground.build(0)


@attack("An exporter changes the report that others print after it")
def changes_report(ground: Ground) -> None:
    code = "report.project.title = 'gefaelscht'\nyield"
    _install(ground, code)
    ground.build(2, "fremd")


@attack("A plugin loops for ever while it is imported")
def import_loop(ground: Ground) -> None:
    ground.plugin("while True: pass")
    ground.ends(2, "fremd", by=("check", "runde"))


@attack("A plugin ends the process while it is imported")
def import_exit(ground: Ground) -> None:
    ground.plugin("os._exit(0)")
    ground.ends(2, by=("check", "runde"))


@attack("A plugin raises while it is imported: all commands but those that need it work", always=True)
def import_fault(ground: Ground) -> None:
    ground.plugin("raise SystemExit('adieu')")
    ground.ends(2, "fremd", by=("build", "runde"))
    ground.ends(0, by=("check", "runde", "--help"))
    ground.run("plugin", "list")


@attack("A hook of a plugin never ends")
def hook_loop(ground: Ground) -> None:
    ground.plugin("@hookimpl\ndef oekoreport_exporters():\n    while True: pass")
    ground.ends(2, "fremd", by=("check", "runde"))


@attack("An importer never ends with a file")
def reads_for_ever(ground: Ground) -> None:
    _imports(ground, "while True: pass")


@attack("An importer ends the process at a file")
def reads_and_dies(ground: Ground) -> None:
    _imports(ground, "os._exit(1)")


@attack("An importer takes all memory for a file")
def reads_all_memory(ground: Ground) -> None:
    _imports(ground, "held = []\nwhile True: held.append(b'x' * 10_000_000)")


@attack("An importer yields records for ever")
def records(ground: Ground) -> None:
    record = "Record('measure', f'm{n}', {'title': 'x'}, Origin('erhebung/datei.fremd', line=n), '')"
    _imports(ground, f"for n in itertools.count(): yield {record}")


@attack("An importer says that a folder is missing which is none of its business")
def other_os_error(ground: Ground) -> None:
    _imports(ground, "open('/nirgends/datei')")


@attack("An exporter changes folder, variables, umask, zone, decimals, streams, paths, signals and bounds", always=True)
def changes_process(ground: Ground) -> None:
    _exports(
        ground,
        """
import decimal, locale, resource, warnings
os.chdir('/')
os.environ.clear()
os.environ['TZ'] = 'Asia/Tokyo'
time.tzset()
os.umask(0o777)
locale.setlocale(locale.LC_ALL, 'C')
decimal.getcontext().prec = decimal.DefaultContext.prec = 2
warnings.simplefilter('error')
sys.path.clear()
sys.setrecursionlimit(90)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.alarm(1)
resource.setrlimit(resource.RLIMIT_FSIZE, (10, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
sys.stdout.close()
os.close(1)
os.close(2)
sys.stdout = sys.stderr = sys.__stdout__ = None
yield Document(('fremd.txt',), b'x')
""",
        code=0,
    )
    _demand_as_undisturbed(ground, "fremd.txt")


@attack("An exporter removes the folder that it made the working folder")
def removes_working_folder(ground: Ground) -> None:
    _exports(
        ground, "os.mkdir('weg')\nos.chdir('weg')\nos.rmdir('../weg')\nyield Document(('fremd.txt',), b'x')", code=0
    )
    _demand_as_undisturbed(ground, "fremd.txt")


@attack("A plugin changes folder, variables, decimals and streams while it is imported")
def import_changes_process(ground: Ground) -> None:
    ground.plugin(
        "import decimal\nos.chdir('/')\nos.environ.clear()\ndecimal.getcontext().prec = 2\n"
        "sys.stdout = None\nos.close(1)\nprint('x', file=sys.stderr)"
    )
    ground.build(0)
    _demand_as_undisturbed(ground)


@attack("What an exporter prints, by whatever way, is no part of a command's result")
def prints_into_result(ground: Ground) -> None:
    _install(
        ground, "print('FREMD')\nos.write(1, b'FREMD')\nsys.__stdout__.write('FREMD')\nos.system('echo FREMD')\nyield"
    )
    run = ground.build(2, "fremd")
    assert "FREMD" not in run.out
    assert run.err.count("FREMD") == 4


def _demand_as_undisturbed(ground: Ground, *more: str) -> None:
    """Demand that the documents are those of a build without the plugin, but for its own and for what names it."""
    made = {path.relative_to(ground.out).as_posix(): path.read_bytes() for path in _files(ground.out)}
    undisturbed = {path.relative_to(ground.built).as_posix(): path.read_bytes() for path in _files(ground.built)}
    names_plugins = {name for name in undisturbed if name.startswith("intern/") or name == "manifest.json"}
    assert made.keys() == {*undisturbed, *more}
    other = [name for name in undisturbed if name not in names_plugins and made[name] != undisturbed[name]]
    assert not other, f"not as undisturbed: {other}"


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.name != LOCK)


@attack("An exporter makes documents under the names of the funding report and the certificates", always=True)
def forges(ground: Ground) -> None:
    names = [
        ("verwendungsnachweis.docx",),
        ("VERWENDUNGSNACHWEIS.PDF",),
        ("kohorte.xlsx",),
        ("urkunden", "register.docx"),
    ]
    _exports(ground, f"for name in {names!r}: yield Document(name, b'FORGED')", "which is a document of")
    _demand_as_undisturbed(ground)


@attack("An exporter that runs alone makes a document under the name of the funding report")
def forges_alone(ground: Ground) -> None:
    _install(ground, "yield Document(('verwendungsnachweis.docx',), b'FORGED')")
    ground.build_before()
    ground.build(2, "fremd", "which is a document of funding-report", more=("-e", "fremd"))
    _demand_as_undisturbed(ground)


@attack("Two plugins make a document of the same name")
def rivals(ground: Ground) -> None:
    for name in ("eins", "zwei"):
        body = f"yield Document(('gleich.txt',), b'{name}')"
        ground.plugin(EXPORTER.format(body=indent(body, " " * 8)).replace('"fremd"', f'"{name}"'), name)
    ground.build(2, "eins: ", "zwei: ", "both make gleich.txt")
    _demand_as_undisturbed(ground)


@attack("An exporter makes a million documents of a byte")
def million(ground: Ground) -> None:
    _exports(ground, "for n in range(1_000_000): yield Document((f'{n}.txt',), b'x')", "more than 50,000 documents")


@attack("An importer never ends with the question whether a file is its own: it is asked no more, and named once")
def claims_for_ever(ground: Ground) -> None:
    ground.plugin(IMPORTER.format(claims=" " * 8 + "while True: pass", reads=" " * 8 + "pass"))
    run = ground.check(1, "The importer fremd was stopped and is asked no more")
    assert run.out.count("fremd") == 1, run.out


@attack("An importer ends the process when it is asked whether a file is its own")
def claims_and_dies(ground: Ground) -> None:
    ground.plugin(IMPORTER.format(claims=" " * 8 + "os._exit(1)", reads=" " * 8 + "pass"))
    ground.check(1, "The importer fremd was stopped and is asked no more")


@attack("A plugin loops while it is imported, and another in a hook")
def loops_at_import(ground: Ground) -> None:
    ground.plugin("while True: pass", "eins")
    ground.plugin("@hookimpl\ndef oekoreport_exporters():\n    while True: pass\n", "zwei")
    ground.ends(2, "eins", "zwei", "was not loaded", by=("build", "runde"))


RULEBOOK = """
from oekoreport import Issue, PRODUCT, Rulebook, rule

@rule("FREMD-1", _("Fremd"), basis=PRODUCT)
def fremd(project, case, terms):
{body}
    yield from ()

@hookimpl
def oekoreport_rulebooks():
    return [Rulebook("fremd", _("Fremd"), "1", (fremd,), applies=lambda project: {applies})]
"""


@attack("A rule never ends: it alone is undecided")
def rule_loops(ground: Ground) -> None:
    ground.plugin(RULEBOOK.format(body="    while True: pass", applies="True"))
    ground.check(1, "FREMD-1", "The rule was not evaluated")


@attack("A rule ends the process")
def rule_dies(ground: Ground) -> None:
    ground.plugin(RULEBOOK.format(body="    os._exit(0)", applies="True"))
    ground.check(1, "FREMD-1", "The rule was not evaluated")


@attack("A rulebook breaks where it says whether a project falls under it")
def rulebook_breaks(ground: Ground) -> None:
    ground.plugin(RULEBOOK.format(body="    return", applies="1 / 0"))
    ground.check(2, "The rulebook fremd failed: ZeroDivisionError")


@attack("A rule changes folder, variables, decimals and streams")
def rule_changes_process(ground: Ground) -> None:
    harm = "import decimal; os.chdir('/'); os.environ.clear(); decimal.getcontext().prec = 1; os.close(1)"
    ground.plugin(RULEBOOK.format(body=f"    {harm}", applies="os.chdir('/') is None"))
    ground.build(0)
    _demand_as_undisturbed(ground)
