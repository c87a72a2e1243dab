"""What chip and page say in every state of sync."""

import pytest

from inspector_app.desktop.kit.chip_state import ChipState
from inspector_app.desktop.syncing.state import (
    derive_aside,
    derive_chip,
    derive_facts,
    derive_headline,
    derive_journal,
    derive_next,
    looks_complete,
)
from inspector_app.operations.syncing import SyncStatus
from inspector_app.store.journal import Line
from inspector_app.store.parking import Parked
from inspector_app.sync.ports import HubLink, Pending, RoundOutcome, journal_text

LINK = HubLink("https://hub.example", "h", "k", 1, "d")


def status(changesets: int = 0, blobs: int = 0, parked: int = 0, *, joined: bool = True) -> SyncStatus:
    return SyncStatus(LINK if joined else None, Pending(changesets, blobs, parked), 0, ())


OFFLINE = RoundOutcome("failed", "no_network", "no route to host")
FULL_DAY = RoundOutcome("partial", "quota")
REVOKED = RoundOutcome("failed", "revoked", "this laptop was revoked")


@pytest.mark.parametrize(
    ("known", "outcome", "running", "chip", "words"),
    [
        (None, None, False, ChipState("alone"), "syncing.alone"),
        (status(3, joined=False), None, False, ChipState("alone"), "syncing.alone"),
        (status(), None, False, ChipState("sent"), "syncing.sent"),
        (status(3, 12), None, False, ChipState("waiting", 15), "syncing.waiting"),
        (status(3), None, True, ChipState("sending"), "syncing.running"),
        (status(0, 4), FULL_DAY, False, ChipState("waiting", 4), "syncing.waiting"),
        (status(3), OFFLINE, False, ChipState("waiting", 3), "syncing.failed"),
        (status(3), REVOKED, False, ChipState("needs_you", 3), "syncing.failed"),
        (status(3, parked=1), None, False, ChipState("needs_you", 3), "syncing.parked"),
        (status(), RoundOutcome("done"), False, ChipState("sent"), "syncing.sent"),
    ],
)
def test_each_state_has_its_chip_and_headline(
    known: SyncStatus | None, outcome: RoundOutcome | None, running: bool, chip: ChipState, words: str
) -> None:
    assert derive_chip(known, outcome, running) == chip
    assert derive_headline(known, outcome, running).words == words


def test_the_journal_is_dated_in_the_language() -> None:
    lines = (Line(1583375400000, "round", "sent 3"), Line(0, "strange", "x"))
    shown = derive_journal(SyncStatus(LINK, Pending(0, 0), 0, lines), "zh-Hant")
    assert [line.when for line in shown] == ["2020年3月5日 10:30", "1970年1月1日 08:00"]


def test_a_line_of_facts_is_said_in_words() -> None:
    told = journal_text({"up": 3, "photos_up": 0, "left": 2, "why": "no_network", "detail": "no route", "clock": -7})
    (line,) = derive_journal(SyncStatus(LINK, Pending(0, 0), 0, (Line(0, "failed", told),)), "en")
    assert [key for key, _ in line.facts] == ["error.no_network", "journal.sent", "journal.left", "journal.clock"]
    assert line.facts[1][1] == {"n": 3, "photos": 0} and line.text == "no route"
    assert derive_facts({"bytes": 900})[0][0] == "journal.nothing" and derive_facts({}) == ()
    (stick,) = derive_journal(SyncStatus(LINK, Pending(0, 0), 0, (Line(0, "note", '{"stick": "in"}'),)), "en")
    assert stick.words == "journal.stick_in"


def test_the_next_round_is_announced_or_asked_for() -> None:
    assert derive_next(status(), 1583375400000, False) == ("syncing.next", "10:30")
    assert derive_next(status(), None, False) == ("syncing.next_by_hand", "")
    assert derive_next(status(joined=False), 5, False) == derive_next(status(), 5, True) == ("", "")


def test_what_was_set_aside_says_why() -> None:
    known = SyncStatus(LINK, Pending(0, 0, 2), 0, (), (Parked("c", "e", "photo", 0, "parked", "body_too_large", 5),
                       Parked("d", "f", "", 0, "held", "strange", 0)))  # fmt: skip
    first, second = derive_aside(known, "en")
    assert (first.what, first.state, first.why) == ("aside.photo", "aside.parked", "aside.body_too_large")
    assert (second.what, second.state, second.why) == ("aside.other", "aside.held", "aside.unknown")


@pytest.mark.parametrize(
    ("url", "code", "complete"),
    [("https://hub.example", "AB12", True), (" http://10.0.0.2:8080 ", "x", True), ("hub.example", "x", False),
     ("https://", "x", False), ("https://hub.example", " ", False)],
)  # fmt: skip
def test_the_button_to_join_waits_for_both(url: str, code: str, complete: bool) -> None:
    assert looks_complete(url, code) is complete
