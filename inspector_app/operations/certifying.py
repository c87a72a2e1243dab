"""Signs what leaves the laptop as a document, and checks files that come back, offline."""

from collections.abc import Sequence
from pathlib import Path

from inspector_app.domain.clock import moment
from inspector_app.domain.errors import UserError, WorldError
from inspector_app.operations import reporting
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.signing import Signer, signed
from inspector_app.reports.verifying import Facts, Verification, verify
from inspector_app.store import certificate, inspections
from inspector_app.store.certificate import SigningIdentity
from inspector_app.store.database import Store

ORGANISATION = "Daowei"
MAX_FILE = 200 * 1024 * 1024


def sign(store: Store, pdf: bytes) -> bytes:
    """Certify a finished file with this laptop's key, made on first use (documents.md §10.2)."""
    identity = _identity(store)
    return signed(pdf, Signer(identity.key, identity.certificate, identity.chain))


def import_identity(store: Store, file: Path, password: str) -> SigningIdentity:
    """Sign with the organisation's key from a PKCS#12 file from now on; raises UserError for an unusable one."""
    identity = certificate.read_pkcs12(_read(file), password)
    with store.writing() as session:
        certificate.keep(session, identity)
    return identity


def certificate_of(store: Store) -> bytes:
    """The certificate (DER) that colleagues trust to see this laptop's documents as valid."""
    return _identity(store).certificate


def check(file: Path, store: Store | None = None, trusted: Sequence[bytes] = ()) -> Verification:
    """Who signed a PDF, whether it was changed, whether its record is the one this laptop has; nothing is fetched."""
    pdf = _read(file)
    if not pdf.lstrip()[:5].startswith(b"%PDF"):
        raise UserError("not_a_pdf", f"{file.name} is not a PDF; choose a document that was printed from the program.")
    if store is None:
        return verify(pdf, trusted)
    with store.reading() as session:
        own = certificate.current(session)
    return verify(pdf, (*trusted, *((own.certificate,) if own else ())), known=lambda facts: _known(store, facts))


def _identity(store: Store) -> SigningIdentity:
    with store.writing() as session:
        identity = certificate.current(session)
        if identity is None:
            me = store.me
            name = f"{me.name} {me.team:02d}" if me.team else me.name
            identity = certificate.make(name, ORGANISATION, moment(store.clock()))
            certificate.keep(session, identity)
    return identity


def _known(store: Store, facts: Facts) -> str | None:
    """The digest of the same document made afresh from the store; None where its visit is not here."""
    number, language = facts.get("number"), facts.get("language")
    if not isinstance(number, str) or not number or not isinstance(language, str):
        return None
    with store.reading() as session:
        found = inspections.matching(session, number)
    if len(found) != 1:
        return None
    return record_digest(record_json(reporting.inspection_facts(store, found[0], language=language)))


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_FILE:
            raise UserError("file_too_large", f"{file.name} is larger than 200 MB.")
        return file.read_bytes()
    except FileNotFoundError:
        raise UserError("file_missing", f"{file} does not exist; check the path.", name=str(file)) from None
    except OSError as error:
        raise WorldError("file_unreadable", f"{file} cannot be read: {error.strerror}.", name=str(file)) from None
