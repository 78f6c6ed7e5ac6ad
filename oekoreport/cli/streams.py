"""Standard output and error of a call: they may end early, be full or be closed without changing what a call comes to.

A reader who leaves (``| head``) has seen enough; that is no failure. Output that a full drive does not take is one.
What cannot be said on standard error is lost, the exit code is not.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any, TextIO, cast

READER_LEFT = frozenset({errno.EPIPE, errno.EINVAL if sys.platform == "win32" else errno.EPIPE})
"""What the system says when nobody reads a pipe any more."""


class Tolerant(io.RawIOBase):
    """A stream of bytes that takes all of them: after the first that its target refuses, the others are dropped.

    Attributes:
        refusal: why the target took no more; None while it does.
    """

    def __init__(self, target: io.RawIOBase) -> None:
        super().__init__()
        self._target = target
        self.refusal: OSError | None = None

    def write(self, content: Any, /) -> int:
        """Write bytes, or drop them."""
        if self.refusal is None:
            try:
                return self._target.write(content) or 0
            except OSError as error:
                self.refusal = error
        return len(content)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._target.isatty()

    def fileno(self) -> int:
        return self._target.fileno()


def settle_streams() -> None:
    """Make the streams of this process tolerant; letters that their code page lacks become a “?”."""
    sys.stdout, sys.stderr = _settled(sys.stdout, whole=True), _settled(sys.stderr, whole=False)


def _settled(stream: TextIO | None, *, whole: bool) -> TextIO:
    """Return a stream in its tolerant form; ``whole``: nothing is shown before there is much, or all, of it."""
    if stream is None:  # it was closed before the program began
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - until the process ends
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)  # with PYTHONUNBUFFERED there is nothing in between
    if not isinstance(raw, io.RawIOBase):  # it is no stream of the system
        return stream
    buffered = io.BufferedWriter(cast(Any, Tolerant(raw)))
    return io.TextIOWrapper(buffered, stream.encoding, "replace", line_buffering=not whole)


def output_lost() -> OSError | None:
    """Write out what waits, and return why standard output could not be written; None where all went well."""
    sys.stdout.flush()
    sys.stderr.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    refusal = raw.refusal if isinstance(raw, Tolerant) else None
    return None if refusal is None or refusal.errno in READER_LEFT else refusal
