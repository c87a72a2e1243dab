"""What the sync page and the chip say, derived from the store's counts and the last Round; pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from inspector_app.desktop.kit.chip_state import ChipState
from inspector_app.desktop.kit.dates import moment_text, size_text, time_text
from inspector_app.domain.clock import iso
from inspector_app.operations.syncing import SyncStatus
from inspector_app.sync.pacing import NO_ROOM
from inspector_app.sync.ports import Pending, Progress, RoundOutcome


@dataclass(frozen=True)
class Headline:
    """The state in one icon and one sentence (catalogue key with `n`), and the reason below it ('' = none)."""

    icon: str
    color: str
    words: str
    n: int = 0
    why: str = ""


PASSING = frozenset({"no_network", "stalled", "cancelled"})
"""Reasons of a failed Round that pass by themselves."""


def waiting(pending: Pending) -> int:
    """Records and photos that have not reached the hub."""
    return pending.changesets + pending.blobs


def derive_chip(status: SyncStatus | None, outcome: RoundOutcome | None, is_running: bool) -> ChipState:
    """needs_you only for what a person must mend; being offline is the normal state of a laptop in the field."""
    if is_running:
        return ChipState("sending")
    if status is None or status.link is None:
        return ChipState("alone")
    if status.pending.parked or status.conflicts or _needs_mending(outcome):
        return ChipState("needs_you", waiting(status.pending))
    count = waiting(status.pending)
    return ChipState("waiting", count) if count else ChipState("sent")


def _needs_mending(outcome: RoundOutcome | None) -> bool:
    return outcome is not None and outcome.outcome == "failed" and outcome.why not in PASSING


def derive_headline(status: SyncStatus | None, outcome: RoundOutcome | None, is_running: bool) -> Headline:
    """For the card at the top of the page."""
    if is_running:
        return Headline("refresh-cw", "accent", "syncing.running")
    if status is None or status.link is None:
        return Headline("cloud-off", "muted", "syncing.alone")
    count = waiting(status.pending)
    if outcome is not None and outcome.outcome == "failed":
        return Headline("wifi-off", "warn", "syncing.failed", count, outcome.why)
    if status.pending.parked:
        return Headline("triangle-alert", "warn", "syncing.parked", status.pending.parked)
    if count:
        why = outcome.why if outcome is not None and outcome.why in NO_ROOM else ""
        return Headline("cloud-upload", "warn" if why else "accent", "syncing.waiting", count, why)
    return Headline("cloud-check", "pass", "syncing.sent")


def derive_figures(status: SyncStatus) -> tuple[tuple[str, int], ...]:
    """Catalogue key and count of each figure."""
    return (
        ("syncing.records", status.pending.changesets),
        ("syncing.photos", status.pending.blobs),
        ("syncing.refused", status.pending.parked),
        ("syncing.conflicts", status.conflicts),
    )


def derive_moved(progress: Progress) -> dict[str, str]:
    """Arguments of `syncing.moved`: items done of total, bytes."""
    return {"done": f"{progress.done:,}", "total": f"{progress.total:,}", "size": size_text(progress.moved)}


def derive_exchanged(outcome: RoundOutcome) -> dict[str, object]:
    """Arguments of `syncing.exchanged`."""
    return {
        "up": outcome.pushed,
        "down": outcome.pulled,
        "photos": outcome.blobs_up + outcome.blobs_down,
        "size": size_text(outcome.bytes_up + outcome.bytes_down),
    }


def looks_complete(url: str, code: str) -> bool:
    """Whether the button to join makes sense."""
    return url.strip().startswith(("http://", "https://")) and len(url.strip()) > 10 and bool(code.strip())


def derive_next(status: SyncStatus | None, next_ms: int | None, is_running: bool) -> tuple[str, str]:
    """Catalogue key and time of day of `syncing.next`; ('', '') where nothing is said."""
    if status is None or status.link is None or is_running:
        return "", ""
    return ("syncing.next_by_hand", "") if next_ms is None else ("syncing.next", time_text(iso(next_ms)))


@dataclass(frozen=True)
class Aside:
    """One record that was set aside: what it is, when it was written, why it waits (catalogue keys)."""

    what: str
    when: str
    state: str
    why: str


KINDS = {"inspection": "aside.inspection", "finding": "aside.finding", "photo": "aside.photo", "site": "aside.site"}
REASONS = {
    code: f"aside.{code}" for code in ("access", "scope", "role", "parent", "signature", "body_too_large", "too_many")
}
MOST_ASIDE = 20


def derive_aside(status: SyncStatus, language: str) -> tuple[Aside, ...]:
    """Oldest first, as many as a page shows."""
    return tuple(
        Aside(
            KINDS.get(one.kind, "aside.other"),
            moment_text(iso(one.at_ms), language),
            "aside.held" if one.state == "held" else "aside.parked",
            REASONS.get(one.code, "aside.unknown"),
        )
        for one in status.set_aside[:MOST_ASIDE]
    )


@dataclass(frozen=True)
class JournalLine:
    """One line of the journal: when, what (catalogue key), an icon and its colour; `facts` are catalogue keys with their
    arguments, `text` what was written in plain words."""

    when: str
    words: str
    text: str
    icon: str
    color: str
    facts: tuple[tuple[str, Mapping[str, object]], ...] = ()


MAX_JOURNAL = 30
_JOURNAL_LOOKS = {"done": ("circle-check", "pass"), "partial": ("clock", "warn"), "failed": ("circle-alert", "warn")}


def derive_journal(status: SyncStatus, language: str) -> tuple[JournalLine, ...]:
    """Newest first, as many as a page shows."""
    lines = []
    for line in status.journal[:MAX_JOURNAL]:
        icon, color = _JOURNAL_LOOKS.get(line.kind, ("info", "muted"))
        words = f"journal.{line.kind if line.kind in _JOURNAL_LOOKS else 'note'}"
        facts = read_facts(line.text)
        if "stick" in facts:
            words = "journal.stick_out" if facts["stick"] == "out" else "journal.stick_in"
        elif "table" in facts:
            words = "journal.table"
        text = str(facts.get("detail", "")) if facts else line.text
        when = moment_text(iso(line.at_ms), language)
        lines.append(JournalLine(when, words, text, icon, color, derive_facts(facts)))
    return tuple(lines)


def read_facts(text: str) -> dict[str, object]:
    """The facts of a line; empty for one in plain words."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def derive_facts(facts: Mapping[str, object]) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Catalogue keys and arguments, in the order they are read."""
    found: list[tuple[str, Mapping[str, object]]] = []
    if why := facts.get("why"):
        found.append((f"error.{why}", {}))
    for key, records, photos in (("sent", "up", "photos_up"), ("received", "down", "photos_down")):
        if facts.get(records) or facts.get(photos):
            found.append((f"journal.{key}", {"n": facts.get(records, 0), "photos": facts.get(photos, 0)}))
    if not found:
        found.append(("journal.nothing", {}))
    for name in ("left", "clock"):
        if count := facts.get(name):
            found.append((f"journal.{name}", {"n": count}))
    return tuple(found) if facts else ()
