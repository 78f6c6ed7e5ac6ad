"""The project as nouns: frozen, without I/O, each field described once for forms, templates, schema and reference.

In come typed values, or the plain spelling of the JSON schema; out goes a ``Project`` with everything nested in it. A
noun is imported from its own file (``model.receipt.Receipt``); what holds for all of them is handed out here.
"""

from __future__ import annotations

from oekoreport.model.noun import Attribute, Noun, attributes, nested
from oekoreport.model.project import Project
from oekoreport.model.standing import plan_on, standing


def _kinds(noun: type[Noun]) -> dict[str, type[Noun]]:
    found = {noun.kind: noun}
    for info in noun.model_fields.values():
        for part in getattr(info.annotation, "__args__", ()):
            if isinstance(part, type) and issubclass(part, Noun):
                found |= _kinds(part)
    return found


KINDS: dict[str, type[Noun]] = _kinds(Project)
"""Every kind of the model with its class, parents before children."""
