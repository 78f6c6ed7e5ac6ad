"""The manifest: every edit of it is found by a second build, and no personal data stands in it."""

import copy
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from oekoreport.build.manifest import Order, up_to_date
from oekoreport.build.pipeline import Build, build, make_again
from oekoreport.build.publishing import BrokenManifest, Deviation, Named, differences, parsed, read_manifest
from oekoreport.build.publishing.verify import verify
from oekoreport.build.rebuilding import compare
from oekoreport.contract import Registry
from oekoreport.language import Message

WHOLE = bool(os.environ.get("OEKOREPORT_TYPING_ROUNDS"))
"""Whether all is tried, as `make long` does, or a share of it."""

Edit = tuple[str, Any]
"""What was done to a manifest, and the manifest afterwards."""


def written(manifest: Any) -> bytes:
    """A manifest as the program writes it, so that only what it says is judged."""
    return (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def putting(holder: Any, key: Any) -> Callable[[Any], None]:
    return lambda new: holder.__setitem__(key, new)


def edits(value: Any, put: Callable[[Any], None], place: str = "") -> Iterator[str]:
    """Make every edit of one place, telling each while it stands: leaves, keys and lists, and put all back after it."""
    for what, edited in edited_here(value, place):
        put(edited)
        yield what
        put(value)
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(entries):
        yield from edits(inner, putting(value, key), f"{place}/{key}")


def edited_here(value: Any, place: str) -> Iterator[Edit]:
    if isinstance(value, dict):
        yield f"{place}: a key more", {**value, "zzz": 1}
        for key in value:
            rest = {name: each for name, each in value.items() if name != key}
            yield f"{place}/{key}: removed", rest
            yield f"{place}/{key}: renamed", {**rest, f"{key}x": value[key]}
    elif isinstance(value, list):
        yield f"{place}: longer", [*value, "x"]
        if len(value) > 1 and value[0] != value[-1]:
            yield f"{place}: reordered", value[::-1]
        for index in range(len(value)):
            yield f"{place}/{index}: removed", value[:index] + value[index + 1 :]
    else:
        yield from ((f"{place}: {value!r} → {new!r}", new) for new in others(value))


def others(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value, int(value), None]
    if isinstance(value, int):
        return [value + 1, float(value), str(value), bool(value), None]
    if isinstance(value, str):
        return [value + "x", value[:-1] + ("0" if value[-1:] != "0" else "1"), None, [value]]
    return ["x", 0, False]


def all_edits(manifest: Any) -> Iterator[Edit]:
    """Yield every edit with the manifest as it is then; it must be looked at before the next is asked for."""
    whole = [copy.deepcopy(manifest)]
    for what in edits(whole[0], putting(whole, 0)):
        yield what, whole[0]


def found(edited: Any, out: Path, made: Build) -> list[Deviation]:
    """What a verification with a second build says of an edited manifest: that it is none, or where it differs."""
    (out / "manifest.json").write_bytes(written(edited))
    try:
        return compare(out, made).deviations
    except BrokenManifest:
        return [Deviation("manifest.json", BrokenManifest(out).message)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Build]:
    """The demo's output folder, and a second build of it."""
    from oekoreport.build.demo import write_demo

    folder, registry = tmp_path_factory.mktemp("manifest") / "demo", Registry.discover()
    write_demo(folder, registry)
    build(folder, registry, Order())
    return folder / "out", make_again(folder / "out", registry)


@pytest.fixture
def out(demo: tuple[Path, Build]) -> Iterator[Path]:
    manifest = demo[0] / "manifest.json"
    content = manifest.read_bytes()
    yield demo[0]
    manifest.write_bytes(content)


def test_a_second_build_gives_the_same_manifest(demo: tuple[Path, Build], out: Path) -> None:
    assert compare(out, demo[1]).deviations == []


def test_every_edit_of_a_manifest_is_found(demo: tuple[Path, Build], out: Path) -> None:
    share = 1 if WHOLE else 23
    tried = {
        what: found(edited, out, demo[1])
        for number, (what, edited) in enumerate(all_edits(read_manifest(out)))
        if number % share == 0
    }
    assert len(tried) > 200
    assert [what for what, deviations in tried.items() if not deviations] == []


@contextmanager
def flipped(path: Path, place: int, bit: int) -> Iterator[None]:
    """Let one bit of a file be another within ``with``."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)
    try:
        yield
    finally:
        content[place] ^= 1 << bit
        path.write_bytes(content)


def test_every_byte_that_is_flipped_in_an_output_is_found(out: Path) -> None:
    chance, share = Random(12), 200 if WHOLE else 2  # noqa: S311 - nothing is kept secret by them
    unseen = []
    for name in read_manifest(out)["outputs"]:
        last = (out / name).stat().st_size - 1
        for place in (0, last, *(chance.randint(0, last) for _number in range(share))):
            with flipped(out / name, place, chance.randrange(8)):
                if verify(out)[1] != [Deviation(name, Message("was changed"))]:
                    unseen.append(f"{name} at {place}")
    assert unseen == []


def test_every_byte_flipped_in_a_manifest_is_found_by_a_second_build(demo: tuple[Path, Build], out: Path) -> None:
    chance, manifest = Random(13), out / "manifest.json"  # noqa: S311 - nothing is kept secret by them
    unseen = []
    for place in range(0, manifest.stat().st_size, 1 if WHOLE else 509):
        with flipped(manifest, place, chance.randrange(8)), suppress(BrokenManifest):
            if not compare(out, demo[1]).deviations:
                unseen.append(place)
    assert unseen == []


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (("figures", "settlement.grant_due", "value"), "19040.68", "figures → settlement.grant_due → value"),
        (("verdicts", "NRW-UNDERSPENT", "outcome"), "passed", "verdicts → NRW-UNDERSPENT → outcome"),
        (("reference_date",), "2021-10-30", "reference_date"),
        (("sample",), False, "sample"),
        (("order", "as_of"), None, ""),
    ],
)
def test_an_edit_is_named_with_its_place_and_both_values(
    demo: tuple[Path, Build], out: Path, place: tuple[str, ...], value: object, told: str
) -> None:
    manifest = read_manifest(out)
    inner = manifest["examined"]
    for key in place[:-1]:
        inner = inner[key]
    then, inner[place[-1]] = inner[place[-1]], value
    deviations = {each.path: str(each.message) for each in found(manifest, out, demo[1])}
    expected = f"says {json.dumps(value)}; the second build has {json.dumps(then)}"
    assert deviations == ({f"manifest.json: examined → {told}": expected} if told else {})


def test_what_the_second_build_cannot_repeat_may_differ_in_its_hash_and_in_nothing_else() -> None:
    entry = {"sha256": "1", "exporter": "a", "reproducible": False, "signable": False}
    then = {"examined": {}, "templates": {}, "outputs": {"a.pdf": entry}}
    same = {**then, "outputs": {"a.pdf": {**entry, "sha256": "2"}}}
    assert differences(then, same, Named(None, {})) == []
    for name, value in (("exporter", "b"), ("reproducible", True), ("signable", True)):
        other = {**then, "outputs": {"a.pdf": {**entry, "sha256": "2", name: value}}}
        assert differences(then, other, Named(None, {}))
    claimed = {**then, "outputs": {"a.pdf": {**entry, "sha256": None}}}
    assert differences(claimed, same, Named(None, {}))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content.replace(b'"format": 2', b'"format": 2.0'),
        lambda content: content.replace(b'{\n "examined"', b'{\n "format": 1,\n "examined"'),
        lambda content: content + b"\n",
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: b"\xef\xbb\xbf" + content,
        lambda _content: b"[" * 100_000,
        lambda content: content[:-3],
    ],
)
def test_a_manifest_is_read_only_as_it_was_written(out: Path, spoil: Callable[[bytes], bytes]) -> None:
    content = (out / "manifest.json").read_bytes()
    with pytest.raises(BrokenManifest):
        parsed(spoil(content), out)


def test_what_is_no_document_is_named_whatever_it_is(demo: tuple[Path, Build], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo[0], tmp_path / "out"))
    (folder / "leer" / "tiefer").mkdir(parents=True)
    (folder / "haengt").symlink_to("nirgends")
    (folder / "woanders").symlink_to(tmp_path)
    os.mkfifo(folder / "rohr")
    (folder / "kohorte.xlsx").rename(folder / "Kohorte.xlsx")
    assert {each.path: str(each.message) for each in verify(folder)[1]} == {
        "leer/tiefer/": "is an empty folder",
        "haengt": "is a link to another place, and links are not followed",
        "woanders": "is a link to another place, and links are not followed",
        "rohr": "is neither a file nor a folder",
        "kohorte.xlsx": "is missing",
        "Kohorte.xlsx": "is not in the manifest",
    }


def test_names_of_inputs_stand_beside_the_manifest_and_not_in_it(out: Path) -> None:
    manifest = (out / "manifest.json").read_text()
    run = json.loads((out / "intern" / "lauf.json").read_text())
    names = [entry["name"] for entry in run["inputs"]]
    assert names[0] == "projekt.xlsx"
    assert not [name for name in names if name in manifest]
    assert set(run) == {"format", "began", "seconds", "inputs"}
    assert verify(out)[1] == []


def test_the_audit_memo_prints_the_digest_of_what_was_examined(demo: tuple[Path, Build], out: Path) -> None:
    import docx

    memo = docx.Document(str(out / "intern" / "pruefvermerk.docx"))
    printed = [row.cells[1].text for row in memo.tables[0].rows]
    assert demo[1].report.digest in printed
    assert read_manifest(out)["examined_sha256"] == demo[1].report.digest


def test_a_project_is_due_where_nobody_knows_which_files_were_read(out: Path) -> None:
    run = out / "intern" / "lauf.json"
    content = run.read_bytes()
    try:
        run.write_bytes(content.replace(b"projekt.xlsx", b"projekt.xlsm"))
        assert not up_to_date(out.parent, Registry.discover(), Order())
        run.unlink()
        assert not up_to_date(out.parent, Registry.discover(), Order())
    finally:
        run.write_bytes(content)


@pytest.mark.parametrize("part", ["inputs", "templates", "versions", "order", "terms", "verdicts", "figures", "sample"])
def test_an_edit_of_what_was_examined_makes_a_project_due(out: Path, part: str) -> None:
    folder, registry = out.parent, Registry.discover()
    assert up_to_date(folder, registry, Order())
    manifest = read_manifest(out)
    manifest["examined"][part] = next(edited for _what, edited in all_edits(manifest["examined"][part]))
    (out / "manifest.json").write_bytes(written(manifest))
    assert not up_to_date(folder, registry, Order())
