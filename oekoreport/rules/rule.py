"""Rules: each judges one object at a time; a rulebook holds those of one issuer."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any, TypeAlias

from oekoreport.errors import PluginError, words_of
from oekoreport.findings import Severity
from oekoreport.language import Message, catalogue
from oekoreport.law import Citation, Ground, Pack, Parameter, PublishedCase, cases_on
from oekoreport.law.published import demand_rules
from oekoreport.model import Noun, Project
from oekoreport.rules.case import Case, Issue, TermsInRule
from oekoreport.steps import Kind, step
from oekoreport.surroundings import kept_surroundings

_ = catalogue("oekoreport")


PRODUCT = _("Plausibility check of this program, not a legal rule")
"""The basis of rules that no provision asks for."""


Judge: TypeAlias = Callable[[Any, Case, TermsInRule], Iterator[Issue]]
Each: TypeAlias = Callable[[Case], Iterable[Noun]]


def the_project(case: Case) -> Iterable[Noun]:
    """Return the project as the one object of a rule."""
    return (case.project,)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its code, its legal basis, its severity, the objects that it judges, and published cases on it."""

    code: str
    title: Message
    basis: Ground
    severity: Severity
    each: Each
    judge: Judge
    last: bool = False
    cases: tuple[PublishedCase, ...] = ()

    @property
    def documentation(self) -> Message:
        """The rule's docstring, translated by the catalogue of its package: what holds, Why, Fails, Passes."""
        return Message(inspect.getdoc(self.judge) or "", self.judge.__module__.partition(".")[0])


def rule(  # noqa: PLR0913 - the parts of a rule
    code: str,
    title: Message,
    *,
    basis: Ground,
    severity: Severity = Severity.ERROR,
    each: Each = the_project,
    last: bool = False,
) -> Callable[[Judge], Rule]:
    """Make a rule of a generator ``(object, case, terms)`` that yields an Issue for each thing that is wrong.

    Args:
        code: unique and lasting; waivers name it.
        title: the rule in a few words, for the verdict table.
        basis: the provision that it rests on, a ``Citation`` where its number differs by edition, or ``PRODUCT`` for a
            rule of the product's own.
        severity: an error keeps documents a draft; a warning wants an explanation.
        each: yields the objects to judge; the project itself if left out.
        last: judge it after all others, with their verdicts in the case.
    """

    def make(judge: Judge) -> Rule:
        return Rule(code, title, basis, severity, each, judge, last)

    return make


def rules_in(*modules: ModuleType) -> tuple[Rule, ...]:
    """Return the rules that modules make, in the order of their lines; those that they import are left out."""
    made = ((each, module.__name__) for module in modules for each in vars(module).values())
    return tuple(each for each, name in made if isinstance(each, Rule) and each.judge.__module__ == name)


def with_cases(package: str, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules with the published cases that the package's file ``cases.toml`` has on them, by their codes.

    Raises:
        BadPack: the file cannot be read, or names a rule that is not among them.
    """
    rules = tuple(rules)
    demand_rules(package, (rule.code for rule in rules))
    return tuple(replace(rule, cases=(*rule.cases, *cases_on(package, rule.code))) for rule in rules)


class RulebookFailed(PluginError):
    """A rulebook raised what it must not: whether it binds a project is not known."""

    def __init__(self, name: str, error: BaseException) -> None:
        problem = Message("{kind}: {error}", kind=type(error).__name__, error=words_of(error))
        super().__init__(
            _("The rulebook {name} failed: {problem}", name=name, problem=problem),
            hint=_("Report this to its author, or exclude its plugin by name: --without NAME."),
        )


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rules and dated legal data of one issuer.

    ``applies`` tells whether a project falls under it; rulebooks without it always apply.
    """

    name: str
    title: Message
    edition: str
    rules: tuple[Rule, ...] = ()
    packs: tuple[Pack, ...] = ()
    applies: Callable[[Project], bool] | None = None

    @property
    def defaults(self) -> Mapping[str, Parameter]:
        """The criteria that it sets without confirmation, by name: they hold until a project or a notice sets them."""
        criteria = (pack.parameters.values() for pack in self.packs if pack.level == "criteria")
        return {each.name: each for parameters in criteria for each in parameters if not each.sure}

    def applies_to(self, project: Project) -> bool:
        """Tell whether a project falls under this rulebook.

        Raises:
            RulebookFailed, RulebookStopped: it cannot tell, and nobody else can.
        """
        if self.applies is None:
            return True
        with step(Kind.RULEBOOK, self.name):
            try:
                with kept_surroundings():
                    return bool(self.applies(project))
            except (Exception, SystemExit) as error:
                raise RulebookFailed(self.name, error) from error

    def passages(self, rule: Rule) -> dict[Message | str, list[str]]:
        """Return what a rule rests on, each passage with the names of the editions in which it stands there."""
        if not isinstance(rule.basis, Citation):
            return {rule.basis: []}
        editions: dict[Message | str, list[str]] = {}
        for pack in self.packs:
            editions.setdefault(rule.basis.among([pack]), []).append(pack.name)
        return editions
