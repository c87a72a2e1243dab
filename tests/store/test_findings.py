"""Findings by status, visit, Site, Deadline and words."""

from datetime import datetime

from inspector_app.domain.clock import CHINA
from inspector_app.domain.finding import FindingStatus, Level
from inspector_app.store import findings
from inspector_app.store.database import Store
from tests.store.conftest import save, site


def test_lists(store: Store) -> None:
    place = site(store, "海珠飯店")
    late = save(store, "finding", {"inspection": "v", "site": place, "item": "A04", "status": "open", "level": "veto",
                                   "deadline": "2020-03-05T09:30:00+08:00", "observation": "口罩 100% 不足"})  # fmt: skip
    soon = save(store, "finding", {"inspection": "v", "site": "x", "item": "A01", "status": "reported",
                                   "deadline": "2020-03-06T01:30:00+00:00"})  # fmt: skip
    never = save(store, "finding", {"inspection": "w", "site": "x", "item": "B01", "status": "open", "deadline": ""})
    done = save(store, "finding", {"inspection": "w", "site": "x", "item": "B02", "status": "closed",
                                   "deadline": "2020-03-01T09:30:00+08:00"})  # fmt: skip
    now = datetime(2020, 3, 6, 9, 0, tzinfo=CHINA)
    with store.reading() as session:
        assert findings.ids(session) == [done, late, soon, never]
        assert findings.ids(session, limit=2) == [done, late]
        assert findings.ids(session, status=(FindingStatus.OPEN, "reported")) == [late, soon, never]
        assert findings.ids(session, inspection="w") == [done, never]
        assert findings.ids(session, site=place) == [late]
        assert findings.ids(session, overdue_at=now) == [late]
        assert findings.ids(session, overdue_at=now.replace(hour=10)) == [late, soon]
        assert findings.ids(session, text="口罩 海珠") == [late]
        assert findings.ids(session, text="100%") == [late]
        assert findings.ids(session, text="1_0%") == []
        found = findings.get(session, late)
        assert found is not None and (found.level, found.status) == (Level.VETO, FindingStatus.OPEN)
        assert [f.id for f in findings.many(session, [never, "unknown", late])] == [never, late]
        assert findings.get(session, "unknown") is None


def test_what_was_written_of_an_item_most_often_first(store: Store) -> None:
    def write(item: str, said: str, day: int = 1) -> None:
        due = f"2020-03-{day:02}T09:30:00+08:00"
        save(store, "finding", {"inspection": "v", "site": "x", "item": item, "observation": said, "deadline": due})

    for said in ("缺口罩", "缺測溫計 ", "缺測溫計", " ", "", "兩行\n文字", "長" * 81):
        write("C01", said)
    write("C01", "缺酒精", 2)
    write("A04", "無預案")
    for number in range(9):
        write("D01", f"第{number}處", 10 - number)
    with store.reading() as session:
        found = findings.observations(session)
    assert found["C01"] == ("缺測溫計", "缺酒精", "缺口罩")
    assert found["A04"] == ("無預案",)
    assert found["D01"] == tuple(f"第{number}處" for number in range(6))
