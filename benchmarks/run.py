"""One command, all contenders side by side: the same templates and data, each in a process of its own, in turns.

    python benchmarks/run.py [--rounds 3] [--only certificates ...] [--beside CHECKOUT]

The time is that of all documents of a work, template included, imports left out; the median of the rounds is shown.
Alternatives from npm run where node and npm are found, LibreOffice where it is installed; what is missing is named.
With another checkout of this project, which has its own .venv, that one is a contender and the others are left out.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import material

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to do a work: a script, what it needs, and the checkout that it lies in if it is not this one."""

    title: str
    script: str
    needs: str = ""
    checkout: Path | None = None

    @property
    def path(self) -> Path:
        """Where the script is."""
        return (self.checkout / "benchmarks" if self.checkout else HERE) / "contenders" / self.script


@dataclass(frozen=True, slots=True)
class Work:
    """What is measured, on which kind of data: the first contender is ours, the others are compared with it."""

    name: str
    kind: str
    title: str
    contenders: tuple[Contender, ...]


@dataclass(slots=True)
class Score:
    """What the rounds of one contender came to."""

    seconds: list[float] = field(default_factory=list)
    documents: int = 0
    peak_kib: int = 0

    def add(self, answer: Mapping[str, float]) -> None:
        """Take in the answer of one round."""
        self.seconds.append(answer["seconds"])
        self.documents = int(answer["documents"])
        self.peak_kib = max(self.peak_kib, int(answer["peak_kib"]))

    @property
    def each(self) -> float:
        """The median time of a document in milliseconds."""
        return statistics.median(self.seconds) / self.documents * 1000


WORD = (
    Contender("oekoreport", "engine.py"),
    Contender("docxtpl", "docxtpl_plain.py"),
    Contender("docxtemplater", "docxtemplater.js", "node"),
    Contender("Carbone", "carbone.js", "node"),
    Contender("floor: deflate alone", "floor.py"),
)
WORKS = (
    Work("certificates", "certificate", "Certificates, Word", WORD),
    Work("reports", "report", "Reports of 2,000 rows, Word", WORD),
    Work(
        "pdf",
        "certificate",
        "Certificates, PDF/A and PDF/UA",
        (
            Contender("oekoreport", "engine_pdf.py"),
            Contender("LibreOffice", "office_pdf.py", "office"),
        ),
    ),
    Work(
        "print-file",
        "certificate",
        "1,000 certificates as one PDF/A and PDF/UA",
        (Contender("oekoreport", "engine_print_file.py"),),
    ),
    Work(
        "workbook",
        "cohort",
        "The cohort workbook of 100,000 measures; the alternatives write the cells of its two largest sheets",
        (
            Contender("oekoreport", "workbook_engine.py"),
            Contender("xlsxwriter", "workbook_xlsxwriter.py"),
            Contender("openpyxl", "workbook_openpyxl.py"),
        ),
    ),
)


def main() -> None:
    """Run the works that are asked for and print a table for each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=[work.name for work in WORKS])
    parser.add_argument("--beside", type=Path)
    asked = parser.parse_args()
    say(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; {asked.rounds} rounds")
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        material.write(folder)
        for work in WORKS:
            if not asked.only or work.name in asked.only:
                compared = beside(work, asked.beside) if asked.beside else work
                show(compared, measured(compared, folder, asked.rounds))


def beside(work: Work, checkout: Path) -> Work:
    """Return a work that this checkout and another one do."""
    ours = work.contenders[0]
    return replace(work, contenders=(ours, replace(ours, title="the other checkout", checkout=checkout)))


def measured(work: Work, folder: Path, rounds: int) -> dict[str, Score]:
    """Return the score of each contender that can run; they take turns, so that a busy moment hits all alike."""
    able = [contender for contender in work.contenders if not lacking(contender)]
    scores = {contender.title: Score() for contender in able}
    for _round in range(rounds):
        for contender in able:
            scores[contender.title].add(run(contender, folder, work.kind))
    return scores


def run(contender: Contender, folder: Path, kind: str) -> dict[str, float]:
    """Return what a contender answers."""
    script = contender.path
    program, places = sys.executable, (str(HERE), *sys.path)
    if contender.checkout:
        program, places = str(contender.checkout / ".venv/bin/python"), (str(contender.checkout / "benchmarks"),)
    elif script.suffix == ".js":
        program = "node"
    paths = {"PYTHONPATH": os.pathsep.join(places), "NODE_PATH": str(npm_modules() or "")}
    done = subprocess.run(
        [program, str(script), str(folder), kind],
        env={**os.environ, **paths},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{contender.title} failed:\n{done.stderr}")
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def lacking(contender: Contender) -> str:
    """Return why a contender cannot run; empty where it can."""
    match contender.needs:
        case "node" if npm_modules() is None:
            return "node and npm are not here"
        case "office" if not (shutil.which("soffice") or shutil.which("libreoffice")):
            return "LibreOffice is not here"
    return ""


@cache
def npm_modules() -> Path | None:
    """Return where the packages from npm are, installed by the first call; None without node and npm."""
    modules = HERE / "node_modules"
    if shutil.which("node") is None or shutil.which("npm") is None:
        return None
    if not (modules / "carbone").is_dir():
        subprocess.run(["npm", "install", "--silent", "--no-save"], cwd=HERE, check=True, capture_output=True)
    return modules


def show(work: Work, scores: Mapping[str, Score]) -> None:
    """Print a work's table."""
    ours = scores[work.contenders[0].title].each
    say(f"\n{work.title}")
    say(f"  {'':22}{'documents':>10}{'total s':>10}{'ms each':>10}{'against ours':>14}{'peak MiB':>10}")
    for line in rows(work, scores, ours):
        say(f"  {line}")


def rows(work: Work, scores: Mapping[str, Score], ours: float) -> Iterator[str]:
    """Yield the lines of a table."""
    for contender in work.contenders:
        if why := lacking(contender):
            yield f"{contender.title:22}{why}"
            continue
        score = scores[contender.title]
        total = statistics.median(score.seconds)
        yield (
            f"{contender.title:22}{score.documents:>10,}{total:>10.3f}{score.each:>10.3f}"
            f"{score.each / ours:>13.2f}×{score.peak_kib / 1024:>10.0f}"
        )


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
