"""What the sync page says of photos and files: how many are where, and which of them the hub has not confirmed; pure."""

from dataclasses import dataclass

from inspector_app.desktop.kit.dates import moment_text, size_text
from inspector_app.domain.clock import iso
from inspector_app.store.delivery import Deliveries, Undelivered

MOST = 40
"""As many lines as the page builds; the rest is counted."""


@dataclass(frozen=True)
class Place:
    """One figure: icon, colour, catalogue key of its words, count."""

    icon: str
    color: str
    words: str
    n: int


@dataclass(frozen=True)
class Waiting:
    """One photo that is not at the hub yet: what and where in plain text (`what` '' = no photo but a file), when, how
    large, and whether it lies on a stick as well (`stick` = when it was written there)."""

    what: str
    when: str
    size: str
    stick: str


@dataclass(frozen=True)
class Shown:
    """The whole card."""

    places: tuple[Place, ...] = ()
    left: int = 0
    size: str = ""
    lines: tuple[Waiting, ...] = ()
    more: int = 0


def derive_deliveries(found: Deliveries, language: str) -> Shown:
    """Places in the order a photo travels; lines with the oldest first."""
    places = (
        Place("monitor", "warn" if found.here else "muted", "delivery.here", found.here),
        Place("usb", "accent" if found.on_stick else "muted", "delivery.stick", found.on_stick),
        Place("cloud-check", "pass" if found.on_hub else "muted", "delivery.hub", found.on_hub),
        Place("file-down", "muted", "delivery.wanted", found.wanted),
    )
    lines = tuple(_line(one, language) for one in found.photos[:MOST])
    return Shown(places, found.left, size_text(found.bytes_left), lines, found.left - len(lines))


def _line(one: Undelivered, language: str) -> Waiting:
    what = " · ".join(part for part in (one.site, one.item.removeprefix("recheck:")) if part)
    when = moment_text(one.taken, language) if one.taken else ""
    return Waiting(what, when, size_text(one.size), moment_text(iso(one.stick_ms), language) if one.stick_ms else "")


def stick_name(team: int, letter: str, day: str) -> str:
    """The file name that is offered: Team and laptop, so that many sticks lie in one folder."""
    return f"daowei-{team:02d}{letter}-{day.replace('-', '')}.zip"
