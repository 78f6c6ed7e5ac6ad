"""What the tests of reach share: a listener that must stay silent."""

from collections.abc import Iterator

import pytest

from tests.attacks.listening import Listener


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as listening:
        yield listening
