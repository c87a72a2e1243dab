"""Who writes: what the log must know beyond the rows, carried by every Session of the store."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from inspector_app.domain.clock import Clock
from inspector_app.sync.identity import Identity

_KEY = "author"


@dataclass(frozen=True)
class Author:
    """The signing device, its clock, the user's name, and whether a Blob's bytes are in the folder."""

    identity: Identity
    clock: Clock
    user: str
    has_blob: Callable[[str], bool]


def give(session: Session, author: Author) -> None:
    """Called by the Store when it makes a Session."""
    session.info[_KEY] = author


def author_of(session: Session) -> Author:
    """The Author the Store gave this Session."""
    found = session.info[_KEY]
    assert isinstance(found, Author)
    return found
