"""A process without a network, where the system has that: on Linux, a network namespace that nothing leads into.

Nothing of ours asks a network. This holds for what we do not see into as well: libraries, plugins, LibreOffice.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

NEW_USER = 0x10000000
NEW_NETWORK = 0x40000000


def drop_network() -> bool:
    """Leave every network for good, with all programs that this process starts; tell whether the system let it.

    Call it before the process has a second thread.
    """
    if sys.platform != "linux":
        return False
    user, group = os.geteuid(), os.getegid()
    if user == 0:
        return _unshared(NEW_NETWORK)
    if not _unshared(NEW_USER | NEW_NETWORK):
        return False
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")  # the system asks for this before it lets groups be mapped
    (own / "uid_map").write_text(f"{user} {user} 1")
    (own / "gid_map").write_text(f"{group} {group} 1")
    return True


def _unshared(what: int) -> bool:
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    return hasattr(library, "unshare") and library.unshare(what) == 0
