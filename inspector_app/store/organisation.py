"""What the organisation has set for its papers: one record of the district, or this laptop's own while it has joined none."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspector_app.domain.changeset import DISTRICT, Edit, Touched, Value
from inspector_app.store import log, settings
from inspector_app.store.schema import entity, hub

KIND = "organisation"
ID = "6f8e0c52-6a0b-5b0e-9d5e-1f0f6c1c2a77"
"""The same on every laptop, so that two who set it up apart meet in one record."""
_OWN = "organisation"


def read(session: Session) -> Mapping[str, Value]:
    """The values in force; the district's go before this laptop's own. Empty where nothing was ever set."""
    return _values(_of_district(session) or settings.get(session, _OWN))


def kept(session: Session) -> Mapping[str, Value]:
    """The values at the place where `save` writes: a first save for the district begins with none."""
    return _values(_of_district(session)) if is_shared(session) else read(session)


def _of_district(session: Session) -> str:
    found = session.execute(select(entity.c.doc).where(entity.c.id == ID, entity.c.kind == KIND)).scalar()
    return found or ""


def _values(text: str) -> Mapping[str, Value]:
    values = msgspec.json.decode(text) if text else {}
    return values if isinstance(values, dict) else {}


def is_shared(session: Session) -> bool:
    """Whether this laptop belongs to a district that has such a record or may get one."""
    return session.execute(select(hub.c.hub_id)).first() is not None


def save(session: Session, values: Mapping[str, Value]) -> Touched:
    """Set fields: for the whole district where a hub is joined, else for this laptop alone."""
    if is_shared(session):
        return log.append(session, [Edit(KIND, ID, values, DISTRICT)])
    known = {**read(session), **values}
    settings.put(session, _OWN, msgspec.json.encode(known).decode())
    return Touched()
