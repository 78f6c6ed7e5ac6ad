"""What runs that were killed left in a project: taken back or finished by the next run of anything, which says so."""

from __future__ import annotations

from pathlib import Path

from oekoreport.build.publishing import is_left, recover
from oekoreport.folder import OUTPUT
from oekoreport.language import Message


def is_interrupted(folder: Path) -> bool:
    """Tell whether a run is at work in a project, or was killed there and left something."""
    return is_left(folder) or is_left(folder / OUTPUT)


def recover_project(folder: Path) -> tuple[Message, ...]:
    """Take back or finish what was begun in a project's folder and in its documents; say what.

    Raises:
        PublishingError, Barred: the system refuses, or what lies there is not what a run leaves.
    """
    return (*recover(folder), *recover(folder / OUTPUT))
