"""Who wrote the shown value of each field of a record, and which fields hold several values at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspector_app.store.schema import entity, log
from inspector_app.store.taking import any_of


@dataclass(frozen=True)
class Authorship:
    """`by` maps a field to the person whose value is shown ('' = not known here), `parallel` names fields that two people
    wrote without knowing of each other."""

    by: Mapping[str, str] = field(default_factory=dict)
    parallel: frozenset[str] = frozenset()


def of_entity(session: Session, ident: str) -> Authorship:
    """Of one record as it is now."""
    columns = (entity.c.doc, entity.c.heads, entity.c.cs0)
    row = session.execute(select(*columns).where(entity.c.id == ident)).first()
    if row is None:
        return Authorship()
    heads: dict[str, list[list[object]]] = msgspec.json.decode(row.heads)
    shown = {name: _shown(heads.get(name), row.cs0) for name in msgspec.json.decode(row.doc)}
    found = select(log.c.cs, log.c.u).where(any_of(log.c.cs, set(shown.values())))
    people = {each.cs: each.u for each in session.execute(found)}
    parallel = frozenset(name for name, several in heads.items() if _is_parallel(several))
    return Authorship({name: people.get(cs, "") for name, cs in shown.items()}, parallel)


def _shown(heads: list[list[object]] | None, first: str) -> str:
    """The Changeset whose value is displayed: greatest stamp, then id (sync.md §4)."""
    return str(max(heads, key=lambda head: (head[1], head[0]))[0]) if heads else first


def _is_parallel(heads: list[list[object]]) -> bool:
    return len({msgspec.json.encode(head[2]) for head in heads if len(head) > 2}) > 1
