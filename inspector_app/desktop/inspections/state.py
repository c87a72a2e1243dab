"""What the visit page shows, derived from a VisitState and the values still on their way to the disk; pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from inspector_app.checklists.model import Item
from inspector_app.checklists.state import ItemState, MeasureState
from inspector_app.desktop.questions.state import Row as QuestionRow
from inspector_app.desktop.questions.state import Sheet
from inspector_app.domain.finding import default_deadline
from inspector_app.domain.inspection import Inspection, Result, Status, Verdict
from inspector_app.domain.outlook import Outlook
from inspector_app.domain.photo import Photo
from inspector_app.operations.amending import Amended

MIN_INSPECTORS = 2
"""The same as `operations.inspecting.MIN_INSPECTORS`, which decides; a test keeps them equal."""
MARKS = {"veto": "star", "conditional_veto": "star", "key": "diamond"}
"""Criticality → icon; a normal Item has none."""
RESULT_LOOKS = {
    Result.PASSES: ("pass", "circle-check"),
    Result.RECTIFY: ("warn", "triangle-alert"),
    Result.FAILS: ("fail", "circle-x"),
    Result.OPEN: ("na", "circle-dashed"),
    Result.RECORDED: ("na", "file-text"),
}
"""Result → tone and icon, the same everywhere."""

Pending = Mapping[str, str]
"""Leaf path → value typed or pressed but not yet durable."""


@dataclass(frozen=True)
class MeasureRow:
    """One typed field. `problem` is the form's own sentence, '' when the value is fine."""

    path: str
    kind: str
    label: str
    hint: str
    value: str
    problem: str
    is_missing: bool


@dataclass(frozen=True)
class DeadlineRow:
    """When a failed Item must be put right. `due` is ISO 8601, '' = before opening; `is_chosen` = set by hand."""

    rule: str
    due: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """One Item as its row shows it."""

    id: str
    path: str
    note_path: str
    mark: str
    text: str
    photo_rule: str
    verdict: Verdict | None
    suggested: Verdict | None
    measures: tuple[MeasureRow, ...]
    note: str
    note_missing: bool
    photos: tuple[Photo, ...]
    photo_missing: bool
    deadline: DeadlineRow | None
    is_veto: bool
    deadline_rule: str
    sources: tuple[str, ...]
    photo_min: int = 0
    photo_max: int = 0
    given: str = ""
    """rest or last while nobody has judged the Item by itself (`domain.inspection.Given`)."""
    by: str = ""
    is_parallel: bool = False
    amended: tuple[Amended, ...] = ()
    """Who judged it where several did, whether two did at once, what was corrected after sealing (`annotating`)."""

    @property
    def is_full(self) -> bool:
        """The form takes no more pictures of it."""
        return bool(self.photo_max) and len(self.photos) >= self.photo_max


@dataclass(frozen=True)
class DimensionRow:
    """One Dimension in the left panel: `answered` of `total`, `failed`, its rate in percent or '—'.

    A part of the questions outside the Items stands there too: its id is a path, `failed` counts what is wrong in it.
    `rest` = Items that may pass in bulk.
    """

    id: str
    label: str
    answered: int
    total: int
    failed: int
    rate: str
    counted: bool
    rest: int = 0

    @property
    def is_part(self) -> bool:
        """Questions, not Items."""
        return self.id.startswith("/")


@dataclass(frozen=True)
class Questions:
    """What the page knows beside the Items: the other questions, the place of every control in the form (path → number),
    and who judged each Item (path → name) where several people did."""

    sheet: Sheet = Sheet()
    order: Mapping[str, int] = field(default_factory=dict)
    by: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lack:
    """What keeps the visit from being finished: `what` ∈ verdict, note, photo, measure, answer, invalid, inspectors.

    `item` is an Item's id, a question's path, or '' for the visit itself.
    """

    item: str
    what: str
    text: str


@dataclass(frozen=True)
class Shown:
    """The whole page, without what is only on the screen (current Item, search)."""

    inspection: Inspection
    dimensions: tuple[DimensionRow, ...]
    rows: Mapping[str, tuple[Row, ...]] = field(hash=False)
    result: Result
    reasons: tuple[tuple[str, str], ...]
    answered: int
    total: int
    failed: int
    lacks: tuple[Lack, ...]
    sheet: Sheet = Sheet()
    outlook: Outlook = Outlook()
    corrections: tuple[Amended, ...] = ()
    amended_result: Result | None = None

    @property
    def has_items(self) -> bool:
        """There is something to judge; else the visit is only recorded."""
        return self.result is not Result.RECORDED

    @property
    def is_finished(self) -> bool:
        """Frozen and numbered; nothing can be changed."""
        return self.inspection.status is Status.FINISHED

    @cached_property
    def flat(self) -> tuple[Row, ...]:
        """All rows in the order of the checklist."""
        return tuple(row for rows in self.rows.values() for row in rows)

    @cached_property
    def _places(self) -> Mapping[str, tuple[str, Row]]:
        return {row.id: (name, row) for name, rows in self.rows.items() for row in rows}

    def find(self, item_id: str) -> Row | None:
        """The row of an Item that applies here."""
        return self._places[item_id][1] if item_id in self._places else None

    def dimension_of(self, item_id: str) -> str:
        """The Dimension of an Item that applies here, else ''."""
        return self._places[item_id][0] if item_id in self._places else ""


def derive_row(item: ItemState, inspection: Inspection, pending: Pending, signed: datetime, *, by: str = "") -> Row:
    """One Item with pending values on top of what is saved."""
    facts = item.item
    verdict = _verdict(pending[facts.path]) if facts.path in pending else item.verdict
    note = pending.get(facts.note_path, item.note)
    fails = verdict is Verdict.FAIL
    return Row(
        id=facts.id,
        path=facts.path,
        note_path=facts.note_path,
        mark=facts.critical if facts.critical in MARKS else "",
        text=item.label,
        photo_rule=facts.photo,
        verdict=verdict,
        suggested=item.suggested if item.suggested is not verdict else None,
        measures=tuple(_measure(m, pending) for m in item.measures),
        note=note,
        note_missing=fails and not note.strip(),
        photos=item.photos,
        photo_missing=_wants_photo(facts, verdict, item.photos),
        photo_min=facts.photos_needed,
        photo_max=facts.photo_max,
        deadline=derive_deadline(facts, inspection, signed) if fails else None,
        is_veto=item.is_veto_now if verdict is item.verdict else fails and facts.critical == "veto",
        deadline_rule=facts.deadline,
        sources=facts.sources,
        by="" if facts.path in pending else by,
        given="" if facts.path in pending else inspection.given.get(facts.path, ""),
    )


def derive_deadline(item: Item, inspection: Inspection, signed: datetime) -> DeadlineRow:
    """The Deadline a failed Item will get: set by hand, else by its rule from the signature (domain.md §4)."""
    chosen = inspection.deadlines.get(item.id, "")
    if chosen:
        return DeadlineRow(item.deadline, chosen, True)
    due = default_deadline(item.deadline, signed)
    return DeadlineRow(item.deadline, due.isoformat(timespec="seconds") if due else "", False)


def next_unanswered(rows: Sequence[Row], current: str) -> str:
    """The next Item without a Verdict after `current`, beginning again at the top; '' when all are answered."""
    ids = [row.id for row in rows]
    start = ids.index(current) + 1 if current in ids else 0
    around = (*rows[start:], *rows[:start])
    return next((row.id for row in around if row.verdict is None), "")


def step(rows: Sequence[Row], current: str, by: int) -> str:
    """The Item before or after `current` across Dimensions; stays at the ends."""
    ids = [row.id for row in rows]
    if not ids:
        return ""
    if current not in ids:
        return ids[0]
    return ids[min(max(ids.index(current) + by, 0), len(ids) - 1)]


def matching(rows: Sequence[Row], text: str, *, limit: int = 60) -> tuple[Row, ...]:
    """Items whose id begins with the text or whose requirement or note holds every part of it."""
    parts = text.casefold().split()
    if not parts:
        return ()
    found = [row for row in rows if all(_holds(row, part) for part in parts)]
    return tuple(found[:limit])


def photo_facts(photo: Photo, tr: Callable[..., str], taken: str, size: str) -> tuple[str, ...]:
    """What a caption says: time and its source, place and its source, pixels and bytes, short hash (domain.md §7)."""
    place = tr("photo.gps", place=f"{photo.latitude}, {photo.longitude}") if photo.latitude else tr("photo.no_place")
    return (
        tr(f"photo_time.{photo.taken_source}", time=taken),
        place,
        f"{photo.width} × {photo.height}",
        size,
        f"SHA-256 {photo.sha[:8]}",
        *((photo.name,) if photo.name else ()),
    )


def _holds(row: Row, part: str) -> bool:
    return row.id.casefold().startswith(part) or part in row.text.casefold() or part in row.note.casefold()


def _verdict(value: str) -> Verdict | None:
    return Verdict(value) if value in {v.value for v in Verdict} else None


def _measure(measure: MeasureState, pending: Pending) -> MeasureRow:
    facts = measure.measure
    problem = "" if measure.valid or facts.path in pending else measure.message
    value = pending.get(facts.path, measure.value)
    is_missing = measure.required and not value.strip()
    return MeasureRow(facts.path, facts.kind, measure.label, measure.hint, value, problem, is_missing)


def _wants_photo(item: Item, verdict: Verdict | None, photos: Sequence[Photo]) -> bool:
    return verdict in (Verdict.PASS, Verdict.FAIL) and len(photos) < item.photos_needed


def next_open(shown: Shown, current: str, pending: Pending) -> str:
    """The next Item without a Verdict or question without an answer, in the order of the panel and around; '' if none."""
    keys: list[str] = []
    open_keys: set[str] = set()
    for place in shown.dimensions:
        rows = shown.rows.get(place.id, ())
        keys += [row.id for row in rows]
        open_keys |= {row.id for row in rows if row.verdict is None}
        part = shown.sheet.part(place.id) if place.is_part else None
        if part is not None:
            keys += [row.key for row in part.rows]
            open_keys |= {row.key for row in part.rows if _is_open(row, pending)}
    start = keys.index(current) + 1 if current in keys else 0
    return next((key for key in (*keys[start:], *keys[:start]) if key in open_keys), "")


def first_in(shown: Shown, place: str) -> str:
    """Where to begin in a Dimension or a part of the questions: the first open one, else the first."""
    rows = shown.rows.get(place, ())
    if rows:
        return next((row.id for row in rows if row.verdict is None), rows[0].id)
    part = shown.sheet.part(place)
    asked = [row for row in part.rows if row.is_askable] if part is not None else []
    if part is None or not asked:
        return part.rows[0].key if part is not None and part.rows else ""
    return next((row.key for row in asked if not row.is_answered), asked[0].key)


def first_place(shown: Shown) -> str:
    """The very first Item or question of the visit; '' when nothing applies."""
    return next((place for each in shown.dimensions if (place := first_in(shown, each.id))), "")


def _is_open(row: QuestionRow, pending: Pending) -> bool:
    return row.is_askable and not row.is_answered and not pending.get(row.key)


def questions_matching(sheet: Sheet, text: str, *, limit: int = 40) -> tuple[QuestionRow, ...]:
    """Questions whose label, hint or value holds every part of the text."""
    parts = text.casefold().split()
    if not parts:
        return ()
    found = (row for row in sheet.rows() if row.kind == "question" and row.state is not None)
    matching = (row for row in found if all(part in _said(row) for part in parts))
    return tuple(row for _, row in zip(range(limit), matching, strict=False))


def _said(row: QuestionRow) -> str:
    state = row.state
    return f"{state.label} {state.hint} {state.value}".casefold() if state is not None else ""
