"""Elements of WordprocessingML by their local names: the strict and the usual flavour differ in namespaces alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from oekoreport.kit.package import Element, local_name


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of local names; None where it ends early."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local_name(each) == name), None)
    return element


def attribute(element: Element | None, name: str = "val") -> str:
    """Return an attribute by its local name; empty where there is none."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")


def number(element: Element | None, name: str = "val") -> int | None:
    """Return an attribute that is a whole number of a sane size; None for anything else."""
    return _whole(attribute(element, name))


def signed(element: Element | None, name: str) -> int | None:
    """Return an attribute that is a whole number of a sane size, or a negative one; None for anything else."""
    text = attribute(element, name)
    magnitude = _whole(text.removeprefix("-"))
    return -magnitude if magnitude is not None and text.startswith("-") else magnitude


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 9 else None  # noqa: PLR2004


def is_on(element: Element | None) -> bool:
    """Tell whether a property that can be switched is there and on."""
    return element is not None and attribute(element) not in {"0", "false", "off", "none"}


def inside(element: Element, *names: str) -> Iterator[Element]:
    """Yield the descendants of these names, in the document's order."""
    return iter(element.iter(*(f"{{*}}{name}" for name in names)))


def written(element: Element) -> str:
    """Return the text below an element with single spaces, as it is quoted in a finding."""
    return " ".join("".join(each.text or "" for each in inside(element, "t")).split())


def chosen(alternatives: Element) -> Iterable[Element]:
    """Return what Word of today shows of alternative contents, else what is there for older programs."""
    kinds: dict[str, Iterable[Element]] = {local_name(each): each for each in reversed(alternatives)}
    return kinds.get("Choice", kinds.get("Fallback", ()))
