"""Installed checklists: immutable by hash, every version stays (sync.md §13)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict, Unpack

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from inspector_app.domain.errors import UserError
from inspector_app.store.schema import form


class Installing(TypedDict):
    """What `install` takes; `totals` is the number of applicable Items per site type, for lists."""

    form_id: str
    version: str
    hash: str
    title: str
    xml: bytes
    totals: NotRequired[Mapping[str, int]]


@dataclass(frozen=True)
class Installed:
    """One installed checklist without its XML."""

    form_id: str
    version: str
    hash: str
    title: str
    totals: Mapping[str, int] = field(default_factory=dict)


def install(session: Session, **given: Unpack[Installing]) -> None:
    """Keep a checklist; a known hash changes nothing but its `totals`."""
    totals = msgspec.json.encode(dict(given.get("totals", {}))).decode()
    statement = insert(form).values({**given, "totals": totals})
    session.execute(statement.on_conflict_do_update(index_elements=["hash"], set_={"totals": totals}))


def is_installed(session: Session, form_hash: str) -> bool:
    """Whether this version is here."""
    return session.execute(select(form.c.pos).where(form.c.hash == form_hash)).scalar() is not None


def get_xml(session: Session, form_hash: str) -> bytes:
    """The XForm; raises UserError("form_unknown")."""
    found: bytes | None = session.execute(select(form.c.xml).where(form.c.hash == form_hash)).scalar()
    if found is None:
        raise UserError("form_unknown", "The checklist of this visit is not on this laptop.", hash=form_hash)
    return found


def latest(session: Session, form_id: str) -> str | None:
    """Hash of the version installed last."""
    query = select(form.c.hash).where(form.c.form_id == form_id).order_by(form.c.pos.desc()).limit(1)
    found: str | None = session.execute(query).scalar()
    return found


def listed(session: Session) -> list[Installed]:
    """Everything installed, the newest first."""
    columns = (form.c.form_id, form.c.version, form.c.hash, form.c.title, form.c.totals)
    rows = session.execute(select(*columns).order_by(form.c.pos.desc()))
    return [Installed(r.form_id, r.version, r.hash, r.title, msgspec.json.decode(r.totals)) for r in rows]
