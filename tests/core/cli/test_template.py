"""``oekoreport template``: what Word templates may name, and their faults as text, JSON, SARIF and comments."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import docx
import jsonschema
import pytest
from click.testing import Result

from oekoreport import Document, Exporter, NoOptions, Report, TemplateFolder
from oekoreport.contract.registry import PluginInfo
from oekoreport.documents.filling import Template
from oekoreport.documents.papers import Paper, PaperExporter
from oekoreport.documents.proof import Kind
from oekoreport.documents.views.view import Fields
from oekoreport.documents.views.views import context
from oekoreport.language import Message

Call = Callable[..., Result]

GOOD = "{{ project.title }}"
BAD = "Runde {{ project.titel }} und {{ participants }}"


class Letters(PaperExporter[NoOptions]):
    """Fills one template for each project."""

    name = "letters"
    title = Message("Letters")
    options = NoOptions
    placeholder_titles: ClassVar[Mapping[str, Message]] = {
        "calls": Message("Calls for money"),
        "call.number": Message("Number of the call"),
        "call.places": Message("Places of the call"),
    }

    def papers(self, report: Report, options: NoOptions) -> Iterator[Paper]:  # noqa: ARG002 - it has none
        yield Paper(("letter",), "", values(report), word="letters/letter.docx")


def values(report: Report) -> dict[str, object]:
    call = Fields("call", {"number": "1", "date": "3.5.2021", "places": ["Soest"]})
    return {**context(report), "calls": [call]}


def written(path: Path, *paragraphs: str, header: str = "") -> Path:
    file = docx.Document()
    for text in paragraphs:
        file.add_paragraph(text)
    file.sections[0].header.paragraphs[0].text = header
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(path))
    return path


@pytest.fixture
def plugins(plugin: PluginInfo, tmp_path: Path) -> tuple[PluginInfo, ...]:
    """The tiny plugin, and one that fills a Word template."""
    shipped = tmp_path / "shipped"
    written(shipped / "letter.docx", GOOD)
    letters = PluginInfo("letters", "letters-plugin", "1", exporters=(Letters(),))
    return plugin, replace(letters, templates=(TemplateFolder("letters", shipped),))


@pytest.fixture
def ask(call: Call, plugins: tuple[PluginInfo, ...]) -> Call:
    def ask(*arguments: object) -> Result:
        return call("template", *arguments, plugins=plugins)

    return ask


# --- fields ----------------------------------------------------------------------------------------------------------


def test_the_templates_that_there_are(ask: Call, schemas: dict[str, Any]) -> None:
    result = ask("fields")
    assert result.exit_code == 0
    assert "letters/letter.docx" in result.stdout
    data = json.loads(ask("fields", "--format", "json").stdout)
    jsonschema.validate(data, schemas["template fields --format json"])
    assert data["templates"] == [{"template": "letters/letter.docx", "exporter": "letters", "title": "Letters"}]


def test_everything_that_a_template_may_name(ask: Call, schemas: dict[str, Any]) -> None:
    result = ask("fields", "letter", "--format", "json")
    assert result.stdout.isascii()
    data = json.loads(result.stdout)
    jsonschema.validate(data, schemas["template fields TEMPLATE --format json"])
    found = {(*each["loops"], each["written"]): each for each in data["placeholders"]}
    co2 = found["{% for p in participants %}", "{{ p.savings.co2 }}"]
    assert (co2["title"], co2["unit"], co2["example"]) == (
        "CO2 saved per year",
        "t/a",
        "241,8\u00a0t/a".replace("\u00a0", " "),
    )
    assert found["{{ recipient.name }}",]["title"] == "Name"
    assert (
        "{% for p in participants %}",
        "{% for s in p.sites %}",
        "{% for m in s.measures %}",
        "{{ m.title }}",
    ) in found


def test_an_exporter_says_what_the_names_mean_that_it_adds(ask: Call) -> None:
    data = json.loads(ask("fields", "letter", "--format", "json").stdout)
    titles = {(*each["loops"], each["written"]): each["title"] for each in data["placeholders"]}
    calls, places = "{% for c in calls %}", "{% for p in c.places %}"
    assert titles[calls,] == "Calls for money"
    assert titles[calls, "{{ c.number }}"] == "Number of the call"
    assert titles[calls, "{{ c.date }}"] == ""
    assert titles[calls, places, "{{ p }}"] == titles[calls, places] == "Places of the call"


def test_examples_come_from_the_project_that_is_named(ask: Call, folder: Path) -> None:
    data = json.loads(ask("fields", "letter", "--project", folder, "--format", "json").stdout)
    assert "A round" in {each["example"] for each in data["placeholders"] if each["name"] == "project.title"}


def test_a_search_shows_what_is_called_so(ask: Call) -> None:
    shown = ask("fields", "letter", "--search", "recipient.name").stdout
    assert "{{ recipient.name }}" in shown
    assert "participants" not in shown
    assert "{{ recipient.name }}" in ask("fields", "letter", "--search", "nmae").stdout
    assert "No name or title contains “xyzzy”." in ask("fields", "letter", "--search", "xyzzy").stdout
    without = ask("fields", "--search", "recipient")
    assert without.exit_code == 2
    assert without.stderr.startswith("Error: Which template should be searched?")


def test_a_template_that_nobody_fills(ask: Call) -> None:
    result = ask("fields", "lettr.docx")
    assert result.exit_code == 2
    assert result.stderr == "Error: No exporter uses a Word template “lettr.docx”.\n  Did you mean “letter.docx”?\n"


# --- check -----------------------------------------------------------------------------------------------------------


def test_every_fault_is_told_with_place_text_and_way_out(ask: Call, tmp_path: Path) -> None:
    path = written(tmp_path / "letter.docx", "gut", BAD, header="{{ savings }}")
    result = ask("check", path)
    assert result.exit_code == 1
    assert (
        result.stdout
        == f"""
{path}  Letters
Checked with the values of the reference round.

Error  Paragraph 2  TEMPLATE-UNKNOWN-FIELD
    There is no placeholder “project.titel”.
    Did you mean “project.title”?
    Runde {{{{ project.titel }}}} und {{{{ participants }}}}

Error  Paragraph 2  TEMPLATE-NO-VALUE
    “participants” is not a printable value.
    It is a list: {{% for x in participants %}} {{{{ x.name }}}} {{% endfor %}}
    Runde {{{{ project.titel }}}} und {{{{ participants }}}}

Error  Header (header1.xml), paragraph 1  TEMPLATE-NO-VALUE
    “savings” is not a printable value.
    Name one of its parts: {SAVINGS}.
    {{{{ savings }}}}

Templates: 1 · errors: 3 · warnings: 0 · notes: 0
"""
    )


SAVINGS = ", ".join(
    f"savings.{name}"
    for name in ["money", "energy", "electricity", "heat", "fuel", "co2", "water", "waste", "waste_volume", "material"]
)


def test_faults_as_json_and_sarif(ask: Call, tmp_path: Path, schemas: dict[str, Any]) -> None:
    path = written(tmp_path / "letter.docx", BAD)
    result = ask("check", path, "--format", "json")
    assert (result.exit_code, result.stdout.isascii()) == (1, True)
    data = json.loads(result.stdout)
    jsonschema.validate(data, schemas["template check --format json"])
    (template,) = data["templates"]
    assert template["counts"] == {"errors": 2, "warnings": 0, "notes": 0}
    assert [(each["code"], each["tag"], each["place"]["paragraph"]) for each in template["faults"]] == [
        ("TEMPLATE-UNKNOWN-FIELD", "{{ project.titel }}", 1),
        ("TEMPLATE-NO-VALUE", "{{ participants }}", 1),
    ]
    log = json.loads(ask("check", path, "--format", "sarif").stdout)
    jsonschema.validate(log, schemas["template check --format sarif"])
    (run,) = log["runs"]
    assert [each["ruleId"] for each in run["results"]] == [each["code"] for each in template["faults"]]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == [kind.code for kind in Kind]
    assert all(rules[each["ruleIndex"]] == each["ruleId"] for each in run["results"])


def test_a_copy_has_the_faults_as_comments_and_is_the_same_each_time(ask: Call, tmp_path: Path) -> None:
    path = written(tmp_path / "letter.docx", "gut", BAD, header="{{ savings }}")
    copies = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for copy in copies:
        assert ask("check", path, "--comments", copy).exit_code == 1
    assert copies[0].read_bytes() == copies[1].read_bytes()
    comments = list(docx.Document(str(copies[0])).comments)
    assert [comment.author for comment in comments] == ["oekoreport"] * 3
    assert comments[0].text.splitlines()[0] == "Error: There is no placeholder “project.titel”."
    assert comments[2].text.startswith("Error: Header (header1.xml), paragraph 1: “savings” is not a printable value")
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    before, after = (
        {error.description for error in audit.OpenXmlValidator().validate(each).errors} for each in (path, copies[0])
    )
    assert after <= before


def test_a_copy_overwrites_nothing(ask: Call, tmp_path: Path) -> None:
    path = written(tmp_path / "letter.docx", BAD)
    before = path.read_bytes()
    result = ask("check", path, "--comments", path)
    assert result.exit_code == 2
    assert f"{path} exists already; nothing was written." in result.stderr
    assert path.read_bytes() == before


def test_a_file_that_is_no_word_document_is_a_fault(ask: Call, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(b"no archive")
    result = ask("check", path)
    assert result.exit_code == 1
    assert "TEMPLATE-UNREADABLE" in result.stdout
    assert "Comments cannot be added to" in ask("check", path, "--comments", tmp_path / "x.docx").stderr


def test_which_template_a_file_is_follows_from_its_name_or_is_asked(ask: Call, tmp_path: Path) -> None:
    path = written(tmp_path / "draft.docx", GOOD)
    result = ask("check", path)
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: Cannot tell from its name which template {path} is.\n"
        "  Pass --as NAME with one of: letters/letter.docx.\n"
    )
    assert ask("check", path, "--as", "letters/letter.docx").exit_code == 0
    assert ask("check", path, "--as", "letter").exit_code == 0
    assert "Did you mean" in ask("check", path, "--as", "letters/leter.docx").stderr
    assert "does not exist" in ask("check", tmp_path / "nowhere.docx").stderr


def test_a_projects_own_template_is_checked_with_its_values(ask: Call, folder: Path) -> None:
    path = written(folder / "templates" / "letters" / "letter.docx", BAD)
    assert "Checked with the values of “A round”." in ask("check", path).stdout
    result = ask("check", folder)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"\n{path}  Letters\nChecked with the values of “A round”.\n")
    assert "go with one Word file" in ask("check", folder, "--as", "letter").stderr


def test_a_project_without_templates_of_its_own_says_so(ask: Call, folder: Path) -> None:
    result = ask("check", folder)
    assert result.exit_code == 0
    assert result.stdout == (
        "The project has no Word templates of its own; the templates of the plugins were checked.\n\n"
        "letters/letter.docx  Letters\nNo faults.\n\nTemplates: 1 · errors: 0 · warnings: 0 · notes: 0\n"
    )


def test_a_word_file_that_nothing_uses_is_named(ask: Call, folder: Path) -> None:
    written(folder / "templates" / "letter.docx", GOOD)
    said = ask("check", folder).stdout
    assert "Nothing uses templates/letter.docx. It would count as templates/letters/letter.docx." in said


def more_letters(self: Letters, report: Report, options: NoOptions) -> Iterator[Paper]:  # noqa: ARG001
    for name in ("letter", "nobodys"):
        yield Paper((name,), "", context(report), word=f"letters/{name}.docx")


def test_a_template_that_nobody_has_is_a_fault_of_its_own(
    ask: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Letters, "papers", more_letters)
    result = ask("check", folder)
    assert result.exit_code == 1
    assert "letters/letter.docx  Letters\nNo faults.\n" in result.stdout
    assert "    There is no template “letters/nobodys.docx”.\n    Available: letters/letter.docx.\n" in result.stdout


def test_a_template_of_which_only_the_project_has_a_file_is_used(
    ask: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Letters, "papers", more_letters)
    written(folder / "templates" / "letters" / "nobodys.docx", GOOD)
    result = ask("check", folder)
    assert result.exit_code == 0
    assert "Nothing uses" not in result.stdout


def test_a_file_that_is_no_words_is_refused(ask: Call, tmp_path: Path) -> None:
    path = tmp_path / "letter.typ"
    path.write_text("= Brief", encoding="utf-8")
    result = ask("check", path)
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: {path} is not a Word file; only Word templates can be checked.\n"
        "  “oekoreport build” reports faults in Typst templates.\n"
    )
    path = path.rename(tmp_path / "letter.odt")
    assert "Save the template in Word" in ask("check", path).stderr


# --- build -----------------------------------------------------------------------------------------------------------


def test_a_build_refuses_faulty_templates_before_it_writes_anything(
    call: Call, folder: Path, plugins: tuple[PluginInfo, ...]
) -> None:
    path = written(folder / "templates" / "letters" / "letter.docx", BAD)
    result = call("build", folder, plugins=plugins)
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: Templates have errors (2); nothing was written.\n"
        f"{path} (the project’s own template):\n"
        "  paragraph 1: There is no placeholder “project.titel”.  {{ project.titel }}\n"
        "  paragraph 1: “participants” is not a printable value.  {{ participants }}\n"
        f"  List every fault with its remedy: oekoreport template check {path}\n"
    )
    assert not (folder / "out").exists()
    assert call("build", folder, "-e", "listing", plugins=plugins).exit_code == 0


def test_a_build_says_that_a_faulty_template_is_the_plugins(
    call: Call, folder: Path, plugins: tuple[PluginInfo, ...], tmp_path: Path
) -> None:
    written(tmp_path / "shipped" / "letter.docx", BAD)
    said = call("build", folder, plugins=plugins).stderr
    assert "letters/letter.docx (the template that the plugin brings):" in said
    assert said.endswith(f"oekoreport template check {folder}\n")


def test_what_a_build_refuses_is_an_error_that_workers_can_send(folder: Path, plugins: tuple[PluginInfo, ...]) -> None:
    import pickle

    from oekoreport.build import pipeline
    from oekoreport.build.contexts import FaultyTemplates
    from oekoreport.build.manifest import Order
    from oekoreport.contract.registry import Registry
    from oekoreport.language import Locale

    written(folder / "templates" / "letters" / "letter.docx", BAD)
    with pytest.raises(FaultyTemplates) as caught:
        pipeline.build(folder, Registry(plugins), Order())
    sent = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert sent.localize(Locale("de")) == caught.value.localize(Locale("de"))
    assert "Vorlagen haben Fehler (2); nichts wurde geschrieben." in sent.localize(Locale("de"))


def no_paper(*_arguments: object) -> Iterator[object]:
    raise RuntimeError("no paper left")


@pytest.mark.parametrize(
    ("papers", "problem"),
    [(no_paper, "RuntimeError: no paper left"), (lambda *_: ["a letter"], "TypeError: str is no Paper")],
)
def test_an_exporter_that_cannot_say_which_papers_there_are_fails_alone(
    call: Call,
    folder: Path,
    plugins: tuple[PluginInfo, ...],
    monkeypatch: pytest.MonkeyPatch,
    papers: Callable[..., Iterable[object]],
    problem: str,
) -> None:
    monkeypatch.setattr(Letters, "papers", papers)
    result = call("build", folder, plugins=plugins)
    assert result.exit_code == 2
    assert f"The exporter letters failed: {problem}" in result.stdout
    assert {"lists", "manifest.json"} <= {path.name for path in (folder / "out").iterdir()}
    assert not (folder / "out" / "letter.docx").exists()


def test_an_exporter_that_fills_its_template_by_itself_is_left_to_its_rendering(
    call: Call, folder: Path, plugins: tuple[PluginInfo, ...]
) -> None:
    class ByItself(Exporter[NoOptions]):
        name = "by-itself"
        title = Message("Letters")
        options = NoOptions

        def render(self, report: Report, options: NoOptions) -> Iterator[Document]:  # noqa: ARG002 - it has none
            template = report.templates.read("letters/letter.docx")
            yield Document(
                ("letter.docx",), *Template(template).render(values(report), title="", language="de", created=None)
            )

    tiny, letters = plugins
    assert call("build", folder, plugins=(tiny, replace(letters, exporters=(ByItself(),)))).exit_code == 0
    assert (folder / "out" / "letter.docx").is_file()


def test_a_template_that_nobody_has_is_left_to_its_rendering(
    call: Call, folder: Path, plugins: tuple[PluginInfo, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Letters, "papers", more_letters)
    result = call("build", folder, plugins=plugins)
    assert result.exit_code == 2
    assert "There is no template “letters/nobodys.docx”." in result.stdout
    assert {"lists", "manifest.json"} <= {path.name for path in (folder / "out").iterdir()}
    assert not (folder / "out" / "letter.docx").exists()


def test_a_batch_names_the_project_whose_template_is_faulty_and_builds_the_others(
    folder: Path, plugins: tuple[PluginInfo, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from oekoreport.build import batch
    from oekoreport.build.manifest import Order
    from oekoreport.contract.registry import Registry

    other = folder.with_name("andere")
    shutil.copytree(folder, other)
    written(folder / "templates" / "letters" / "letter.docx", BAD)
    monkeypatch.setattr(batch, "_registry", lambda _without: Registry(plugins))
    results = [batch.build_one(each, Order(), frozenset()) for each in (folder, other)]
    assert [result.state for result in results] == [batch.BuildState.FAILED, batch.BuildState.BUILT]
    assert "Templates have errors (2)" in str(results[0].reasons[0])
    assert not (folder / "out").exists()


class Torn(Letters):
    """Cannot say which papers there are."""

    name = "torn"

    def papers(self, report: Report, options: NoOptions) -> Iterator[Paper]:  # noqa: ARG002 - it has none
        raise RuntimeError("no envelopes")


@pytest.mark.parametrize("arguments", [("fields",), ("check", "FOLDER")])
def test_an_exporter_that_cannot_name_its_templates_is_told_and_not_left_out(
    call: Call, plugins: tuple[PluginInfo, ...], folder: Path, arguments: tuple[str, ...]
) -> None:
    torn = PluginInfo("torn", "torn-plugin", "1", exporters=(Torn(),))
    asked = [folder if part == "FOLDER" else part for part in arguments]
    result = call("template", *asked, plugins=(*plugins, torn))
    assert result.exit_code == 2
    assert "The exporter torn failed: RuntimeError: no envelopes" in result.stderr
