"""The list of parts (SBOM, CycloneDX 1.6) of the run-time dependencies: ``python -m reference.sbom FILE``.

It is made from the lock, not from what is installed: it names the parts of every system, and its bytes are the same
everywhere. It has no time, and its number follows from its content.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from .parts import ROOT, Part, parts


def sbom() -> str:
    """Return the list as JSON."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    product = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        licenses=[LicenseExpression(project["license"])],
    )
    components = [_component(part) for part in parts()]
    bom = Bom(components=components, metadata=BomMetaData(component=product))
    bom.register_dependency(product, components)
    document = json.loads(JsonV1Dot6(bom).output_as_string())
    return _settled(document)


def _settled(document: dict[str, Any]) -> str:
    """Return the document without its time and with a number that follows from the rest."""
    del document["metadata"]["timestamp"], document["serialNumber"]
    number = uuid5(NAMESPACE_URL, json.dumps(document, sort_keys=True))
    return json.dumps(document | {"serialNumber": number.urn}, indent=1, sort_keys=True) + "\n"


def _component(part: Part) -> Component:
    purl = PackageURL("pypi", name=part.pin.name, version=part.pin.version)
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(str(purl)),
        comment="any one of these files is the release",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in part.pin.hashes],
    )
    marker = [Property(name="oekoreport:marker", value=part.pin.marker)] if part.pin.marker else []
    bundled = [_bundled(part, each.part, each.licence) for each in part.bundles]
    return Component(
        name=part.pin.name,
        version=part.pin.version,
        bom_ref=str(purl),
        purl=purl,
        scope=ComponentScope.OPTIONAL if part.extra else ComponentScope.REQUIRED,
        licenses=[LicenseExpression(part.licence)],
        external_references=[files],
        properties=marker,
        components=bundled,
    )


def _bundled(part: Part, name: str, licence: str) -> Component:
    return Component(name=name, bom_ref=f"{part.pin.name}/{name}", licenses=[LicenseExpression(licence)])


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(sbom(), encoding="utf-8")
