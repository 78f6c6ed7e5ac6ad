"""Faults of the system: whoever meets one, it is nobody's fault and ends the work."""

import errno

import pytest

from oekoreport.contract import ForeignFault, foreign_code
from oekoreport.errors import OekoreportError
from oekoreport.system import SystemRefusal


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "there is not enough memory"),
        (OSError(errno.EMFILE, "Too many open files", "/drive/a"), "/drive/a: too many files are open"),
        (RuntimeError("can't start new thread"), "there is not enough memory"),
        (ImportError("typst.so: failed to map segment from shared object"), "there is not enough memory"),
        (ImportError("libfreetype.so.6: cannot allocate memory in static TLS block"), "there is not enough memory"),
    ],
)
def test_a_fault_of_the_system_is_not_a_plugins(error: Exception, said: str) -> None:
    with pytest.raises(SystemRefusal) as caught, foreign_code(may_raise=OekoreportError):
        raise error
    assert str(caught.value) == said


@pytest.mark.parametrize("error", [RuntimeError("no thread left"), ImportError("no module typst"), OSError("odd")])
def test_another_fault_of_the_same_kind_is_a_plugins(error: Exception) -> None:
    with pytest.raises(ForeignFault), foreign_code(may_raise=OekoreportError):
        raise error
