"""``oekoreport sign`` and what ``verify`` says of signatures; certificates are made here, each time anew."""

import datetime as dt
import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from oekoreport.cli.program import program

PASSPHRASE = "geheim"  # noqa: S105 - of certificates that live as long as the tests

Call = Callable[..., Result]


def certificate(folder: Path, name: str, *, days: int = 30, signing: bool = True, purpose: Any = None) -> Path:
    """Write NAME.p12, NAME.pem and NAME.key, self-signed; return the first."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(signing, signing, False, False, not signing, False, False, False, False)  # noqa: FBT003 - its own
    builder = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now + dt.timedelta(days=min(days, 0) - 10))
        .not_valid_after(now + dt.timedelta(days=days))
        .add_extension(usage, critical=True)
    )
    if purpose is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    made = builder.sign(key, hashes.SHA256())
    (folder / f"{name}.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / f"{name}.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    encrypted = BestAvailableEncryption(PASSPHRASE.encode())
    file = folder / f"{name}.p12"
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"x", key, made, None, encrypted))
    return file


def oekoreport(*arguments: object, typed: str = f"{PASSPHRASE}\n") -> Result:
    return CliRunner().invoke(program, ["--lang", "en", *map(str, arguments)], prog_name="oekoreport", input=typed)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    certificate(folder, "Erika Muster")
    certificate(folder, "Mallory")
    return folder


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Path:
    """The demo, built and signed."""
    folder = tmp_path_factory.mktemp("signed") / "demo"
    assert oekoreport("demo", folder).exit_code == 0
    result = oekoreport("sign", folder, "--certificate", keys / "Erika Muster.p12")
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def demo(signed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(signed, tmp_path / "demo"))


REPORT = "unterzeichnet/1/verwendungsnachweis.pdf"


def test_signed_documents_begin_with_the_bytes_that_were_published(signed: Path) -> None:
    act = signed / "unterzeichnet" / "1"
    files = sorted(path.relative_to(act).as_posix() for path in act.rglob("*") if path.is_file())
    assert files == [
        "manifest.json",
        "manifest.json.p7s",
        "urkunden/alle-urkunden.pdf",
        "urkunden/urkundenregister.pdf",
        "verwendungsnachweis.pdf",
    ]
    for name in files[2:]:
        assert (act / name).read_bytes().startswith((signed / "out" / name).read_bytes())
    assert b"ETSI.CAdES.detached" in (act / "verwendungsnachweis.pdf").read_bytes()


def test_verify_names_the_signer_and_does_not_judge_the_issuer(signed: Path, keys: Path) -> None:
    result = oekoreport("verify", signed)
    assert result.exit_code == 0, result.output
    assert f"{REPORT}: signed by Common Name: Erika Muster on " in result.stdout
    assert "  issued by Common Name: Erika Muster, valid from " in result.stdout
    assert "Whether the issuer is to be trusted was not judged: --trust FILE.\n" in result.stdout
    trusting = oekoreport("verify", signed, "--trust", keys / "Erika Muster.pem")
    assert trusting.exit_code == 0, trusting.output
    assert "not judged" not in trusting.stdout
    other = oekoreport("verify", signed, "--trust", keys / "Mallory.pem")
    assert other.exit_code == 1
    assert f"{REPORT}  its certificate was not issued by one that you trust" in other.stdout


def test_signing_again_replaces_nothing_and_no_build_touches_what_is_signed(demo: Path, keys: Path) -> None:
    before = (demo / REPORT).read_bytes()
    pem = ("--certificate", keys / "Erika Muster.pem", "--key", keys / "Erika Muster.key")
    assert oekoreport("sign", demo, *pem, typed="\n").exit_code == 0
    assert (demo / "unterzeichnet" / "2" / "manifest.json.p7s").is_file()
    assert "up to date: 1" in oekoreport("batch", demo).stdout
    assert oekoreport("verify", demo).exit_code == 0
    assert (demo / REPORT).read_bytes() == before


def appended(file: Path, _keys: Path) -> None:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(file.read_bytes())) as pdf:
        pdf.docinfo["/Title"] = "19.041 EUR"
        revision = io.BytesIO()
        pdf.save(revision)
    file.write_bytes(file.read_bytes() + revision.getvalue())


def flipped(file: Path, _keys: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def flipped_behind(file: Path, _keys: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content.replace(b"/Producer (pyHanko", b"/Producer (pyHankO"))


def unsigned(file: Path, _keys: Path) -> None:
    shutil.copy(file.parents[2] / "out" / file.name, file)


def by_another(file: Path, keys: Path) -> None:
    project = file.parents[2]
    credentials = ("--certificate", keys / "Mallory.p12")
    assert oekoreport("sign", project, *credentials).exit_code == 0
    shutil.move(project / "unterzeichnet" / "2" / file.name, file)
    shutil.rmtree(project / "unterzeichnet" / "2")


def of_another_document(file: Path, _keys: Path) -> None:
    shutil.copy(file.parent / "urkunden" / "urkundenregister.pdf", file)


def altered_before_signing(file: Path, keys: Path) -> None:
    """A revision that changes what is seen, and behind it a signature over all of it."""
    import io

    from pyhanko.pdf_utils.generic import NameObject, NumberObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    from oekoreport.build.signing import Credentials
    from oekoreport.build.signing.acts import _signed_pdf

    writer = IncrementalPdfFileWriter(io.BytesIO((file.parents[2] / "out" / file.name).read_bytes()))
    page = writer.root["/Pages"]["/Kids"].raw_get(0).get_object()
    page[NameObject("/Rotate")] = NumberObject(180)
    writer.update_container(page)
    altered = io.BytesIO()
    writer.write(altered)
    credentials = Credentials.load(keys / "Erika Muster.p12", None, PASSPHRASE.encode())
    file.write_bytes(_signed_pdf(altered.getvalue(), credentials))


@pytest.mark.parametrize(
    ("attack", "told"),
    [
        (appended, ""),
        (flipped, "was changed after it was signed"),
        (flipped_behind, "was changed after it was signed"),
        (unsigned, "holds 0 signatures instead of one"),
        (by_another, "was not signed with the certificate that signed the manifest beside it"),
        (of_another_document, "is not the document that out holds now"),
        (altered_before_signing, "holds more than the document and a signature"),
        (lambda file, _keys: file.write_bytes(b"%PDF-1.7 nothing"), "cannot be read as a signed file"),
        (lambda file, _keys: file.unlink(), "is missing"),
    ],
)
def test_whatever_is_done_to_a_signed_file_is_named(
    demo: Path, keys: Path, attack: Callable[[Path, Path], object], told: str
) -> None:
    attack(demo / REPORT, keys)
    result = oekoreport("verify", demo)
    assert result.exit_code == 1, result.output
    assert f"{REPORT}  {told}" in result.stdout


def test_the_signature_of_another_manifest_is_named(demo: Path) -> None:
    act = demo / "unterzeichnet" / "1"
    (act / "manifest.json").write_bytes((act / "manifest.json").read_bytes().replace(b"19040.67", b"19040.68"))
    result = oekoreport("verify", demo)
    assert result.exit_code == 1
    assert "unterzeichnet/1/manifest.json.p7s  was changed after it was signed\n" in result.stdout
    assert (
        "unterzeichnet/1/manifest.json.p7s  is the signature of another manifest than out holds now\n" in result.stdout
    )
    (act / "manifest.json.p7s").unlink()
    assert "the signature of the manifest, or the manifest beside it, is missing\n" in oekoreport("verify", demo).stdout


def test_what_is_not_as_it_was_built_is_not_signed(demo: Path, keys: Path) -> None:
    with (demo / "out" / "kohorte.xlsx").open("ab") as file:
        file.write(b"x")
    result = oekoreport("sign", demo, "--certificate", keys / "Erika Muster.p12")
    assert result.exit_code == 2
    assert "is not as it was built: kohorte.xlsx (was changed). Nothing was signed.\n" in result.stderr
    assert not (demo / "unterzeichnet" / "2").exists()


def test_drafts_are_not_signed(tmp_path: Path, keys: Path) -> None:
    oekoreport("new", tmp_path / "neu")
    oekoreport("build", tmp_path / "neu")
    result = oekoreport("sign", tmp_path / "neu", "--certificate", keys / "Erika Muster.p12")
    assert result.exit_code == 2
    assert "are drafts; they are not signed.\n" in result.stderr


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"days": -1}, "cannot be used: it is valid from "),
        ({"signing": False}, "cannot be used: it is not meant for signing.\n"),
        ({"purpose": ExtendedKeyUsageOID.SERVER_AUTH}, "cannot be used: it is not meant for signing documents.\n"),
    ],
)
def test_a_certificate_that_may_not_sign_is_refused(
    signed: Path, tmp_path: Path, settings: dict[str, Any], told: str
) -> None:
    result = oekoreport("sign", signed, "--certificate", certificate(tmp_path, "falsch", **settings))
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_wrong_passphrase_and_no_certificate_are_named(signed: Path, keys: Path, tmp_path: Path) -> None:
    (tmp_path / "leer.p12").write_bytes(b"")
    (tmp_path / "wort").write_text("falsch\n")
    for file, more in (
        (keys / "Erika Muster.p12", ("--passphrase-file", tmp_path / "wort")),
        (tmp_path / "leer.p12", ()),
    ):
        result = oekoreport("sign", signed, "--certificate", file, *more)
        assert result.exit_code == 2
        assert f"{file} cannot be opened: the passphrase is wrong, or it holds no certificate.\n" in result.stderr


def test_the_passphrase_is_not_shown(signed: Path, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OEKOREPORT_PASSPHRASE", "falsch")
    result = oekoreport("sign", signed, "--certificate", keys / "Erika Muster.p12")
    assert "falsch" not in result.output
    assert result.exit_code == 2


def test_without_the_library_the_command_that_installs_it_is_named(
    signed: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.util.find_spec
    lacking = lambda name, *more: None if name == "pyhanko" else real(name, *more)  # noqa: E731 - it is handed over
    monkeypatch.setattr("oekoreport.build.signing.library.find_spec", lacking)
    for call in (("verify", signed), ("sign", signed, "--certificate", keys / "Erika Muster.p12")):
        result = oekoreport(*call)
        assert result.exit_code == 2
        assert result.stderr.endswith('  Install it with: pip install "oekoreport[sign]"\n')
