"""Elements of WordprocessingML: their namespaces, and the way up from one to another."""

from __future__ import annotations

from oekoreport.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def above(element: Element, name: str) -> Element:
    """Return an element's nearest ancestor of this name; None if it has no such ancestor."""
    return next(element.iterancestors(f"{W}{name}"), None)
