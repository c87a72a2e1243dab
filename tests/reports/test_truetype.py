"""Glyphs, widths and subsets of the shipped faces, against fontTools."""

import io

import pytest
from fontTools.ttLib import TTFont

from inspector_app.assets import resource
from inspector_app.reports.fonts import CHAINS, face

NAMES = sorted({name for faces in CHAINS.values() for name in faces})
LETTERS = "督導檢查記錄ABCgjy019éÄ，。「」（）…—℃①㎡𠮷𡘙囍\u00a0Ω"


def whole(name: str) -> TTFont:
    return TTFont(str(resource(f"fonts/{name}.ttf")), lazy=True)


@pytest.mark.parametrize("name", NAMES)
def test_every_character_has_the_glyph_and_width_fonttools_reads(name: str) -> None:
    font, ours = whole(name), face(name)
    cmap, order, metrics = font.getBestCmap(), font.getReverseGlyphMap(), font["hmtx"]
    assert font["head"].unitsPerEm == 1000
    for code in [*list(cmap)[::37], *(ord(c) for c in LETTERS if ord(c) in cmap)]:
        number = order[cmap[code]]
        assert ours.numbers[chr(code)] == number
        assert ours.advance(number) == metrics[cmap[code]][0]
    assert ours.numbers["\U0010ffff"] == 0
    assert ours.numbers["\U0001f600"] == 0


@pytest.mark.parametrize("name", NAMES)
def test_codes_are_two_bytes_and_never_shared(name: str) -> None:
    characters = [chr(code) for code in whole(name).getBestCmap() if not 0xD800 <= code < 0xE000]
    codes = [face(name).code(c) for c in characters]
    assert len(set(codes)) == len(codes)
    assert max(codes) <= 0xFFFF


@pytest.mark.parametrize("name", NAMES)
def test_a_subset_draws_the_same_outlines(name: str) -> None:
    font, ours = whole(name), face(name)
    letters = [c for c in LETTERS if ours.numbers[c]]
    program, numbers = ours.subset(ours.numbers[c] for c in letters)
    cut = TTFont(io.BytesIO(program), checkChecksums=2)
    names = font.getGlyphOrder()
    for letter in letters:
        glyph = ours.numbers[letter]
        drawn = cut["glyf"][cut.getGlyphName(numbers[glyph])].getCoordinates(cut["glyf"])[0]
        assert list(drawn) == list(font["glyf"][names[glyph]].getCoordinates(font["glyf"])[0])
        assert cut["hmtx"][cut.getGlyphName(numbers[glyph])] == font["hmtx"][names[glyph]]
    assert len(program) < 400 * 120
    assert ours.subset(sorted({ours.numbers[c] for c in letters}))[0] == program
