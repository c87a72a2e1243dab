"""The visit: start, answer, set a Deadline, finish. Every save is one Changeset in one transaction."""

from collections.abc import Mapping
from dataclasses import astuple, replace
from datetime import datetime

from inspector_app.checklists.model import Checklist
from inspector_app.checklists.state import ItemState
from inspector_app.domain.changeset import Edit, Touched, Value, team_scope
from inspector_app.domain.clock import iso, moment, parse_iso
from inspector_app.domain.errors import UserError
from inspector_app.domain.finding import Level, default_deadline
from inspector_app.domain.ids import derived_id, new_id
from inspector_app.domain.inspection import DEADLINE_PREFIX, Signing, Status, Verdict
from inspector_app.domain.instances import Instances
from inspector_app.domain.site import Site
from inspector_app.operations.answering import (
    MAX_ANSWER,
    add_repeat,
    answer,
    answer_many,
    give_file,
    pass_rest,
    remove_repeat,
    restore,
)
from inspector_app.operations.keeping import checklist
from inspector_app.operations.offering import default_form
from inspector_app.operations.signed_fields import fields_of
from inspector_app.operations.visit import LANGUAGES, Visit, open_instances, open_visit, refuse_finished, whole_or_not
from inspector_app.store import forms, inspections, log, numbers, sites
from inspector_app.store.database import Store

__all__ = [
    "LANGUAGES",
    "MAX_ANSWER",
    "MIN_INSPECTORS",
    "WET_INK",
    "NotFinished",
    "Visit",
    "add_repeat",
    "answer",
    "answer_many",
    "deadline_of",
    "finish",
    "give_file",
    "level_of",
    "open_visit",
    "pass_rest",
    "remove_repeat",
    "restore",
    "set_deadline",
    "set_inspectors",
    "start",
]

MIN_INSPECTORS = 2
"""documents.md §2.1 rule 3; the statutes behind it are named there."""
WET_INK = Signing()
"""Nobody has signed on the screen: the paper is printed with empty boxes (documents.md §2.1 rule 7)."""


class NotFinished(UserError):
    """The visit lacks something; `missing` lists (item id or '', what).

    what ∈ verdict, note, photo, measure, invalid, inspectors; for a question outside the Items its path takes the
    place of the item id and what ∈ answer, invalid.
    """

    def __init__(self, missing: tuple[tuple[str, str], ...]) -> None:
        items = ", ".join(f"{item} {what}".strip() for item, what in missing[:12])
        more = f" and {len(missing) - 12} more" if len(missing) > 12 else ""
        super().__init__("visit_incomplete", f"The visit cannot be finished yet; missing: {items}{more}.")
        self.missing = missing


def start(  # noqa: PLR0913 - four of them are keywords
    store: Store,
    site_id: str,
    *,
    form: str = "",
    inspectors: tuple[str, ...] = (),
    kind: str = "planned",
    started_ms: int | None = None,
) -> tuple[str, Touched]:
    """Begin a visit at a Site with the newest version of a form, of the chosen one by default; the first Inspector is
    whoever unlocked the laptop."""
    with store.reading() as session:
        site = sites.get(session, site_id)
        form_hash = forms.latest(session, form) if form else None
    if site is None:
        raise UserError("site_unknown", "This site is no longer in the registry.")
    form_hash = form_hash or (None if form else default_form(store))
    if form_hash is None:
        raise UserError("form_missing", "No checklist is installed; install one first.")
    sheet = checklist(store, form_hash)
    at = started_ms if started_ms is not None else store.clock()
    inspection = new_id()
    values: dict[str, Value] = {
        "site": site.id,
        "team": store.me.team,
        "form": sheet.form.id,
        "form_version": sheet.form.version,
        "form_hash": sheet.form.hash,
        "started": iso(at),
        "inspectors": list(inspectors or (store.me.name,)),
        "kind": kind,
        "stage": "first",
        "status": Status.DRAFT.value,
        **_first_fields(sheet, site, at, store.me.name),
    }
    with store.writing() as session:
        touched = log.append(session, [Edit("inspection", inspection, values, team_scope(store.me.team))])
    return inspection, touched


def _first_fields(sheet: Checklist, site: Site, at: int, username: str) -> dict[str, str]:
    """What a new filling holds before anybody has answered: defaults, preloads, the instances it begins with."""
    running = sheet.form.begin(now=lambda: moment(at), identity={"username": username})
    if sheet.site_type_path:
        running.set_answer(sheet.site_type_path, site.type)
    named, fields = Instances().named(open_instances(sheet.form, running))
    return {**fields, **{named.stored(path): value for path, value in running.kept().items()}}


def set_deadline(store: Store, visit: Visit, item_id: str, deadline: str) -> Touched:
    """Replace the default Deadline of one Item's Finding; ISO 8601, '' returns to the default."""
    refuse_finished(visit)
    if deadline:
        deadline = iso(parse_iso(deadline))
    touched = _save(store, visit, {DEADLINE_PREFIX + item_id: deadline})
    visit.inspection = replace(visit.inspection, deadlines={**visit.inspection.deadlines, item_id: deadline})
    return touched


def set_inspectors(store: Store, visit: Visit, names: tuple[str, ...]) -> Touched:
    """Who is on this visit; two are needed to finish."""
    refuse_finished(visit)
    unique = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    touched = _save(store, visit, {"inspectors": list(unique)})
    visit.inspection = replace(visit.inspection, inspectors=unique)
    return touched


def finish(store: Store, visit: Visit, signing: Signing = WET_INK, *, finished_ms: int | None = None) -> Touched:
    """Freeze the visit: number, Result, Findings with Deadlines, in one transaction; raises NotFinished."""
    refuse_finished(visit)
    state = visit.state()
    missing = (*state.missing, *((gap.path, gap.what) for gap in state.gaps))
    if len(visit.inspection.inspectors) < MIN_INSPECTORS:
        missing = (("", "inspectors"), *missing)
    if missing:
        raise NotFinished(missing)
    at = finished_ms if finished_ms is not None else _after_everything(store, visit)
    findings = [_finding(visit, item, moment(at)) for item in state.items if item.verdict is Verdict.FAIL]
    with whole_or_not(store, visit), store.writing() as session:
        number = numbers.next_inspection_number(session, moment(at).year, visit.inspection.team)
        last = _last_fields(visit)
        head: dict[str, Value] = {
            "finished": iso(at),
            "status": Status.FINISHED.value,
            "number": number,
            "result": state.judgement.result.value,
            "head_name": signing.head_name,
            "head_post": signing.head_post,
            "refused": signing.refused,
            "witness": signing.witness,
            "frozen": True,
            **fields_of(signing),
            "tallies": [[d.dimension.id, *astuple(d.tally)] for d in state.dimensions],
        }
        touched = log.append(session, [Edit("inspection", visit.id, {**last, **head}), *findings])
    visit.inspection = replace(
        visit.inspection,
        finished=iso(at),
        status=Status.FINISHED,
        number=number,
        result=state.judgement.result,
        signing=signing,
        is_frozen=True,
    )
    visit.fields |= last
    visit.open_again(store.clock)
    return touched


def _after_everything(store: Store, visit: Visit) -> int:
    """Now, or where the clock was set back meanwhile the last moment known of this visit: it never ends before it began."""
    with store.reading() as session:
        saved = inspections.get(session, visit.id)
    return max(store.clock(), parse_iso(visit.inspection.started), saved.saved_ms if saved is not None else 0)


def _last_fields(visit: Visit) -> dict[str, Value]:
    """What the form computed and stamped, so that the record reads the same for ever (decision 0041)."""
    visit.session.finalize()
    nodes = [(node, path) for node, path in visit.session.walk() if node.spec.is_leaf]
    values = {visit.instances.stored(p): node.stored if node.spec.is_kept else node.text for node, p in nodes}
    changed = {name: value for name, value in values.items() if visit.fields.get(name, "") != value}
    return {**visit.unsaved, **changed}


def level_of(item: ItemState) -> Level:
    """★ and a met ☆ are vetoes, ◆ is key, everything else normal."""
    if item.is_veto_now:
        return Level.VETO
    return Level.KEY if item.item.critical == "key" else Level.NORMAL


def deadline_of(visit: Visit, item: ItemState, signed: datetime) -> str:
    """ISO time by which the Item must be put right: the one set by hand, else the rule's; '' = before opening."""
    chosen = visit.inspection.deadlines.get(item.item.id)
    if chosen:
        return chosen
    due = default_deadline(item.item.deadline, signed)
    return due.isoformat(timespec="seconds") if due else ""


def _finding(visit: Visit, item: ItemState, signed: datetime) -> Edit:
    values: dict[str, Value] = {
        "inspection": visit.id,
        "site": visit.site.id,
        "team": visit.inspection.team,
        "item": item.item.id,
        "dimension": item.item.dimension,
        "requirement": item.label,
        "observation": item.note,
        "level": level_of(item).value,
        "rule": item.item.deadline,
        "deadline": deadline_of(visit, item, signed),
        "status": "open",
        "owner": visit.site.contact,
    }
    scope = team_scope(visit.inspection.team)
    return Edit("finding", derived_id(visit.id, f"finding:{item.item.id}"), values, scope)


def _save(store: Store, visit: Visit, values: Mapping[str, Value]) -> Touched:
    with store.writing() as session:
        return log.append(session, [Edit("inspection", visit.id, values)])
