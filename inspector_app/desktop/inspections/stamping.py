"""The lines a photo's copy is stamped with: each says where its value comes from (domain.md §7); pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from inspector_app.desktop.kit.language import Language
from inspector_app.domain.photo import Photo

PARTS = ("time", "place", "team", "site")
"""What can be stamped, in the order of the lines."""


@dataclass(frozen=True)
class Place:
    """Where the visit is and which team is on it, as registered."""

    name: str
    address: str
    team: int


def stamp_lines(photo: Photo, *, parts: Sequence[str], place: Place, language: Language) -> list[str]:
    """One line per wanted part; the last one with the short hash of the original. None wanted, none given."""
    made = [_LINES[part](photo, place, language) for part in PARTS if part in parts]
    if made:
        made[-1] = f"{made[-1]}   SHA-256 {photo.sha[:8]}"
    return made


def _time(photo: Photo, place: Place, language: Language) -> str:
    return language.tr(f"photo_time.{photo.taken_source}", time=language.moment(photo.taken))


def _where(photo: Photo, place: Place, language: Language) -> str:
    if photo.latitude:
        return language.tr("photo.gps", place=f"{photo.latitude}, {photo.longitude}")
    return language.tr("stamp.typed", value=place.address) if place.address else language.tr("photo.no_place")


def _team(photo: Photo, place: Place, language: Language) -> str:
    return language.tr("stamp.typed", value=language.tr("inspections.team", team=f"{place.team:02d}"))


def _site(photo: Photo, place: Place, language: Language) -> str:
    return language.tr("stamp.typed", value=f"{place.name} · {photo.item}")


_LINES: Mapping[str, Callable[[Photo, Place, Language], str]] = {
    "time": _time, "place": _where, "team": _team, "site": _site,
}  # fmt: skip
