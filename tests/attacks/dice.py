"""Chance that is the same each time: an attack that failed can be made again."""

from __future__ import annotations

from random import Random


def dice(seed: int) -> Random:
    """Return dice that always fall alike."""
    return Random(seed)  # noqa: S311 - nothing is kept secret by them
