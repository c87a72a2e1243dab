"""Finds Sites by the pinyin of their names: the registry's names as one text in memory, made when letters are first typed."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, chain, islice
from threading import Lock

import msgspec
from sqlalchemy import text
from sqlalchemy.orm import Session

from inspector_app.domain import pinyin
from inspector_app.store import sites

MOST = 20_000
_NAMES = text("SELECT id, name FROM site_row ORDER BY pos")
_NEWEST = text("SELECT coalesce(max(pos), 0) FROM log")
_CHANGED = text(
    "SELECT EXISTS (SELECT 1 FROM log JOIN entity ON entity.id = log.ent WHERE log.pos > :seen AND entity.kind = 'site')"
)
_NARROWED = text(
    "SELECT id FROM site_row WHERE id IN (SELECT value FROM json_each(:ids)) AND (:type = '' OR type = :type)"
    " AND (:street = '' OR street = :street)"
)


class SiteNames:
    """One per Store. The first letter costs a reading of all names (a quarter of a second for 100,000), later ones a scan."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen = -1
        self._ids: list[str] = []
        self._starts: list[int] = []
        self._marks = ""

    def search(
        self, session: Session, wanted: str, *, limit: int = 200, type: str = "", street: str = ""  # noqa: A002
    ) -> list[str]:  # fmt: skip
        """Ids by the words of `wanted` (see `sites.search_ids`), then those whose name reads so in pinyin."""
        found = sites.search_ids(session, wanted, limit=limit, type=type, street=street)
        if len(found) >= limit or not pinyin.is_typed(wanted):
            return found
        read = self._read_as(session, wanted, MOST if type or street else limit)
        if type or street:
            read = _narrowed(session, read, type, street)
        return list(dict.fromkeys([*found, *read]))[:limit]

    def _read_as(self, session: Session, wanted: str, most: int) -> list[str]:
        with self._lock:
            self._keep_up(session)
            ids, starts, marks = self._ids, self._starts, self._marks
        pattern = pinyin.pattern(wanted)
        if pattern is None or not pattern.search(marks):
            return []
        lines = chain(_beginning(pattern, marks, starts), _anywhere(pattern, marks, starts))
        return [ids[line] for line in islice(dict.fromkeys(islice(lines, 2 * most)), most)]

    def _keep_up(self, session: Session) -> None:
        """Read the names again when the log holds a change of a Site that was not seen."""
        newest = session.execute(_NEWEST).scalar_one()
        is_stale = self._seen < 0 or newest < self._seen
        if is_stale or (newest > self._seen and session.execute(_CHANGED, {"seen": self._seen}).scalar_one()):
            rows = session.execute(_NAMES).all()
            lines = [row.name.replace("\n", " ") for row in rows]
            self._marks = "\n" + pinyin.initials("\n".join(lines)) + "\n"
            self._ids = [row.id for row in rows]
            self._starts = list(accumulate((len(line) + 1 for line in self._marks[1:].split("\n")), initial=1))
        self._seen = newest


def _beginning(pattern: re.Pattern[str], marks: str, starts: list[int]) -> Iterator[int]:
    for match in re.compile(f"\n(?:{pattern.pattern})").finditer(marks):
        yield bisect_right(starts, match.start() + 1) - 1


def _anywhere(pattern: re.Pattern[str], marks: str, starts: list[int]) -> Iterator[int]:
    place = 1
    while match := pattern.search(marks, place):
        line = bisect_right(starts, match.start()) - 1
        yield line
        place = starts[line + 1]


def _narrowed(session: Session, ids: list[str], kind: str, street: str) -> list[str]:
    """The order is kept."""
    wanted = {"ids": msgspec.json.encode(ids).decode(), "type": kind, "street": street}
    kept = set(session.execute(_NARROWED, wanted).scalars())
    return [each for each in ids if each in kept]
