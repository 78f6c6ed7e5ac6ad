"""What one build of the demo does once: build the values of a paper; read, open, mark and compile a template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import Environment

from oekoreport import shipped_templates
from oekoreport.build import contexts, pipeline
from oekoreport.build.demo import write_demo
from oekoreport.build.manifest import Order
from oekoreport.contract.registry import Registry
from oekoreport.documents.filling import Template
from oekoreport.documents.filling.template import compiled
from oekoreport.documents.papers import Paper, PaperExporter
from oekoreport.documents.proof import Fault, proof
from oekoreport.documents.word.marks import read
from oekoreport.documents.word.part import understood
from oekoreport.documents.word.source import opened
from oekoreport.report import Rendered

TEMPLATES = shipped_templates("funding").parent


@dataclass
class Seen:
    """What happened in a build, in order."""

    papers: list[Paper] = field(default_factory=list)
    checked: list[Mapping[str, object]] = field(default_factory=list)
    filled: list[Mapping[str, object]] = field(default_factory=list)
    read: list[Path] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """Build the demo as a new process would, and note what happens."""
    seen, registry = Seen(), Registry.discover()
    folder = tmp_path_factory.mktemp("demo") / "runde"
    write_demo(folder, Registry.discover())
    for kept in (compiled, opened, understood, read):
        kept.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contexts, "_CLEAN", set())
        watch_papers(patch, registry, seen)
        watch_templates(patch, seen)
        watch_libraries(patch, seen)
        pipeline.build(folder, registry, Order())
        yield seen


def watch_papers(patch: pytest.MonkeyPatch, registry: Registry, seen: Seen) -> None:
    for kind in {type(exporter) for exporter in registry.exporters if isinstance(exporter, PaperExporter)}:

        def papers(*arguments: Any, said: Any = kind.papers) -> Iterable[Paper]:
            for paper in said(*arguments):
                seen.papers.append(paper)
                yield paper

        patch.setattr(kind, "papers", papers)


def watch_templates(patch: pytest.MonkeyPatch, seen: Seen) -> None:
    fill, read = Template.render, Path.read_bytes

    def checked(content: bytes, values: Iterable[Mapping[str, object]], *others: Any) -> tuple[Fault, ...]:
        seen.checked += values
        return proof(content, values, *others)

    def filled(template: Template, values: Mapping[str, object], **others: Any) -> Rendered:
        seen.filled.append(values)
        return fill(template, values, **others)

    def read_bytes(path: Path) -> bytes:
        seen.read += [path] if path.suffix in {".docx", ".typ"} and path.is_relative_to(TEMPLATES) else []
        return read(path)

    patch.setattr(contexts, "proof", checked)
    patch.setattr(Template, "render", filled)
    patch.setattr(Path, "read_bytes", read_bytes)


def watch_libraries(patch: pytest.MonkeyPatch, seen: Seen) -> None:
    def count(kind: type, name: str) -> None:
        done = getattr(kind, name)

        def counted(*arguments: Any, **others: Any) -> Any:
            seen.calls[name] += 1
            return done(*arguments, **others)

        patch.setattr(kind, name, counted)

    count(DocxTemplate, "init_docx")
    count(DocxTemplate, "patch_xml")
    count(Environment, "compile")


def test_the_values_of_a_paper_are_built_once_and_its_template_is_checked_with_the_same(seen: Seen) -> None:
    built = [id(paper.context) for paper in seen.papers if paper.typst_alone is None]
    assert len(built) == 1 + 1 + 2 + 1 + 1 + 1 + 13 + 1  # the papers of the grant, certificates, register
    assert Counter(map(id, seen.filled)) == Counter(map(id, seen.checked)) == Counter(built)


def test_a_template_is_read_once(seen: Seen) -> None:
    used = {name for paper in seen.papers for name in (paper.word, paper.typst) if name}
    assert Counter(seen.read) == Counter({TEMPLATES / name: 1 for name in used})


def test_a_word_template_is_opened_once_and_each_of_its_parts_marked_and_compiled_once(seen: Seen) -> None:
    used = {paper.word for paper in seen.papers}
    parts = [part for name in used for part in opened((TEMPLATES / name).read_bytes()).parts]
    sources = {part.marked for part in parts}  # a footer may be that of another template
    assert seen.calls == {"init_docx": len(used), "patch_xml": len(parts), "compile": len(sources)}
