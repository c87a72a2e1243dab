"""OpenRosa XML out and in: what is written opens again as the same filling, and servers find nothing to object to."""

import re

import pytest
from lxml import etree

from inspector_app.xforms import Form, FormError, Session, load
from inspector_app.xforms.instances import is_safe_name
from inspector_app.xforms.media import free_name
from tests.xforms.forms import from_table, now, xform

TABLE = (
    "| survey |\n| | type | name | label | relevant | bind::app:x | instance::app:note | repeat_count |\n"
    "| | text | a | A | | 1 | kept | |\n| | integer | n | N | | | | |\n| | text | off | Off | ${n} > 5 | | | |\n"
    "| | begin_repeat | r | R | | | | |\n| | text | q | Q | | | | |\n| | image | p | P | | | | |\n"
    "| | end_repeat | | | | | | |\n"
    "| | begin_repeat | c | C | | | | ${n} |\n| | text | w | W | | | | |\n| | end_repeat | | | | | | |\n"
    "| | audit | audit | | | | | |\n"
    "| settings |\n| | form_id | version | namespaces | attribute::edition |\n"
    '| | t | 7 | app="urn:inspector-app:checklist" | 3 |\n'
)


def filled() -> tuple[Form, Session]:
    form = from_table(TABLE)
    session = form.begin(now)
    for path, value in {
        "/data/a": "ß <&> \"'\r\n\t ünïcode \U0001f600 ",
        "/data/n": "2",
        "/data/off": "hidden",
        "/data/r[1]/q": "one",
        "/data/r[1]/p": "照片.jpg",
        "/data/c[2]/w": "w2",
        "/data/meta/audit": "audit.csv",
    }.items():
        session.set_answer(path, value)
    session.add_repeat("/data/r")
    session.set_answer("/data/r[2]/p", "b.jpg")
    return form, session


def test_what_is_written_opens_as_the_same_filling() -> None:
    form, session = filled()
    first = session.finalize()
    again = form.reopen(first.xml, now)
    assert again.finalize() == first
    states = {s.path: (s.value, s.relevant) for s in session.states()}
    assert {s.path: (s.value, s.relevant) for s in again.states()} == states


def test_a_submission_is_plain_and_keeps_what_the_form_says() -> None:
    _, session = filled()
    submission = session.finalize()
    root = etree.fromstring(submission.xml)
    assert root.tag == "data"
    assert dict(root.attrib) == {"id": "t", "version": "7", "edition": "3"}
    assert root.find("a").get("{urn:inspector-app:checklist}note") == "kept"  # type: ignore[union-attr]
    assert root.find("off") is None
    assert [len(root.findall(name)) for name in ("r", "c")] == [2, 2]
    assert not re.search(rb"\bns\d", submission.xml)
    assert b"template" not in submission.xml
    assert submission.xml.count(b"xmlns:") == len(set(re.findall(rb"xmlns:(\w+)", submission.xml)))
    assert submission.media == ("照片.jpg", "b.jpg", "audit.csv")


def test_prefixes_and_namespaces_stay_as_the_form_has_them() -> None:
    source = xform("<a/>", "", "").replace(
        b'<data id="t" version="1"><a/></data>',
        b'<data xmlns="urn:mine" xmlns:b="urn:b" id="t" b:x="1"><a/><b:c b:y="2"/></data>',
    )
    form = load(source)
    written = form.begin(now).finalize().xml
    root = etree.fromstring(written)
    assert root.tag == "{urn:mine}data"
    assert root.get("{urn:b}x") == "1"
    assert [e.tag for e in root][:2] == ["{urn:mine}a", "{urn:b}c"]
    assert b"b:c" in written
    assert b"ns0" not in written
    assert form.reopen(written, now).finalize().xml == written


def test_an_edit_names_what_it_replaces() -> None:
    form, session = filled()
    sent = session.finalize().xml
    old = session.value("/data/meta/instanceID")
    edit = form.edit(sent, now)
    edit.set_answer("/data/a", "changed")
    written = edit.finalize().xml
    meta = etree.fromstring(written).find("{*}meta")
    assert meta is not None
    found = {etree.QName(e).localname: e.text for e in meta}
    assert found["deprecatedID"] == old
    assert found["instanceID"] not in (None, old)
    assert [etree.QName(e).namespace for e in meta][0] == etree.QName(meta).namespace
    assert form.reopen(written, now).finalize().xml == written
    second = etree.fromstring(form.edit(written, now).finalize().xml).findtext("{*}meta/{*}deprecatedID")
    assert second == found["instanceID"]


def test_a_submission_of_another_form_is_refused() -> None:
    form, _ = filled()
    for xml in (b'<data id="other"/>', b'<other id="t"/>', b"", b"<!DOCTYPE data><data id='t'/>"):
        with pytest.raises(FormError):
            form.reopen(xml, now)


@pytest.mark.parametrize("xml", [
    b'<data id="t">' + b"<r/>" * 2_500 + b"</data>",
    b'<data id="t">' + b"<r>" * 200 + b"</r>" * 200 + b"</data>",
    b'<data id="t"><a>' + b"x" * 2_000_000 + b"</a></data>",
])  # fmt: skip
def test_a_saved_submission_cannot_grow_without_end(xml: bytes) -> None:
    with pytest.raises(FormError):
        filled()[0].reopen(xml, now)


def test_a_file_name_from_outside_is_no_media() -> None:
    form, session = filled()
    hostile = session.finalize().xml.replace("照片.jpg".encode(), b"../../etc/passwd")
    again = form.reopen(hostile, now)
    assert again.finalize().media == ("b.jpg", "audit.csv")
    with pytest.raises(FormError, match="not the name"):
        again.set_answer("/data/r[1]/p", "..\\x.jpg")


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("photo.jpg", [], "photo.jpg"),
        ("photo.jpg", ["photo.jpg", "photo-2.jpg"], "photo-3.jpg"),
        ("photo.JPG", ["PHOTO.jpg"], "photo-2.JPG"),
        ("C:\\a\\b.png", [], "b.png"),
        ("../../x.png", [], "x.png"),
        ("con.png", [], "_con.png"),
        ("", [], "file"),
        ("..", [], "file"),
        ("a\x00?b.png", [], "a_b.png"),
        ("照片 1.jpg", [], "照片 1.jpg"),
        ("n" * 300 + ".jpeg", [], "n" * 95 + ".jpeg"),
    ],
)
def test_files_get_names_that_every_system_takes(wanted: str, taken: list[str], name: str) -> None:
    assert free_name(wanted, taken) == name
    assert is_safe_name(name)
