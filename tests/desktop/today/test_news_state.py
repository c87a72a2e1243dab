"""What colleagues changed: newest first, a visit speaks for its Findings, changed Sites are one line."""

from datetime import datetime

from inspector_app.desktop.today.news_state import NewsFacts, derive_news, start_of_yesterday
from inspector_app.domain.clock import CHINA, iso, milliseconds
from inspector_app.domain.finding import Finding, FindingStatus, Level
from inspector_app.store.inspections import InspectionHead
from inspector_app.store.news import News

AT = milliseconds(datetime(2020, 3, 5, 9, 5))
HEAD = InspectionHead(
    "v1", "s1", "海珠印刷廠", 7, "2020-03-05T08:00:00+08:00", "", "finished", "", "rectify", 70, 70, ()
)
FINDING = Finding("f1", "v1", "s1", 7, "A04", "A", "應急預案", "", Level.NORMAL, "3d", "", FindingStatus.CLOSED)


def test_a_visit_speaks_for_its_findings() -> None:
    news = (News("f1", "finding", AT + 1, "王麗"), News("v1", "inspection", AT, "王麗"))
    (line,) = derive_news(NewsFacts(news, {"v1": HEAD}, {"f1": FINDING}), "zh-Hant")
    assert (line.page, line.line.title, line.line.below) == ("inspection", "海珠印刷廠", "王麗 · 3月5日 09:05")
    assert line.line.words == "result.rectify"


def test_a_finding_of_an_older_visit_is_news_of_its_own() -> None:
    news = (News("f1", "finding", AT, "王麗"),)
    (line,) = derive_news(NewsFacts(news, {}, {"f1": FINDING}, {"s1": "海珠印刷廠"}), "en")
    assert (line.page, line.line.title, line.line.words) == ("findings", "A04 應急預案", "status.closed")
    assert line.line.below == "海珠印刷廠 · 王麗 · 5 Mar 09:05"


def test_changed_sites_are_one_line_however_much_else_there_is() -> None:
    sites = tuple(News(f"s{n}", "site", AT, "區") for n in range(30))
    heads = {f"v{n}": HEAD for n in range(20)}
    news = (*(News(name, "inspection", AT, "") for name in heads), *sites)
    lines = derive_news(NewsFacts(news, heads), "zh-Hant")
    assert len(lines) == 8
    assert (lines[-1].page, lines[-1].line.n) == ("sites", 30)


def test_yesterday_begins_at_midnight_in_china() -> None:
    now = datetime(2020, 3, 5, 0, 10, tzinfo=CHINA)
    assert iso(start_of_yesterday(now)) == "2020-03-04T00:00:00+08:00"
