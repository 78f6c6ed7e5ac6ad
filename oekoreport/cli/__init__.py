"""The command line: one file a command, which parses, calls and prints. Nothing here decides what is right.

In come arguments; out go text, JSON or SARIF in the reader's language, and an exit code, which ``exits`` alone maps.
"""

from __future__ import annotations

COLLECTED = (100_000, 50, 100)
"""When Python looks for objects that nobody holds: seldom, for those of a project live to the end. Looking through them
again and again took a third of the time of reading 100,000 receipts."""


def main() -> None:
    """Run ``oekoreport`` with the arguments of the process and leave it with its exit code."""
    import gc

    from oekoreport.cli.program import program

    gc.set_threshold(*COLLECTED)
    program.main(prog_name="oekoreport")
