"""How a contender in Python answers: seconds for all its documents, template included, and its peak memory.

What a contender does before it calls ``answer`` is not timed; ``before_kib`` is what it took of memory until then.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path


def answer(work: Callable[[Path, str], Iterable[bytes]], ending: str = "docx") -> None:
    """Do the work that ``FOLDER KIND`` on the command line asks for and print the answer as JSON.

    ``work`` yields the documents; the last one is kept beside the data, to be looked at.
    """
    folder, kind = Path(sys.argv[1]), sys.argv[2]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    count, size, last = 0, 0, b""
    for last in work(folder, kind):
        count, size = count + 1, size + len(last)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (folder / f"{kind}-{Path(sys.argv[0]).stem}.{ending}").write_bytes(last)
    figures = {"seconds": seconds, "documents": count, "bytes": size, "peak_kib": peak, "before_kib": before}
    print(json.dumps(figures))  # noqa: T201
