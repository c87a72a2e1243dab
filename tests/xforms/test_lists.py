"""Long lists: rows kept as text, and indexes that give what a scan gives."""

import random

import pytest

from inspector_app.xforms import Form, FormError, load
from inspector_app.xforms.instances import from_file
from inspector_app.xforms.records import MAX_COLUMNS, MAX_ROWS
from inspector_app.xforms.tree import Row, has_column, in_order
from tests.xforms.forms import now, xform

FILTERS = (
    "a = /data/k", "/data/k = a", "a = /data/k and b = /data/j", "a = /data/k and b != /data/j", "b = 'd1' and a = /data/k",
    "selected(/data/k, a)", "selected(/data/k, a) and b = /data/j", "a = /data/k and position() = 1",
    "a = /data/k or b = /data/j", "a = current()/../k", "a = /data/none", "a = /data/k and 1",
    "a = /data/k and contains(label, '1')",
)  # fmt: skip


def form(filters: str, rows: int) -> Form:
    """A select over a list of so many rows, and an equal one that no index can serve (`string()` hides the column)."""
    chance = random.Random(4)
    cells = [(f"n{i}", f"Label {i}", f"p{chance.randrange(9)}", f"d{chance.randrange(4)}") for i in range(rows)]
    lines = "\n".join(",".join(c) for c in [("name", "label", "a", "b"), *cells])
    scan = filters.replace("a =", "string(a) =").replace("= a", "= string(a)").replace(", a)", ", string(a))")
    scan = scan.replace("b =", "string(b) =").replace("missing =", "string(missing) =")
    selects = "".join(
        f'<select1 ref="/data/s{i}"><itemset nodeset="instance(\'x\')/root/item[{f}]"><value ref="name"/>'
        '<label ref="label"/></itemset></select1>'
        for i, f in enumerate((filters, scan))
    )
    source = '<instance id="x" src="jr://file-csv/x.csv"/>'
    body = f'<input ref="/data/k"/><input ref="/data/j"/>{selects}'
    return load(xform("<k/><j/><s0/><s1/>", source, body), {"x.csv": lines.encode()})


@pytest.mark.parametrize("filters", FILTERS)
def test_an_index_finds_what_a_scan_finds(filters: str) -> None:
    session = form(filters, 300).begin(now)
    for k, j in [("", ""), ("p3", ""), ("p3", "d1"), ("p3 p5", "d1"), ("p5 p3 p3", "d2"), ("nothing", "d0")]:
        session.set_answer("/data/k", k)
        session.set_answer("/data/j", j)
        indexed, scanned = (session.state(f"/data/s{i}").choices for i in (0, 1))
        assert [c.name for c in indexed] == [c.name for c in scanned], (k, j)
        assert [dict(c.columns) for c in indexed] == [dict(c.columns) for c in scanned]


@pytest.mark.parametrize("op", ["&lt;", "&lt;=", "&gt;", "&gt;="])
@pytest.mark.parametrize("turned", [False, True])
def test_a_limit_asked_for_once_keeps_what_asking_for_each_row_keeps(op: str, turned: bool) -> None:
    def select(name: str, column: str, limit: str) -> str:
        one, other = (limit, column) if turned else (column, limit)
        nodeset = f"instance('x')/root/item[{one} {op} {other}]"
        offered = f'<itemset nodeset="{nodeset}"><value ref="name"/><label ref="name"/></itemset>'
        return f'<select1 ref="/data/{name}">{offered}</select1>'

    limits = ["/data/k", "/data/k + 1", "3", "current()/../k", "/data/none", "/data/both/*"]
    pairs = [(select(f"a{i}", "n", li), select(f"b{i}", "string(n)", li)) for i, li in enumerate(limits)]
    names = "".join(f"<a{i}/><b{i}/>" for i in range(len(limits)))
    source = '<instance id="x" src="jr://file-csv/x.csv"/>'
    xml = xform(
        f"<k/><both><p>2</p><q>7</q></both>{names}", source, '<input ref="/data/k"/>' + "".join(map("".join, pairs))
    )
    rows = "name,n\n" + "\n".join(
        f"r{i},{n}" for i, n in enumerate(["1", "3", "", "x", "2.5", "2026-01-02", "-4", "10"])
    )
    session = load(xml, {"x.csv": rows.encode()}).begin(now)
    kept = 0
    for k in ("", "2", "2.5", "2026-01-02", "x"):
        session.set_answer("/data/k", k)
        for i in range(len(limits)):
            quick, slow = ([c.name for c in session.state(f"/data/{s}{i}").choices] for s in "ab")
            assert quick == slow, (k, limits[i])
            kept += len(quick)
    assert kept


def test_a_row_is_read_like_an_element() -> None:
    instance = from_file("x.csv", "name;label;;name;note\na; Á ;x;second\n;;;;\nb\n".encode())
    root = instance.named("root")[0]
    first, last = root.named("item")
    assert isinstance(first, Row)
    assert [(c.local, c.text) for c in first.children] == [("name", "a"), ("label", " Á "), ("note", "")]
    assert [(c.local, c.text) for c in last.children] == [("name", "b"), ("label", ""), ("note", "")]
    assert first.named("label")[0] == first.children[1]
    assert first.named("none") == []
    assert first.attribute("id") is None
    assert in_order([last.named("name")[0], first.named("name")[0]])[0].text == "a"
    assert has_column(root.children, "note")
    assert not has_column(root.children, "other")


def test_flat_items_of_xml_are_rows_and_others_are_kept_whole() -> None:
    data = b"<root><item><name>a</name></item><item id='1'><name>b</name></item><item><g><x>1</x></g></item><other/></root>"
    root = from_file("x.xml", data).children[0]
    assert [type(n) is Row for n in root.children] == [True, False, False, False]
    assert [n.string() for n in root.children] == ["a", "b", "1", ""]
    assert root.named("item")[1].attribute("id") == "1"
    assert from_file("x.xml", b"<root/>").children[0].children == []
    assert from_file("x.xml", b"<root>text</root>").children[0].text == "text"


def test_geojson_has_its_geometry_properties_and_id() -> None:
    data = (
        b'{"type": "FeatureCollection", "crs": {"features": 1}, "features": [ {"id": 7, "geometry": {"type": "Point", '
        b'"coordinates": [1, 2]}, "properties": {"name": "a", "yes": true, "n": null, "o": {"p": [1]}}} ] }'
    )
    item = from_file("x.geojson", data).children[0].children[0]
    cells = {c.local: c.text for c in item.children}
    assert cells == {"geometry": "2 1 0 0", "name": "a", "yes": "true", "n": "null", "o": "[object Object]", "id": "7"}


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.csv", b"a\n" + b"1\n" * (MAX_ROWS + 1), "rows"),
        ("x.csv", b",".join(b"c%d" % i for i in range(MAX_COLUMNS + 1)), "columns"),
        ("x.xml", b"<root>" + b"<i/>" * (MAX_ROWS * 10 + 1) + b"</root>", "elements"),
        ("x.geojson", b'{"type": 1}', "GeoJSON"),
        ("x.geojson", b'{"features": [1]}', "GeoJSON"),
        ("x.geojson", b'{"features": [{}', "GeoJSON"),
    ],
    ids=["rows", "columns", "elements", "no features", "no feature", "cut"],
)
def test_a_list_beyond_the_limits_is_refused(name: str, data: bytes, why: str) -> None:
    with pytest.raises(FormError, match=why):
        from_file(name, data)


def test_exactly_as_many_rows_as_allowed_are_read() -> None:
    assert len(from_file("x.csv", b"a\n" + b"1\n" * MAX_ROWS).children[0].children) == MAX_ROWS
