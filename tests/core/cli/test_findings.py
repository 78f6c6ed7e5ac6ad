"""Findings on the screen: those that read the same are told once, with how many they are."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from click.testing import Result

from oekoreport import Claim, Finding, Importer, Place, Severity, Source
from oekoreport.contract.registry import PluginInfo
from oekoreport.language import Message

Call = Callable[..., Result]


class Grumbler(Importer):
    """Finds the same thing thirteen times in one place, and once in another."""

    name = "grumbler"

    def claims(self, source: Source) -> Claim:
        return Claim.CERTAIN if source.suffix == ".txt" else Claim.NONE

    def read(self, source: Source) -> Iterator[Finding]:
        for line in (1,) * 13 + (2,):
            yield Finding("GRUMBLE", Severity.ERROR, Message("It is wet."), Place(source.name, line=line))


def test_findings_that_read_the_same_are_told_once_and_counted(call: Call, folder: Path, plugin: PluginInfo) -> None:
    (folder / "x.txt").write_text("x")
    plugins = (plugin, PluginInfo("grumbler", "grumbler", "1", importers=(Grumbler(),)))
    lines = call("check", folder, plugins=plugins).stdout.splitlines()
    assert "Errors (14)" in lines
    assert [line for line in lines if "GRUMBLE" in line] == [
        "x.txt: line 1  GRUMBLE  It is wet.  × 13",
        "x.txt: line 2  GRUMBLE  It is wet.",
    ]
    data = json.loads(call("check", folder, "--format", "json", plugins=plugins).stdout)
    assert [each["code"] for each in data["findings"]] == ["GRUMBLE"] * 14
