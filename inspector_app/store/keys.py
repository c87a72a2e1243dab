"""Public keys of colleagues' laptops: with them a stick or a neighbour is checked without any hub (sync.md §5)."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspector_app.store.schema import setting
from inspector_app.store.settings import put
from inspector_app.store.taking import any_of
from inspector_app.sync.identity import device_id

_KEY = "key:"


def keep(session: Session, keys: Iterable[str]) -> None:
    """Remember; a key in hex is filed under the device it belongs to."""
    for key in keys:
        put(session, _KEY + device_id(bytes.fromhex(key)), key)


def known(session: Session, devices: Iterable[str]) -> dict[str, str]:
    """Device → key in hex, for those that are known."""
    query = select(setting.c.key, setting.c.value).where(any_of(setting.c.key, [_KEY + one for one in devices]))
    return {row.key.removeprefix(_KEY): row.value for row in session.execute(query)}
