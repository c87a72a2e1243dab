"""Where the list of visits gets its rows: ids by filter and text from SQL, rows a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtGui import QColor, QIcon

from inspector_app.desktop.inspections.list_state import FILTERS, Filter, derive_look, progress_text
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.table_model import Column, IdTableModel, in_order
from inspector_app.domain.inspection import Status
from inspector_app.store import conflicts, inspections
from inspector_app.store.database import Store
from inspector_app.store.inspections import InspectionHead

LIMIT = 5_000
MOST_SITES = 50


@dataclass(frozen=True)
class Found:
    """Ids of the wanted filter, drafts first, and how many each filter holds for the same text."""

    ids: tuple[str, ...]
    counts: dict[Filter, int]


def find_visits(store: Store, wanted: Filter, text: str) -> Found:
    """One consistent look. A text is looked for among Sites (name, code, street, address) and as a visit's number."""
    with store.reading() as session:
        by_status: dict[str, list[str]] = {}
        for status in ("draft", "finished"):
            if not text:
                by_status[status] = inspections.ids(session, status=status, limit=LIMIT)
                continue
            places = store.site_names.search(session, text, limit=MOST_SITES)
            groups = (inspections.ids(session, status=status, site=site, limit=LIMIT) for site in places)
            by_status[status] = [each for group in groups for each in group]
        if text:
            numbered = inspections.matching(session, text)
            by_status["finished"] += [each for each in numbered if each not in set().union(*by_status.values())]
    ids = {
        "all": [*by_status["draft"], *by_status["finished"]],
        "draft": by_status["draft"],
        "finished": by_status["finished"],
    }
    return Found(tuple(ids[wanted]), {name: len(ids[name]) for name in FILTERS})


def finished_of(store: Store, ids: Sequence[str]) -> list[str]:
    """Those of the visits that are finished, in the same order."""
    with store.reading() as session:
        return [head.id for head in inspections.heads(session, ids) if head.status == Status.FINISHED]


def fetch_heads(store: Store, ids: Sequence[str]) -> Sequence[InspectionHead | None]:
    """The rows of one page, in the order of the ids."""
    with store.reading() as session:
        several = conflicts.count_by_visit(session, list(ids))
        heads = inspections.heads(session, list(ids))
        return in_order(ids, {head.id: replace(head, conflicts=several.get(head.id, 0)) for head in heads})


def visit_model(context: Context) -> IdTableModel[InspectionHead]:
    """Site, begun, progress, state, number."""
    tr = context.language.tr
    columns: list[Column[InspectionHead]] = [
        Column("inspections.column_site", text=partial(_site, tr), icon=partial(_doubt, context)),
        Column("inspections.column_started", text=partial(_started, context), width=168),
        Column("inspections.column_progress", text=_progress, width=84, right=True, needs=560),
        Column(
            "inspections.column_result",
            text=partial(_state, tr),
            icon=partial(_icon, context),
            color=partial(_color, context),
            width=132,
        ),
        Column("inspections.column_number", text=_number, width=290, needs=960),
    ]
    return IdTableModel(columns, partial(fetch_heads, context.store), tr)


def _site(tr: Callable[..., str], head: InspectionHead) -> str:
    return f"{head.site_name} · {tr('conflicts.row', n=head.conflicts)}" if head.conflicts else head.site_name


def _doubt(context: Context, head: InspectionHead) -> QIcon | None:
    return context.icons.icon("triangle-alert", color="warn", size=16) if head.conflicts else None


def _started(context: Context, head: InspectionHead) -> str:
    return context.language.moment(head.started)


def _progress(head: InspectionHead) -> str:
    return progress_text(head.answered, head.total)


def _number(head: InspectionHead) -> str:
    return head.number


def _state(tr: Callable[..., str], head: InspectionHead) -> str:
    return tr(derive_look(head.status, head.result)[2])


def _icon(context: Context, head: InspectionHead) -> QIcon:
    tone, icon, _ = derive_look(head.status, head.result)
    return context.icons.icon(icon, color="muted" if tone == "na" else tone, size=16)


def _color(context: Context, head: InspectionHead) -> QColor:
    tone = derive_look(head.status, head.result)[0]
    return context.theme.color("muted" if tone == "na" else tone)
