"""``oekoreport plugin list``: what is installed, what it offers, and what is broken."""

import json
from collections.abc import Callable

from click.testing import Result

from oekoreport.contract.registry import PluginInfo
from oekoreport.language import Message

Call = Callable[..., Result]

BROKEN = PluginInfo("torn", "torn-plugin", "0.3", problem=Message("raises ImportError: no module"))


TINY_LAW: dict[str, object] = {
    "name": "tiny",
    "title": "Tiny law",
    "level": "criteria",
    "land": None,
    "valid_from": None,
    "valid_to": None,
    "read": "nothing",
    "extends": None,
    "status": "unconfirmed",
    "source": "hearsay",
    "parameters": [
        {
            "name": "tiny.length",
            "title": "Longest title",
            "value": "30",
            "unit": "",
            "status": "unconfirmed",
            "source": "hearsay",
            "presence": "value",
            "passage": None,
            "dated": [],
        }
    ],
    "passages": [],
}


def test_plugins_are_listed_with_what_they_offer(call: Call) -> None:
    result = call("plugin", "list")
    assert result.exit_code == 0
    words = result.stdout.split()
    assert words[words.index("tiny") :][:6] == ["tiny", "tiny-plugin", "1.0", "importers:", "lines", "exporters:"]
    assert "rulebooks: tiny 1 (2 rules)" in result.stdout
    assert "law: tiny (unconfirmed)" in result.stdout


def test_a_broken_plugin_is_named_with_its_reason(call: Call, plugin: PluginInfo) -> None:
    result = call("plugin", "list", plugins=(plugin, BROKEN))
    assert result.exit_code == 1
    assert "torn is broken: raises ImportError: no module\n" in result.stdout
    assert "torn-plugin 0.3" in result.stdout


def test_json(call: Call, plugin: PluginInfo) -> None:
    torn, tiny = sorted(
        json.loads(call("plugin", "list", "--format", "json", plugins=(plugin, BROKEN)).stdout),
        key=lambda each: each["name"],
        reverse=True,
    )
    assert torn["problem"] == "raises ImportError: no module"
    assert tiny == {
        "name": "tiny",
        "distribution": "tiny-plugin",
        "version": "1.0",
        "importers": ["lines"],
        "exporters": ["listing"],
        "rulebooks": [{"name": "tiny", "edition": "1", "rules": 2, "packs": [TINY_LAW]}],
        "templates": [],
        "problem": None,
    }
