"""Hostile input (forms.md §8): each is refused with one sentence, or contained, and nothing hangs or crashes."""

import io
import zipfile

import pytest

from inspector_app.xforms import FormError, load
from inspector_app.xforms.instances import from_file, is_safe_name
from inspector_app.xforms.lint import check
from inspector_app.xforms.safexml import parse as parse_xml
from inspector_app.xforms.sheets import check_zip
from inspector_app.xforms.xlsform import convert
from inspector_app.xforms.xpath.parser import parse
from inspector_app.xforms.xpath.syntax import XPathSyntaxError
from tests.xforms.forms import now, start, xform

BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
HEAD = "| survey |\n| | type | name | label | relevant | constraint | calculation | repeat_count |\n"


@pytest.mark.parametrize(
    "source",
    [
        BOMB,
        b"<!DOCTYPE html><html/>",
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE html><html/>'.encode("utf-16"),
        b"<a>" * 70 + b"</a>" * 70,
        b"<a>" * 300 + b"</a>" * 300,
        b"<a b='" + b"x" * 1_100_000 + b"'/>",
        b"<a>" + b"x" * 1_100_000 + b"</a>",
        b"",
        b"\x00\xff",
        b"hello",
    ],
)
def test_hostile_xml_is_refused_with_one_sentence(source: bytes) -> None:
    with pytest.raises(FormError) as caught:
        parse_xml(source)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    "source", [b"<x/>", b"<h/>", b"<model><instance/></model>", b"<a><model><instance><d/><e/></instance></model></a>"]
)
def test_xml_that_is_no_form_is_refused(source: bytes) -> None:
    with pytest.raises(FormError):
        load(source)


def test_long_chains_pass_and_deep_nesting_is_refused() -> None:
    assert parse(" or ".join(["1 = 2"] * 5000))
    assert parse(" + ".join(["1"] * 5000))
    assert parse("|".join(["a"] * 5000))
    parse("(" * 90 + "1" + ")" * 90)
    for deep in (
        "(" * 3000 + "1" + ")" * 3000,
        "not(" * 3000 + "1" + ")" * 3000,
        "a[" * 3000 + "1" + "]" * 3000,
        "1" * 70_000,
    ):
        with pytest.raises(XPathSyntaxError):
            parse(deep)


def test_many_minuses_do_not_nest() -> None:
    assert parse("-" * 5000 + "1") == parse("--1")


def test_a_pattern_that_takes_too_long_makes_the_answer_invalid() -> None:
    session = start(HEAD + "| | text | x | X | | regex(., '^(a\\|aa)+$') | |\n")
    session.set_answer("/data/x", "a" * 60 + "!")
    assert not session.state("/data/x").valid
    assert "too long" in str(session.problems[0])


def test_a_node_that_calculates_itself_is_refused() -> None:
    with pytest.raises(FormError, match="refers to itself"):
        load(xform("<r><a/></r>", '<bind nodeset="/data/r/a" calculate="../a + 1"/>', '<repeat nodeset="/data/r"/>'))


def test_setvalues_that_chase_each_other_end() -> None:
    control = (
        '<input ref="/data/{0}"><label>x</label><setvalue event="xforms-value-changed" ref="/data/{1}" '
        'value="/data/{0} + 1"/></input>'
    )
    session = load(xform("<a/><b/>", "", control.format("a", "b") + control.format("b", "a"))).begin(now)
    with pytest.raises(FormError, match="without end"):
        session.set_answer("/data/a", "1")


def test_relevances_that_chase_each_other_end() -> None:
    binds = '<bind nodeset="/data/a" relevant="/data/b = \'\'"/><bind nodeset="/data/b" relevant="/data/a != \'\'"/>'
    session = load(xform("<a/><b/>", binds, "")).begin(now)
    session.set_answer("/data/b", "1")
    with pytest.raises(FormError, match="without end"):
        session.set_answer("/data/a", "1")


def test_a_huge_repeat_count_is_capped() -> None:
    session = start(
        HEAD
        + "| | integer | n | N |\n| | begin_repeat | r | R | | | | ${n} |\n| | text | q | Q |\n| | end_repeat | | |\n"
    )
    session.set_answer("/data/n", "999999999")
    assert len(session.repeats()) == 2000
    assert "2000" in str(session.problems[0])


@pytest.mark.parametrize("count", ["-1 div 0", "0 div 0"])
def test_a_repeat_count_may_be_no_finite_number(count: str) -> None:
    body = '<group ref="/data/r"><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"/></repeat></group>'
    bind = f'<bind nodeset="/data/n" type="string" calculate="{count}"/>'
    session = load(xform("<n/><r><a/></r>", bind, body)).begin(now)
    assert sum(path.startswith("/data/r[") and path.endswith("]") for _, path in session.walk()) == 0


def test_an_endless_distance_between_instances_is_no_shift() -> None:
    far = "9" * 400
    call = f"indexed-repeat(/data/r/a, /data/r, position(..) - {far})"
    body = '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat></group>'
    session = load(
        xform("<r><a/><c/></r>", f'<bind nodeset="/data/r/c" type="string" calculate="{call}"/>', body)
    ).begin(now)
    session.set_answer("/data/r[1]/a", "x")
    assert session.value("/data/r[1]/c") == ""


@pytest.mark.parametrize("ref", ["/data/@id", "/data/@id != 0.5 and '2024'", "/data/@0"])
def test_a_repeat_of_an_attribute_is_refused(ref: str) -> None:
    body = f'<group ref="/data/r"><repeat nodeset="{ref}" jr:count="/data/n"><input ref="/data/r/a"/></repeat></group>'
    with pytest.raises(FormError, match="which is not in the form"):
        load(xform("<n/><r><a/></r>", "", body))


def test_a_text_that_doubles_itself_is_stopped() -> None:
    lines = "".join(f"| | calculate | c{i} | | | | concat(${{c{i - 1}}}, ${{c{i - 1}}}) | |\n" for i in range(1, 40))
    session = start(HEAD + "| | calculate | c0 | | | | 'aaaaaaaaaa' | |\n" + lines + "| | text | t | T |\n")
    assert len(session.value("/data/c39")) <= 1_000_000


@pytest.mark.parametrize("name", ["../a.csv", "a/b.csv", "C:\\x", "con.csv", "a\x00b", "", "..", "nul", "a\nb"])
def test_media_names_stay_in_their_folder(name: str) -> None:
    assert not is_safe_name(name)


@pytest.mark.parametrize("src", ["file:///etc/passwd", "jr://file/../../x.csv", "http://x/y.csv", "jr://file/a/b.csv"])
def test_a_data_file_outside_the_form_is_refused(src: str) -> None:
    with pytest.raises(FormError, match="not a file of this form"):
        load(xform("<a/>", f'<instance id="i" src="{src}"/>', ""))


def test_zip_bombs_are_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60 * 1024 * 1024)
    with pytest.raises(FormError):
        check_zip(packed.getvalue())
    crowded = io.BytesIO()
    with zipfile.ZipFile(crowded, "w") as archive:
        for i in range(2001):
            archive.writestr(f"p{i}", b"")
    with pytest.raises(FormError, match="2000"):
        check_zip(crowded.getvalue())


def test_a_workbook_that_cannot_be_inflated_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(range(256)) * 50)
    data = bytearray(packed.getvalue())
    data[60:90] = b"\xff" * 30
    with pytest.raises(FormError, match="damaged"):
        check_zip(bytes(data))


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04broken", b"\x00" * 100])
@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv", "md", "exe"])
def test_a_file_that_is_no_workbook_gives_a_problem(data: bytes, kind: str) -> None:
    converted = convert(data, kind=kind)
    assert [p.severity for p in converted.problems] == ["error"]


def test_ragged_tables_give_a_problem_not_a_crash() -> None:
    converted = convert(b"| survey |\n| | type | name |\n| | text | a | A | B|", kind="md")
    assert converted.problems[0].severity == "error"


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"[" * 100_000, b'{"features": 3}', b'{"features": [3]}', b"null"])
def test_bad_geojson_is_refused(data: bytes) -> None:
    with pytest.raises(FormError):
        from_file("x.geojson", data)


def test_lint_never_raises(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for name, data in [("a.xml", BOMB), ("b.xlsx", b"x"), ("c.txt", b""), ("d.md", b"|"), ("e.xml", b"<a/>")]:
        (tmp_path / name).write_bytes(data)
        assert any(p.severity == "error" for p in check(tmp_path / name)), name
    assert check(tmp_path / "missing.xlsx")[0].severity == "error"


def test_output_values_stay_text() -> None:
    session = start("| survey |\n| | type | name | label |\n| | text | x | X |\n| | text | y | Hi ${x} |\n")
    session.set_answer("/data/x", "<img src='http://x'>\x00")
    assert session.state("/data/y").label == "Hi <img src='http://x'>"
    assert b"\x00" not in session.finalize().xml
