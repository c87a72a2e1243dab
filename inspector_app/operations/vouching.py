"""Lets the hub say that a printed paper exists: its number, check code and day travel with Rounds, nothing else."""

from inspector_app.domain.changeset import Edit, Touched, team_scope
from inspector_app.domain.seal import KIND, seal_code, seal_id
from inspector_app.reports import facts as paper
from inspector_app.reports.record import AnyFacts, check_code, record_digest, record_json
from inspector_app.store import inspections, log, papers
from inspector_app.store.database import Store


def vouch(store: Store, inspection: str, facts: AnyFacts) -> Touched:
    """Once for each number and digest, and only where the organisation's QR codes lead to a page that could say so."""
    visit = facts.visit if isinstance(facts, paper.NoticeFacts | paper.RecheckFacts) else facts
    if not isinstance(visit, paper.InspectionFacts) or not visit.verify_url or visit.finished is None:
        return Touched()
    kinds = {paper.NoticeFacts: "notice", paper.RecheckFacts: "recheck"}
    number = facts.number if isinstance(facts, paper.NoticeFacts | paper.RecheckFacts) else visit.number
    issued = facts.issued if isinstance(facts, paper.NoticeFacts | paper.RecheckFacts) else visit.finished
    check = check_code(record_digest(record_json(facts)))
    code = seal_code(number, check)
    if not code or issued is None:
        return Touched()
    ident = seal_id(code)
    with store.reading() as session:
        if papers.is_sealed(session, ident):
            return Touched()
        head = inspections.get(session, inspection)
    if head is None:
        return Touched()
    kind = kinds.get(type(facts), "inspection")
    values = {"inspection": inspection, "paper": kind, "number": number, "check": check, "issued": str(issued.date())}
    with store.writing() as session:
        return log.append(session, [Edit(KIND, ident, {**values}, team_scope(head.team))])
