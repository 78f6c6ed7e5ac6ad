"""The page of promises: each names a test that is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+?)(?:::(\w+))?`", PAGE)))


@pytest.mark.parametrize(("place", "name"), NAMED)
def test_a_promise_names_a_test_that_is_there(place: str, name: str) -> None:
    path = ROOT / place
    assert path.exists()
    assert not name or f"\ndef {name}(" in path.read_text(encoding="utf-8")


def test_each_promise_names_a_test() -> None:
    chapters = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
    for chapter in chapters:
        for promise in re.split(r"^\*\*", chapter, flags=re.MULTILINE)[1:]:
            assert "`tests/" in promise, promise.splitlines()[0]
