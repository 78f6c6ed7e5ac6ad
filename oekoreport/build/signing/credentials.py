"""Whom somebody signs as: a certificate with its private key, from files, and whether it may sign today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from oekoreport.build.signing.library import demand_library
from oekoreport.errors import UsageError
from oekoreport.language import Message, catalogue

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner

_ = catalogue("oekoreport")

SIGNING = frozenset({"digital_signature", "non_repudiation"})
"""Key usages of which a certificate for signing documents has at least one, if it names any."""

PURPOSES = frozenset(
    {
        "any_extended_key_usage",
        "email_protection",
        "1.3.6.1.5.5.7.3.36",
        "adobe_authentic_documents_trust",
        "microsoft_document_signing",
    }
)
"""Extended key usages of which it has at least one, if it names any; the number is that of RFC 9336."""


class BadCertificate(UsageError):
    """A certificate that nobody can sign documents with."""

    def __init__(self, file: Path, problem: Message) -> None:
        super().__init__(
            _("The certificate in {file} cannot be used: {problem}.", file=str(file), problem=problem),
            hint=_("Take a certificate that is valid today and meant for signing documents."),
        )


class NoCredentials(UsageError):
    """A file holds no certificate and key, or the passphrase is wrong."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            _("{file} cannot be opened: the passphrase is wrong, or it holds no certificate.", file=str(file)),
            hint=_("With a certificate of its own in PEM form, name its key too: --key FILE."),
        )


@dataclass(frozen=True, slots=True)
class Credentials:
    """A certificate that may sign today, with its key; ``name`` is whom it names."""

    signer: SimpleSigner
    name: str

    @classmethod
    def load(cls, certificate: Path, key: Path | None, passphrase: bytes) -> Self:
        """Return what files hold: PKCS #12, or PEM with the key in a file of its own.

        Raises:
            SigningNotInstalled: pyHanko is missing.
            NoCredentials: the file is none, or the passphrase is wrong.
            BadCertificate: it is past, not yet valid, or not for signing.
        """
        demand_library()
        signer = _opened(certificate, key, passphrase)
        if signer is None or signer.signing_cert is None:
            raise NoCredentials(certificate)
        if problem := _problem_of(signer.signing_cert):
            raise BadCertificate(certificate, problem)
        return cls(signer, signer.signing_cert.subject.human_friendly)


def _opened(certificate: Path, key: Path | None, passphrase: bytes) -> SimpleSigner | None:
    from pyhanko.sign.signers import SimpleSigner

    try:
        if key is None:
            signer = SimpleSigner.load_pkcs12_data(certificate.read_bytes(), [], passphrase or None)
        else:
            signer = SimpleSigner.load(str(key), str(certificate), key_passphrase=passphrase or None)
    except (OSError, TypeError, ValueError):
        return None
    return signer if isinstance(signer, SimpleSigner) else None


def _problem_of(certificate: Certificate) -> Message | None:
    first, last = certificate.not_valid_before, certificate.not_valid_after
    if not first <= datetime.now(UTC) <= last:
        return _("it is valid from {first} to {last} only", first=first.date(), last=last.date())
    usage, purposes = certificate.key_usage_value, certificate.extended_key_usage_value
    if usage is not None and SIGNING.isdisjoint(usage.native):
        return _("it is not meant for signing")
    if purposes is not None and PURPOSES.isdisjoint(purposes.native):
        return _("it is not meant for signing documents")
    return None


def certificates_in(files: tuple[Path, ...]) -> tuple[Certificate, ...]:
    """Return the certificates of files, in PEM or DER.

    Raises:
        SigningNotInstalled: pyHanko is missing.
        NoCredentials: a file holds none.
    """
    if not files:
        return ()
    demand_library()
    from pyhanko.keys import load_certs_from_pemder

    found: list[Certificate] = []
    for file in files:
        try:
            found += load_certs_from_pemder([str(file)])
        except (OSError, ValueError, TypeError):
            raise NoCredentials(file) from None
    return tuple(found)
