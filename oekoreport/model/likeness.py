"""Likeness: which numbers and names that people typed mean the same thing, and which merely look alike.

What is made here is compared and never printed. A number is told by its letters and digits, a person by the words of
its name, however case, umlauts, marks and legal form are spelled.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

SIGNS = re.compile(r"[\W_]+")
GROUPS = re.compile(r"\d+|[^\W\d_]+")
CONFUSED = str.maketrans({"o": "0", "i": "1", "l": "1"})
"""What typists and text recognition take for each other, as the digit that is mostly meant."""

LIGATURES = str.maketrans({"ß": "ss", "æ": "a", "ø": "o", "œ": "o"})
SPELT_OUT = re.compile(r"(?<=[aou])e")
"""The e of an umlaut that was spelt out (Mueller). Dropped in every name, so it never tells two apart."""

INITIALS = re.compile(r"\b(\w)\.\s?(?=\w\b)")
"""The point between single letters: “B.A.U.M.” and “e. V.” are a word each."""

FLOOR = re.compile(r"\bEG\b|\d\.?\s*[UO]G\b")
"""A storey in an address, in capitals: a cooperative is an “eG”."""

LEGAL_FORMS = frozenset(
    {
        *("gmbh", "ggmbh", "mbh", "ag", "se", "kg", "kgaa", "ohg", "gbr", "ug", "ltd", "inc", "bv"),
        *("eg", "ev", "ek", "ekfr", "aor", "kdor", "partg", "partgmbb", "mbb"),
    }
)
ENDINGS = ("gesellschaft", "gesellschaftmbh", "stiftung", "verein", "verband")
"""Legal forms, and how words end, that make a person of its own of the name beside them; spelled as in ``words``."""

FILLERS = frozenset({"und", "and", "co", "fa", "firma", "haftungsbeschrankt"})
LINES = re.compile(r"[\n\r,;|]+|\s[-–—/]\s")
IN_CARE_OF = re.compile(r"\bc\s?/\s?o\b.*", re.IGNORECASE | re.DOTALL)
SALUTATION = frozenset(["an", "das", "dem", "den", "der", "des", "die", "z", "hd", "zu", "handen"])
OFFICE = re.compile(
    r"herrn?|frau|(ober)?burgermeister(in)?|landrat(in)?|magistrat|(kreis|stadt|gemeinde)kasse|\w*amt"
    r"|(stabs|fach|vergabe|koordinierungs)stelle|\w*(dezernat|referat|abteilung|fachbereich|fachdienst|management)"
)
"""How a line begins that may stand before the name and is still part of its address: an office, somebody in it."""


def canonical(number: str) -> str:
    """Return what tells a number: its letters and digits. “4711 - 20”, “4711/20” and “471120” are one."""
    return SIGNS.sub("", number).casefold()


def look_alike(number: str) -> str:
    """Return what a number looks like: O and 0, l and 1 are one, and zeros in front say nothing (“017” and “17”)."""
    return "".join(_bare(group) for group in GROUPS.findall(number.casefold().translate(CONFUSED)))


def _bare(group: str) -> str:
    return group.lstrip("0") or group


@lru_cache(maxsize=65_536)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: “Müller & Söhne”, “MUELLER & Soehne” are (muller, sohne)."""
    text = INITIALS.sub(r"\1", FLOOR.sub(" ", name)).casefold().translate(LIGATURES)
    text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return tuple(SIGNS.sub(" ", SPELT_OUT.sub("", text)).split())


@lru_cache(maxsize=65_536)
def party(name: str) -> str:
    """Return what tells a person: the words of its name, legal form and fillers left out, written as one."""
    all_words = words(name)
    kept = [word for word in all_words if word not in LEGAL_FORMS and word not in FILLERS]
    return "".join(kept or all_words)


@lru_cache(maxsize=65_536)
def same_party(one: str, other: str) -> bool:
    """Tell whether two names mean one person: but for spelling and legal form the same, or one with words behind it.

    “Beratung Muster GmbH”, “BERATUNG (Muster)” and “Beratung Muster GmbH, Hamm” are one; “Beratung Muster Nord GmbH”
    is another than “Beratung Muster GmbH”: what goes on before the legal form belongs to the name.
    """
    if party(one) == party(other):
        return True
    short, long = sorted((words(one), words(other)), key=len)
    return len(short) > 1 and long[: len(short)] == short and not _forms(long[len(short) :])


@lru_cache(maxsize=65_536)
def is_made_out_to(addressee: str, name: str) -> bool:
    """Tell whether an address is that of a person: the whole name, with lines of the address and offices around it.

    “An den Kreis Soest”, “Kreis Soest – Umweltamt” and “Landrätin des Kreises Soest” are the district. A legal form
    that the name does not have, or other words before it, make another person: “wfg Wirtschaftsförderung Kreis Soest”.
    """
    address, wanted = IN_CARE_OF.sub("", addressee), words(LINES.split(name.strip())[0])
    if not wanted or _forms(words(address)) - _forms(words(name)):
        return False
    for line in LINES.split(address):
        found = _behind_salutation(words(line))
        if found and _begins(found, wanted):
            return True
        if found and not OFFICE.fullmatch(found[0]):
            return False
        if any(_begins(found[start:], wanted) for start in range(len(found))):
            return True
    return False


def _forms(name: Collection[str]) -> set[str]:
    return {word for word in name if word in LEGAL_FORMS or word.endswith(ENDINGS)}


def _behind_salutation(line: Sequence[str]) -> Sequence[str]:
    start = next((index for index, word in enumerate(line) if word not in SALUTATION), len(line))
    return line[start:]


def _begins(line: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether a line begins with a name, inflected or as its administration: Kreises Soest, Stadtverwaltung X."""
    inflected = zip(line, wanted, strict=False)
    return len(line) >= len(wanted) and all(
        word in (part, f"{part}s", f"{part}es", f"{part}verwaltung") for word, part in inflected
    )
