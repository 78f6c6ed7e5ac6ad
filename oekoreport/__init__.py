"""oekoreport: reads what a district holds about a funded round, checks it rule by rule, writes what it owes.

This is the vocabulary of plugin authors; ``oekoreport.kit`` has what plugins are built with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from oekoreport.contract.vocabulary import *  # noqa: F403 - what it imports is the list

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import the vocabulary when a name of it is first used, so that ``oekoreport --help`` stays fast."""
    if name.startswith("__") and name != "__all__":
        raise AttributeError(name)
    from oekoreport.contract import vocabulary

    if name == "__all__":
        return sorted(each for each in vars(vocabulary) if not each.startswith("_"))
    if not hasattr(vocabulary, name):
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(vocabulary, name)
