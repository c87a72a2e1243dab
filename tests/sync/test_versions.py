"""Old and new laptops at old and new hubs: the newest version both speak, else one clear sentence and nothing lost."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.ids import new_id
from inspector_app.hub.settings import HubSettings
from inspector_app.store import parcels
from inspector_app.store.database import Store
from inspector_app.sync import client
from inspector_app.sync.ports import RoundOutcome
from inspector_app.sync.transport import HttpTransport
from tests.hub.knocking import Knock, sealed
from tests.hub.trial import Trial, trial
from tests.sync.laptops import edit, sync
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.test_reborn import docs

BEFORE, NOW, NEXT = 1, 2, 3
"""N − 1, N and N + 1: the wire of today under three numbers, since there has been one version so far."""


def round_of(hub: Trial, ledger: MemoryLedger, speaks: tuple[int, ...]) -> tuple[RoundOutcome, int]:
    """The outcome, and the version that was spoken at the end."""
    assert ledger.link is not None
    ledger.link = replace(ledger.link, url=hub.url)
    with closing(HttpTransport(hub.url, speaks=speaks)) as transport:
        outcome = client.run_round(ledger, clock=hub.clock, transport=transport)
        return outcome, transport.protocol


def work(ledger: MemoryLedger) -> None:
    visit = new_id()
    ledger.edit(visit, {"q": 1}, scope="team:07")
    ledger.photograph(visit, b"picture", scope="team:07")


@pytest.mark.parametrize(
    ("hub_speaks", "laptop_speaks", "spoken"),
    [
        ((BEFORE, NOW), (BEFORE,), BEFORE),
        ((BEFORE, NOW), (BEFORE, NOW), NOW),
        ((BEFORE, NOW), (NOW, NEXT), NOW),
        ((NOW, NEXT), (BEFORE, NOW), NOW),
        ((BEFORE,), (BEFORE, NOW), BEFORE),
    ],
    ids=["older laptop", "same", "newer laptop", "newer hub", "older hub"],
)
def test_the_newest_version_both_speak_is_spoken(
    tmp_path: Path, hub_speaks: tuple[int, ...], laptop_speaks: tuple[int, ...], spoken: int
) -> None:
    with trial(HubSettings(tmp_path / "hub", port=0)) as hub:
        ledger = hub.laptop(7)
        work(ledger)
    with trial(HubSettings(tmp_path / "hub", port=0, speaks=hub_speaks)) as hub:
        for _ in range(2):  # the second with a token kept from the first: no hello is needed
            outcome, version = round_of(hub, ledger, laptop_speaks)
            assert (outcome.outcome, version) == ("done", spoken), outcome
            assert (outcome.pending.changesets, outcome.pending.blobs) == (0, 0)


@pytest.mark.parametrize(
    ("hub_speaks", "laptop_speaks", "why", "is_signed_in"),
    [
        ((NOW,), (BEFORE,), "upgrade_needed", True),
        ((NOW,), (BEFORE,), "upgrade_needed", False),
        ((NOW,), (NEXT,), "hub_older", True),
        ((BEFORE,), (NOW, NEXT), "hub_older", False),
    ],
)
def test_without_a_common_version_sync_says_who_must_update_and_editing_goes_on(
    tmp_path: Path, hub_speaks: tuple[int, ...], laptop_speaks: tuple[int, ...], why: str, is_signed_in: bool
) -> None:
    with trial(HubSettings(tmp_path / "hub", port=0)) as hub:
        ledger = hub.laptop(7)
        if is_signed_in:
            hub.rounds(ledger)
        work(ledger)
        before = ledger.shown()
    with trial(HubSettings(tmp_path / "hub", port=0, speaks=hub_speaks)) as hub:
        for _ in range(6):  # more often than an item may fail before it is parked
            outcome, _ = round_of(hub, ledger, laptop_speaks)
            assert (outcome.outcome, outcome.why) == ("failed", why)
        assert (outcome.pending.changesets, outcome.pending.blobs, outcome.pending.parked) == (2, 1, 0)
        assert ledger.shown() == before
        ledger.edit(next(iter(before)), {"q": 2})
        outcome, _ = round_of(hub, ledger, hub_speaks)  # the program or the hub was updated
        assert (outcome.outcome, outcome.pushed, outcome.blobs_up) == ("done", 3, 1)


def test_unknown_fields_of_an_envelope_come_through_an_older_program(hub: Trial, two: tuple[Store, Store]) -> None:
    """The author's bytes are stored, forwarded and given out verbatim, whatever a later version adds to them (I9)."""
    old, fresh = two
    author = hub.laptop(7)
    raw = sealed(
        author.identity, 1, e="hologram", later={"deep": ["值", 1]}, set={"q": 1, "of_2030": [None, {"a": "b"}]}
    )
    assert Knock(hub, author).push(raw) == [("ok", "")]
    sync(hub, old)
    (entity,) = docs(old)
    edit(old, {"q": 2}, entity, kind="hologram")
    sync(hub, old, fresh)
    assert raw in bodies(old) and raw in bodies(fresh)
    assert docs(fresh)[entity] == {"q": 2, "of_2030": [None, {"a": "b"}]}


def bodies(store: Store) -> list[bytes]:
    with store.reading() as session:
        return [bytes(raw) for _, raw in parcels.bodies(session, unsent=False)]
