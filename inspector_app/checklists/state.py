"""Derives what a page shows of a visit: Verdicts, gaps, suggestions, counts and the Result. Pure, nothing is kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.checklists.measures import checks, is_condition_met, parse_answer, parse_date
from inspector_app.checklists.model import Checklist, Dimension, Item, Measure
from inspector_app.checklists.sections import Gap, find_gaps
from inspector_app.domain.inspection import Result, Verdict
from inspector_app.domain.outlook import Outlook, look_ahead
from inspector_app.domain.photo import Photo
from inspector_app.domain.scoring import Judgement, Marked, Tally, is_veto, judge, tally
from inspector_app.xforms import NodeState, Session
from inspector_app.xforms.model import Delta

_VERDICTS = {verdict.value: verdict for verdict in Verdict}


@dataclass(frozen=True, slots=True)
class MeasureState:
    """One measure as it stands; `message` says what is wrong while `valid` is False."""

    measure: Measure
    label: str
    hint: str
    value: str
    valid: bool
    message: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class ItemState:
    """One applicable Item. `missing` ⊆ verdict, note, measure, invalid, photo; no Verdict is 未檢, never 合格.

    `suggested` is what the measures say, for the Inspector to accept or not; `is_veto_now` = this failure is a veto.
    """

    item: Item
    label: str
    hint: str
    verdict: Verdict | None
    note: str
    measures: tuple[MeasureState, ...]
    photos: tuple[Photo, ...]
    missing: tuple[str, ...]
    suggested: Verdict | None
    is_veto_now: bool


@dataclass(frozen=True, slots=True)
class DimensionState:
    """One Dimension with its applicable Items only."""

    dimension: Dimension
    label: str
    items: tuple[ItemState, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class VisitState:
    """The whole visit. `missing` lists (item id, what) in the order of the form, `gaps` the same of other questions;
    both empty = it can be finished. `outlook` says what would change the Result."""

    dimensions: tuple[DimensionState, ...]
    tally: Tally
    judgement: Judgement
    missing: tuple[tuple[str, str], ...]
    gaps: tuple[Gap, ...] = ()
    outlook: Outlook = Outlook()

    @property
    def items(self) -> tuple[ItemState, ...]:
        """All applicable Items, in the order of the form."""
        return tuple(item for dimension in self.dimensions for item in dimension.items)

    @property
    def answered(self) -> int:
        """Items with a Verdict."""
        return self.tally.answered

    @property
    def total(self) -> int:
        """Applicable Items."""
        return self.tally.total


def suggest(item: Item, values: Mapping[str, str], today: date | None = None) -> Verdict | None:
    """The Verdict that the measures (path → text) imply, None where they leave it to the Inspector.

    One broken threshold means fail. All kept means pass, unless the answer also asks for a judgement of its own
    (`pf+…`). Ages need `today`, the day of the visit.
    """
    found = checks(item, values, today)
    if False in found:
        return Verdict.FAIL
    if not found or None in found or any(part.kind == "pf" for part in parse_answer(item.answer)):
        return None
    return Verdict.PASS


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What every Item of one visit is looked at with."""

    session: Session
    photos: Mapping[str, tuple[Photo, ...]]
    today: date | None


def derive_visit(checklist: Checklist, session: Session, photos: Sequence[Photo]) -> VisitState:
    """The visit as it stands in `session`; Photos belong to Items by their `item`.

    A visit to which no Item applies (its Site has no type) lacks ("", "verdict"): it never counts as complete.
    A form without Items is recorded, not judged.
    """
    return Following(checklist, session).state(photos)


class Following:
    """Keeps a VisitState in step with one Session: only Items that a Delta names are looked at again."""

    def __init__(self, checklist: Checklist, session: Session) -> None:
        self._checklist, self._session = checklist, session
        self._items: dict[str, ItemState | None] = {}
        self._dimensions: dict[str, DimensionState] = {}
        self._paths = {path: item for item in checklist.items_by_id.values() for path in item.paths}
        self._groups = {dimension.path for dimension in checklist.dimensions}
        self._photos: Mapping[str, tuple[Photo, ...]] = {}

    def take(self, delta: Delta) -> None:
        """One step of the Session; a new language or another day of the visit makes everything new.

        What was answered out of sight counts too: a note written before its Verdict.
        """
        for path in (*delta.changed, *delta.kept):
            if path in self._groups or path == self._checklist.visit_date_path:
                self._items.clear()
                return
            item = self._paths.get(path)
            if item is not None:
                self._items.pop(item.id, None)

    def state(self, photos: Sequence[Photo], *, with_gaps: bool = True) -> VisitState:
        """The visit now; without `with_gaps` the questions outside the Items are left to somebody else."""
        self._take_photos(_by_item(photos))
        around = _Surroundings(self._session, self._photos, visit_date(self._checklist, self._session))
        dimensions = tuple(self._dimension(dimension, around) for dimension in self._checklist.dimensions)
        gaps: tuple[Gap, ...] = ()
        if with_gaps and self._checklist.sections:
            gaps = tuple(find_gaps(self._checklist, self._session))
        if not self._checklist.has_items:
            return VisitState((), Tally(), Judgement(Result.RECORDED), (), gaps)
        marked = [mark for state in dimensions for mark in _marks(state.dimension, state.items)]
        missing = tuple((i.item.id, what) for state in dimensions for i in state.items for what in i.missing)
        lacking = missing if marked else (("", "verdict"),)
        return VisitState(dimensions, tally(marked), judge(marked), lacking, gaps, look_ahead(marked))

    def _take_photos(self, photos: Mapping[str, tuple[Photo, ...]]) -> None:
        for item_id in {*photos, *self._photos}:
            if photos.get(item_id) != self._photos.get(item_id):
                self._items.pop(item_id, None)
        self._photos = photos

    def _dimension(self, dimension: Dimension, around: _Surroundings) -> DimensionState:
        stale = [item for item in dimension.items if item.id not in self._items]
        known = self._dimensions.get(dimension.id)
        if known is not None and not stale:
            return known
        for item in stale:
            shown = self._session.state(item.path)
            self._items[item.id] = _item_state(item, shown, around) if shown.relevant else None
        items = tuple(found for item in dimension.items if (found := self._items[item.id]) is not None)
        label = self._session.state(dimension.path).label
        state = DimensionState(dimension, label, items, tally(_marks(dimension, items)))
        self._dimensions[dimension.id] = state
        return state


def visit_date(checklist: Checklist, session: Session) -> date | None:
    """The day of the visit as the form recorded it, None where it does not."""
    return parse_date(session.value(checklist.visit_date_path)) if checklist.visit_date_path else None


def _by_item(photos: Sequence[Photo]) -> dict[str, tuple[Photo, ...]]:
    found: dict[str, tuple[Photo, ...]] = {}
    for photo in photos:
        found[photo.item] = (*found.get(photo.item, ()), photo)
    return found


def _marks(dimension: Dimension, items: Iterable[ItemState]) -> list[Marked]:
    """The Items as the rules see them; whether a failed ☆ met its condition is what made it a veto."""
    return [
        Marked(i.item.id, dimension.id, i.item.critical, i.verdict, dimension.counted, i.is_veto_now) for i in items
    ]


def _item_state(item: Item, shown: NodeState, around: _Surroundings) -> ItemState:
    verdict = _VERDICTS.get(shown.value)
    note = around.session.answered(item.note_path)  # written before the Verdict: kept, shown, not lost
    photos = around.photos.get(item.id, ())
    measures = tuple(_measure_states(item.measures, around.session))
    values = {state.measure.path: state.value for state in measures}
    return ItemState(
        item=item,
        label=shown.label,
        hint=shown.hint,
        verdict=verdict,
        note=note,
        measures=measures,
        photos=photos,
        missing=tuple(_missing(item, verdict, note, measures, count=len(photos))),
        suggested=suggest(item, values, around.today),
        is_veto_now=_is_veto_now(item, verdict, values),
    )


def _is_veto_now(item: Item, verdict: Verdict | None, values: Mapping[str, str]) -> bool:
    if verdict is not Verdict.FAIL:
        return False
    met = is_condition_met(item, values)
    return is_veto(Marked(item.id, item.dimension, item.critical, verdict, condition_met=met))


def _measure_states(measures: Iterable[Measure], session: Session) -> Iterator[MeasureState]:
    for measure in measures:
        shown = session.state(measure.path)
        if shown.relevant:
            yield MeasureState(
                measure, shown.label, shown.hint, shown.value, shown.valid, shown.message, shown.required
            )


def _missing(
    item: Item, verdict: Verdict | None, note: str, measures: tuple[MeasureState, ...], *, count: int
) -> Iterator[str]:
    """What keeps the Item from being submitted (domain.md §4): saving is never kept back."""
    if verdict is None:
        yield "verdict"
    if verdict is Verdict.FAIL and not note.strip():
        yield "note"
    if any(state.required and not state.value.strip() for state in measures):
        yield "measure"
    if any(not state.valid for state in measures):
        yield "invalid"
    if verdict in (Verdict.PASS, Verdict.FAIL) and count < item.photos_needed:
        yield "photo"
