"""The table of the attacks: a row by each test that made one, put together at the end of the tests."""

from __future__ import annotations

import json
import os
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.attacks.attack import ATTACKS, Attack
from tests.attacks.ground import Ground

BUILD = Path(__file__).parents[2] / "build"
ROWS = BUILD / "attacks"
TABLE = BUILD / "attacks.md"
LONGEST = 160
"""The most signs of what a command said that the table shows."""


def note(attack: Attack, ground: Ground, failed: str | None) -> None:
    """Write down what an attack came to; ``failed`` is what did not hold."""
    row = {
        "family": attack.family,
        "title": attack.title,
        "failed": failed,
        "happened": failed or ground.told,
        "seconds": max((run.cpu for run in ground.runs), default=0.0),
        "peak": max((run.peak for run in ground.runs), default=0),
    }
    ROWS.mkdir(parents=True, exist_ok=True)
    _file(attack).write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")


def write() -> None:
    """Put the rows of the attacks that there are into the table, those of earlier runs included."""
    rows = [json.loads(_file(attack).read_text(encoding="utf-8")) for attack in ATTACKS if _file(attack).exists()]
    if not rows:
        return
    lines = [*_summary(rows), "", "| attack | what happened | s | MiB |", "|---|---|---:|---:|"]
    lines += [_line(row) for row in rows]
    made = TABLE.with_suffix(f".{os.getpid()}")
    made.write_text("\n".join(lines) + "\n", encoding="utf-8")
    made.replace(TABLE)


def _summary(rows: list[Mapping[str, Any]]) -> Iterable[str]:
    held = sum(not row["failed"] for row in rows)
    families = Counter(row["family"] for row in rows)
    yield f"{len(rows)} attacks, {held} held. Seconds are CPU of the longest command, MiB its highest memory."
    yield ""
    yield " · ".join(f"{family} {number}" for family, number in sorted(families.items()))


def _line(row: Mapping[str, Any]) -> str:
    happened = " ".join(row["happened"].split())[:LONGEST].replace("|", "\\|")
    told = f"**did not hold**: {happened}" if row["failed"] else happened
    return f"| {row['family']}: {row['title']} | {told} | {row['seconds']:.1f} | {row['peak'] >> 20} |"


def _file(attack: Attack) -> Path:
    return ROWS / f"{attack.family}-{zlib.crc32(attack.title.encode()):08x}.json"
