"""Nesting: children are put into their parents, and what refers to an object that is not there is told."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from oekoreport.findings import Finding, Severity
from oekoreport.language import Message, catalogue
from oekoreport.model import KINDS, Attribute, Noun, Project, attributes, nested
from oekoreport.model.likeness import party
from oekoreport.records.merging import Merged
from oekoreport.records.scoping import Plans, says_new

_ = catalogue("oekoreport")

COMPARED = 1_000
"""Above this many keys no “did you mean” is computed: difflib needs a second for 100,000."""


def check_references(merged: Merged, plans: Plans) -> Iterator[Finding]:
    """Let every reference hold the key of what it means; one to nothing becomes unknown, and a finding."""
    for kind, nouns in merged.nouns.items():
        for attribute in attributes(KINDS[kind]):
            if not attribute.refers:
                continue
            certain = plans.certain(KINDS[kind], attribute)
            for noun in list(nouns.values()):
                key = getattr(noun, attribute.name)
                if key is None or key in certain:
                    continue
                meant = plans.meant(noun, attribute, key)
                known = meant[0] if len(meant) == 1 else None
                nouns[noun.key] = noun.model_copy(update={attribute.name: known})
                if known is None and not says_new(KINDS[kind], attribute, key):
                    yield _dangling(merged, noun, attribute, key, meant)


def _dangling(merged: Merged, noun: Noun, attribute: Attribute, key: str, meant: tuple[str, ...]) -> Finding:
    label = KINDS[attribute.refers].label
    place = merged.origins[noun.identity].place(attribute.name)
    if meant:
        message = _(
            "{label}: “{key}” of an older plan has become several lines: {lines}.", label=label, key=key, lines=meant
        )
        hint = _("Write the key of the line that is meant.")
    else:
        message, hint = (
            _("{label}: “{key}” does not exist.", label=label, key=key),
            _meant(key, merged.nouns[attribute.refers]),
        )
    return Finding("DATA-REFERENCE", Severity.ERROR, message, place, noun.identity, hint=hint, found=key)


def _meant(key: str, known: Collection[str]) -> Message:
    """Return the way out for a key that nothing has: the one that was meant, if one is near."""
    close = difflib.get_close_matches(key, known, n=1) if len(known) <= COMPARED else []
    return _("Did you mean “{close}”?", close=close[0]) if close else _("Write the key of an existing entry.")


class Nest:
    """Puts the objects of a project together, from the leaves to the root; ``findings`` are what does not fit."""

    def __init__(self, merged: Merged) -> None:
        self.findings: list[Finding] = []
        self._merged = merged
        self._names: dict[str, dict[str, list[str]]] = {}

    def project(self) -> Project:
        """Return the root with all that belongs to it."""
        children: dict[tuple[str, str], dict[str, list[Noun]]] = defaultdict(lambda: defaultdict(list))
        for kind in reversed([kind for kind in KINDS if kind != "project"]):
            parent_kind = KINDS[kind].parent
            for noun in self._merged.nouns[kind].values():
                filled = self._filled(noun, children.pop(noun.identity, {}))
                parent = "" if parent_kind == "project" else self._merged.parents[noun.identity]
                if parent_kind == "project" or parent in self._merged.nouns[parent_kind]:
                    children[parent_kind, parent][kind].append(filled)
                else:
                    self.findings.append(self._orphan(noun, parent))
        roots = list(self._merged.nouns["project"].values()) or [Project(key="project")]
        self._report_surplus(roots[1:])
        root = self._filled(roots[0], children.pop(("project", ""), {}))
        assert isinstance(root, Project)  # noqa: S101 - the kind says so
        return root

    def _filled(self, noun: Noun, children: Mapping[str, list[Noun]]) -> Noun:
        if not children:
            return noun
        update: dict[str, object] = {}
        for kind, nouns in children.items():
            name, many = nested(type(noun))[kind]
            update[name] = tuple(nouns) if many else nouns[0]
            if not many:
                self._report_surplus(nouns[1:])
        return noun.model_copy(update=update)

    def _report_surplus(self, nouns: Sequence[Noun]) -> None:
        self.findings += [
            Finding(
                "DATA-TWICE",
                Severity.ERROR,
                _("A project has only one entry of this kind ({label}); this is a second one.", label=noun.label),
                self._merged.origins[noun.identity].place(),
                noun.identity,
                hint=_("Delete the row that is wrong."),
            )
            for noun in nouns
        ]

    def _orphan(self, noun: Noun, parent: str) -> Finding:
        own, label = noun.label, KINDS[noun.parent].label
        place = self._merged.origins[noun.identity].place()
        if len(candidates := self._called(noun.parent, parent)) > 1:
            message = _(
                "{own} belongs to “{parent}”, which may mean several ({label}): {keys}.",
                own=own,
                parent=parent,
                label=label,
                keys=tuple(candidates),
            )
            hint = _("Write the key of the one that is meant.")
            return Finding("DATA-PARENT", Severity.ERROR, message, place, noun.identity, hint=hint)
        message = (
            _("{own} belongs to “{parent}”, but there is no such entry ({label}).", own=own, parent=parent, label=label)
            if parent
            else _("{own} does not say what it belongs to ({label}).", own=own, label=label)
        )
        hint = _meant(parent, self._merged.nouns[noun.parent])
        return Finding("DATA-PARENT", Severity.ERROR, message, place, noun.identity, hint=hint)

    def _called(self, kind: str, text: str) -> Sequence[str]:
        """Return the keys of the objects that have a name, or belong to one that has it: the sites of a company."""
        if kind not in self._names:
            names = self._names[kind] = defaultdict(list)
            for key, noun in self._merged.nouns[kind].items():
                owner = self._merged.nouns[noun.parent].get(self._merged.parents[noun.identity])
                for name in {party(text) for each in (noun, owner) if each for text in _texts(each)}:
                    names[name].append(key)
        return self._names[kind].get(party(text), ())


def _texts(noun: Noun) -> tuple[str, ...]:
    """Return what an object may be called by."""
    return (noun.key, name) if isinstance(name := getattr(noun, "name", None), str) else (noun.key,)
