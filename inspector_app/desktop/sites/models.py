"""The columns of the table of Sites and where its rows come from."""

from collections.abc import Callable, Sequence
from functools import partial

from inspector_app.desktop.kit.collating import in_name_order
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.table_model import Column, IdTableModel, in_order
from inspector_app.desktop.sites.state import MAX_ROWS, Filter, is_ordered
from inspector_app.domain.site import Site
from inspector_app.store import sites
from inspector_app.store.database import Store


def site_model(context: Context) -> IdTableModel[Site]:
    """Name, type, subdistrict, credit code, Team."""
    tr = context.language.tr
    columns: list[Column[Site]] = [
        Column("sites.column_name", text=_name),
        Column("sites.column_type", text=partial(_type, tr), width=132),
        Column("sites.column_street", text=_street, width=92),
        Column("sites.column_code", text=_code, width=184, needs=660),
        Column("sites.column_team", text=_team, width=64, right=True, needs=480),
    ]
    return IdTableModel(columns, partial(fetch_sites, context.store), tr)


def fetch_sites(store: Store, ids: Sequence[str]) -> Sequence[Site | None]:
    """The rows of one page, in the order of the ids."""
    with store.reading() as session:
        return in_order(ids, {site.id: site for site in sites.many(session, list(ids))})


def find_sites(store: Store, wanted: Filter, order: str = "registry") -> tuple[list[str], int]:
    """Ids that match, best first or in the order of names, and how many Sites there are at all."""
    with store.reading() as session:
        ids = store.site_names.search(session, wanted.text, limit=MAX_ROWS, type=wanted.type, street=wanted.street)
        if is_ordered(wanted) and order != "registry":
            ids = in_name_order(((site.id, site.name) for site in sites.many(session, ids)), order)
        return list(ids), sites.count(session)


def _name(site: Site) -> str:
    return site.name


def _type(tr: Callable[..., str], site: Site) -> str:
    return tr(f"type.{site.type}") if site.type else ""


def _street(site: Site) -> str:
    return site.street


def _code(site: Site) -> str:
    return site.code


def _team(site: Site) -> str:
    return f"{site.team:02d}" if site.team else ""
