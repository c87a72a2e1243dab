"""Groups and what each hit says; commands by words and by pinyin."""

from inspector_app.desktop.searching.state import Deed, Found, Hit, derive_hits, is_meant
from inspector_app.domain.finding import Finding, FindingStatus, Level
from inspector_app.domain.site import Site
from inspector_app.store.inspections import InspectionHead

SITE = Site(id="s1", name="海珠印刷廠", street="琶洲", type="IN")
DRAFT = InspectionHead("v1", "s1", "海珠印刷廠", 7, "2020-03-05T10:00:00+08:00", "", "draft", "", "", 3, 70, ())
DONE = InspectionHead(
    "v2", "s1", "海珠印刷廠", 7, "2020-03-01T10:00:00+08:00", "2020-03-01T11:00:00+08:00", "finished", "N1", "passes", 70, 70, ()
)  # fmt: skip
FINDING = Finding(
    "f1", "v2", "s1", 7, "A04", "A", "應急預案", "沒有預案", Level.NORMAL, "3d", "2020-03-04T11:00:00+08:00"
)
DEEDS = (Deed(0, "立即同步", "F5"), Deed(4, "設定", "Ctrl+7"))


def tr(key: str, **args: object) -> str:
    return " ".join([key, *map(str, args.values())])


def test_groups_come_in_order_and_say_what_tells_hits_apart() -> None:
    found = Found(sites=(SITE,), visits=(DRAFT, DONE), findings=(FINDING,), names={"s1": "海珠印刷廠"})
    hits = derive_hits(found, DEEDS, "hz", tr, "zh-Hant")
    assert hits == (
        Hit("sites", "s1", "海珠印刷廠", "type.IN · 琶洲", "building-2"),
        Hit("visits", "v1", "海珠印刷廠", "result.draft · 2020年3月5日", "pen-line"),
        Hit("visits", "v2", "海珠印刷廠", "result.passes · 2020年3月1日 · N1", "clipboard-check"),
        Hit("findings", "f1", "A04 沒有預案", "海珠印刷廠 · search.due 3月4日", "wrench"),
    )


def test_a_closed_finding_says_so() -> None:
    closed = Finding(**{**FINDING.__dict__, "status": FindingStatus.CLOSED})
    (hit,) = derive_hits(Found(findings=(closed,), names={"s1": "海珠印刷廠"}), (), "預案", tr, "en")
    assert hit.below == "海珠印刷廠 · status.closed"


def test_no_text_shows_what_was_opened_lately_and_everything_that_can_be_done() -> None:
    hits = derive_hits(Found(recent=(DRAFT,)), DEEDS, "", tr, "en")
    assert [(hit.group, hit.id) for hit in hits] == [("recent", "v1"), ("deeds", "0"), ("deeds", "4")]


def test_commands_are_meant_by_words_in_any_order_and_by_pinyin() -> None:
    assert is_meant("立即同步", "ljtb")
    assert is_meant("Sync now", "now sy")
    assert not is_meant("立即同步", "同 設")
