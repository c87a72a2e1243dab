"""Checks documents that come back, offline: who signed them, whether they changed, whether the store knows them so."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from inspector_app.domain.errors import UserError
from inspector_app.operations import letterhead, printing
from inspector_app.operations.sealing import read_bounded
from inspector_app.reports.facts import InspectionFacts, NoticeFacts, RecheckFacts
from inspector_app.reports.record import AnyFacts, record_digest, record_json
from inspector_app.reports.verifying import Facts, Verification, verify
from inspector_app.store import amendments, certificate, inspections, papers
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


def corrections(store: Store, number: str) -> int:
    """How often the visit behind a paper of this number was corrected after it was signed; 0 where it is not here."""
    if not number:
        return 0
    with store.reading() as session:
        issued = papers.numbered(session, number)
        found = [one.inspection for one in issued] or inspections.matching(session, number)
        return len(amendments.of_inspection(session, found[0])) if len(found) == 1 else 0


def _known(store: Store, tree: Facts) -> str | None:
    """The digest of the same document made afresh from the store; None where what it is about is not here."""
    wanted = _wanted(store, tree)
    visit = tree.get("visit")
    language = visit.get("language") if isinstance(visit, dict) else tree.get("language")
    if wanted is None or not isinstance(language, str):
        return None
    facts = _as_printed(store, printing.gather(store, wanted, language).facts, tree)
    return record_digest(record_json(facts))


def _as_printed(store: Store, own: AnyFacts, tree: Facts) -> AnyFacts:
    """With the name the organisation had then and the certificates it knew then: both are settings, no part of a visit."""
    if isinstance(own, NoticeFacts | RecheckFacts):
        return replace(own, visit=_signed_then(store, own.visit, tree.get("visit")))
    return _signed_then(store, own, tree) if isinstance(own, InspectionFacts) else own


def _signed_then(store: Store, own: InspectionFacts, tree: object) -> InspectionFacts:
    if not isinstance(tree, dict):
        return own
    said = tree.get("inspectors")
    bare = [isinstance(one, dict) and one.get("certificate") == "" for one in said] if isinstance(said, list) else []
    known = own.inspectors
    if len(bare) == len(known):
        known = tuple(replace(one, certificate="") if was else one for one, was in zip(known, bare, strict=True))
    issuer = tree.get("issuer")
    is_ours = isinstance(issuer, str) and issuer in letterhead.issuers(store)
    return replace(own, inspectors=known, issuer=str(issuer) if is_ours else own.issuer)


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
