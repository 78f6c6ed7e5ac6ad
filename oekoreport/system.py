"""What the operating system refuses, told in the reader's language where the reason is a common one."""

from __future__ import annotations

import errno

from oekoreport.errors import OekoreportError
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

NO_PERMISSION = _("no permission")
NO_SPACE = _("no space is left on the drive")

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
}
SHARING_VIOLATIONS = frozenset({32, 33})
"""The numbers by which Windows says that another program has a file open; its errno is that of a missing permission."""


def reason_of(error: OSError) -> Message | str:
    """Return why the system refused; what is not among the common reasons is told in the system's own words."""
    if getattr(error, "winerror", None) in SHARING_VIOLATIONS:
        return _("another program has it open")
    return REASONS.get(error.errno or 0) or error.strerror or str(error)


class SystemRefusal(OekoreportError):
    """The operating system refused something that no part of the program has a better word for."""

    def __init__(self, error: OSError) -> None:
        reason = reason_of(error)
        message = Message("{path}: {reason}", path=str(error.filename), reason=reason)
        super().__init__(message if error.filename else Message("{reason}", reason=reason))
