"""The list of parts fits its schema, names every run-time dependency, and has the same bytes each time."""

import json
import subprocess
import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from reference.parts import pins
from reference.sbom import sbom

DOCS = Path(__file__).parents[2] / "docs"


def test_the_list_fits_its_schema() -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom()) is None


def test_each_run_time_dependency_is_in_it_with_release_licence_and_hashes() -> None:
    components = {each["name"]: each for each in json.loads(sbom())["components"]}
    assert set(components) == {pin.name for pin in pins("extras")}
    docxtpl = components["docxtpl"]
    assert (docxtpl["scope"], docxtpl["purl"]) == ("required", "pkg:pypi/docxtpl@0.20.2")
    assert docxtpl["licenses"] == [{"expression": "LGPL-2.1-only"}]
    (pin,) = (pin for pin in pins("run") if pin.name == "docxtpl")
    assert {each["content"] for each in docxtpl["externalReferences"][0]["hashes"]} == set(pin.hashes)
    assert components["docxcompose"]["scope"] == "optional"
    assert "iconv" in {each["name"] for each in components["lxml"]["components"]}


def test_another_process_in_another_folder_writes_the_same_bytes(tmp_path: Path) -> None:
    for number, zone in enumerate(("UTC", "Pacific/Auckland")):
        environment = {"PYTHONPATH": str(DOCS), "PYTHONHASHSEED": str(number), "TZ": zone}
        target = tmp_path / f"{number}" / "sbom.json"
        command = [sys.executable, "-m", "reference.sbom", str(target)]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True)
        assert target.read_text(encoding="utf-8") == sbom()
    assert "timestamp" not in sbom()
