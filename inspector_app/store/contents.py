"""What the laptop holds as a whole: counts, and lines from which two laptops can be compared."""

from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspector_app.store.schema import blob, entity, finding_row, inspection_row, photo_row, site_row


def counts(session: Session) -> dict[str, int]:
    """Rows per noun; `answers` are Verdicts given."""
    tables = {"sites": site_row, "inspections": inspection_row, "photos": photo_row, "findings": finding_row}
    found = {
        name: session.execute(select(func.count()).select_from(table)).scalar_one() for name, table in tables.items()
    }
    answers = select(func.coalesce(func.sum(inspection_row.c.answered), 0))
    return {**found, "answers": session.execute(answers).scalar_one()}


def state_lines(session: Session, scopes: Sequence[str]) -> Iterator[bytes]:
    """One line per entity in these Scopes, in order of id: id, kind, Scope and every displayed value, canonically.

    Use it up before the Session ends: the rows are read while the lines are taken.
    """
    row = entity.c
    query = select(row.id, row.kind, row.scope, row.doc).where(row.scope.in_(scopes)).order_by(row.id)
    for found in session.execute(query):
        doc = msgspec.json.decode(found.doc)
        yield msgspec.json.encode([found.id, found.kind, found.scope, doc], order="sorted") + b"\n"


def blobs_here(session: Session) -> list[str]:
    """Digests of every Blob that is named by a record, in order."""
    return list(session.execute(select(blob.c.sha).order_by(blob.c.sha)).scalars())
