"""Typefaces: which face serves a character of a weight and how wide it is."""

from functools import cache
from typing import NamedTuple

from inspector_app.assets import resource
from inspector_app.reports.truetype import TrueType

GETA = "〓"
"""Stands for a character that no shipped face has (the customary mark of Chinese and Japanese compositors)."""

_LATE = ("NotoSansTC-Regular", "NotoSansJP-Regular")
_LATE_BOLD = ("NotoSansTC-Bold", "NotoSansJP-Bold")
CHAINS = {
    "regular": ("NotoSansSC-Regular", *_LATE),
    "medium": ("NotoSansSC-Medium", *_LATE_BOLD),
    "bold": ("NotoSansSC-Bold", *_LATE_BOLD),
    "serif": ("NotoSerifSC-Bold", "NotoSansSC-Bold", *_LATE_BOLD),
    "mono": ("NotoSansMono-Medium", "NotoSansSC-Regular", *_LATE),
}
"""Faces asked in turn, per weight; a face is opened only when it is asked for the first time."""


class Glyph(NamedTuple):
    """How one character is set: the face's PostScript name, the character drawn, its advance in 1/1000 em."""

    face: str
    drawn: str
    advance: int
    missing: bool = False


class Chain(dict[str, Glyph]):
    """Characters of one weight → Glyph; fills itself. `plain` are those of the first face that are one UTF-16 unit:
    a text of nothing else is its own code."""

    def __init__(self, faces: tuple[str, ...]) -> None:
        super().__init__()
        self.faces = faces
        self.plain: set[str] = set()

    def __missing__(self, character: str) -> Glyph:
        glyph = self._find(character)
        if glyph is None:
            stand_in = self._find(GETA)
            assert stand_in is not None, "a face of every chain has 〓"
            glyph = stand_in._replace(missing=True)
        elif glyph.face == self.faces[0] and character <= "\uffff":
            self.plain.add(character)
        self[character] = glyph
        return glyph

    def _find(self, character: str) -> Glyph | None:
        for name in self.faces:
            font = face(name)
            number = font.numbers[character]
            if number:
                return Glyph(name, character, font.advance(number))
        return None


class Advances(dict[str, int]):
    """Characters of one weight → advance in 1/1000 em; fills itself."""

    def __init__(self, glyphs: Chain) -> None:
        super().__init__()
        self._glyphs = glyphs

    def __missing__(self, character: str) -> int:
        advance = self[character] = self._glyphs[character].advance
        return advance


@cache
def face(name: str) -> TrueType:
    """The file of resources/fonts with this PostScript name, opened once per process."""
    return TrueType(resource(f"fonts/{name}.ttf"))


@cache
def chain(weight: str) -> Chain:
    """The Chain of a weight in CHAINS."""
    return Chain(CHAINS[weight])


@cache
def advances(weight: str) -> Advances:
    """The widths of a weight."""
    return Advances(chain(weight))
