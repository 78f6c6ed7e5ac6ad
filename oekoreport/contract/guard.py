"""Calling code of plugins: whatever it raises is told as that plugin's fault and harms nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from oekoreport.errors import OekoreportError, words_of
from oekoreport.language import Message
from oekoreport.surroundings import kept_surroundings
from oekoreport.system import SystemRefusal, is_of_the_system


class ForeignFault(OekoreportError):
    """A plugin's code raised what the contract does not provide for: ``ValueError: a round``, told by the caller."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(Message("{kind}: {error}", kind=type(error).__name__, error=words_of(error)))


@contextmanager
def foreign_code(*, may_raise: type[OekoreportError], ours: bool = False) -> Iterator[None]:
    """Run a plugin's code within ``with``; afterwards the surroundings are as before, whatever it made of them.

    Args:
        may_raise: the errors that the contract lets this code raise; they pass as they are.
        ours: a built-in plugin, which is known to leave its surroundings alone, is called so often that keeping them
            would take longer than the call.

    Raises:
        SystemRefusal: the system failed while it ran; that is no fault of the plugin, and ends the work.
        ForeignFault: it raised anything else, ``sys.exit()`` included, or left what cannot be put back. The user's own
            Ctrl+C passes.
    """
    try:
        with nullcontext() if ours else kept_surroundings():
            yield
    except (KeyboardInterrupt, SystemRefusal, may_raise):
        raise
    except BaseException as error:
        if is_of_the_system(error):
            raise SystemRefusal(error) from error
        raise ForeignFault(error) from error
