"""The shipped workbook: same as its sources, converts cleanly, and is complete in three languages."""

import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inspector_app import assets
from inspector_app.xforms import load
from tests.checklists.source import BUILD, LANGUAGES, WORKBOOK, XF, app, binds, converted, items, measures, texts

SYMBOLS = set("℃㎡·–—÷≥≤★☆◆【】“”²°") | {chr(c) for c in range(0x20, 0x7F)}
CODECS = {LANGUAGES[0]: "big5", LANGUAGES[1]: "gb2312"}
"""Neither old national charset holds the other script's own characters."""


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(path, read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_workbook_is_what_the_generator_writes(tmp_path: Path) -> None:
    paths = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for path in paths:
        subprocess.run([sys.executable, str(BUILD / "build_five_in_place.py"), "--out", str(path)], check=True)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert cells(paths[0]) == cells(WORKBOOK), "run build_spec/forms/build_five_in_place.py"


def test_the_sheets_are_pleasant_to_read() -> None:
    for sheet in load_workbook(WORKBOOK):
        assert sheet.freeze_panes == "C2"
        assert all(cell.alignment.wrap_text for cell in sheet[2] if cell.value)


def test_pyxform_only_remarks_on_language_subtags() -> None:
    warnings = converted()[1]
    assert len(warnings) == 1 and "machine-readable" in warnings[0]


def test_every_attribute_of_every_item_arrives() -> None:
    found = binds()
    assert len(items()) == 104
    for item in items():
        bind = found[f"/data/{item['dimension']}/{item['id']}"]
        for name in ("critical", "photo", "deadline", "answer"):
            assert app(bind, name) == item[name]
        assert app(bind, "source").split() == item["sources"]
        assert bind.get("required") == "true()"


def test_items_keep_their_order_and_number() -> None:
    with_verdict = [path for path, bind in binds().items() if app(bind, "critical")]
    assert with_verdict == [f"/data/{item['dimension']}/{item['id']}" for item in items()]


def test_every_item_has_a_note_required_on_failure() -> None:
    notes = {app(bind, "note"): bind for bind in binds().values() if app(bind, "note")}
    assert set(notes) == {item["id"] for item in items()}
    for item, bind in notes.items():
        path = f"/data/{item[0]}/{item}"
        assert bind.get("nodeset") == f"{path}_note"
        assert bind.get("required", "").split() == [path, "=", "'fail'"]


def test_measures_arrive_in_order_with_their_rules() -> None:
    found = [bind for bind in binds().values() if app(bind, "measure")]
    assert [(app(b, "measure"), app(b, "role"), app(b, "limit")) for b in found] == [
        (m["item"], m["role"], m.get("limit", "")) for m in measures()
    ]
    kinds = {"integer": "int", "decimal": "decimal", "date": "date", "text": "string"}
    for bind, measure in zip(found, measures(), strict=True):
        assert bind.get("nodeset") == f"/data/{measure['item'][0]}/{measure['item']}_{measure['role']}"
        assert bind.get("type") == kinds[measure["kind"]]
        assert (bind.get("constraint") is None) == (measure["kind"] == "text")


def test_only_safety_is_left_out_of_the_five() -> None:
    counted = {app(bind, "dimension"): app(bind, "counted") for bind in binds().values() if app(bind, "dimension")}
    assert counted == {"A": "yes", "B": "yes", "C": "yes", "D": "yes", "E": "yes", "F": "no"}


def test_verdict_scores_leave_not_applicable_blank() -> None:
    listed = converted()[0].find(".//xf:instance[@id='pf']", XF)
    assert listed is not None
    scores = {item.findtext("xf:name", None, XF): item.findtext("xf:score", None, XF) for item in listed[0]}
    assert scores == {"pass": "1", "fail": "0", "na": None}


def test_labels_say_what_the_sources_say() -> None:
    for language, key in zip(LANGUAGES, ("zh_hant", "zh_hans", "en"), strict=True):
        found = dict(texts(language))
        for item in items():
            label = found[f"/data/{item['dimension']}/{item['id']}:label "]
            assert plain(label) == plain(item[key])


def plain(text: str) -> str:
    """Without quotation marks: pyxform straightens curly ones, Traditional uses corner brackets."""
    return "".join(character for character in text if character not in '"“”「」')


def test_no_translation_is_missing() -> None:
    ids = [[ident for ident, text in texts(language) if text.strip() not in ("", "-")] for language in LANGUAGES]
    assert ids[0] == ids[1] == ids[2]
    assert len(ids[0]) > 104 * 5


@pytest.mark.parametrize("language", CODECS)
def test_scripts_do_not_mix(language: str) -> None:
    def strange(text: str) -> set[str]:
        return {c for c in text if c not in SYMBOLS and not c.encode(CODECS[language], "ignore")}

    assert {ident: strange(text) for ident, text in texts(language) if strange(text)} == {}


def test_english_is_english() -> None:
    assert [text for _, text in texts(LANGUAGES[2]) if any("一" <= c <= "鿿" for c in text)] == []


def test_the_words_of_the_trade_are_spelled_as_the_client_does() -> None:
    everything = "".join(text for language in LANGUAGES for _, text in texts(language))
    assert "複產" not in everything and "複查" not in everything and "責令" not in everything


def test_the_bundled_xform_is_made_of_the_workbook() -> None:
    assert load(assets.form("five-in-place.xlsx")).xml == assets.form("five-in-place.xml").read_bytes()
