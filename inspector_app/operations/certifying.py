"""Checks documents that come back, offline: who signed them, whether they changed, whether the store knows them so."""

from collections.abc import Sequence
from pathlib import Path

from inspector_app.domain.errors import UserError
from inspector_app.operations import printing
from inspector_app.operations.sealing import read_bounded
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.verifying import Facts, Verification, verify
from inspector_app.store import certificate, inspections, papers
from inspector_app.store.database import Store


def check(file: Path, store: Store | None = None, trusted: Sequence[bytes] = ()) -> Verification:
    """Who signed a PDF, whether it was changed, whether its record is the one this laptop has; nothing is fetched."""
    pdf = read_bounded(file)
    if not pdf.lstrip()[:5].startswith(b"%PDF"):
        raise UserError("not_a_pdf", f"{file.name} is not a PDF; choose a document that was printed from the program.")
    if store is None:
        return verify(pdf, trusted)
    with store.reading() as session:
        own = certificate.current(session)
    return verify(pdf, (*trusted, *((own.certificate,) if own else ())), known=lambda facts: _known(store, facts))


def _known(store: Store, facts: Facts) -> str | None:
    """The digest of the same document made afresh from the store; None where what it is about is not here."""
    wanted = _wanted(store, facts)
    visit = facts.get("visit")
    language = visit.get("language") if isinstance(visit, dict) else facts.get("language")
    if wanted is None or not isinstance(language, str):
        return None
    return record_digest(record_json(printing.gather(store, wanted, language).facts))


def _wanted(store: Store, facts: Facts) -> printing.Wanted | None:
    """Which paper the record says it is: by its number. Day and district reports change with what arrives later."""
    number = facts.get("number")
    if not isinstance(number, str) or not number:
        return None
    with store.reading() as session:
        found = inspections.matching(session, number)
        issued = papers.numbered(session, number)
    if len(issued) == 1:
        one = issued[0]
        return printing.Wanted(one.kind, f"{one.inspection}#{number}" if one.kind == "recheck" else one.inspection)
    return printing.Wanted("inspection", found[0]) if len(found) == 1 else None
