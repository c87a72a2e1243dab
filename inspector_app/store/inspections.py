"""Reads visits: whole ones from the merged document, lists from projected rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

import msgspec
from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from inspector_app.domain.changeset import Value
from inspector_app.domain.inspection import (
    ANSWER_PREFIX,
    DEADLINE_PREFIX,
    FILE_PREFIX,
    GIVEN_PREFIX,
    SIGNATURE_PREFIX,
    Attached,
    Given,
    Inspection,
    Result,
    Signature,
    Signing,
    Status,
)
from inspector_app.domain.instances import is_instance
from inspector_app.store import plain
from inspector_app.store.schema import entity, form, inspection_row, site_row
from inspector_app.store.states import Doc
from inspector_app.store.taking import any_of

SHORTEST = 6
"""Characters of an id that name a visit on the command line."""


@dataclass(frozen=True)
class InspectionHead:
    """One line of a list. `total` is 0 when the checklist is not known for this type of Site."""

    id: str
    site: str
    site_name: str
    team: int
    started: str
    finished: str
    status: str
    number: str
    result: str
    answered: int
    total: int
    inspectors: tuple[str, ...]
    kind: str = "planned"
    stage: str = "first"
    conflicts: int = 0
    """Fields with several values, where the reader asked for them."""


def _doc(session: Session, inspection: str) -> tuple[Doc, int] | None:
    query = (
        select(entity.c.doc, entity.c.heads, entity.c.conflict, inspection_row.c.saved_ms)
        .join(inspection_row, inspection_row.c.id == entity.c.id)
        .where(entity.c.id == inspection)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    doc = msgspec.json.decode(row.doc)
    return ({**doc, **_outliving(msgspec.json.decode(row.heads))} if row.conflict else doc, row.saved_ms)


def _outliving(heads: Mapping[str, list[list[Any]]]) -> dict[str, str]:
    """Repeat instances that one person removed while another still wrote in them: shown alive (sync.md §4)."""
    found = {}
    for name, several in heads.items():
        if is_instance(name) and len(several) > 1:
            found[name] = max(str(head[2]) for head in several if len(head) > 2)
    return found


def get(session: Session, inspection: str) -> Inspection | None:
    """One visit with all its Answers."""
    found = _doc(session, inspection)
    if found is None:
        return None
    doc, saved_ms = found
    names = ("site", "form", "form_version", "form_hash", "started", "finished", "number")
    answers = {n: v for n, v in doc.items() if n.startswith(ANSWER_PREFIX) and isinstance(v, str)}
    files = {n.removeprefix(FILE_PREFIX): v for n, v in doc.items() if n.startswith(FILE_PREFIX)}
    deadlines = {
        n.removeprefix(DEADLINE_PREFIX): v
        for n, v in doc.items()
        if n.startswith(DEADLINE_PREFIX) and isinstance(v, str) and v
    }
    given = {n.removeprefix(GIVEN_PREFIX): v for n, v in doc.items() if n.startswith(GIVEN_PREFIX) and _is_given(v)}
    return Inspection(
        id=inspection,
        **{name: plain.text(doc, name) for name in names},
        team=plain.number(doc, "team"),
        inspectors=plain.texts(doc, "inspectors"),
        kind=plain.text(doc, "kind") or "planned",
        stage=plain.text(doc, "stage") or "first",
        status=Status.FINISHED if plain.text(doc, "status") == Status.FINISHED else Status.DRAFT,
        result=_result(plain.text(doc, "result")),
        signing=_signing(doc),
        answers=answers,
        deadlines=deadlines,
        files={path: file for path, value in files.items() if (file := attached(value))},
        given=given,
        is_frozen=doc.get("frozen") is True,
        saved_ms=saved_ms,
    )


def _is_given(value: Value) -> TypeGuard[str]:
    return isinstance(value, str) and value in Given.__members__.values()


def attached(value: Value) -> Attached | None:
    """The file a field names, None for anything else."""
    found = plain.blob(value)
    return Attached(*found, plain.text(value, "name")) if found and isinstance(value, dict) else None


def _result(text: str) -> Result:
    return Result(text) if text in Result.__members__.values() else Result.OPEN


def _signing(doc: Doc) -> Signing:
    names = ("head_name", "head_post", "refused", "witness")
    signed = [_signature(n.removeprefix(SIGNATURE_PREFIX), v) for n, v in sorted(doc.items()) if _is_signature(n)]
    return Signing(**{n: plain.text(doc, n) for n in names}, signatures=tuple(filter(None, signed)))


def _is_signature(name: str) -> bool:
    return name.startswith(SIGNATURE_PREFIX)


def _signature(place: str, value: Value) -> Signature | None:
    picture = attached(value)
    if picture is None or not isinstance(value, dict):
        return None
    drawn = value.get("strokes")
    strokes = tuple(
        tuple(n for n in one if isinstance(n, int))
        for one in (drawn if isinstance(drawn, list) else ())
        if isinstance(one, list)
    )
    return Signature(place.partition(":")[0], picture.name, picture, strokes, plain.text(value, "at"))


def ids(session: Session, *, status: str = "", site: str = "", team: int = 0, limit: int = 500) -> list[str]:
    """Ids, newest first."""
    query = select(inspection_row.c.id).order_by(inspection_row.c.started.desc(), inspection_row.c.id.desc())
    if status:
        query = query.where(inspection_row.c.status == status)
    if site:
        query = query.where(inspection_row.c.site == site)
    if team:
        query = query.where(inspection_row.c.team == team)
    return list(session.execute(query.limit(limit)).scalars())


def heads(session: Session, wanted: Sequence[str]) -> list[InspectionHead]:
    """Lines in the order of `wanted`."""
    totals = {row.hash: msgspec.json.decode(row.totals) for row in session.execute(select(form.c.hash, form.c.totals))}
    query = (
        select(inspection_row, site_row.c.name.label("site_name"), site_row.c.type.label("site_type"))
        .join(site_row, site_row.c.id == inspection_row.c.site, isouter=True)
        .where(any_of(inspection_row.c.id, wanted))
    )
    by_id = {row["id"]: _head(row, totals) for row in session.execute(query).mappings()}
    return [by_id[one] for one in wanted if one in by_id]


def _head(row: RowMapping, totals: Mapping[str, Mapping[str, int]]) -> InspectionHead:
    names = ("id", "site", "team", "started", "finished", "status", "number", "answered")
    return InspectionHead(
        **{name: row[name] for name in names},
        result=_result(row["result"]).value,
        site_name=row["site_name"] or "",
        total=totals.get(row["form_hash"], {}).get(row["site_type"] or "", 0),
        inspectors=tuple(msgspec.json.decode(row["inspectors"])),
        kind=row["kind"] or "planned",
        stage=row["stage"] or "first",
    )


def matching(session: Session, wanted: str) -> list[str]:
    """Visits whose id or number is `wanted`, or whose id begins with it (six characters at least)."""
    exact = (inspection_row.c.id == wanted) | ((inspection_row.c.number == wanted) & (inspection_row.c.number != ""))
    found = list(session.execute(select(inspection_row.c.id).where(exact)).scalars())
    if found or len(wanted) < SHORTEST:
        return found
    begins = inspection_row.c.id.startswith(wanted, autoescape=True)
    return list(session.execute(select(inspection_row.c.id).where(begins).limit(20)).scalars())


def conflicts(session: Session, inspection: str) -> dict[str, list[list[Any]]]:
    """Fields with several distinct values: [Changeset, stamp, value] each, as both authors wrote them."""
    raw = session.execute(select(entity.c.heads).where(entity.c.id == inspection)).scalar()
    several = msgspec.json.decode(raw) if raw else {}
    return {
        name: found
        for name, found in several.items()
        if len({msgspec.json.encode(head[2]) for head in found if len(head) > 2}) > 1
    }
