"""How long docxtpl would look for the ends of tags: its expressions seek each anew, and some in all ways at once.

A template that is right costs next to nothing, whatever its length; one that was made to cost hours is told before.
"""

from __future__ import annotations

import re

from oekoreport.documents.tags import CLOSING, MARKUP

FARTHEST = 50_000_000
"""The most characters that are passed over in search of the ends of a part's tags: half a second for each search."""

BLANKS = re.compile(r"(?:colspan|cellbg)\s{50}")
MERGED = re.compile(r"\{%\s*[vh]m\s*%\}")
MARKS = re.compile(r"\{[{%#]|-?%\}|\}\}|#\}|<w:t[ >]")


def readable(xml: str) -> bool:
    """Tell whether docxtpl puts the tags of a part in order in a few seconds."""
    if "{" not in xml and "%}" not in xml:
        return True
    farthest = max(_reach(xml), _reach(MARKUP.sub("", xml)), _merging(xml))
    return farthest <= FARTHEST and not BLANKS.search(xml)


def _reach(text: str) -> int:
    """Return how many characters a reader of the tags passes over in search of their ends.

    Each tag is sought up to its end; one that never ends, up to the end of the text.
    """
    ends = dict.fromkeys(CLOSING.values(), len(text))
    text_begins = len(text)
    passed = 0
    for found in reversed([*MARKS.finditer(text)]):
        at, mark = found.start(), found[0]
        if mark == "-%}":  # joins its paragraph with the next
            passed += text_begins - at
            ends["%}"] = at
        elif mark in ends:
            ends[mark] = at
        else:
            passed += ends[CLOSING[mark]] - at if mark in CLOSING else 0
            text_begins = at
    return passed


def _merging(xml: str) -> int:
    """Return how many ways there are to read the rest of the cells that a loop merges."""
    ways = 0
    for found in MERGED.finditer(xml):
        end = xml.find("</w:tc>", found.end())
        rest = xml[found.end() : end if end >= 0 else len(xml)]
        ways += len(rest) + rest.count("</w:tcPr") * rest.count("<w:t") * rest.count(">") * len(rest)
    return ways
