"""The command line: one file a command, which parses, calls and prints. Nothing here decides what is right.

In come arguments; out go text, JSON or SARIF in the reader's language, and an exit code, which ``exits`` alone maps.
"""

from __future__ import annotations

import os
import signal
import sys

UTF8 = "PYTHONUTF8"
"""As Python's option -X utf8; a process inherits it to those that it starts."""


def main() -> None:
    """Run ``oekoreport`` with the arguments of the process and leave it with its exit code."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(2))  # while nothing is begun and nothing can be said yet
    _name_files_in_utf8()
    from oekoreport.cli.calling import call_at_the_console

    sys.exit(call_at_the_console(sys.argv[1:]))


def _name_files_in_utf8() -> None:
    """Begin anew where a locale has Python name files in another encoding: companies have names that ASCII lacks."""
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get(UTF8) != "1":
        os.execve(sys.executable, sys.orig_argv, {**os.environ, UTF8: "1"})  # noqa: S606 - the same call once more
