"""Where the list of Findings gets its rows: ids by filter and text from SQL, rows a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtGui import QColor, QIcon

from inspector_app.desktop.findings.state import (
    FILTERS,
    LEVEL_LOOKS,
    STATUS_LOOKS,
    STATUSES,
    Filter,
    FindingFile,
    FindingRow,
    derive_due,
    presses,
    soon_ids,
)
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.table_model import Column, IdTableModel, in_order
from inspector_app.domain.changeset import Touched
from inspector_app.domain.clock import moment
from inspector_app.operations import photographing
from inspector_app.operations.sealing import read_bounded
from inspector_app.store import findings, inspections, photos, sites
from inspector_app.store.database import Store

LIMIT = 5_000
INKS = {"fail": "fail", "warn": "warn", "na": "ink", "accent": "accent", "pass": "pass"}


@dataclass(frozen=True)
class Found:
    """Ids of the wanted filter, and how many each filter holds for the same text."""

    ids: tuple[str, ...]
    counts: dict[Filter, int]


def find_findings(store: Store, wanted: Filter, text: str) -> Found:
    """One consistent look: soonest Deadline first."""
    now = moment(store.clock())
    with store.reading() as session:
        search = partial(findings.ids, session, text=text, limit=LIMIT)
        by_filter: dict[Filter, list[str]] = {name: search(status=states) for name, states in STATUSES.items()}
        by_filter["overdue"] = search(overdue_at=now)
        due = search(status=STATUSES["all"], due_before=now + timedelta(hours=24))
        by_filter["soon"] = soon_ids(due, by_filter["overdue"])
    return Found(tuple(by_filter[wanted]), {name: len(by_filter[name]) for name in FILTERS})


def read_finding(store: Store, finding_id: str) -> FindingFile | None:
    """Everything about one Finding; None when it is not on this laptop."""
    with store.reading() as session:
        finding = findings.get(session, finding_id)
        if finding is None:
            return None
        site = sites.get(session, finding.site)
        visit = inspections.get(session, finding.inspection)
        shown = (finding.item, photographing.RECHECK + finding.item)
        pictures = tuple(p for p in photos.of_inspection(session, finding.inspection) if p.item in shown)
    return FindingFile(finding, site.name if site else "", pictures, visit.number if visit else "")


def add_photo(store: Store, finding_id: str, file: Path) -> Touched:
    """A picture of what a recheck saw."""
    return photographing.attach_recheck(store, finding_id, read_bounded(file), name=file.name)[1]


def fetch_rows(store: Store, ids: Sequence[str]) -> Sequence[FindingRow | None]:
    """The rows of one page, in the order of the ids."""
    with store.reading() as session:
        found = findings.many(session, list(ids))
        names = {site.id: site.name for site in sites.many(session, sorted({each.site for each in found}))}
    return in_order(ids, {each.id: FindingRow(each, names.get(each.site, "")) for each in found})


def finding_model(context: Context) -> IdTableModel[FindingRow]:
    """Requirement, Site, Deadline, state."""
    columns: list[Column[FindingRow]] = [
        Column("findings.column_what", text=_what, icon=partial(_level_icon, context)),
        Column("findings.column_site", text=_site, width=176, needs=600),
        Column(
            "findings.column_due",
            text=partial(_due, context),
            icon=partial(_due_icon, context),
            color=partial(_due_color, context),
            width=158,
        ),
        Column(
            "findings.column_status",
            text=partial(_status, context),
            icon=partial(_status_icon, context),
            color=partial(_status_color, context),
            width=134,
        ),
    ]
    return IdTableModel(columns, partial(fetch_rows, context.store), context.language.tr)


def now_of(context: Context) -> datetime:
    """The laptop's clock as a moment in China."""
    return moment(context.store.clock())


def due_words(context: Context, row: FindingRow) -> str:
    """The absolute Deadline and, when it presses, by how much."""
    due, tr = derive_due(row.finding, now_of(context)), context.language.tr
    if not row.finding.deadline:
        return tr(f"deadline.{row.finding.rule}") if row.finding.rule else ""
    words = context.language.moment(row.finding.deadline, year=False)
    if due.kind in ("later", "over", "rule"):
        return words
    return tr("findings.due_line", time=words, state=tr(f"due.{due.kind}", n=due.n))


def _what(row: FindingRow) -> str:
    return f"{row.finding.item}  {row.finding.requirement}"


def _site(row: FindingRow) -> str:
    return row.site_name


def _due(context: Context, row: FindingRow) -> str:
    if not row.finding.deadline:
        return context.language.tr(f"deadline.{row.finding.rule}") if row.finding.rule else ""
    return context.language.moment(row.finding.deadline, year=False)


def _due_icon(context: Context, row: FindingRow) -> QIcon:
    due = derive_due(row.finding, now_of(context))
    return context.icons.icon(due.icon, color=INKS[due.tone] if due.tone != "na" else "muted", size=16)


def _due_color(context: Context, row: FindingRow) -> QColor:
    return context.theme.color(INKS[derive_due(row.finding, now_of(context)).tone])


def _status(context: Context, row: FindingRow) -> str:
    """By how much it is late or how little is left, as long as somebody on site has to act; else its state."""
    due, tr = derive_due(row.finding, now_of(context)), context.language.tr
    if presses(row.finding, due):
        return tr(f"due.{due.kind}", n=due.n)
    return tr(f"status.{row.finding.status.value}")


def _status_icon(context: Context, row: FindingRow) -> QIcon:
    due = derive_due(row.finding, now_of(context))
    tone, icon = (due.tone, due.icon) if presses(row.finding, due) else STATUS_LOOKS[row.finding.status]
    return context.icons.icon(icon, color=tone if tone != "na" else "muted", size=16)


def _status_color(context: Context, row: FindingRow) -> QColor | None:
    due = derive_due(row.finding, now_of(context))
    return context.theme.color(INKS[due.tone]) if presses(row.finding, due) else None


def _level_icon(context: Context, row: FindingRow) -> QIcon:
    tone, icon = LEVEL_LOOKS[row.finding.level]
    return context.icons.icon(icon, color=tone if tone != "na" else "muted", size=16)
