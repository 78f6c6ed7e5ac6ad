"""What packs may name: the parameters and the topics of passages, each declared once with its title.

``declared.toml`` beside this module has those that figures and shared provisions ask for; a plugin declares its own in
``packs/declared.toml``. ``[questions.MATTER]`` there has what the authority is asked where a parameter is not sure::

    [parameters]
    minimum_grant = { title = "Bagatellgrenze", sort = "number", unit = "EUR" }

    [questions.plan]
    minimum_grant = "Welche Bagatellgrenze gilt für diese Zuwendung?"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Self

from oekoreport.law.facts import Matter, Parameter, Sort
from oekoreport.law.strict import TomlTable, Wanted, read_toml

FILE = "declared.toml"
DECLARATION: Mapping[str, Wanted] = {"title": str, "sort": tuple(Sort), "unit": str, "choices": dict}


@dataclass(frozen=True, slots=True)
class Declared:
    """The names that a pack may use: parameters that nobody has given a value yet, and topics with their titles."""

    parameters: Mapping[str, Parameter]
    topics: Mapping[str, str]

    @classmethod
    def from_toml(cls, text: str, file: str) -> Self:
        """Read declarations.

        Raises:
            BadPack: the text has something else.
        """
        table = read_toml(text, file)
        table.read({"parameters": dict, "passages": dict, "questions": dict})
        parameters = {name: _parameter(name, entry) for name, entry in table.table("parameters").tables()}
        questions, topics = table.table("questions"), table.table("passages")
        questions.read(dict.fromkeys(Matter, dict))
        for matter, asked in questions.tables():
            for name, question in asked.read(dict.fromkeys(parameters, str)).items():
                parameters[name] = replace(parameters[name], question=question, matter=Matter(matter))
        return cls(parameters, {topic: topics.value(topic, str) for topic in topics.values})


@cache
def declared_in(package: str) -> Declared:
    """Return what the packs of a package may name: what the core declares, and what its own ``packs`` folder does.

    Raises:
        BadPack: a file of declarations cannot be read.
    """
    core = _read(files("oekoreport.law"), "oekoreport/law")
    own = _read(files(package) / "packs", f"{package}/packs")
    return Declared({**core.parameters, **own.parameters}, {**core.topics, **own.topics})


def _read(folder: Traversable, path: str) -> Declared:
    file = folder / FILE
    return Declared.from_toml(file.read_text(encoding="utf-8") if file.is_file() else "", f"{path}/{FILE}")


def _parameter(name: str, entry: TomlTable) -> Parameter:
    said = entry.read(DECLARATION, required=("title", "sort"))
    choices, sort = entry.table("choices"), Sort(said["sort"])
    words = choices.read(dict.fromkeys(choices.values, str))
    return Parameter(
        name,
        said["title"],
        unit=said.get("unit", ""),
        choices=tuple(words),
        words=tuple(words.values()),
        sort=sort,
    )
