"""Typefaces: which face serves a character of a weight, how wide it is, and a ToUnicode map that survives a copy."""

from functools import cache
from typing import Any, NamedTuple

from reportlab import rl_config

rl_config.useA85 = 0  # before any other ReportLab import: ASCII-85 costs a quarter of the file and most of the time

from reportlab.pdfbase import pdfmetrics, ttfonts  # noqa: E402

from inspector_app.assets import resource  # noqa: E402

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
"""Faces asked in turn, per weight; a face is loaded (50 ms) only when it is asked for the first time."""

_BLOCK = 100  # a bfchar block may hold 100 lines (PDF 32000-1, 9.10.3 and the CMap specification)


class Glyph(NamedTuple):
    """How one character is set: the face's PostScript name, the character drawn, its advance in 1/1000 em."""

    face: str
    drawn: str
    advance: int
    missing: bool = False


class Chain(dict[str, Glyph]):
    """Characters of one weight → Glyph; fills itself."""

    def __init__(self, faces: tuple[str, ...]) -> None:
        super().__init__()
        self.faces = faces

    def __missing__(self, character: str) -> Glyph:
        glyph = self._find(character)
        if glyph is None:
            stand_in = self._find(GETA)
            assert stand_in is not None, "a face of every chain has 〓"
            glyph = stand_in._replace(missing=True)
        self[character] = glyph
        return glyph

    def _find(self, character: str) -> Glyph | None:
        for name in self.faces:
            widths = face(name).face
            if ord(character) in widths.charToGlyph:
                return Glyph(name, character, int(widths.getCharWidth(ord(character))))
        return None


@cache
def face(name: str) -> Any:
    """The loaded ReportLab font of a file in resources/fonts, registered once per process."""
    font = ttfonts.TTFont(name, str(resource(f"fonts/{name}.ttf")), asciiReadable=0)
    pdfmetrics.registerFont(font)
    return font


@cache
def chain(weight: str) -> Chain:
    """The Chain of a weight in CHAINS."""
    return Chain(CHAINS[weight])


def _to_unicode(fontname: str, subset: list[int]) -> str:
    """A ToUnicode CMap in UTF-16BE without code 0: ReportLab's own loses 𠮷 and maps .notdef to U+0000."""
    lines = [
        f"<{code:02X}> <{chr(c).encode('utf-16-be').hex().upper()}>"
        for code, c in enumerate(subset)
        if c not in (0, 0xFEFF, 0xFFFE) and not (code < 32 and c == 32)
    ]
    blocks = [lines[i : i + _BLOCK] for i in range(0, len(lines), _BLOCK)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def\n"
        f"/CMapName /{fontname} def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


ttfonts.makeToUnicodeCMap = _to_unicode
