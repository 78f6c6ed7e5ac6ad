"""An act of signing: the PDFs that exporters mark for it and the manifest, into a numbered folder of its own."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oekoreport.build.publishing import MANIFEST, Deviation, is_draft, put, read_manifest
from oekoreport.build.publishing.exchange import enclosed
from oekoreport.build.publishing.lock import locked
from oekoreport.build.publishing.verify import verify
from oekoreport.build.signing.credentials import Credentials
from oekoreport.errors import UsageError
from oekoreport.folder import OUTPUT, SIGNED, listed
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

MANIFEST_SIGNATURE = f"{MANIFEST}.p7s"

FIELD = "Unterschrift"
"""What the field is called that holds the signature in a PDF; it takes no room on a page."""


class SignsDraft(UsageError):
    """Drafts are to be signed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("The documents in {folder} are drafts; they are not signed.", folder=str(folder)),
            hint=_("Settle what is open and build again with --final."),
        )


class NotSignable(UsageError):
    """Documents are to be signed that are not as the manifest says."""

    def __init__(self, folder: Path, deviations: Sequence[Deviation]) -> None:
        files = tuple(_("{path} ({what})", path=each.path, what=each.message) for each in deviations)
        super().__init__(
            _("{folder} is not as it was built: {files}. Nothing was signed.", folder=str(folder), files=files),
            hint=_("Build the project again, or put back what was changed."),
        )


@dataclass(frozen=True, slots=True)
class Act:
    """What was signed: the folder, and the files in it that carry a signature or are one."""

    folder: Path
    files: tuple[str, ...]


def sign(project: Path, credentials: Credentials) -> Act:
    """Sign the published documents of a project; the time of signing is the clock's.

    Raises:
        NoManifest, BrokenManifest: nothing was published, or nobody can tell what.
        SignsDraft, NotSignable: what lies there is not to be signed.
        PublishingError: a build is writing there, or the folder cannot be written.
    """
    out = project / OUTPUT
    manifest = read_manifest(out)
    with locked(enclosed(out)):
        if is_draft(manifest):
            raise SignsDraft(out)
        if deviations := verify(out)[1]:
            raise NotSignable(out, deviations)
        marked = sorted(path for path, entry in manifest["outputs"].items() if entry.get("signable"))
        content = (out / MANIFEST).read_bytes()
        signed = {path: _signed_pdf((out / path).read_bytes(), credentials) for path in marked}
        signature = _signature_of(content, credentials)
        return _kept(project / SIGNED, {**signed, MANIFEST: content, MANIFEST_SIGNATURE: signature})


def _signed_pdf(content: bytes, credentials: Credentials) -> bytes:
    """Return a PDF with a signature (PAdES, baseline B-B) behind its own bytes."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    wanted = PdfSignatureMetadata(FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    signed = io.BytesIO()
    PdfSigner(wanted, credentials.signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), output=signed)
    return signed.getvalue()


def _signature_of(content: bytes, credentials: Credentials) -> bytes:
    """Return a detached signature (CMS, with the attributes that CAdES asks for) of some bytes."""
    signing = credentials.signer.async_sign_general_data(content, "sha256", detached=True, use_cades=True)
    signature: bytes = asyncio.run(signing).dump()
    return signature


def _kept(folder: Path, files: Mapping[str, bytes]) -> Act:
    """Write the files of an act into the folder that has the next number; all of them or none."""
    numbers = [int(name) for name in listed(folder) if name.isdecimal()] if folder.exists() else []
    number = max(numbers, default=0) + 1
    put(folder, {f"{number}/{path}": content for path, content in files.items()})
    return Act(folder / str(number), tuple(path for path in files if path != MANIFEST))
