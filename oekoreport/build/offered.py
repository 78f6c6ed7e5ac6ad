"""What forms offer that the model leaves open: terms of notices, editions of emission factors, rules, confirmations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from oekoreport.contract import Registry
from oekoreport.language import Locale, Message, catalogue
from oekoreport.law import Pack, Parameter
from oekoreport.law.reference.emission_factors import EmissionFactor, emission_factors
from oekoreport.model.grant import Land
from oekoreport.model.project import FactorScope
from oekoreport.records import Origin, Record
from oekoreport.sheets.forms import Offered

_ = catalogue("oekoreport")


def offered(registry: Registry) -> Offered:
    """Return by kind and field what may be written, and what each choice means."""
    packs = list(_packs(registry))
    return {
        ("project", "factor_edition"): _editions(),
        ("project", "factor_year"): dict.fromkeys(_years(), ""),
        ("term", "parameter"): _parameters(packs),
        ("confirmation", "text"): {each.text: each.source for pack in packs for each in pack.confirmations.values()},
        ("waiver", "rule"): {rule.code: rule.title for book in registry.rulebooks for rule in book.rules},
    }


def confirmations(registry: Registry, land: Land) -> list[Record]:
    """Return what the signatory of a report confirms in a Land, as its packs have it; none of it is ticked."""
    texts = {
        each.name: each.text for pack in _packs(registry) if pack.land == land for each in pack.confirmations.values()
    }
    return [Record("confirmation", name, {"text": text}, Origin("")) for name, text in texts.items()]


def _packs(registry: Registry) -> Iterator[Pack]:
    return (pack for book in registry.rulebooks for pack in book.packs)


def _parameters(packs: list[Pack]) -> dict[str, Message | str]:
    """Return the parameters that a notice may set by their German titles, each with what it takes."""
    german = Locale("de")
    known: dict[str, Parameter] = {}
    for pack in packs:
        known |= {german.show(parameter.title): parameter for parameter in pack.parameters.values()}
    return {title: known[title].taken for title in sorted(known)}


def _years() -> list[str]:
    return [str(year) for year in sorted({factor.year for factor in emission_factors() if factor.year}, reverse=True)]


def _editions() -> Mapping[str, Message | str]:
    """Return the editions of tables that have factors by year, each with its years."""
    dated: dict[str, list[EmissionFactor]] = {}
    for factor in emission_factors():
        if factor.year:
            dated.setdefault(factor.edition, []).append(factor)
    return {edition: Message("{years}", years=tuple(_spans(factors))) for edition, factors in dated.items()}


def _spans(factors: list[EmissionFactor]) -> Iterator[Message]:
    for scope in FactorScope:
        years = [factor.year for factor in factors if factor.scope == scope and factor.year]
        if years:
            yield Message("{scope}: {first}–{last}", scope=scope, first=str(min(years)), last=str(max(years)))
