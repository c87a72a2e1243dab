"""The first sync of a large Scope on both engines: killed between pages, tampered with, asked for by another team."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Inspector, Role
from inspector_app.hub import builds
from inspector_app.hub import snapshots as pages
from inspector_app.store.database import Store, create_store, open_store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import client, snapshots
from inspector_app.sync.ports import RoundOutcome
from inspector_app.sync.transport import Answer, Ask, HttpTransport
from tests.hub.knocking import Knock, sealed
from tests.hub.trial import Trial

RECORDS = 60
PASSWORD = "correct horse"


class Killed(BaseException):
    """The process is gone: nothing catches it."""


class Wire(HttpTransport):
    """Notes the pages that were asked for; `meddle` may change a page or kill the laptop."""

    def __init__(self, url: str, meddle: Callable[[int, Answer], Answer] = lambda number, page: page) -> None:
        super().__init__(url)
        self.pages: list[str] = []
        self.asked: list[str] = []
        self._meddle = meddle

    def exchange(self, ask: Ask) -> Answer:
        self.asked.append(ask.path)
        answer = super().exchange(ask)
        if ask.method == "GET" and ask.path.startswith("/v1/blobs/"):
            self.pages.append(ask.path.rpartition("/")[2])
            return self._meddle(len(self.pages), answer)
        return answer


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE", 4_000)
    monkeypatch.setattr(snapshots, "WORTH", 10)


@pytest.fixture
def full(hub: Trial) -> Trial:
    """A hub whose team 7 and team 8 have many records each."""
    for team in (7, 8):
        ledger = hub.laptop(team)
        made = [
            sealed(
                ledger.identity, 2 * n + 1, id=new_id(), sc=f"team:{team:02d}", set={"text": f"{team}-{n} " + "字" * 90}
            )
            for n in range(RECORDS)
        ]
        assert {status for status, _ in Knock(hub, ledger).push(*made)} == {"ok"}
    return hub


@pytest.fixture
def laptop(full: Trial, tmp_path: Path) -> Iterator[list[Store]]:
    """A new laptop of team 7; the list holds the store that is open at the moment."""
    store = create_store(tmp_path / "laptop", PASSWORD, Inspector("陳大文", 7, Role.INSPECTOR), clock=full.clock)
    ledger = StoreLedger(store)
    ledger.save_hub(client.enroll(full.url, full.code(7), ledger.identity, "陳大文", "0.1.0").link)
    held = [store]
    yield held
    held[0].close()


def first_round(hub: Trial, store: Store, wire: Wire) -> RoundOutcome:
    with wire:
        return client.run_round(StoreLedger(store), clock=hub.clock, transport=wire)


def texts(store: Store) -> set[str]:
    with store.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT doc FROM entity").scalars()
        return {str(doc).partition(' "')[0] for doc in rows}


def test_a_kill_between_pages_costs_one_page(full: Trial, laptop: list[Store], tmp_path: Path) -> None:
    def kill_in_the_third(number: int, page: Answer) -> Answer:
        if number == 3:
            raise Killed
        return page

    cut = Wire(full.url, kill_in_the_third)
    with pytest.raises(Killed):
        first_round(full, laptop[0], cut)
    laptop[0].close()
    laptop[0] = open_store(tmp_path / "laptop", PASSWORD, clock=full.clock)
    assert not StoreLedger(laptop[0]).cursors(), "pulling begins only when every page has arrived"
    resumed = Wire(full.url)
    outcome = first_round(full, laptop[0], resumed)
    assert (outcome.outcome, outcome.why) == ("done", "")
    assert not set(cut.pages[:2]) & set(resumed.pages) and resumed.pages[0] == cut.pages[2]
    assert len(resumed.pages) >= 3 and outcome.pulled < RECORDS
    assert len(texts(laptop[0])) == RECORDS
    assert StoreLedger(laptop[0]).cursors()["team:07"] == RECORDS
    again = Wire(full.url)
    assert first_round(full, laptop[0], again).outcome == "done"
    assert again.asked == ["/v1/pull"], "from here on it pulls like everybody"


def test_a_tampered_page_is_not_applied_and_comes_again(full: Trial, laptop: list[Store]) -> None:
    def tamper(number: int, page: Answer) -> Answer:
        return replace(page, body=page.body[:-1] + bytes([page.body[-1] ^ 1])) if number == 2 else page

    bad = Wire(full.url, tamper)
    outcome = first_round(full, laptop[0], bad)
    assert (outcome.outcome, outcome.why) == ("partial", "foreign_reply")
    assert len(bad.pages) == 2 and not StoreLedger(laptop[0]).cursors()
    good = Wire(full.url)
    assert first_round(full, laptop[0], good).outcome == "done"
    assert good.pages[0] == bad.pages[1]
    assert len(texts(laptop[0])) == RECORDS


def test_what_changes_meanwhile_is_pulled_afterwards(full: Trial, laptop: list[Store]) -> None:
    late = full.laptop(7)
    knock = Knock(full, late)

    def meanwhile(number: int, page: Answer) -> Answer:
        if number == 1:
            assert knock.push(sealed(late.identity, 1, set={"text": "7-late"})) == [("ok", "")]
        return page

    assert first_round(full, laptop[0], Wire(full.url, meanwhile)).outcome == "done"
    assert len(texts(laptop[0])) == RECORDS + 1


def test_another_team_gets_neither_list_nor_page(full: Trial, laptop: list[Store]) -> None:
    ours = Wire(full.url)
    assert first_round(full, laptop[0], ours).outcome == "done"
    assert len(texts(laptop[0])) == RECORDS and all('"7-' in text for text in texts(laptop[0]))
    foreign = Knock(full, full.laptop(8))
    assert foreign.ask("GET", "/v1/scopes/team:07/snapshot")[0] == 404
    unknown = foreign.raw("GET", f"/v1/blobs/{'0' * 64}")
    for sha in ours.pages:
        reply = foreign.raw("GET", f"/v1/blobs/{sha}")
        assert (reply.status_code, reply.content) == (404, unknown.content)


def test_pages_are_the_same_for_every_laptop_of_the_scope(full: Trial, laptop: list[Store]) -> None:
    ours = Wire(full.url)
    first_round(full, laptop[0], ours)
    colleague = full.laptop(7)
    theirs = Wire(full.url)
    with theirs:
        assert client.run_round(colleague, clock=full.clock, transport=theirs).outcome == "done"
    assert theirs.pages == ours.pages


def test_a_hub_that_still_writes_the_pages_is_asked_again(
    full: Trial, laptop: list[Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds, "PATIENCE_S", 0.0)
    monkeypatch.setattr(snapshots, "PAUSE_S", 0.05)
    line = Wire(full.url)
    assert first_round(full, laptop[0], line).outcome == "done"
    assert line.asked.count("/v1/scopes/team:07/snapshot") > 1 and len(line.pages) == len(set(line.pages))
    assert len(texts(laptop[0])) == RECORDS


def test_an_unfinished_writing_ends_the_round_in_one_sentence_and_not_the_next(
    full: Trial, laptop: list[Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds, "PATIENCE_S", 0.0)
    monkeypatch.setattr(snapshots, "TRIES", 1)
    monkeypatch.setattr(snapshots, "PAUSE_S", 0.0)
    outcome = first_round(full, laptop[0], Wire(full.url))
    assert (outcome.outcome, outcome.why) == ("failed", "hub_busy")
    monkeypatch.setattr(builds, "PATIENCE_S", 60.0)
    assert first_round(full, laptop[0], Wire(full.url)).outcome == "done"
