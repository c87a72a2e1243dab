"""What a laptop pushed itself does not come back; everything else does."""

import pytest

from inspector_app.domain.errors import WorldError
from inspector_app.domain.ids import new_id
from inspector_app.sync import wire
from inspector_app.sync.pulling import held_of, read_page
from inspector_app.sync.transport import Answer
from tests.hub.knocking import Knock, rows_of, sealed
from tests.hub.trial import Trial
from tests.sync.memory_ledger import MemoryLedger

SCOPE = "team:07"


def edit(laptop: MemoryLedger) -> None:
    laptop.edit(new_id(), {"a": 1}, scope=SCOPE)


def test_only_rows_right_behind_the_cursor_are_held() -> None:
    stored = {SCOPE: {3: "c", 4: "d", 6: "f"}, "team:08": {9: "x"}}
    assert held_of(stored, {SCOPE: 2}) == {SCOPE: wire.Held(4, wire.digest_of(["c", "d"]))}
    assert held_of(stored, {SCOPE: 4, "team:08": 8}) == {"team:08": wire.Held(9, wire.digest_of(["x"]))}


def test_own_rows_are_left_out_only_if_the_log_says_the_same(hub: Trial) -> None:
    knock = Knock(hub, hub.laptop(7))
    assert knock.ledger is not None
    raws = [sealed(knock.ledger.identity, n) for n in (1, 3, 5)]  # holes of a chain are legal
    assert knock.push(*raws) == [("ok", "")] * 3
    ids = [wire.decode(raw, dict[str, object])["cs"] for raw in raws]
    true = {"last": 2, "ids": wire.digest_of(map(str, ids[:2]))}
    rows, trailer = rows_of(knock, {SCOPE: 0}, held={SCOPE: true})
    assert [row["seq"] for row in rows] == [3] and trailer["held"] == {SCOPE: 2} and trailer["cursors"][SCOPE] == 3
    for wrong in ({"last": 3}, {"ids": "0" * 64}, {"last": 0}, {"last": 2**60}):
        rows, trailer = rows_of(knock, {SCOPE: 0}, held={SCOPE: true | wrong})
        assert [row["seq"] for row in rows] == [1, 2, 3] and "held" not in trailer
    rows, trailer = rows_of(knock, {SCOPE: 0}, held={"team:08": true})
    assert len(rows) == 3 and "held" not in trailer


def test_a_round_does_not_fetch_what_it_has_just_sent_but_what_came_between(hub: Trial) -> None:
    first, second = hub.laptop(7), hub.laptop(7)
    edit(first)
    edit(first)
    sent = hub.round(first)
    assert (sent.pushed, sent.pulled, dict(first.cursors())[SCOPE]) == (2, 0, 2)
    edit(second)
    assert hub.round(second).pulled == 3  # its own lies behind those of another
    edit(first)
    assert hub.round(first).pulled == 2
    assert len(first.known_ids()) == len(second.known_ids()) + 1 == 4


def test_a_hub_that_leaves_out_more_is_not_believed() -> None:
    trailer = wire.PullLine(cursors={SCOPE: 5}, heads={SCOPE: 5}, held={SCOPE: 5})
    asked = wire.PullRequest({SCOPE: 0}, held={SCOPE: wire.Held(4, "")})
    with pytest.raises(WorldError) as caught:
        read_page(Answer(200, wire.pack(trailer), "hub", 1), asked)
    assert caught.value.key == "hub_defect"
