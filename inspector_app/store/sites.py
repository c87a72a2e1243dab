"""Reads the registry: search while typing, rows by id, matches for an import."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Column, RowMapping, func, select, text
from sqlalchemy.orm import Session

from inspector_app.domain.site import SITE_FIELDS, Site, clean_code
from inspector_app.store.schema import site_row
from inspector_app.store.site_words import SEARCHED, normal, phrases, query
from inspector_app.store.taking import any_of

_FOUND = text("SELECT rowid FROM site_text WHERE site_text MATCH :words ORDER BY rowid LIMIT :most")
_PLACED = text("SELECT pos, id FROM site_row WHERE pos IN (SELECT value FROM json_each(:places))")
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class _Facets:
    """What a list is narrowed by besides words; empty means all."""

    type: str
    street: str
    team: int

    def pairs(self) -> tuple[tuple[str, str], ...]:
        named = (("type", self.type), ("street", self.street), ("team", str(self.team or "")))
        return tuple(pair for pair in named if pair[1])


def search_ids(  # noqa: PLR0913 - the filters of one list, all by name
    session: Session,
    wanted: str,
    *,
    limit: int = 200,
    type: str = "",  # noqa: A002
    street: str = "",
    team: int = 0,
) -> list[str]:
    """Ids of Sites whose name, code, street or address holds every word of `wanted`; '' lists all.

    Those whose name or code begins with the words come first, the rest in the order of the registry.
    """
    facets = _Facets(type, street, team)
    words = phrases(wanted)
    if normal(wanted) and not words:
        return []
    if not words and not facets.pairs():
        return list(session.execute(select(site_row.c.id).order_by(site_row.c.pos).limit(limit)).scalars())
    places = _beginning(session, wanted, facets, limit) if words else []
    if len(places) < limit:
        match = query(SEARCHED, words, facets.pairs())
        places += session.execute(_FOUND, {"words": match, "most": limit}).scalars()
    return _ids_at(session, list(dict.fromkeys(places))[:limit])


def _beginning(session: Session, wanted: str, facets: _Facets, limit: int) -> list[int]:
    """Places of Sites whose code or name begins with the text, by the two indexes."""
    found: list[int] = []
    starts: tuple[tuple[Column[str], str], ...] = (
        (site_row.c.code, clean_code(normal(wanted))),
        (site_row.c.name, normal(wanted)),
    )
    for column, start in starts:
        if not start:
            continue
        statement = select(site_row.c.pos).where(column >= start, column < start + _LAST)
        for name, value in facets.pairs():
            statement = statement.where(site_row.c[name] == (int(value) if name == "team" else value))
        found += session.execute(statement.order_by(column).limit(limit)).scalars()
    return found


def _ids_at(session: Session, places: Sequence[int]) -> list[str]:
    """One parameter however many places there are: the command line lists whole registries."""
    listed = {"places": msgspec.json.encode(places).decode()}
    rows = session.execute(_PLACED, listed)
    by_place = {row.pos: row.id for row in rows}
    return [by_place[place] for place in places if place in by_place]


def count(session: Session) -> int:
    """How many Sites the registry has."""
    return session.execute(select(func.count()).select_from(site_row)).scalar_one()


def _site(row: RowMapping) -> Site:
    return Site(id=row["id"], **{name: row[name] for name in SITE_FIELDS})


def get(session: Session, site_id: str) -> Site | None:
    """One Site."""
    row = session.execute(select(site_row).where(site_row.c.id == site_id)).mappings().first()
    return _site(row) if row else None


def many(session: Session, ids: Sequence[str]) -> list[Site]:
    """Sites in the order of `ids`; unknown ids are left out."""
    rows = session.execute(select(site_row).where(any_of(site_row.c.id, ids))).mappings()
    by_id = {row["id"]: _site(row) for row in rows}
    return [by_id[one] for one in ids if one in by_id]


def by_name(session: Session, name: str) -> list[Site]:
    """Sites of exactly this name."""
    return [_site(row) for row in session.execute(select(site_row).where(site_row.c.name == name)).mappings()]


def find_match(session: Session, code: str, name: str, street: str) -> Site | None:
    """The known Site of a registry row: by code, else by name and street (cli.md)."""
    if wanted := clean_code(code):
        row = session.execute(select(site_row).where(site_row.c.code == wanted)).mappings().first()
        if row:
            return _site(row)
    place = (site_row.c.name == name) & (site_row.c.street == street)
    row = session.execute(select(site_row).where(place)).mappings().first() if name else None
    return _site(row) if row else None


def match_index(session: Session) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """code → id and (name, street) → id of the whole registry, for an import."""
    rows = session.execute(select(site_row.c.id, site_row.c.code, site_row.c.name, site_row.c.street)).all()
    return {row.code: row.id for row in rows if row.code}, {(row.name, row.street): row.id for row in rows}
