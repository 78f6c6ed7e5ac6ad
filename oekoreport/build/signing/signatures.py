"""What the folder of signed documents holds: by whom each was signed, and whether ``out`` still holds the same."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from oekoreport.build.publishing import MANIFEST, BrokenManifest, parsed
from oekoreport.build.signing.acts import MANIFEST_SIGNATURE
from oekoreport.build.signing.additions import adds_only_a_signature
from oekoreport.build.signing.library import demand_library
from oekoreport.contract import ForeignFault, foreign_code
from oekoreport.errors import OekoreportError
from oekoreport.folder import OUTPUT, SIGNED, files_below
from oekoreport.language import Message, catalogue

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import StandardCMSSignatureStatus
    from pyhanko_certvalidator import ValidationContext

_ = catalogue("oekoreport")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, as the certificate says; ``signed_on`` is what the signer's clock said."""

    name: str
    issuer: str
    valid_from: datetime
    valid_to: datetime
    signed_on: datetime | None
    certificate: bytes

    @property
    def day(self) -> Message | str:
        """When it was signed by the signer's clock, in words."""
        return _("an unknown day") if self.signed_on is None else f"{self.signed_on:%Y-%m-%d %H:%M %Z}"

    @property
    def validity(self) -> dict[str, object]:
        """Who issued the certificate, and from when to when it is valid."""
        return {"issuer": self.issuer, "first": self.valid_from.date(), "last": self.valid_to.date()}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file of the folder of signed documents: who signed it, if anybody, and what is wrong with that."""

    path: str
    signer: Signer | None
    problems: tuple[Message, ...]


def signatures(project: Path, trusted: Sequence[Certificate] = ()) -> list[Checked]:
    """Check everything that lies in the folder of signed documents; nothing where there is none.

    Args:
        project: the project's folder.
        trusted: certificates of issuers; without any, nobody judges whether an issuer is to be trusted.

    Raises:
        SigningNotInstalled: there are files, and pyHanko is missing.
        FolderNotListed: what lies there cannot be seen.
    """
    folder, acts = project / SIGNED, dict[str, list[str]]()
    for path in files_below(folder):
        act, _slash, name = path.partition("/")
        acts.setdefault(act, []).append(name)
    if not acts:
        return []
    demand_library()
    return [each for act, names in acts.items() for each in _act(folder / act, names, project / OUTPUT, trusted)]


def _act(folder: Path, names: Sequence[str], out: Path, trusted: Sequence[Certificate]) -> Iterator[Checked]:
    """Yield what is said of each file of an act, the manifest's signature first: the others are to be by the same."""
    manifest = _manifest(folder, out, trusted)
    yield manifest
    for name in names:
        if name not in (MANIFEST, MANIFEST_SIGNATURE):
            yield _same_signer(_pdf(folder, name, out, trusted), manifest.signer)
    for name in _promised(folder, names):
        yield Checked(_path(folder, name), None, (_("is missing"),))


def _path(folder: Path, name: str) -> str:
    return f"{SIGNED}/{folder.name}/{name}" if name else f"{SIGNED}/{folder.name}"


def _promised(folder: Path, names: Sequence[str]) -> list[str]:
    """Return the documents that the signed manifest marks for signing and that the act does not have."""
    try:
        outputs: Mapping[str, Mapping[str, object]] = parsed((folder / MANIFEST).read_bytes(), folder)["outputs"]
    except (OSError, BrokenManifest):
        return []
    return sorted(path for path, entry in outputs.items() if entry.get("signable") is True and path not in names)


def _manifest(folder: Path, out: Path, trusted: Sequence[Certificate]) -> Checked:
    """Check the detached signature of a manifest, and whether it is the manifest that ``out`` holds."""
    path = _path(folder, MANIFEST_SIGNATURE)
    content, signature = (_bytes(folder / name) for name in (MANIFEST, MANIFEST_SIGNATURE))
    if content is None or signature is None:
        return Checked(path, None, (_("the signature of the manifest, or the manifest beside it, is missing"),))
    checked = _guarded(path, lambda: _detached(path, content, signature, trusted))
    if content != _bytes(out / MANIFEST):
        return _with(checked, _("is the signature of another manifest than {folder} holds now", folder=OUTPUT))
    return checked


def _pdf(folder: Path, name: str, out: Path, trusted: Sequence[Certificate]) -> Checked:
    """Check a signed PDF, and whether it is the one that ``out`` holds, with nothing but a signature added."""
    path = _path(folder, name)
    content, original = _bytes(folder / name), _bytes(out / name)
    if content is None:
        return Checked(path, None, (_("cannot be read"),))
    checked = _guarded(path, lambda: _embedded(path, content, trusted))
    if original is None or not content.startswith(original):
        return _with(checked, _("is not the document that {folder} holds now", folder=OUTPUT))
    return _guarded(path, lambda: _added(checked, content, original)) if checked.signer else checked


def _added(checked: Checked, content: bytes, original: bytes) -> Checked:
    if adds_only_a_signature(content, original):
        return checked
    return _with(checked, _("holds more than the document and a signature"))


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError:
        return None


def _guarded(path: str, check: Callable[[], Checked]) -> Checked:
    """Call a check; the file is a stranger's, and what pyHanko raises at it says only that it is no signature."""
    try:
        with foreign_code(may_raise=OekoreportError):
            return check()
    except ForeignFault:
        return Checked(path, None, (_("cannot be read as a signed file"),))


def _with(checked: Checked, problem: Message) -> Checked:
    return Checked(checked.path, checked.signer, (*checked.problems, problem))


def _same_signer(checked: Checked, other: Signer | None) -> Checked:
    if checked.signer is None or (other is not None and checked.signer.certificate == other.certificate):
        return checked
    return _with(checked, _("was not signed with the certificate that signed the manifest beside it"))


# --- what pyHanko says -----------------------------------------------------------------------------------------------


def _detached(path: str, content: bytes, signature: bytes, trusted: Sequence[Certificate]) -> Checked:
    from asn1crypto.cms import ContentInfo
    from pyhanko.sign.validation import async_validate_detached_cms

    signed = ContentInfo.load(signature, strict=True)["content"]
    status = asyncio.run(async_validate_detached_cms(content, signed, _context(trusted), key_usage_settings=_usage()))
    return Checked(path, _signer(status), tuple(_problems(status, trusted)))


def _embedded(path: str, content: bytes, trusted: Sequence[Certificate]) -> Checked:
    """Check a PDF that is to hold one signature, which covers all of it."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    found = PdfFileReader(io.BytesIO(content)).embedded_signatures
    if len(found) != 1:
        return Checked(path, None, (_("holds {number} signatures instead of one", number=len(found)),))
    status = asyncio.run(
        async_validate_pdf_signature(found[0], _context(trusted), skip_diff=True, key_usage_settings=_usage())
    )
    problems = list(_problems(status, trusted))
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        problems.append(_("was changed after it was signed"))
    return Checked(path, _signer(status), tuple(problems))


def _context(trusted: Iterable[Certificate]) -> ValidationContext:
    """Return what certificates are judged by: those that the user trusts, and nothing from a network."""
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=list(trusted), allow_fetching=False)


def _usage() -> KeyUsageConstraints:
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    return KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


def _signer(status: StandardCMSSignatureStatus) -> Signer:
    certificate = status.signing_cert
    return Signer(
        certificate.subject.human_friendly,
        certificate.issuer.human_friendly,
        certificate.not_valid_before,
        certificate.not_valid_after,
        status.signer_reported_dt,
        certificate.dump(),
    )


def _problems(status: StandardCMSSignatureStatus, trusted: Sequence[Certificate]) -> Iterator[Message]:
    if not (status.intact and status.valid):
        yield _("was changed after it was signed")
    elif trusted and not status.trusted:
        yield _("its certificate was not issued by one that you trust, or is not valid today")
