"""Signs what leaves the laptop as a document, with a key made on first use or the organisation's own."""

from pathlib import Path

from inspector_app.domain.clock import moment
from inspector_app.domain.errors import UserError, WorldError
from inspector_app.reports.signing import Signer, signed
from inspector_app.store import certificate
from inspector_app.store.certificate import CertificateFacts, SigningIdentity
from inspector_app.store.database import Store

ORGANISATION = "Daowei"
MAX_FILE = 200 * 1024 * 1024


def sign(store: Store, pdf: bytes) -> bytes:
    """Certify a finished file with this laptop's key, made on first use (documents.md §10.2)."""
    return signed(pdf, signer(store))


def signer(store: Store) -> Signer:
    """This laptop's key, made on first use, as the processes that sign a batch get it."""
    identity = _identity(store)
    return Signer(identity.key, identity.certificate, identity.chain)


def import_identity(store: Store, file: Path, password: str) -> SigningIdentity:
    """Sign with the organisation's key from a PKCS#12 file from now on; raises UserError for an unusable one."""
    identity = certificate.read_pkcs12(read_bounded(file), password)
    if certificate.told(identity.certificate).ends <= moment(store.clock()):
        raise UserError("p12_expired", "The certificate in this .p12 file has expired; ask for a new one.")
    with store.writing() as session:
        certificate.keep(session, identity)
    return identity


def certificate_of(store: Store) -> bytes:
    """The certificate (DER) that colleagues trust to see this laptop's documents as valid."""
    return _identity(store).certificate


def signs_with(store: Store) -> CertificateFacts:
    """Whose certificate this laptop signs with."""
    return certificate.told(_identity(store).certificate)


def known_signer(store: Store) -> CertificateFacts | None:
    """The same, None before the first signature: nothing is made by asking."""
    with store.reading() as session:
        identity = certificate.current(session)
    return certificate.told(identity.certificate) if identity else None


def _identity(store: Store) -> SigningIdentity:
    with store.writing() as session:
        identity = certificate.current(session)
        if identity is None:
            me = store.me
            name = f"{me.name} {me.team:02d}" if me.team else me.name
            identity = certificate.make(name, ORGANISATION, moment(store.clock()))
            certificate.keep(session, identity)
    return identity


def read_bounded(file: Path) -> bytes:
    """A file of at most 200 MB; raises UserError or WorldError in one sentence."""
    try:
        if file.stat().st_size > MAX_FILE:
            raise UserError("file_too_large", f"{file.name} is larger than 200 MB.")
        return file.read_bytes()
    except FileNotFoundError:
        raise UserError("file_missing", f"{file} does not exist; check the path.", name=str(file)) from None
    except OSError as error:
        raise WorldError("file_unreadable", f"{file} cannot be read: {error.strerror}.", name=str(file)) from None
