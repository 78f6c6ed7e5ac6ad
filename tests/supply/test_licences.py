"""Every run-time dependency, and every part in its wheel, has a licence that is known and goes with the EUPL."""

import json
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, requires
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import features

from reference.parts import ROOT, Part, is_allowed, licences, parts

PARTS = tuple(parts())
EXTRAS = ("sign", "subdoc")


def installed(part: Part) -> Distribution:
    try:
        return distribution(part.pin.name)
    except PackageNotFoundError:
        pytest.skip(f"not installed here: {part.pin.marker}")


def stated(found: Distribution) -> str:
    """What a package says of its licence: the expression, else the field, else the classifiers."""
    fields = found.metadata
    classifiers = [each for each in fields.get_all("Classifier") or () if each.startswith("License :: ")]
    lines = [*(fields.get_all("License-Expression") or ()), *(fields.get_all("License") or ("",))[0].split("\n")[:1]]
    return next(filter(None, lines), "; ".join(each.removeprefix("License :: ") for each in classifiers))


def listed(found: Distribution) -> Iterator[dict[str, Any]]:
    """The parts that a wheel lists in its `sboms` and holds."""
    for file in found.files or ():
        if file.parent.name == "sboms":
            components = json.loads(file.read_text(encoding="utf-8")).get("components", [])
            yield from (each for each in components if each.get("scope") != "excluded" and each.get("licenses"))


def needed() -> set[str]:
    """The run-time dependencies as the installed packages name them, followed from oekoreport."""
    found: set[str] = set()
    ahead: list[tuple[str, tuple[str, ...]]] = [("oekoreport", EXTRAS)]
    while ahead:
        name, extras = ahead.pop()
        for each in map(Requirement, requires(name) or ()):
            if each.marker and not any(each.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                continue
            key = canonicalize_name(each.name)
            if key not in found and key != "oekoreport":
                found.add(key)
                ahead.append((key, tuple(each.extras)))
    return found


def test_the_lock_names_what_the_installed_packages_need() -> None:
    assert needed() - {part.pin.name for part in PARTS} == set()


def test_no_licence_is_told_of_what_is_not_installed() -> None:
    assert sorted(licences()["packages"]) == [part.pin.name for part in PARTS]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.pin.name)
def test_a_package_states_the_licence_that_the_page_says(part: Part) -> None:
    assert stated(installed(part)) == part.stated, "read its licence, and write it into requirements/licences.toml"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.pin.name)
def test_a_licence_is_one_that_may_be_depended_on(part: Part) -> None:
    assert is_allowed(part.licence)
    assert [each for each in part.bundles if not is_allowed(each.licence)] == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.pin.name)
def test_what_a_wheel_lists_of_itself_may_be_depended_on(part: Part) -> None:
    refused = []
    for each in listed(installed(part)):
        names = [entry.get("expression") or entry["license"].get("id", "?") for entry in each["licenses"]]
        if each["name"] not in licences()["absent"] and not all(map(is_allowed, names)):
            refused.append((each["name"], names))
    assert refused == []


def test_what_is_said_to_be_absent_is_absent() -> None:
    assert not features.check("libimagequant")
    files = [file.name for file in distribution("pillow").files or ()]
    assert [name for name in files if "imagequant" in name or "libfribidi" in name] == []


def test_no_copyleft_of_networks_or_programs_is_allowed() -> None:
    assert not is_allowed("AGPL-3.0-only")
    assert not is_allowed("GPL-3.0-or-later")
    assert not is_allowed("MIT AND AGPL-3.0-or-later")
    assert not is_allowed("Of our own making")
    assert is_allowed("AGPL-3.0-only OR MIT")


def test_pymupdf_which_is_under_the_agpl_is_for_tests_alone() -> None:
    assert "AFFERO" in stated(distribution("pymupdf")).upper()
    assert {name for name in needed() if "mupdf" in name} == set()


def test_copyleft_that_is_allowed_stands_in_the_appendix_of_our_licence() -> None:
    appendix = " ".join((ROOT / "LICENSE").read_text(encoding="utf-8").partition("Appendix")[2].split())
    assert "GNU Lesser General Public Licence (LGPL) v. 2.1, v. 3" in appendix
    assert "Mozilla Public Licence (MPL) v. 2" in appendix
    assert {name for name in licences()["allowed"] if "GPL" in name or "MPL" in name} == {"LGPL-2.1-only", "MPL-2.0"}
