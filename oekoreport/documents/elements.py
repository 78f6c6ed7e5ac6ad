"""Elements of WordprocessingML: their namespaces, and the way up from one to another."""

from __future__ import annotations

from oekoreport.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def above(element: Element, name: str) -> Element:
    """Return the nearest element of this name around an element; None where there is none."""
    return next(element.iterancestors(f"{W}{name}"), None)
