"""Rounds between laptops in memory and a real hub in uvicorn."""

import json
import random
from dataclasses import replace

import pytest

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Role
from inspector_app.hub import invites, status
from inspector_app.sync import client
from inspector_app.sync.ports import OutboxItem
from inspector_app.sync.sealed import CHUNK
from inspector_app.sync.transport import Answer, Ask, HttpTransport
from tests.hub.trial import Trial
from tests.sync.memory_ledger import MemoryLedger


class LosesReplies(HttpTransport):
    """Delivers requests to paths in `lose` and then loses the reply."""

    lose: str = "/v1/push"

    def exchange(self, ask: Ask) -> Answer:
        answer = super().exchange(ask)
        if ask.path.startswith(self.lose):
            raise WorldError("no_network", "lost on the way back")
        return answer


def test_two_laptops_of_a_team_and_a_supervisor_end_equal(hub: Trial) -> None:
    first, second, supervisor = hub.laptop(7), hub.laptop(7), hub.laptop(0, Role.SUPERVISOR)
    visit = new_id()
    first.edit(visit, {"site": "某廠", "/data/A/A04": "fail"}, scope="team:07")
    plain = random.Random(1).randbytes(CHUNK + 1234)
    sha = first.photograph(visit, plain, scope="team:07")
    hub.rounds(first, second)
    first.edit(visit, {"/data/A/A04": "pass"})
    second.edit(visit, {"/data/A/A04": "na", "/data/A/A05": "pass"})
    hub.rounds(first, second, supervisor)
    assert first.shown() == second.shown() == supervisor.shown()
    assert first.states == second.states
    assert first.conflict_count() == second.conflict_count() == supervisor.conflict_count() == 1
    assert second.blobs[sha] == supervisor.blobs[sha] == plain
    assert first.pending() == second.pending() and first.pending().changesets == first.pending().blobs == 0
    assert status.status(hub.settings)["changesets"] == 4


def test_a_round_with_nothing_to_do_asks_once(hub: Trial) -> None:
    ledger = hub.laptop(7)
    hub.round(ledger)
    asked: list[str] = []

    class Counting(HttpTransport):
        def exchange(self, ask: Ask) -> Answer:
            asked.append(ask.path.partition("?")[0])
            return super().exchange(ask)

    with Counting(hub.url) as transport:
        outcome = client.run_round(ledger, clock=hub.clock, transport=transport)
    assert outcome.outcome == "done"
    assert asked == ["/v1/pull"]


def test_a_lost_push_reply_ends_as_dup(hub: Trial) -> None:
    ledger = hub.laptop(7)
    ledger.edit(new_id(), {"a": 1}, scope="team:07")
    with LosesReplies(hub.url) as transport:
        lost = client.run_round(ledger, clock=hub.clock, transport=transport)
    assert (lost.outcome, lost.why, lost.pending.changesets) == ("failed", "no_network", 1)
    again = hub.round(ledger)
    assert (again.outcome, again.pushed, again.pending.changesets) == ("done", 1, 0)
    assert status.status(hub.settings)["changesets"] == 1


def test_an_interrupted_upload_resumes_at_the_missing_chunk(hub: Trial) -> None:
    sender, receiver = hub.laptop(7), hub.laptop(7)
    visit = new_id()
    sender.edit(visit, {"a": 1}, scope="team:07")
    plain = random.Random(2).randbytes(3 * CHUNK + 5)
    sha = sender.photograph(visit, plain, scope="team:07")
    sent: list[str] = []

    class Breaks(HttpTransport):
        def exchange(self, ask: Ask) -> Answer:
            if ask.method == "PUT":
                if len(sent) == 2:
                    raise WorldError("no_network", "cut")
                sent.append(ask.path)
            return super().exchange(ask)

    with Breaks(hub.url) as transport:
        cut = client.run_round(sender, clock=hub.clock, transport=transport)
    assert (cut.outcome, cut.why, cut.pending.blobs) == ("partial", "no_network", 1)
    assert hub.round(receiver).blobs_down == 0
    done = hub.round(sender)
    assert done.bytes_up < 2 * CHUNK + 4096
    assert (done.blobs_up, done.pending.blobs) == (1, 0)
    assert hub.round(receiver).blobs_down == 1
    assert receiver.blobs[sha] == plain


def test_an_interrupted_download_resumes(hub: Trial) -> None:
    sender, receiver = hub.laptop(7), hub.laptop(7)
    visit = new_id()
    sender.edit(visit, {"a": 1}, scope="team:07")
    plain = random.Random(3).randbytes(3 * CHUNK)
    sha = sender.photograph(visit, plain, scope="team:07")
    hub.round(sender)
    ranges: list[str] = []

    class Breaks(HttpTransport):
        def exchange(self, ask: Ask) -> Answer:
            if "Range" in ask.headers:
                ranges.append(ask.headers["Range"])
                if len(ranges) == 2:
                    raise WorldError("stalled", "cut")
            return super().exchange(ask)

    with Breaks(hub.url) as transport:
        assert client.run_round(receiver, clock=hub.clock, transport=transport).why == "stalled"
        assert client.run_round(receiver, clock=hub.clock, transport=transport).outcome == "done"
    assert receiver.blobs[sha] == plain
    assert [one.partition("=")[2].partition("-")[0] for one in ranges] == [
        "0", str(CHUNK), str(CHUNK), str(2 * CHUNK),
    ]  # fmt: skip


def test_photo_before_its_record_and_damaged_photo(hub: Trial) -> None:
    ledger = hub.laptop(7)
    visit = new_id()
    ledger.edit(visit, {"a": 1}, scope="team:07")
    bad = ledger.photograph(visit, b"x", scope="team:07")
    ledger.blobs[bad] = b"damaged"
    ledger.photograph(visit, b"", scope="team:07")
    outcome = hub.round(ledger)
    assert (outcome.outcome, outcome.why, outcome.blobs_up) == ("partial", "blob_damaged", 1)


def test_poison_is_set_aside_and_parked_after_five_tries_while_others_pass(hub: Trial) -> None:
    ledger = hub.laptop(7)
    ledger.edit(new_id(), {"a": 1}, scope="team:07")
    poison = OutboxItem(new_id(), 0, b'{"broken\n')
    ledger.waiting[poison.cs] = poison
    outcome = hub.round(ledger)
    assert (outcome.outcome, outcome.why, outcome.pushed) == ("partial", "rejected", 1)
    for _ in range(4):
        outcome = hub.round(ledger)
    assert (outcome.pending.parked, outcome.pending.changesets) == (1, 0)
    assert status.status(hub.settings)["quarantined"] == 1


def test_foreign_writes_are_held_and_say_no_more_than_unknown_ones(hub: Trial) -> None:
    ours, theirs = hub.laptop(7), hub.laptop(8)
    visit = new_id()
    ours.edit(visit, {"a": 1}, scope="team:07")
    hub.round(ours)
    foreign = theirs.edit(visit, {"a": 2})
    unknown = theirs.edit(new_id(), {"a": 2})
    created = theirs.edit(new_id(), {"a": 2}, scope="team:07")
    registry = theirs.edit(new_id(), {"name": "x"}, scope="district", kind="site")
    assert hub.round(theirs).outcome == "done"
    assert theirs.held == dict.fromkeys((foreign, unknown, created, registry), "access")
    hub.round(ours)
    assert ours.shown() == {visit: {"a": 1}}


def test_the_district_is_written_by_leaders_and_read_by_all(hub: Trial) -> None:
    leader, other = hub.laptop(7, Role.LEADER), hub.laptop(8)
    site = new_id()
    leader.edit(site, {"name": "珠江食品廠"}, scope="district", kind="site")
    hub.rounds(leader, other)
    assert other.shown() == {site: {"name": "珠江食品廠"}}


def test_a_new_epoch_brings_back_what_the_hub_lost(hub: Trial) -> None:
    first, second = hub.laptop(7), hub.laptop(7)
    visit = new_id()
    first.edit(visit, {"a": 1}, scope="team:07")
    hub.rounds(first, second)
    lost = second.edit(visit, {"a": 2})
    for ledger in (first, second):  # what a laptop that saw another epoch looks like
        assert ledger.link is not None
        ledger.link = replace(ledger.link, epoch=ledger.link.epoch + 6)
    second.kept_cursors = {"team:07": 1, "district": 0}
    hub.rounds(first, second)
    assert first.link is not None and first.link.epoch == 1
    assert first.shown() == second.shown() == {visit: {"a": 2}}
    assert lost in first.log


def test_a_cursor_ahead_of_the_hub_starts_over(hub: Trial) -> None:
    ledger = hub.laptop(7)
    ledger.edit(new_id(), {"a": 1}, scope="team:07")
    hub.round(ledger)
    ledger.kept_cursors["team:07"] = 99
    assert hub.round(ledger).outcome == "done"
    assert ledger.kept_cursors["team:07"] == 1


def test_another_hub_is_foreign(hub: Trial) -> None:
    ledger = hub.laptop(7)
    assert ledger.link is not None
    ledger.link = replace(ledger.link, hub_id="0" * 32)
    outcome = hub.round(ledger)
    assert (outcome.outcome, outcome.why) == ("failed", "foreign_reply")
    assert ledger.lines[-1][0] == "failed"


def test_a_hub_without_the_pinned_key_is_foreign(hub: Trial) -> None:
    ledger = hub.laptop(7)
    assert ledger.link is not None
    ledger.link = replace(ledger.link, hub_key=ledger.identity.public.hex())
    assert hub.round(ledger).why == "foreign_reply"


def test_no_hub_there_is_no_network(hub: Trial) -> None:
    ledger = hub.laptop(7)
    assert ledger.link is not None
    ledger.edit(new_id(), {"a": 1}, scope="team:07")
    ledger.link = replace(ledger.link, url="http://127.0.0.1:9")
    outcome = hub.round(ledger)
    assert (outcome.outcome, outcome.why, outcome.pending.changesets) == ("failed", "no_network", 1)


def test_a_revoked_laptop_is_told_so_with_the_hubs_signature(hub: Trial) -> None:
    ledger = hub.laptop(7)
    hub.round(ledger)
    invites.revoke(hub.settings, ledger.identity.device)
    ledger.edit(new_id(), {"a": 1}, scope="team:07")
    outcome = hub.round(ledger)
    assert (outcome.outcome, outcome.why, outcome.pending.changesets) == ("failed", "revoked", 1)


def test_an_expired_token_is_renewed(hub: Trial) -> None:
    ledger = hub.laptop(7)
    hub.round(ledger)
    assert ledger.link is not None
    old = ledger.link.token
    hub.clock.forward(hours=2)
    assert hub.round(ledger).outcome == "done"
    assert ledger.link.token != old


def test_a_dead_token_is_renewed_in_the_middle_of_a_round(hub: Trial) -> None:
    ledger = hub.laptop(7)
    hub.round(ledger)
    assert ledger.link is not None
    ledger.link = replace(ledger.link, token="f" * 64)
    assert hub.round(ledger).outcome == "done"


def test_cancelling_keeps_what_was_done(hub: Trial) -> None:
    ledger = hub.laptop(7)
    ledger.edit(new_id(), {"a": 1}, scope="team:07")
    outcome = client.run_round(ledger, clock=hub.clock, cancelled=lambda: not ledger.waiting)
    assert (outcome.outcome, outcome.why, outcome.pushed) == ("partial", "cancelled", 1)


def test_a_wrong_clock_is_only_told(hub: Trial) -> None:
    ledger = hub.laptop(7)
    fast = hub.clock.now + 3_600_000
    outcome = client.run_round(ledger, clock=lambda: fast)
    assert outcome.outcome == "done"
    assert json.loads(ledger.lines[-1][1])["clock"] == 60


def test_progress_names_the_steps_in_order(hub: Trial) -> None:
    ledger = hub.laptop(7)
    visit = new_id()
    ledger.edit(visit, {"a": 1}, scope="team:07")
    ledger.photograph(visit, b"photo", scope="team:07")
    steps: list[str] = []
    client.run_round(ledger, clock=hub.clock, progress=lambda one: steps.append(one.step))
    assert list(dict.fromkeys(steps)) == ["hello", "push", "pull", "photos_up"]


def test_thousand_records_arrive_in_batches(hub: Trial) -> None:
    first, second = hub.laptop(7), hub.laptop(7)
    for number in range(1_001):
        first.edit(new_id(), {"number": number}, scope="team:07")
    assert hub.round(first).pushed == 1_001
    assert hub.round(second).pulled == 1_001
    assert first.shown() == second.shown()


@pytest.mark.parametrize(
    "url", ["http://example.com", "ftp://127.0.0.1", "https://user@host", "nonsense", "https://h:0"]
)
def test_only_https_or_this_machine(url: str) -> None:
    with pytest.raises(UserError) as caught:
        client.enroll(url, "CODE", MemoryLedger().identity, "x", "0.1.0")
    assert caught.value.key == "hub_address"


def test_a_qr_text_pins_the_hub(hub: Trial) -> None:
    made = invites.invite(hub.settings, 7, Role.LEADER, clock=hub.clock)
    ledger = MemoryLedger()
    wrong = made.qr.replace("&key=", "&key=00")
    with pytest.raises(WorldError) as caught:
        client.enroll(hub.url, wrong, ledger.identity, "x", "0.1.0")
    assert caught.value.key == "foreign_reply"
    joined = client.enroll(hub.url, made.qr, ledger.identity, "x", "0.1.0")
    assert (joined.team, joined.role, joined.letter, joined.scopes) == (7, "leader", "A", ("district", "team:07"))
