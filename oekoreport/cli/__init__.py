"""The command line: one file a command, which parses, calls and prints. Nothing here decides what is right.

In come arguments; out go text, JSON or SARIF in the reader's language, and an exit code, which ``exits`` alone maps.
"""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    """Run ``oekoreport`` with the arguments of the process and leave it with its exit code."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(2))  # while nothing is begun and nothing can be said yet
    from oekoreport.cli.calling import call_at_the_console

    sys.exit(call_at_the_console(sys.argv[1:]))
