"""What plugin authors import: pinned, and imported only when it is used."""

import subprocess
import sys

import pytest

import oekoreport


def test_every_name_of_the_vocabulary_can_be_imported() -> None:
    for name in oekoreport.__all__:
        assert getattr(oekoreport, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Reciept'"):
        _ = oekoreport.Reciept


def test_the_core_of_the_vocabulary_stays() -> None:
    contract = {
        "Document",
        "Exporter",
        "Importer",
        "NoOptions",
        "Report",
        "Rulebook",
        "TemplateFolder",
        "hookimpl",
        "rule",
    }
    assert contract | {"Claim", "Finding", "Origin", "Place", "Record", "Severity", "Source"} <= set(oekoreport.__all__)


def test_importing_the_package_loads_no_library() -> None:
    code = "import oekoreport, sys; print({'pydantic', 'pluggy', 'babel', 'lxml'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
