"""What was said before: by the last finished visit of the Site, by the team of each Item; read in the wide lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspector_app.domain.inspection import Inspection, Verdict
from inspector_app.domain.pinyin import warm_up
from inspector_app.store import findings, inspections
from inspector_app.store.database import Store


@dataclass(frozen=True)
class LastAnswer:
    """One Item's earlier reply; `started` is ISO 8601."""

    started: str
    verdict: Verdict | None
    note: str


@dataclass(frozen=True)
class LastVisit:
    """The visit before; `answers` by leaf path."""

    started: str
    answers: Mapping[str, str]

    def of(self, path: str, note_path: str) -> LastAnswer:
        """What was said about the Item with these paths."""
        value = self.answers.get(path, "")
        verdict = Verdict(value) if value in {v.value for v in Verdict} else None
        return LastAnswer(self.started, verdict, self.answers.get(note_path, ""))


def read_last_visit(store: Store, current: Inspection) -> LastVisit | None:
    """The newest finished visit of the Site begun before `current`; None when this is the first."""
    with store.reading() as session:
        for inspection_id in inspections.ids(session, status="finished", site=current.site, limit=20):
            found = inspections.get(session, inspection_id)
            if found and found.id != current.id and found.started < current.started:
                return LastVisit(found.started, dict(found.answers))
    return None


def read_phrases(store: Store) -> Mapping[str, Sequence[str]]:
    """What the team wrote of each failed Item, most often first. Pinyin is loaded here, not while somebody types."""
    with store.reading() as session:
        found = findings.observations(session)
    warm_up()
    return found
