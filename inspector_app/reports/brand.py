"""How an organisation's papers look and which wording they may use: set once for all papers, no part of any record."""

from dataclasses import dataclass

from inspector_app.reports.palette import NAVY

HEADS = ("band", "red", "plain")
"""A coloured band on page 1 · 紅頭: the issuer large in red over a red line · neither."""
COLOURS = {
    "navy": NAVY, "teal": "0B5563", "green": "1F5A3A", "violet": "4A2F6E", "brown": "5C3A1E", "slate": "37424F",
}  # fmt: skip
"""What titles, headings and bars may be drawn in: at least 7:1 on white, none of them the red that means failure."""
SECTIONS = ("scores", "summary", "checklist", "answers", "photos")
"""Parts of the inspection record that may be left out; findings, signatures and the verification block always stand."""
PHOTO_COLUMNS = {"small": 4, "medium": 3, "large": 2}
RED = "C8161D"
"""The red of 紅頭: of the issuer's name and its line only."""


@dataclass(frozen=True)
class Brand:
    """`logo` is a JPEG on white or b"". `sign_off` are lines above the signatures, `signers` labels of further boxes.

    `is_letter` prints the Notice as a letter after GB/T 9704 instead of a form."""

    head: str = "band"
    colour: str = NAVY
    logo: bytes = b""
    hidden: frozenset[str] = frozenset()
    photo: str = "medium"
    sign_off: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    is_letter: bool = False

    def shows(self, section: str) -> bool:
        """Whether a part of the record is printed."""
        return section not in self.hidden
