"""A Photo's meaning; its bytes are a Blob addressed by SHA-256."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """Why a picture may not prove what it is meant to prove; said quietly, it never keeps anybody from going on.

    `what` ∈ twice, similar (`item` has the other picture), blurred, dark, bright, plain, ahead, old, before, after
    (`minutes` between the picture's time and the one it is held against).
    """

    what: str
    item: str = ""
    minutes: int = 0


WHOLE = 10_000
"""Places in a picture are counted in ten-thousandths of its width and height: records carry no fractions."""
MARKS = ("turn", "crop", "hide", "draw", "arrow", "frame", "write")


@dataclass(frozen=True)
class Mark:
    """Something done to the copy of a picture; `points` lie on the picture as the marks before it left it.

    turn: a quarter clockwise, no points · crop, hide, frame: two corners · arrow: from, to · draw: a stroke ·
    write: `text` at a point.
    """

    kind: str
    points: tuple[tuple[int, int], ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Photo:
    """One picture of one Item. `taken` is ISO 8601; `taken_source` names where that time comes from (domain.md §7).

    `received` is this laptop's clock when it came in; `fingerprint` and `flaw` are how it looks (`photos.looks`), ''
    for pictures that came before they were noted. `marks` and the lines of `stamp` are on the copy that is shown instead
    of the original, `copy` that copy's SHA-256, '' where the original itself is shown. `doubts` are derived from all pictures
    of the visit, never stored.
    """

    id: str
    inspection: str
    item: str
    sha: str
    size: int
    mime: str
    width: int
    height: int
    taken: str
    taken_source: str
    name: str = ""
    caption: str = ""
    latitude: str = ""
    longitude: str = ""
    received: str = ""
    fingerprint: str = ""
    flaw: str = ""
    marks: tuple[Mark, ...] = ()
    stamp: tuple[str, ...] = ()
    copy: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def shown(self) -> str:
        """SHA-256 of what windows and papers show: the copy where there is one."""
        return self.copy or self.sha
