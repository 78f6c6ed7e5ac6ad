"""Published cases: what courts of audit and courts found where a rule was not kept, as data.

A package has them in its file ``cases.toml``, beside the rules that they are about::

    [[case]]
    rules = ["discount_forgone"]
    body = "Landesrechnungshof Brandenburg"
    report = "Jahresbericht 2017, 13.2.2.2"
    year = 2017
    land = "BB"
    happened = "Eine Arbeitsgemeinschaft verzichtete 29-mal auf Skonto, zusammen 521,90 Euro."
    amount = 521.90
    source = "Jahresbericht 2017, Volltext"
    status = "confirmed"

``rules`` names the codes of rules, or provisions by the name of their function. ``year`` is the one that the citation
bears. ``happened`` is told in words of our own and says what ``amount`` (EUR) is. The status is ``confirmed`` where
the source's own text was read, be it its beginning, else ``secondary``. Without ``land`` the case is one of the Bund
or of the EU.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from oekoreport.language import Message
from oekoreport.law.facts import Status
from oekoreport.law.strict import TomlTable, UnknownWord, Wanted, WrongSort, read_toml
from oekoreport.model.grant import Land
from oekoreport.units import Amount, euro

FILE = "cases.toml"

CASE: Mapping[str, Wanted] = {
    "rules": list,
    "body": str,
    "report": str,
    "year": Decimal,
    "land": tuple(Land),
    "happened": str,
    "amount": Decimal,
    "source": str,
    "status": (Status.CONFIRMED, Status.SECONDARY),
}
REQUIRED = [key for key in CASE if key not in ("land", "amount")]


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """A case that somebody published: who found what, where it stands, and how it was read."""

    rules: tuple[str, ...]
    body: str
    report: str
    year: int
    happened: str
    source: str
    status: Status
    land: str = ""
    amount: Amount | None = None

    @property
    def reference(self) -> Message:
        """Where it stands, as it is cited, marked where the source's own text was not read."""
        if self.status.sure:
            return Message("{body}, {report}", body=self.body, report=self.report)
        return Message("{body}, {report} ({status})", body=self.body, report=self.report, status=self.status.label)


@cache
def cases_in(package: str) -> tuple[PublishedCase, ...]:
    """Return the published cases of a package, in the order of its file.

    Raises:
        BadPack: the file cannot be read.
    """
    text = (files(package) / FILE).read_text(encoding="utf-8")
    return tuple(_cases(read_toml(text, f"{package}/{FILE}")))


def cases_on(package: str, rule: str) -> tuple[PublishedCase, ...]:
    """Return those of a package's published cases that are on a rule or a provision.

    Raises:
        BadPack: the file cannot be read.
    """
    return tuple(case for case in cases_in(package) if rule in case.rules)


def demand_rules(package: str, known: Iterable[str]) -> None:
    """Refuse a package whose cases name a rule that is not known; the error offers the nearest one, or all.

    Raises:
        BadPack: one does, or the file cannot be read.
    """
    names = set(known)
    for name in (name for case in cases_in(package) for name in case.rules):
        if name not in names:
            raise UnknownWord(TomlTable(f"{package}/{FILE}", "case", {}), name, names)


def _cases(table: TomlTable) -> Iterator[PublishedCase]:
    table.read({"case": list})
    for entry in table.repeated("case"):
        said = entry.read(CASE, required=REQUIRED)
        if not all(isinstance(name, str) for name in said["rules"]):
            raise WrongSort(entry, "rules", str)
        said["rules"], said["year"], said["status"] = tuple(said["rules"]), int(said["year"]), Status(said["status"])
        said["amount"] = euro(said["amount"]) if "amount" in said else None
        yield PublishedCase(**said)
