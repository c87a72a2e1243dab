"""The shipped faces: distinct, complete for names and symbols, and one fallback chain."""

from inspector_app.reports.fonts import CHAINS, GETA, chain, face

NEEDED = "〔〕①②⑳℃㎡★☆◆°×÷≥≤±％‰—…“”‘’「」『』《》〈〉【】、。，；：？！·￥№√□■○●△▲→←↑↓壹鷺琶幢啓囍"
RARE = "𠮷𡘙𤩅𨰻龘堃昇祇喆嘢㗎啲咗冇嚟嗰哋氹埗脷"


def test_every_weight_has_the_symbols_and_rare_names() -> None:
    for weight in ("regular", "medium", "bold", "serif"):
        assert [c for c in NEEDED + RARE if chain(weight)[c].missing] == [], weight


def test_missing_character_becomes_geta() -> None:
    glyph = chain("regular")["\U0001f600"]
    assert glyph.missing
    assert glyph.drawn == GETA


def test_faces_have_distinct_names_and_shapes() -> None:
    names = sorted({name for faces in CHAINS.values() for name in faces})
    assert len({face(name).name for name in names}) == len(names)
    weights = [face(f"NotoSansSC-{weight}") for weight in ("Regular", "Medium", "Bold")]
    assert len({tuple(f.advance(f.numbers[c]) for c in "MWmwi&") for f in weights}) == 3


def test_digits_are_tabular_where_columns_are_set() -> None:
    for weight in ("regular", "medium", "bold"):
        assert len({chain(weight)[c].advance for c in "0123456789"}) == 1
