"""What the operating system refuses, told in the reader's language where the reason is a common one."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from functools import cache
from typing import TypeGuard

from oekoreport.errors import OekoreportError
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

NO_PERMISSION = _("no permission")
NO_SPACE = _("no space is left on the drive")

NO_MEMORY = _("there is not enough memory")

REASONS = {
    errno.EACCES: NO_PERMISSION,
    errno.EPERM: NO_PERMISSION,
    errno.ENOSPC: NO_SPACE,
    errno.EDQUOT: NO_SPACE,
    errno.EROFS: _("the drive can only be read"),
    errno.EISDIR: _("it is a folder"),
    errno.ENOTDIR: _("a part of the path is a file"),
    errno.ENOENT: _("it does not exist"),
    errno.EEXIST: _("it exists already"),
    errno.ENAMETOOLONG: _("the name is too long"),
    errno.ETXTBSY: _("another program has it open"),
    errno.EIO: _("the drive or the network connection failed"),
    errno.ESTALE: _("the network drive was disconnected"),
    errno.ENOMEM: NO_MEMORY,
    errno.EFBIG: _("the system allows no file of that size"),
    errno.EMFILE: _("too many files are open"),
    errno.ENFILE: _("too many files are open"),
}
SHARING_VIOLATIONS = frozenset({32, 33})
"""The numbers by which Windows says that another program has a file open; its errno is that of a missing permission."""


OF_THE_SYSTEM = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENFILE}
)
"""What no plugin and no file can be blamed for, and nothing that is done next would escape."""


def give_back() -> None:
    """Give memory that was freed back to the system; glibc would keep it for more, others do so unasked."""
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim


def reason_of(error: OSError) -> Message | str:
    """Return why the system refused; what is not among the common reasons is told in the system's own words."""
    if getattr(error, "winerror", None) in SHARING_VIOLATIONS:
        return _("another program has it open")
    return REASONS.get(error.errno or 0) or error.strerror or str(error)


NO_ROOM = ("can't start new thread", "failed to map segment", "annot allocate memory")
"""How Python and the loader of libraries say that there is no memory for a thread or a library."""


def is_of_the_system(error: BaseException) -> TypeGuard[OSError | MemoryError | RuntimeError | ImportError]:
    """Tell whether an error is the system's own, whoever met it: a full disk, a lost drive, no memory."""
    if isinstance(error, RuntimeError | ImportError):
        return any(text in str(error) for text in NO_ROOM)
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in OF_THE_SYSTEM)


class SystemRefusal(OekoreportError):
    """The operating system refused something that no part of the program has a better word for."""

    def __init__(self, error: OSError | MemoryError | RuntimeError | ImportError) -> None:
        path = error.filename if isinstance(error, OSError) else None
        reason = reason_of(error) if isinstance(error, OSError) else NO_MEMORY
        message = Message("{path}: {reason}", path=str(path), reason=reason)
        super().__init__(message if path else Message("{reason}", reason=reason))
