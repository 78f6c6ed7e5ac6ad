"""The command line: one file a command, which parses, calls and prints. Nothing here decides what is right."""

from __future__ import annotations


def main() -> None:
    """Run ``oekoreport`` with the arguments of the process and leave it with its exit code."""
    from oekoreport.cli.program import program

    program.main(prog_name="oekoreport")
