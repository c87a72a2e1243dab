"""Reads Sites: search while typing, lookups for an import."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

import msgspec
from sqlalchemy import ColumnElement, Row, Select, and_, func, select, text
from sqlalchemy.orm import Session

from inspector_app.domain.site import Site, clean_code
from inspector_app.store.schema import site_row
from inspector_app.store.site_words import SEARCHED, normal, phrases, query
from inspector_app.store.taking import any_of

_COLUMNS = tuple(site_row.c[field.name] for field in fields(Site))
_LAST = "\U0010ffff"
_MATCH = text("SELECT rowid FROM site_text WHERE site_text MATCH :words ORDER BY rowid LIMIT :limit")


def search_ids(
    session: Session,
    text: str,
    *,
    limit: int = 200,
    **wanted: str | int,
) -> list[str]:
    """Ids of Sites that hold every word of `text` in name, code, street or address.

    Codes and names that begin with the text come first, then names that hold it, then the rest in registry order.
    `wanted` may name type, street and team; empty values do not filter. '' as text lists the registry.
    """
    filters = tuple((name, str(wanted[name])) for name in ("type", "street", "team") if wanted.get(name))
    found: dict[int, None] = {}
    for positions in _steps(session, text, filters, limit):
        found.update(dict.fromkeys(positions))
        if len(found) >= limit:
            break
    return _ids(session, list(found)[:limit])


def _steps(session: Session, typed: str, filters: tuple[tuple[str, str], ...], limit: int) -> Iterator[Iterable[int]]:
    """From the best kind of hit to the widest; a later step runs only when earlier ones did not fill the list."""
    if not normal(typed):
        yield _matching(session, query("", "", filters), limit) if filters else _all(session, limit)
        return
    yield _beginning(session, site_row.c.code, clean_code(normal(typed)), filters, limit)
    yield _beginning(session, site_row.c.name, typed.strip(), filters, limit)
    words = phrases(typed)
    if words:
        yield _matching(session, query("name", words, filters), limit)
        yield _matching(session, query(SEARCHED, words, filters), limit)


def _all(session: Session, limit: int) -> Iterable[int]:
    return session.execute(select(site_row.c.pos).order_by(site_row.c.pos).limit(limit)).scalars()


def _beginning(
    session: Session, column: ColumnElement[str], start: str, filters: tuple[tuple[str, str], ...], limit: int
) -> Iterable[int]:
    """A range of an index that also carries the filtered columns, so that no row is read."""
    given = [site_row.c[name] == (int(value) if name == "team" else value) for name, value in filters]
    inside = and_(column >= start, column < start + _LAST, *given)
    return session.execute(select(site_row.c.pos).where(inside).order_by(column).limit(limit)).scalars()


def _matching(session: Session, match: str, limit: int) -> Iterable[int]:
    return session.execute(_MATCH, {"words": match, "limit": limit}).scalars()


def _ids(session: Session, positions: Sequence[int]) -> list[str]:
    listed = {"pos": msgspec.json.encode(positions).decode()}
    rows = session.execute(_BY_POSITION, listed).all()
    by_position = {row.pos: row.id for row in rows}
    return [by_position[pos] for pos in positions]


_BY_POSITION = text("SELECT pos, id FROM site_row WHERE pos IN (SELECT value FROM json_each(:pos))")


def count(session: Session) -> int:
    """How many Sites the registry has."""
    return session.execute(select(func.count()).select_from(site_row)).scalar_one()


def get(session: Session, site: str) -> Site | None:
    """One Site by id."""
    return next(iter(_sites(session, select(*_COLUMNS).where(site_row.c.id == site))), None)


def many(session: Session, ids: Sequence[str]) -> list[Site]:
    """Sites in the order of `ids`; unknown ids are left out."""
    found = {site.id: site for site in _sites(session, select(*_COLUMNS).where(any_of(site_row.c.id, ids)))}
    return [found[one] for one in ids if one in found]


def by_name(session: Session, name: str) -> list[Site]:
    """Sites with exactly this name."""
    return list(_sites(session, select(*_COLUMNS).where(site_row.c.name == name).order_by(site_row.c.pos)))


def find_match(session: Session, code: str, name: str, street: str) -> Site | None:
    """The Site a row means: by 統一社會信用代碼 where there is one, else by name and subdistrict together."""
    code = clean_code(code)
    query = select(*_COLUMNS).order_by(site_row.c.pos).limit(1)
    if code and (found := next(iter(_sites(session, query.where(site_row.c.code == code))), None)):
        return found
    if not name:
        return None
    return next(iter(_sites(session, query.where(site_row.c.name == name, site_row.c.street == street))), None)


def match_index(session: Session) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """code → id and (name, street) → id of the whole registry, for an import."""
    rows = session.execute(select(site_row.c.id, site_row.c.code, site_row.c.name, site_row.c.street)).all()
    return {row.code: row.id for row in rows if row.code}, {(row.name, row.street): row.id for row in rows}


def _sites(session: Session, query: Select[tuple[object, ...]]) -> Iterator[Site]:
    return (_site(row) for row in session.execute(query))


def _site(row: Row[tuple[object, ...]]) -> Site:
    return Site(**row._mapping)  # type: ignore[arg-type]
