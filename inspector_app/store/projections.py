"""Rows that lists and pages read, written from merged documents: kind → one function for a batch of entities."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import msgspec
from sqlalchemy import Table, bindparam, delete, select, text
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.orm import Session

from inspector_app.domain.changeset import Value
from inspector_app.domain.inspection import ANSWER_PREFIX, Verdict
from inspector_app.domain.site import SITE_FIELDS
from inspector_app.store import plain
from inspector_app.store.schema import finding_row, inspection_row, paper_row, photo_row, plan_row, site_row, tally_row
from inspector_app.store.site_words import facets, spaced
from inspector_app.store.states import Doc

_VERDICTS = frozenset(verdict.value for verdict in Verdict)
_SITE_NUMBERS = ("team", "headcount")


@dataclass(frozen=True)
class Shown:
    """One entity to project: its displayed document (None = deleted) and the stamp of its newest value."""

    id: str
    doc: Doc | None
    stamp: int


Row = dict[str, object]
Projection = Callable[[Session, Sequence[Shown]], None]


def write_rows(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Insert or replace by id, in one statement."""
    if rows:
        session.execute(_insert_or_replace(table, tuple(rows[0])), rows)


@cache
def _insert_or_replace(table: Table, names: tuple[str, ...]) -> Insert:
    """Built once: making it costs more than running it."""
    statement = insert(table)
    values = {name: statement.excluded[name] for name in names if name != "id"}
    return statement.on_conflict_do_update(index_elements=["id"], set_=values)


def _drop_rows(session: Session, table: Table, ids: Sequence[str]) -> None:
    if ids:
        session.execute(delete(table).where(table.c.id == bindparam("gone_id")), [{"gone_id": one} for one in ids])


def _plainly(table: Table, make: Callable[[str, Doc, int], Row]) -> Projection:
    """A projection that is one row per living entity."""

    def project(session: Session, shown: Sequence[Shown]) -> None:
        write_rows(session, table, [make(one.id, one.doc, one.stamp) for one in shown if one.doc is not None])
        _drop_rows(session, table, [one.id for one in shown if one.doc is None])

    return project


def _inspection(entity: str, doc: Doc, stamp: int) -> Row:
    names = ("site", "form_hash", "started", "finished", "status", "number", "result", "kind", "stage")
    return {
        "id": entity,
        **{name: plain.text(doc, name) for name in names},
        "team": plain.number(doc, "team"),
        "inspectors": msgspec.json.encode(plain.texts(doc, "inspectors")).decode(),
        "answered": sum(1 for name, value in doc.items() if name.startswith(ANSWER_PREFIX) and _is_verdict(value)),
        "saved_ms": stamp,
    }


def _inspections(session: Session, shown: Sequence[Shown]) -> None:
    """Visits, and the counts that finishing wrote down; a visit that brings none keeps those made of its answers."""
    _inspection_rows(session, shown)
    counted = [row for one in shown if one.doc is not None for row in _tallies(one.id, one.doc)]
    gone = {str(row["inspection"]) for row in counted} | {one.id for one in shown if one.doc is None}
    drop_tallies(session, gone)
    write_tallies(session, counted)


def drop_tallies(session: Session, inspections: Iterable[str]) -> None:
    """Forget the counts of these visits."""
    gone = [{"gone_id": one} for one in inspections]
    if gone:
        session.execute(delete(tally_row).where(tally_row.c.inspection == bindparam("gone_id")), gone)


def write_tallies(session: Session, rows: Sequence[Row]) -> None:
    """New rows of tally_row."""
    if rows:
        session.execute(tally_row.insert(), rows)


def _tallies(entity: str, doc: Doc) -> list[Row]:
    """`tallies` is [[dimension, passed, failed, na, unchecked], …]; whatever else stands there is no count."""
    found = doc.get("tallies")
    rows: dict[str, Row] = {}
    for one in found if isinstance(found, list) else ():
        if isinstance(one, list) and len(one) == 5 and isinstance(one[0], str) and all(map(_is_count, one[1:])):
            counts = dict(zip(("passed", "failed", "na", "unchecked"), one[1:], strict=True))
            rows[one[0]] = {"inspection": entity, "dimension": one[0], **counts}
    return list(rows.values())


def _is_count(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000


def _is_verdict(value: Value) -> bool:
    return isinstance(value, str) and value in _VERDICTS


_FINDING_COLUMNS = tuple(column.name for column in finding_row.c)


def _finding(entity: str, doc: Doc, _stamp: int) -> Row:
    texts = [name for name in _FINDING_COLUMNS if name not in ("id", "team", "due_ms")]
    return {
        "id": entity,
        **{name: plain.text(doc, name) for name in texts},
        "team": plain.number(doc, "team"),
        "due_ms": plain.moment_ms(plain.text(doc, "deadline")),
    }


def _photo(entity: str, doc: Doc, _stamp: int) -> Row:
    sha, size, mime = plain.blob(doc.get("blob")) or ("", 0, "")
    texts = ("inspection", "item", "taken", "taken_source", "name", "caption", "latitude", "longitude")
    return {
        "id": entity,
        **{name: plain.text(doc, name) for name in texts},
        "sha": sha,
        "size": size,
        "mime": mime,
        "width": plain.number(doc, "width"),
        "height": plain.number(doc, "height"),
    }


def _paper(entity: str, doc: Doc, _stamp: int) -> Row:
    names = ("inspection", "kind", "number", "issued", "issued_by")
    seen = doc.get("seen")
    return {
        "id": entity,
        **{name: plain.text(doc, name) for name in names},
        "seen": msgspec.json.encode(seen if isinstance(seen, dict) else {}).decode(),
    }


def _plan(entity: str, doc: Doc, _stamp: int) -> Row:
    texts = {name: plain.text(doc, name) for name in ("site", "day", "form", "note", "by", "visit")}
    return {"id": entity, **texts, "team": plain.number(doc, "team")}


_inspection_rows = _plainly(inspection_row, _inspection)


def _site(entity: str, doc: Doc) -> Row:
    numbers = {name: plain.number(doc, name) for name in _SITE_NUMBERS}
    return {"id": entity, **{name: plain.text(doc, name) for name in SITE_FIELDS}, **numbers}


_UNSEARCH = text("DELETE FROM site_text WHERE rowid = :pos")
_SEARCH = text(
    "INSERT INTO site_text (rowid, name, street, code, address, facet) "
    "VALUES (:pos, :name, :street, :code, :address, :facet)"
)


def _sites(session: Session, shown: Sequence[Shown]) -> None:
    """Sites and their words; a word index entry is only taken out where there was one."""
    before = _places(session, [one.id for one in shown])
    if before:
        session.execute(_UNSEARCH, [{"pos": pos} for pos in before.values()])
    rows = [_site(one.id, one.doc) for one in shown if one.doc is not None]
    _drop_rows(session, site_row, [one.id for one in shown if one.doc is None])
    write_rows(session, site_row, rows)
    places = before if len(before) == len(shown) else _places(session, [str(row["id"]) for row in rows])
    if rows:
        session.execute(_SEARCH, [_words(places[str(row["id"])], row) for row in rows])


def _places(session: Session, ids: Sequence[str]) -> dict[str, int]:
    listed = select(text("value")).select_from(text("json_each(:ids)"))
    query = select(site_row.c.id, site_row.c.pos).where(site_row.c.id.in_(listed))
    return {row.id: row.pos for row in session.execute(query, {"ids": msgspec.json.encode(list(ids)).decode()})}


def _words(pos: int, row: Row) -> Row:
    searched = {name: spaced(str(row[name])) for name in ("name", "street", "code", "address")}
    team = row["team"]
    assert isinstance(team, int)
    return {"pos": pos, **searched, "facet": facets(str(row["type"]), str(row["street"]), team)}


REGISTRY: Mapping[str, Projection] = MappingProxyType(
    {
        "site": _sites,
        "inspection": _inspections,
        "finding": _plainly(finding_row, _finding),
        "photo": _plainly(photo_row, _photo),
        "paper": _plainly(paper_row, _paper),
        "plan": _plainly(plan_row, _plan),
    }
)
"""Kinds outside this table are kept in `entity` and never projected."""
