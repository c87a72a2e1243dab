"""The visit page derived from what is saved and what is on its way; what nothing has happened to is derived once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from inspector_app.checklists.bulk import may_pass_in_bulk
from inspector_app.checklists.state import DimensionState, ItemState, VisitState
from inspector_app.desktop.inspections.state import (
    MIN_INSPECTORS,
    DimensionRow,
    Lack,
    Pending,
    Questions,
    Row,
    Shown,
    derive_row,
)
from inspector_app.desktop.questions.state import Part, Sheet
from inspector_app.domain.inspection import Inspection, Verdict
from inspector_app.domain.scoring import percent


@dataclass(frozen=True)
class _Around:
    """What every row of one page is derived with."""

    inspection: Inspection
    pending: Pending
    signed: datetime
    by: dict[str, str] = field(default_factory=dict)


class Derivation:
    """Makes one Shown after another: an Item whose state is the very same object as before keeps its Row, and so the
    widgets know without looking that there is nothing to do. An answer costs what it changes, not 500 Items."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[ItemState, tuple[str, ...], Row]] = {}
        self._dimensions: dict[str, tuple[DimensionState, tuple[Row, ...], DimensionRow]] = {}
        self._lacks: tuple[object, tuple[Lack, ...]] = (None, ())

    def shown(
        self, state: VisitState, inspection: Inspection, pending: Pending, now: datetime, questions: Questions
    ) -> Shown:
        """The page; `now` stands for the signature until there is one."""
        signed = datetime.fromisoformat(inspection.finished) if inspection.finished else now
        around = _Around(inspection, pending, signed, dict(questions.by))
        rows = {d.dimension.id: self._group(d, around) for d in state.dimensions}
        places = {d.dimension.path: self._dimension(d, rows[d.dimension.id], pending) for d in state.dimensions}
        places |= {part.key: _part(part, pending) for part in questions.sheet.parts}
        order = questions.order
        dimensions = tuple(places[path] for path in sorted(places, key=lambda path: order.get(path, 0)))
        return Shown(
            inspection=inspection,
            dimensions=dimensions,
            rows=rows,
            result=state.judgement.result,
            reasons=state.judgement.reasons,
            answered=sum(d.answered for d in dimensions),
            total=sum(d.total for d in dimensions),
            failed=sum(d.failed for d in dimensions),
            lacks=(*self._lacking(state, inspection), *_gaps(questions.sheet, pending)),
            sheet=questions.sheet,
            outlook=state.outlook,
        )

    def _group(self, state: DimensionState, around: _Around) -> tuple[Row, ...]:
        rows = tuple(self._row(item, around) for item in state.items)
        known = self._dimensions.get(state.dimension.id)
        is_same = known is not None and _are_same(rows, known[1])
        return known[1] if known is not None and is_same else rows

    def _row(self, item: ItemState, around: _Around) -> Row:
        """The Row as it was, where nothing it is made of has changed; a Deadline by its rule moves with the clock."""
        facts, pending = item.item, around.pending
        path, inspection = facts.path, around.inspection
        by = around.by.get(path, "")
        is_calm = not pending or pending.keys().isdisjoint(facts.paths)
        beside = (inspection.given.get(path, ""), by)
        known = self._rows.get(facts.id)
        is_known = known is not None and known[0] is item and known[1] == beside
        if known is not None and is_known and is_calm and item.verdict is not Verdict.FAIL:
            return known[2]
        row = derive_row(item, inspection, pending, around.signed, by=by)
        if is_calm:
            self._rows[facts.id] = (item, beside, row)
        return row

    def _dimension(self, state: DimensionState, rows: tuple[Row, ...], pending: Pending) -> DimensionRow:
        known = self._dimensions.get(state.dimension.id)
        if known is not None and known[0] is state and known[1] is rows:
            return known[2]
        made = _dimension(state, rows, pending)
        self._dimensions[state.dimension.id] = (state, rows, made)
        return made

    def _lacking(self, state: VisitState, inspection: Inspection) -> tuple[Lack, ...]:
        given = (state, len(inspection.inspectors))
        known = self._lacks[0]
        if isinstance(known, tuple) and known[0] is given[0] and known[1] == given[1]:
            return self._lacks[1]
        self._lacks = (given, _lacks(state, inspection))
        return self._lacks[1]


def derive_shown(
    state: VisitState, inspection: Inspection, pending: Pending, now: datetime, questions: Questions | None = None
) -> Shown:
    """One page by itself."""
    return Derivation().shown(state, inspection, pending, now, questions or Questions())


def _are_same(rows: Sequence[Row], others: Sequence[Row]) -> bool:
    return len(rows) == len(others) and all(row is other for row, other in zip(rows, others, strict=True))


def _dimension(state: DimensionState, rows: tuple[Row, ...], pending: Pending) -> DimensionRow:
    return DimensionRow(
        id=state.dimension.id,
        label=state.label,
        answered=sum(row.verdict is not None for row in rows),
        total=len(rows),
        failed=sum(row.verdict is Verdict.FAIL for row in rows),
        rate=percent(state.tally.rate),
        counted=state.dimension.counted,
        rest=sum(may_pass_in_bulk(item) and not pending.get(item.item.path) for item in state.items),
    )


def _part(part: Part, pending: Pending) -> DimensionRow:
    """A part of the questions; what is on its way to the disk counts as answered."""
    fresh = (
        sum(row.is_askable and not row.is_answered and bool(pending.get(row.key)) for row in part.rows)
        if pending
        else 0
    )
    first = next((row.state.label for row in part.rows if row.state is not None and row.state.label), "")
    return DimensionRow(part.key, part.label or first, part.answered + fresh, part.total, part.wrong, "", False)


def _gaps(sheet: Sheet, pending: Pending) -> tuple[Lack, ...]:
    """Required questions without an answer, and answers that break their rule."""
    return tuple(
        Lack(row.key, "answer" if row.is_missing else "invalid", row.state.label if row.state else "")
        for part in sheet.parts
        for row in part.lacking
        if row.is_wrong or not pending.get(row.key)
    )


def _lacks(state: VisitState, inspection: Inspection) -> tuple[Lack, ...]:
    texts = {item.item.id: item.label for item in state.items}
    lacks = [Lack(item, what, texts.get(item, "")) for item, what in state.missing]
    if len(inspection.inspectors) < MIN_INSPECTORS:
        lacks.insert(0, Lack("", "inspectors", ""))
    return tuple(lacks)
