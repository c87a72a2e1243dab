"""Findings followed to closure: who reports the fix is not who closes (domain.md §5)."""

from inspector_app.domain.changeset import Edit, Touched, Value
from inspector_app.domain.clock import iso, parse_iso
from inspector_app.domain.errors import UserError
from inspector_app.domain.finding import UNFINISHED, Finding, FindingStatus
from inspector_app.store import findings, log
from inspector_app.store.database import Store


def report_mended(store: Store, finding_id: str, *, by: str = "") -> Touched:
    """The Site or an Inspector says it is put right; closing still needs somebody else on site."""
    finding = _finding(store, finding_id)
    if finding.status not in (FindingStatus.OPEN, FindingStatus.MENDING):
        raise UserError("finding_not_open", "Only an open finding can be reported as mended.")
    values: dict[str, Value] = {
        "status": FindingStatus.REPORTED.value,
        "reported_by": by or store.me.name,
        "reported": iso(store.clock()),
    }
    return _save(store, finding, values)


def close(store: Store, finding_id: str, *, by: str = "") -> Touched:
    """銷號 after a look on site; refused for the person who reported it mended."""
    finding = _finding(store, finding_id)
    if finding.status is not FindingStatus.REPORTED:
        raise UserError("finding_not_reported", "A finding is closed only after it was reported as mended.")
    closer = by or store.me.name
    if closer == finding.reported_by:
        raise UserError("finding_same_person", "Who reported the fix cannot close it; a second inspector must.")
    values: dict[str, Value] = {
        "status": FindingStatus.CLOSED.value,
        "closed_by": closer,
        "closed": iso(store.clock()),
    }
    return _save(store, finding, values)


def keep_open(store: Store, finding_id: str, note: str, *, deadline: str = "", by: str = "") -> Touched:
    """A look on site found it not put right: what was seen, and until when it should be (復查: 未整改)."""
    finding = _finding(store, finding_id)
    if finding.status not in UNFINISHED:
        raise UserError("finding_not_open", "This finding is done with; there is nothing to look at again.")
    if not note.strip():
        raise UserError("recheck_note_missing", "Say in a few words what the recheck found.")
    values: dict[str, Value] = {
        "status": FindingStatus.MENDING.value,
        "recheck_note": note.strip(),
        "recheck_deadline": iso(parse_iso(deadline)) if deadline else "",
        "rechecked": iso(store.clock()),
        "rechecked_by": by or store.me.name,
    }
    return _save(store, finding, values)


def _finding(store: Store, finding_id: str) -> Finding:
    with store.reading() as session:
        finding = findings.get(session, finding_id)
    if finding is None:
        raise UserError("finding_unknown", "This finding is not on this laptop.")
    return finding


def _save(store: Store, finding: Finding, values: dict[str, Value]) -> Touched:
    with store.writing() as session:
        return log.append(session, [Edit("finding", finding.id, values)])
