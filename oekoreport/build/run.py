"""A run: when it began, how long its steps took, and what the files were called that were read.

The clock is asked here for what nobody compares; no document knows of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from oekoreport.report import Report


@dataclass(frozen=True, slots=True)
class Run:
    """A build as it goes on. ``seconds`` has how long each step took that is done."""

    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    seconds: dict[str, float] = field(default_factory=dict)
    _start: float = field(default_factory=perf_counter)

    def note(self, step: str) -> None:
        """Note that a step is done."""
        self.seconds[step] = round(perf_counter() - self._start - sum(self.seconds.values()), 3)

    def as_json(self, folder: Path, report: Report) -> dict[str, Any]:
        """Return what is written of a run of a project: its inputs in the manifest's order, by name."""
        inputs = [{"name": name, **_looked_at(folder / name)} for name in report.inputs]
        return {"began": self.began.isoformat(timespec="seconds"), "seconds": self.seconds, "inputs": inputs}


def _looked_at(file: Path) -> dict[str, Any]:
    """Return size and time of a file; nothing where it is gone meanwhile."""
    try:
        status = file.stat()
    except OSError:
        return {}
    changed = datetime.fromtimestamp(status.st_mtime, UTC).isoformat(timespec="seconds")
    return {"bytes": status.st_size, "changed": changed}
