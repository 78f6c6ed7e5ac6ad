"""The ground of an attack: a project, beside it a tree that nothing may touch, and the command line to run on it.

After each command the same things must hold, whatever it was given: it ends by itself with an exit code that it
promises, without a traceback, in time and within the memory; nothing beside the project is read or changed, nothing is
left behind, and nobody was called.
"""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from textwrap import dedent

from tests.attacks.listening import Listener
from tests.attacks.running import LIMIT_BYTES, LIMIT_SECONDS, PATIENCE, PER_PROJECT, Run, Running

PROGRAM = Path(sys.executable).with_name("oekoreport")
SECRET = "GEHEIM-7Q4X"  # noqa: S105 - nobody is let in by it
"""What stands in the files outside: printed anywhere, somebody read them."""

BUGS = ("Traceback (most recent call last)", "This should not have happened", "Das hätte nicht geschehen dürfen")
OF_OTHERS = (".cache/oekoreport/fonts-", ".cache/dconf", "__pycache__")
"""What a home and a folder of code may hold afterwards: the unpacked typeface, what LibreOffice and Python keep."""

PARENTS = (".cache", ".config", ".cache/oekoreport", "__pycache__")
LONG_AGO = 1_000_000_000
"""When the files outside were last read, so that another reading shows: the system notes the first one since."""


ORDINARY = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all")
"""What takes from root the right to read and write what is closed."""

CLOCK = "import time_machine; time_machine.travel({seconds}, tick=True).start()"
"""What lets Python see another time before anything else is loaded."""

PLUGIN = """
import ctypes, errno, itertools, os, signal, subprocess, sys, threading, time
from oekoreport import Claim, Document, Exporter, Importer, NoOptions, Record, Origin, catalogue, hookimpl
_ = catalogue("fremd")
"""
"""What the code of a hostile plugin begins with."""


class Ground:
    """Where an attack is made.

    Args:
        root: an empty folder; project, outside, and the folders of the command's environment lie in it.
        rounds: a folder with the reference round, and ``built``, the same with its documents.
        listener: who must not be called.
    """

    def __init__(self, root: Path, rounds: Path, listener: Listener) -> None:
        self.root = root
        self.project = root / "runde"
        self.outside = root / "outside"
        self.temporary = root / "tmp"
        self.home = root / "home"
        self.site = root / "site"
        self.runs: list[Run] = []
        self.told = ""
        self.listener = listener
        self._rounds = rounds
        for folder in (self.temporary, self.home, self.site, self.outside / "deep"):
            folder.mkdir(parents=True)
        for name in ("secret.txt", "deep/secret.txt", "verwendungsnachweis.docx", "manifest.json"):
            (self.outside / name).write_text(SECRET)
        self._kept: set[Path] = set()
        self._prefix: tuple[str, ...] = ()
        self._further = 0
        self.look_again()
        shutil.copytree(rounds / "round", self.project)

    @property
    def out(self) -> Path:
        """The project's documents."""
        return self.project / "out"

    def plugin(self, code: str, name: str = "fremd") -> None:
        """Install a plugin of this code."""
        (self.site / f"{name}.py").write_text(f"{PLUGIN}\n{dedent(code)}")
        info = self.site / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[oekoreport]\n{name} = {name}\n")
        self.keep(self.site)

    def put(self, name: str, content: bytes | str) -> Path:
        """Write a file of the project."""
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    @property
    def built(self) -> Path:
        """The documents of a build that nothing disturbed."""
        return self._rounds / "built" / "out"

    def build_before(self) -> None:
        """Give the project the documents of a build that nothing disturbed."""
        shutil.copytree(self.built, self.out, symlinks=True, dirs_exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a command."""
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        own = {"HOME": str(self.home), "TMPDIR": str(self.temporary), "LC_ALL": "C.UTF-8"}
        return {**kept, **own, **self.listener.environment, "PYTHONPATH": str(self.site)}

    def give_away(self) -> None:
        """Let commands have the rights of anybody from now on; those of root reach everywhere."""
        self._prefix = ORDINARY if os.geteuid() == 0 else ()

    def behind(self, *command: str) -> None:
        """Let commands be started by another command from now on."""
        self._prefix = command

    def clock(self, seconds: int) -> None:
        """Let commands see another time, in seconds since 1970."""
        (self.site / "sitecustomize.py").write_text(CLOCK.format(seconds=seconds))
        self.keep(self.site)

    def several(self, number: int) -> None:
        """Make copies of the project for a batch: runden/0, runden/1 and so on."""
        self._further = number - 1
        for each in range(number):
            shutil.copytree(self.project, self.root / f"runden/{each}")
            (self.root / f"runden/{each}/out").mkdir(exist_ok=True)

    def start(self, *arguments: str, environment: Mapping[str, str] | None = None, **streams: object) -> Running:
        """Start the command line; what is held after it ended is the caller's to say, with ``hold``."""
        variables = {**self.environment, **(environment or {})}
        return Running([*self._prefix, str(PROGRAM), *arguments], cwd=self.root, environment=variables, **streams)

    def run(self, *arguments: str, environment: Mapping[str, str] | None = None, **streams: object) -> Run:
        """Run the command line, and demand what has to hold whatever it was given."""
        return self.hold(self.start(*arguments, environment=environment, **streams).ended())

    def ends(self, code: int, *says: str, by: tuple[str, ...], environment: Mapping[str, str] | None = None) -> Run:
        """Run the command line and demand its exit code and what it says."""
        run = self.run(*by, environment=environment)
        missing = [text for text in says if text not in run.said]
        assert not missing, f"{missing} is not said (exit {run.code}): {run.said[-3000:]}"
        assert run.code == code, f"exit {run.code} instead of {code}: {run.said[-3000:]}"
        if by[0] != "verify":
            self.told = _telling(run, says)
        return run

    def check(self, code: int, *says: str) -> Run:
        """Check the project, and demand how that ends and what is said."""
        return self.ends(code, *says, by=("check", "runde"))

    def build(self, code: int, *says: str, more: tuple[str, ...] = ()) -> Run:
        """Build the project, and demand how that ends, what is said, and that what was published holds."""
        run = self.ends(code, *says, by=("build", "runde", *more))
        self.demand_whole()
        return run

    def demand_whole(self) -> None:
        """Demand that the documents, if there are any, are what the manifest says, with nothing beside them."""
        if (self.out / "manifest.json").exists():
            self.ends(0, by=("verify", "runde/out"))
        self.demand_nothing_left()

    def demand_nothing_left(self) -> None:
        """Demand that no folder of a build that is over lies in ``out``."""
        left = [path.name for path in self.out.glob(".*") if path.name != ".oekoreport.lock"]
        assert not left, f"left in out: {left}"

    def hold(self, run: Run) -> Run:
        """Demand what has to hold after any command."""
        self.runs.append(run)
        self.told = self.told or _telling(run, ())
        told = f"(exit {run.code}, {run.cpu:.1f} s of CPU, {run.peak >> 20} MiB): {run.said[-2000:]}"
        assert not any(bug in run.said for bug in BUGS), f"a bug is told {told}"
        assert run.seconds < PATIENCE, f"it had to be ended {told}"
        assert run.peak < LIMIT_BYTES, f"it took too much memory {told}"
        most = LIMIT_SECONDS + PER_PROJECT * self._further
        assert run.cpu < most, f"it took too long {told}"
        assert run.code in (0, 1, 2), f"no exit code of ours {told}"
        assert not (alive := run.alive()), f"processes live on: {alive} {told}"
        assert self.listener.calls == [], f"somebody was called {told}"
        self.demand_untouched()
        for folder in (self.temporary, self.home, self.site):
            assert not (left := self._left(folder)), f"left in {folder.name}: {left} {told}"
        beside = {path.name for path in self.root.iterdir()} - {"runde", "outside", "tmp", "home", "site", "runden"}
        assert not beside, f"left beside the project: {beside} {told}"
        return run

    def demand_untouched(self) -> None:
        """Demand that nothing outside was read, changed, added or removed, and nothing of it was carried away."""
        now = _state(self.outside)
        touched = [name for name in sorted({*now, *self._outside}) if now.get(name) != self._outside.get(name)]
        assert not touched, f"outside was read or changed: {touched}"
        assert not any(SECRET in run.said for run in self.runs), "the secret was printed"
        for path in self.out.rglob("*") if not self.out.is_symlink() else ():
            if path.is_file() and not path.is_symlink():
                assert not _holds_secret(path), f"the secret is in {path}"

    def look_again(self) -> None:
        """Take what lies outside now as what has to stay."""
        _forget_readings(self.outside)
        self._outside = _state(self.outside)

    def keep(self, folder: Path) -> None:
        """Let what lies in a folder of the environment now be no trace of a command."""
        self._kept |= set(folder.rglob("*"))

    def _left(self, folder: Path) -> list[str]:
        found = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path not in self._kept]
        return [path for path in found if not path.startswith(OF_OTHERS) and not path.endswith(PARENTS)]


def _telling(run: Run, says: tuple[str, ...]) -> str:
    """Return how a command ended, with the line in which it says what was demanded."""
    lines = [line.strip() for line in f"{run.err}\n{run.out}".splitlines() if line.strip()]
    line = next((line for says_it in says for line in lines if says_it in line), lines[0] if lines else "nothing said")
    return f"exit {run.code}: {line}"


def _state(folder: Path) -> dict[str, tuple[object, ...]]:
    """Return of each file and folder what would tell that somebody was there: the day of reading too."""
    found: dict[str, tuple[object, ...]] = {}
    for path in sorted([folder, *folder.rglob("*")]):
        status = path.lstat()
        read = not path.is_dir() and status.st_atime != LONG_AGO
        found[path.relative_to(folder).as_posix()] = (status.st_mode, status.st_mtime_ns, status.st_size, read)
    return found


def _forget_readings(folder: Path) -> None:
    for path in folder.rglob("*"):
        if not path.is_dir():
            os.utime(path, (LONG_AGO, path.lstat().st_mtime), follow_symlinks=False)


def _holds_secret(path: Path) -> bool:
    with suppress(zipfile.BadZipFile, zlib.error), zipfile.ZipFile(path) as file:
        return any(SECRET.encode() in file.read(name) for name in file.namelist())
    return SECRET.encode() in path.read_bytes()
