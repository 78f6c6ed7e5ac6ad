"""The lock pins everything that pyproject.toml asks for, each release by the hashes of its files."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from reference.parts import pins

ROOT = Path(__file__).parents[2]
FILES = ("build", "run", "extras", "test", "dev", "tools")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]


def asked(name: str) -> list[Requirement]:
    """What a file of the lock is made from."""
    run = PROJECT["project"]["dependencies"]
    wanted = {
        "build": PROJECT["build-system"]["requires"],
        "run": run,
        "extras": run + EXTRAS["sign"] + EXTRAS["subdoc"],
        "test": run + EXTRAS["sign"] + EXTRAS["subdoc"] + EXTRAS["test"],
        "dev": run + EXTRAS["sign"] + EXTRAS["subdoc"] + EXTRAS["test"] + EXTRAS["dev"],
        "tools": PROJECT["dependency-groups"]["tools"],
    }[name]
    return [each for each in map(Requirement, wanted) if each.name != "oekoreport"]


@pytest.mark.parametrize("name", FILES)
def test_the_lock_pins_what_pyproject_asks_for(name: str) -> None:
    releases = {pin.name: pin.version for pin in pins(name)}
    for requirement in asked(name):
        pinned = releases.get(canonicalize_name(requirement.name))
        assert pinned is not None, f"{requirement}: run make lock"
        assert requirement.specifier.contains(pinned, prereleases=True), f"{requirement} is {pinned}: run make lock"


@pytest.mark.parametrize("name", FILES)
def test_every_release_has_hashes_and_no_registry_is_named(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert len(pins(name)) == len(re.findall(r"^[\w.-]+==", text, re.MULTILINE))
    assert all(pin.hashes for pin in pins(name))
    assert not re.search(r"://|^ *-(?!-hash)|^-", text, re.MULTILINE)


def test_a_smaller_set_is_part_of_the_larger() -> None:
    dev = {(pin.name, pin.version, pin.hashes) for pin in pins("dev")}
    for name in ("build", "run", "extras", "test"):
        assert {(pin.name, pin.version, pin.hashes) for pin in pins(name)} <= dev, name


def test_wheels_of_every_system_are_in_the_lock() -> None:
    """One hash for each file of a release: typst has wheels of three systems, and its sources."""
    (typst,) = (pin for pin in pins("run") if pin.name == "typst")
    assert len(typst.hashes) > len(("linux", "macos", "windows", "sources"))
    assert {pin.name: pin.marker for pin in pins("dev")}["colorama"] == "os_name == 'nt' or sys_platform == 'win32'"


def test_the_tests_run_on_what_is_locked() -> None:
    found = {}
    for pin in pins("test"):
        if pin.marker is None:
            try:
                found[pin.name] = version(pin.name)
            except PackageNotFoundError:
                found[pin.name] = "missing"
    assert found == {pin.name: pin.version for pin in pins("test") if pin.marker is None}, "run: make"
