"""The visit: start, answer, set a Deadline, finish. Every save is one Changeset in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from inspector_app.checklists.model import Checklist
from inspector_app.checklists.state import ItemState, VisitState, derive_visit
from inspector_app.domain.changeset import Edit, Touched, Value, team_scope
from inspector_app.domain.clock import iso, moment, parse_iso
from inspector_app.domain.errors import UserError
from inspector_app.domain.finding import Level, default_deadline
from inspector_app.domain.ids import derived_id, new_id
from inspector_app.domain.inspection import DEADLINE_PREFIX, Inspection, Signing, Status, Verdict
from inspector_app.domain.photo import Photo
from inspector_app.domain.site import Site
from inspector_app.operations.keeping import checklist
from inspector_app.operations.offering import default_form
from inspector_app.store import inspections, log, numbers, photos, sites
from inspector_app.store.database import Store
from inspector_app.xforms import Session

LANGUAGES = {"zh-Hant": "繁體中文 (zh-Hant)", "zh-Hans": "简体中文 (zh-Hans)", "en": "English (en)"}
"""Language of the window → language of a form, where the form has it."""
MIN_INSPECTORS = 2
"""documents.md §2.1 rule 3; the statutes behind it are named there."""
MAX_ANSWER = 20_000
WET_INK = Signing()
"""Nobody has signed on the screen: the paper is printed with empty boxes (documents.md §2.1 rule 7)."""


class NotFinished(UserError):
    """The visit lacks something; `missing` lists (item id or '', what).

    what ∈ verdict, note, photo, measure, invalid, inspectors.
    """

    def __init__(self, missing: tuple[tuple[str, str], ...]) -> None:
        items = ", ".join(f"{item} {what}".strip() for item, what in missing[:12])
        more = f" and {len(missing) - 12} more" if len(missing) > 12 else ""
        super().__init__("visit_incomplete", f"The visit cannot be finished yet; missing: {items}{more}.")
        self.missing = missing


@dataclass
class Visit:
    """One open Inspection with its running form session. Used by one lane only."""

    inspection: Inspection
    site: Site
    checklist: Checklist
    session: Session
    photos: tuple[Photo, ...] = ()

    @property
    def id(self) -> str:
        """The Inspection's id."""
        return self.inspection.id

    def state(self) -> VisitState:
        """What a page shows, derived afresh."""
        return derive_visit(self.checklist, self.session, self.photos)

    def set_language(self, language: str) -> None:
        """Labels in the window's language, where the form has it."""
        name = LANGUAGES.get(language, language)
        if name in self.checklist.form.languages:
            self.session.set_language(name)


def start(
    store: Store,
    site_id: str,
    *,
    inspectors: tuple[str, ...] = (),
    kind: str = "planned",
    started_ms: int | None = None,
) -> tuple[str, Touched]:
    """Begin a visit at a Site with the newest default checklist; the first Inspector is whoever unlocked the laptop."""
    with store.reading() as session:
        site = sites.get(session, site_id)
    form_hash = default_form(store)
    if site is None:
        raise UserError("site_unknown", "This site is no longer in the registry.")
    if form_hash is None:
        raise UserError("form_missing", "No checklist is installed; install one first.")
    sheet = checklist(store, form_hash)
    at = started_ms if started_ms is not None else store.clock()
    running = sheet.form.begin(now=lambda: moment(at), identity={"username": store.me.name})
    running.set_answer(sheet.site_type_path, site.type)
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
        **{path: value for path in running.paths() if (value := running.value(path))},
    }
    with store.writing() as session:
        touched = log.append(session, [Edit("inspection", inspection, values, team_scope(store.me.team))])
    return inspection, touched


def open_visit(store: Store, inspection_id: str, *, language: str = "zh-Hant") -> Visit:
    """Load an Inspection on the form version it was begun with."""
    with store.reading() as session:
        inspection = inspections.get(session, inspection_id)
        site = sites.get(session, inspection.site) if inspection else None
        pictures = photos.of_inspection(session, inspection_id)
    if inspection is None or site is None:
        raise UserError("visit_unknown", "This visit is not on this laptop.")
    sheet = checklist(store, inspection.form_hash)
    running = sheet.form.resume(dict(inspection.answers), now=lambda: moment(store.clock()))
    visit = Visit(inspection, site, sheet, running, tuple(pictures))
    visit.set_language(language)
    return visit


def answer(store: Store, visit: Visit, path: str, value: str) -> Touched:
    """Save one Answer ('' clears it); on a failed save the session keeps the old value and the error is raised."""
    return answer_many(store, visit, {path: value})


def answer_many(store: Store, visit: Visit, values: Mapping[str, str]) -> Touched:
    """Save several Answers as one Changeset, e.g. a phrase together with its Verdict."""
    _refuse_finished(visit)
    for value in values.values():
        if len(value) > MAX_ANSWER:
            raise UserError("answer_too_long", f"An answer may have at most {MAX_ANSWER} characters.")
    before = {path: visit.session.value(path) for path in values}
    try:
        for path, value in values.items():
            visit.session.set_answer(path, value)
        return _save(store, visit, dict(values))
    except BaseException:
        for path, old in before.items():
            visit.session.set_answer(path, old)
        raise


def set_deadline(store: Store, visit: Visit, item_id: str, deadline: str) -> Touched:
    """Replace the default Deadline of one Item's Finding; ISO 8601, '' returns to the default."""
    _refuse_finished(visit)
    if deadline:
        deadline = iso(parse_iso(deadline))
    touched = _save(store, visit, {DEADLINE_PREFIX + item_id: deadline})
    visit.inspection = replace(visit.inspection, deadlines={**visit.inspection.deadlines, item_id: deadline})
    return touched


def set_inspectors(store: Store, visit: Visit, names: tuple[str, ...]) -> Touched:
    """Who is on this visit; two are needed to finish."""
    _refuse_finished(visit)
    unique = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    touched = _save(store, visit, {"inspectors": list(unique)})
    visit.inspection = replace(visit.inspection, inspectors=unique)
    return touched


def finish(store: Store, visit: Visit, signing: Signing = WET_INK, *, finished_ms: int | None = None) -> Touched:
    """Freeze the visit: number, Result, Findings with Deadlines, in one transaction; raises NotFinished."""
    _refuse_finished(visit)
    state = visit.state()
    missing = state.missing
    if len(visit.inspection.inspectors) < MIN_INSPECTORS:
        missing = (("", "inspectors"), *missing)
    if missing:
        raise NotFinished(missing)
    at = finished_ms if finished_ms is not None else store.clock()
    findings = [_finding(visit, item, moment(at)) for item in state.items if item.verdict is Verdict.FAIL]
    with store.writing() as session:
        number = numbers.next_inspection_number(session, moment(at).year, visit.inspection.team)
        head: dict[str, Value] = {
            "finished": iso(at),
            "status": Status.FINISHED.value,
            "number": number,
            "result": state.judgement.result.value,
            "head_name": signing.head_name,
            "head_post": signing.head_post,
            "refused": signing.refused,
            "witness": signing.witness,
        }
        touched = log.append(session, [Edit("inspection", visit.id, head), *findings])
    visit.inspection = replace(
        visit.inspection,
        finished=iso(at),
        status=Status.FINISHED,
        number=number,
        result=state.judgement.result,
        signing=signing,
    )
    return touched


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


def _refuse_finished(visit: Visit) -> None:
    if visit.inspection.status is Status.FINISHED:
        raise UserError("visit_finished", "This visit is finished and can no longer be changed.")


def _save(store: Store, visit: Visit, values: Mapping[str, Value]) -> Touched:
    with store.writing() as session:
        return log.append(session, [Edit("inspection", visit.id, values)])
