"""The rows of an export, a batch at a time: visits, answers, Findings, photos, papers, Sites and the whole history."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from inspector_app.checklists.sections import plain
from inspector_app.domain.clock import moment
from inspector_app.domain.finding import Finding
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.scoring import Tally
from inspector_app.domain.site import SITE_FIELDS, Site, mask_phone
from inspector_app.operations.keeping import checklist
from inspector_app.operations.visit import form_language
from inspector_app.store import amendments, findings, history, inspections, papers, photos, plans, sites, sums
from inspector_app.store.database import Store
from inspector_app.xforms import FormError

Cell = str | int | datetime | None
Row = tuple[Cell, ...]
MANY = 10_000_000
STEP = 200
_VISIT = (
    "id", "number", "site", "code", "street", "type", "team", "inspectors", "kind", "stage", "form", "form_version",
    "form_hash", "started", "finished", "status", "result", "passed", "failed", "na", "unchecked", "head_name",
    "head_post", "refused", "witness",
)  # fmt: skip
_ANSWER = ("inspection", "number", "site", "item", "dimension", "question", "words", "value", "given", "path")
_AMENDMENT = ("id", "inspection", "number", "item", "path", "old", "new", "reason", "person", "at")
_PLAN = ("id", "site", "team", "day", "form", "note", "person")
_FINDING = (
    "id", "inspection", "number", "site", "team", "item", "dimension", "level", "requirement", "observation", "owner",
    "rule", "deadline", "status", "reported_by", "reported", "rechecked_by", "rechecked", "recheck_note",
    "recheck_deadline", "closed_by", "closed",
)  # fmt: skip
_PHOTO = (
    "id", "inspection", "number", "item", "sha", "size", "mime", "width", "height", "taken", "taken_source", "file",
    "caption", "latitude", "longitude",
)  # fmt: skip
_PAPER = ("id", "inspection", "kind", "number", "issued", "issued_by")
_HISTORY = ("at", "person", "device", "kind", "record", "field", "value", "changeset")


@dataclass(frozen=True)
class ExportTable:
    """One table: its key, its columns, about how many rows, and the rows themselves."""

    key: str
    columns: tuple[str, ...]
    expected: int
    rows: Callable[[], Iterator[Row]]


def tables(store: Store, language: str) -> list[ExportTable]:
    """Everything this laptop holds and its user may see."""
    with store.reading() as session:
        visits = inspections.ids(session, limit=MANY)[::-1]
        found = findings.ids(session, limit=MANY)
        places = sites.search_ids(session, "", limit=MANY)
        changes = history.count(session)
        planned = plans.waiting(session, limit=MANY)
    labels = _Labels(store, language)
    return [
        ExportTable("visits", _VISIT, len(visits), partial(_visits, store, visits)),
        ExportTable("answers", _ANSWER, len(visits) * 100, partial(_answers, store, visits, labels)),
        ExportTable("amendments", _AMENDMENT, len(visits), partial(_amendments, store, visits)),
        ExportTable("findings", _FINDING, len(found), partial(_findings, store, found)),
        ExportTable("photos", _PHOTO, len(visits) * 10, partial(_photos, store, visits)),
        ExportTable("papers", _PAPER, len(visits), partial(_papers, store, visits)),
        ExportTable("plans", _PLAN, len(planned), partial(_plans, store)),
        ExportTable("sites", ("id", *SITE_FIELDS), len(places), partial(_sites, store, places)),
        ExportTable("history", _HISTORY, changes, partial(_history, store)),
    ]


def _steps(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), STEP):
        yield ids[start : start + STEP]


def _time(text: str) -> Cell:
    """A moment where it is one, the text where it is not."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return text


def _visits(store: Store, ids: Sequence[str]) -> Iterator[Row]:
    for step in _steps(ids):
        with store.reading() as session:
            visits = [visit for one in step if (visit := inspections.get(session, one)) is not None]
            places = {site.id: site for site in sites.many(session, [visit.site for visit in visits])}
            tallies = sums.of_visits(session, step)
        for visit in visits:
            yield _visit(visit, places.get(visit.site), tallies.get(visit.id))


def _visit(visit: Inspection, site: Site | None, tally: Tally | None) -> Row:
    counts: tuple[Cell, ...] = (None,) * 4
    if tally is not None:
        counts = (tally.passed, tally.failed, tally.na, tally.unchecked)
    place = (site.name, site.code, site.street, site.type) if site else ("", "", "", "")
    signing = visit.signing
    return (
        visit.id, visit.number, *place, visit.team, "、".join(visit.inspectors), visit.kind, visit.stage, visit.form,
        visit.form_version, visit.form_hash, _time(visit.started), _time(visit.finished), visit.status.value,
        visit.result.value, *counts, signing.head_name, signing.head_post, signing.refused, signing.witness,
    )  # fmt: skip


class _Labels:
    """What a form asks at each path, in the language of the export; read once per version."""

    def __init__(self, store: Store, language: str) -> None:
        self._store, self._language = store, language
        self._known: dict[str, dict[str, tuple[str, str, str]]] = {}

    def of(self, form_hash: str) -> Mapping[str, tuple[str, str, str]]:
        """Path without positions → Item, Dimension, label."""
        if form_hash not in self._known:
            self._known[form_hash] = self._read(form_hash)
        return self._known[form_hash]

    def _read(self, form_hash: str) -> dict[str, tuple[str, str, str]]:
        sheet = checklist(self._store, form_hash)
        running = sheet.form.begin(now=lambda: moment(self._store.clock()))
        language = form_language(sheet.form, self._language)
        if language:
            running.set_language(language)
        owners = {path: item for item in sheet.items_by_id.values() for path in item.paths}
        found = {}
        for control in (inner for top in sheet.form.controls for inner in top.walk()):
            item = owners.get(control.path)
            try:
                label = running.state(control.path).label
            except (FormError, KeyError):
                label = ""
            found[control.path] = (item.id if item else "", item.dimension if item else "", label)
        return found


def _answers(store: Store, ids: Sequence[str], labels: _Labels) -> Iterator[Row]:
    for step in _steps(ids):
        with store.reading() as session:
            visits = [visit for one in step if (visit := inspections.get(session, one)) is not None]
            names = {site.id: site.name for site in sites.many(session, [visit.site for visit in visits])}
        for visit in visits:
            asked = labels.of(visit.form_hash)
            for path, value in visit.answers.items():
                item, dimension, label = asked.get(plain(path), ("", "", ""))
                name, given = names.get(visit.site, ""), visit.given.get(path, "")
                yield visit.id, visit.number, name, item, dimension, label, value, value, given, path


def _amendments(store: Store, ids: Sequence[str]) -> Iterator[Row]:
    """Corrections after sealing: `answers` holds what was signed."""
    for step in _steps(ids):
        with store.reading() as session:
            numbers = {head.id: head.number for head in inspections.heads(session, step)}
            found = [one for visit in step for one in amendments.of_inspection(session, visit)]
        for one in found:
            number = numbers.get(one.inspection, "")
            yield (
                one.id, one.inspection, number, one.item, one.field, one.old, one.new, one.reason, one.by,
                _time(one.at),
            )  # fmt: skip


def _plans(store: Store) -> Iterator[Row]:
    """Visits that are still to be made."""
    with store.reading() as session:
        found = plans.waiting(session, limit=MANY)
        names = {site.id: site.name for site in sites.many(session, [one.site for one in found])}
    for one in found:
        yield one.id, names.get(one.site, ""), one.team, one.day, one.form, one.note, one.by


def _findings(store: Store, ids: Sequence[str]) -> Iterator[Row]:
    for step in _steps(ids):
        with store.reading() as session:
            found = findings.many(session, step)
            names = {site.id: site.name for site in sites.many(session, [one.site for one in found])}
            numbers = {head.id: head.number for head in inspections.heads(session, [one.inspection for one in found])}
        for one in found:
            yield _finding(one, numbers.get(one.inspection, ""), names.get(one.site, ""))


def _finding(one: Finding, number: str, site: str) -> Row:
    return (
        one.id, one.inspection, number, site, one.team, one.item, one.dimension, one.level.value, one.requirement,
        one.observation, one.owner, one.rule, _time(one.deadline), one.status.value, one.reported_by,
        _time(one.reported), one.rechecked_by, _time(one.rechecked), one.recheck_note, _time(one.recheck_deadline),
        one.closed_by, _time(one.closed),
    )  # fmt: skip


def _photos(store: Store, ids: Sequence[str]) -> Iterator[Row]:
    for step in _steps(ids):
        with store.reading() as session:
            numbers = {head.id: head.number for head in inspections.heads(session, step)}
            found = [photo for one in step for photo in photos.of_inspection(session, one)]
        for one in found:
            yield (
                one.id, one.inspection, numbers.get(one.inspection, ""), one.item, one.sha, one.size, one.mime,
                one.width, one.height, _time(one.taken), one.taken_source, one.name, one.caption, one.latitude,
                one.longitude,
            )  # fmt: skip


def _papers(store: Store, ids: Sequence[str]) -> Iterator[Row]:
    for step in _steps(ids):
        with store.reading() as session:
            found = [
                p for one in step for kind in ("notice", "recheck") for p in papers.of_inspection(session, one, kind)
            ]
        for one in found:
            yield one.id, one.inspection, one.kind, one.number, _time(one.issued), one.issued_by


def _sites(store: Store, ids: Sequence[str]) -> Iterator[Row]:
    """Telephone numbers are masked as on screen and on paper (domain.md §3)."""
    for step in _steps(ids):
        with store.reading() as session:
            found = sites.many(session, step)
        for one in found:
            shown = {name: getattr(one, name) for name in SITE_FIELDS} | {"phone": mask_phone(one.phone)}
            yield one.id, *(shown[name] for name in SITE_FIELDS)


def _history(store: Store) -> Iterator[Row]:
    with store.reading() as session:
        for one in history.saved(session):
            value = mask_phone(one.value) if one.field == "phone" else one.value
            at = moment(one.stamp) if one.stamp else None
            yield at, one.person, one.device, one.kind, one.entity, one.field, value, one.changeset
