"""What the sync page and the chip say, derived from the store's counts and the last Round; pure."""

from dataclasses import dataclass

from inspector_app.desktop.kit.chip_state import ChipState
from inspector_app.desktop.kit.dates import moment_text, size_text
from inspector_app.domain.clock import iso
from inspector_app.operations.syncing import SyncStatus
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
        return Headline("cloud-upload", "accent", "syncing.waiting", count)
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


@dataclass(frozen=True)
class JournalLine:
    """One line of the journal: when, what (catalogue key), the details as written then, an icon and its colour."""

    when: str
    words: str
    text: str
    icon: str
    color: str


MAX_JOURNAL = 30
_JOURNAL_LOOKS = {"done": ("circle-check", "pass"), "partial": ("clock", "warn"), "failed": ("circle-alert", "warn")}


def derive_journal(status: SyncStatus, language: str) -> tuple[JournalLine, ...]:
    """Newest first, as many as a page shows."""
    lines = []
    for line in status.journal[:MAX_JOURNAL]:
        icon, color = _JOURNAL_LOOKS.get(line.kind, ("info", "muted"))
        words = f"journal.{line.kind if line.kind in _JOURNAL_LOOKS else 'note'}"
        lines.append(JournalLine(moment_text(iso(line.at_ms), language), words, line.text, icon, color))
    return tuple(lines)
