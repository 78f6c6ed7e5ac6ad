"""pyHanko: whether it is there, and how it is kept quiet."""

from __future__ import annotations

import logging
from importlib.util import find_spec

from oekoreport.errors import UsageError
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

INSTALL = 'pip install "oekoreport[sign]"'


class SigningNotInstalled(UsageError):
    """Signatures are to be made or read, and the library for it is not installed."""

    def __init__(self) -> None:
        super().__init__(
            _("The part of oekoreport for signatures is not installed."),
            hint=_("Install it with: {command}", command=INSTALL),
        )


def demand_library() -> None:
    """Demand that pyHanko is installed, and let it log nothing: what it finds is told by whoever asked.

    Raises:
        SigningNotInstalled: it is not.
    """
    if find_spec("pyhanko") is None:
        raise SigningNotInstalled
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
