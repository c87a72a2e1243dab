"""Derives what a page shows of a visit: Verdicts, gaps, suggestions, counts and the Result. Pure, nothing is kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.checklists.measures import checks, is_condition_met, parse_answer, parse_date
from inspector_app.checklists.model import Checklist, Dimension, Item, Measure
from inspector_app.checklists.sections import Gap, find_gaps
from inspector_app.domain.inspection import Result, Verdict
from inspector_app.domain.photo import Photo
from inspector_app.domain.scoring import Judgement, Marked, Tally, is_veto, judge, tally
from inspector_app.xforms import NodeState, Session

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
    both empty = it can be finished."""

    dimensions: tuple[DimensionState, ...]
    tally: Tally
    judgement: Judgement
    missing: tuple[tuple[str, str], ...]
    gaps: tuple[Gap, ...] = ()

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
    around = _Surroundings(session, _by_item(photos), visit_date(checklist, session))
    dimensions = tuple(_dimension_state(dimension, around) for dimension in checklist.dimensions)
    marked = [mark for state in dimensions for mark in _marks(state.dimension, state.items)]
    missing = tuple((i.item.id, what) for state in dimensions for i in state.items for what in i.missing)
    gaps = tuple(find_gaps(checklist, session)) if checklist.sections else ()
    if not checklist.has_items:
        return VisitState((), Tally(), Judgement(Result.RECORDED), (), gaps)
    return VisitState(dimensions, tally(marked), judge(marked), missing if marked else (("", "verdict"),), gaps)


def visit_date(checklist: Checklist, session: Session) -> date | None:
    """The day of the visit as the form recorded it, None where it does not."""
    return parse_date(session.value(checklist.visit_date_path)) if checklist.visit_date_path else None


def _by_item(photos: Sequence[Photo]) -> dict[str, tuple[Photo, ...]]:
    found: dict[str, tuple[Photo, ...]] = {}
    for photo in photos:
        found[photo.item] = (*found.get(photo.item, ()), photo)
    return found


def _dimension_state(dimension: Dimension, around: _Surroundings) -> DimensionState:
    label = around.session.state(dimension.path).label
    shown = ((item, around.session.state(item.path)) for item in dimension.items)
    items = tuple(_item_state(item, state, around) for item, state in shown if state.relevant)
    return DimensionState(dimension, label, items, tally(_marks(dimension, items)))


def _marks(dimension: Dimension, items: Iterable[ItemState]) -> list[Marked]:
    """The Items as the rules see them; whether a failed ☆ met its condition is what made it a veto."""
    return [
        Marked(i.item.id, dimension.id, i.item.critical, i.verdict, dimension.counted, i.is_veto_now) for i in items
    ]


def _item_state(item: Item, shown: NodeState, around: _Surroundings) -> ItemState:
    verdict = _VERDICTS.get(shown.value)
    note = around.session.value(item.note_path)
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
        missing=tuple(_missing(item, verdict, note, measures, has_photo=bool(photos))),
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
    item: Item, verdict: Verdict | None, note: str, measures: tuple[MeasureState, ...], *, has_photo: bool
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
    if item.photo == "required" and verdict in (Verdict.PASS, Verdict.FAIL) and not has_photo:
        yield "photo"
