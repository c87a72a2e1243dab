"""Hostile forms and the files beside them (forms.md §8), made when they are needed; also for tests/benchmarks."""

import io
import json
import struct
import zipfile
from collections.abc import Callable

from tests.xforms.forms import xform

Files = dict[str, bytes]
"""By name; the first is the form."""
HEAD = "| survey |\n| | type | name | label | relevant | constraint | calculation | repeat_count | choice_filter |\n"
TEXT = '<input ref="/data/a"><label>x</label></input>'


def _md(*rows: str, more: str = "") -> Files:
    return {"form.md": (HEAD + "".join(f"| | {r} |\n" for r in rows) + more).encode()}


def _xml(instance: str, binds: str = "", body: str = TEXT, head: str = "") -> Files:
    return {"form.xml": xform(instance, binds, body, head)}


def _calculated(expression: str) -> Files:
    return _xml("<a/><b/>", f'<bind nodeset="/data/b" type="string" calculate="{expression}"/>')


def billion_laughs() -> Files:
    """Entities that name each other ten times each."""
    lines = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12)]
    return {"form.xml": f'<?xml version="1.0"?><!DOCTYPE x [{"".join(lines)}]><x>&a11;</x>'.encode()}


def external_entity() -> Files:
    """A file of the machine as text of the form."""
    body = xform("<a>&e;</a>", "", TEXT).replace(
        b"<h:html", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><h:html', 1
    )
    return {"form.xml": body}


def external_entity_utf16() -> Files:
    """The same where a search for `<!DOCTYPE` in the bytes finds nothing."""
    text = '<?xml version="1.0" encoding="UTF-16"?>' + external_entity()["form.xml"].decode()
    return {"form.xml": text.encode("utf-16")}


def _workbook(survey: str) -> bytes:
    """The smallest .xlsx that openpyxl and pyxform read, with `survey` as its first sheet's rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="survey" sheetId="1" '
        'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{survey}</sheetData></worksheet>',
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return kept.getvalue()


def _cells(number: int, *texts: str) -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{t}</t></is></c>' for t in texts)
    return f'<row r="{number}">{cells}</row>'


def zip_bomb() -> Files:
    """A sheet that unpacks a thousand times larger."""
    rows = _cells(1, "type", "name", "label") + _cells(2, "text", "a", "A") * 900_000
    return {"form.xlsx": _workbook(rows)}


def zip_bomb_with_lying_headers() -> Files:
    """The same, but the directory and the headers say that each part is 10 bytes long."""
    data = bytearray(zip_bomb()["form.xlsx"])
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.find(mark)
        while place >= 0:
            data[place + at : place + at + 4] = struct.pack("<I", 10)
            place = data.find(mark, place + 4)
    return {"form.xlsx": bytes(data)}


def many_parts() -> Files:
    """A zip of 60,000 empty parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for i in range(60_000):
            archive.writestr(f"p{i}", b"")
    return {"form.xlsx": kept.getvalue()}


def wide_sheet() -> Files:
    """A row of 16,000 columns, and one cell in the last row Excel has."""
    rows = _cells(1, *(f"c{i}" for i in range(16_000))) + _cells(1_048_576, "text", "a", "A")
    return {"form.xlsx": _workbook(rows)}


def not_a_workbook() -> Files:
    """A picture called .xlsx."""
    return {"form.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40}


def questions_60000() -> Files:
    """More questions than a form may have."""
    names = [f"q{i}" for i in range(60_000)]
    binds = "".join(f'<bind nodeset="/data/{n}" type="string" required="true()"/>' for n in names)
    body = "".join(f'<input ref="/data/{n}"><label>{n}</label></input>' for n in names)
    return _xml("".join(f"<{n}/>" for n in names), binds, body)


def questions_60000_in_a_table() -> Files:
    """The same as a workbook."""
    return _md(*(f"text | q{i} | Q" for i in range(60_000)))


def deep_groups() -> Files:
    """Groups 2,000 deep."""
    return _md(*(f"begin_group | g{i} | G" for i in range(2_000)), "text | a | A", *["end_group | | "] * 2_000)


def deep_xml() -> Files:
    """Elements 200 deep."""
    return _xml("<g>" * 200 + "</g>" * 200)


def a_million_elements() -> Files:
    """Twenty megabytes of `<a/>`."""
    return _xml("<a/>" * 4_900_000)


def huge_label() -> Files:
    """A label of 10 MB."""
    return _xml("<a/>", "", TEXT.replace("<label>x", "<label>" + "x" * 10_000_000))


def huge_label_in_a_table() -> Files:
    """The same in a workbook."""
    return _md("text | a | " + "x" * 10_000_000)


def huge_itext() -> Files:
    """200,000 texts in two languages."""
    texts = "".join(f'<text id="t{i}"><value>x</value></text>' for i in range(200_000))
    head = f'<itext><translation lang="a">{texts}</translation><translation lang="b">{texts}</translation></itext>'
    return _xml("<a/>", "", TEXT, head)


def itext_circle() -> Files:
    """Texts that show each other."""
    other = "jr:itext('{}')"
    texts = "".join(
        f'<text id="{a}"><value><output value="{other.format(b)}"/><output value="{other.format(b)}"/></value></text>'
        for a, b in (("s", "t"), ("t", "s"))
    )
    body = '<input ref="/data/a"><label ref="jr:itext(\'s\')"/></input>'
    return _xml("<a/>", "", body, f'<itext><translation lang="a">{texts}</translation></itext>')


def itext_avalanche() -> Files:
    """Thirty texts, each showing the next twice."""
    shown = [f"<output value=\"jr:itext('t{i + 1}')\"/>" for i in range(30)]
    texts = "".join(f'<text id="t{i}"><value>{twice}{twice}</value></text>' for i, twice in enumerate(shown))
    body = '<input ref="/data/a"><label ref="jr:itext(\'t0\')"/></input>'
    last = '<text id="t30"><value>ha</value></text>'
    return _xml("<a/>", "", body, f'<itext><translation lang="a">{texts}{last}</translation></itext>')


def long_name() -> Files:
    """A question with a name of 900 KB."""
    name = "n" * 900_000
    return _xml(f"<{name}/>", f'<bind nodeset="/data/{name}" type="int"/>', f'<input ref="/data/{name}"/>')


def long_name_in_a_table() -> Files:
    """The same in a workbook."""
    return _md(f"text | {'n' * 900_000} | N", "text | b | ${" + "n" * 900_000 + "}")


def deep_parentheses() -> Files:
    """3,000 parentheses around one number."""
    return _calculated("(" * 3000 + "1" + ")" * 3000)


def long_or() -> Files:
    """5,000 terms joined by `or`: fine."""
    return _calculated(" or ".join(["/data/a = 'x'"] * 2000))


def endless_pattern() -> Files:
    """A pattern that backtracks for hours, tried on a default answer."""
    return _xml("<a>" + "a" * 60 + "!</a>", '<bind nodeset="/data/a" constraint="regex(., \'^(a|aa)+$\')"/>')


def patterns_300() -> Files:
    """300 such patterns, each up to its time limit."""
    names = [f"q{i}" for i in range(300)]
    binds = "".join(f'<bind nodeset="/data/{n}" constraint="regex(., \'^(a|aa)+$\')"/>' for n in names)
    subject = "a" * 60
    body = "".join(f'<input ref="/data/{n}"/>' for n in names)
    return _xml("".join(f"<{n}>{subject}!</{n}>" for n in names), binds, body)


def reads_itself_in_a_repeat() -> Files:
    """`../a + 1` on itself."""
    return _xml("<r><a/></r>", '<bind nodeset="/data/r/a" calculate="../a + 1"/>', '<repeat nodeset="/data/r"/>')


def million_instances() -> Files:
    """jr:count of a million, at once."""
    body = '<group ref="/data/r"><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"/></repeat></group>'
    binds = '<bind nodeset="/data/n" type="int"/><bind nodeset="/data/r/p" calculate="position(..)"/>'
    return _xml("<n>1000000</n><r><a/><p/></r>", binds, body)


def million_instances_twice() -> Files:
    """Two million-fold repeats in each other."""
    body = (
        '<repeat nodeset="/data/r" jr:count="1000000"><repeat nodeset="/data/r/s" jr:count="1000000">'
        '<input ref="/data/r/s/a"/></repeat></repeat>'
    )
    return _xml("<r><s><a/></s></r>", "", body)


def quadratic_paths() -> Files:
    """Every question counts all Nodes that have as many Nodes as there are."""
    names = [f"q{i}" for i in range(3_000)]
    binds = "".join(f'<bind nodeset="/data/{n}" calculate="count(//*[count(//*) &gt; 2])"/>' for n in names)
    return _xml("".join(f"<{n}/>" for n in names), binds, "")


def sums_of_everything() -> Files:
    """Every question sums all others (but calculates from no answer)."""
    names = [f"q{i}" for i in range(3_000)]
    binds = "".join(f'<bind nodeset="/data/c{i}" calculate="sum(/data/q/*) + sum(/data/q/*)"/>' for i in range(3_000))
    cells = "".join(f"<{n}>1</{n}>" for n in names)
    return _xml("<q>" + cells + "</q>" + "".join(f"<c{i}/>" for i in range(3_000)), binds, "")


def sets_against_sets() -> Files:
    """A comparison of every Node with every Node."""
    cells = "".join(f"<q>{i}</q>" for i in range(9_000))
    return _xml(f"<b/><s>{cells}</s>", '<bind nodeset="/data/b" calculate="/data/s/q = /data/s/q[. &gt; 99999]"/>', "")


def doubling_texts() -> Files:
    """Forty calculations, each twice as long as the one before."""
    binds = "".join(
        f'<bind nodeset="/data/c{i}" calculate="concat(/data/c{i - 1}, /data/c{i - 1})"/>' for i in range(1, 40)
    )
    return _xml("<c0>aaaaaaaaaa</c0>" + "".join(f"<c{i}/>" for i in range(1, 40)), binds, "")


def long_texts_everywhere() -> Files:
    """A text of 900 KB, copied by 3,000 calculations."""
    binds = "".join(f'<bind nodeset="/data/c{i}" calculate="concat(/data/a, {i})"/>' for i in range(3_000))
    return _xml("<a>" + "x" * 900_000 + "</a>" + "".join(f"<c{i}/>" for i in range(3_000)), binds)


def slow_texts_everywhere() -> Files:
    """A text of 900 KB, taken apart by 3,000 calculations."""
    binds = "".join(
        f"<bind nodeset=\"/data/c{i}\" calculate=\"string-length(substring(translate(/data/a, 'y', 'z'), 2))\"/>"
        for i in range(3_000)
    )
    return _xml("<a>" + "x" * 900_000 + "</a>" + "".join(f"<c{i}/>" for i in range(3_000)), binds)


def media_outside() -> Files:
    """A list from outside the form's folder."""
    return _xml("<a/>", '<instance id="i" src="jr://file/../../etc/passwd.csv"/>')


def media_device() -> Files:
    """A list from a device of Windows."""
    return _xml("<a/>", '<instance id="i" src="jr://file-csv/CON.csv"/>')


def script_in_labels() -> Files:
    """HTML, script and pictures of the network in every text: they stay text."""
    nasty = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src='http://x/y.png' onerror='x'&gt;<output value='/data/a'/>"
    body = f'<input ref="/data/a"><label>{nasty}</label><hint>{nasty}</hint></input>'
    return _xml("<a>&lt;b&gt;</a>", "", body)


def _listed(name: str, data: bytes) -> Files:
    """A select whose list comes from a file beside the form."""
    source = f'<instance id="i" src="jr://file/{name}"/>'
    items = '<itemset nodeset="instance(\'i\')/root/item"><value ref="name"/><label ref="label"/></itemset>'
    return _xml("<a/>", source, f'<select1 ref="/data/a">{items}</select1>') | {name: data}


def csv_200000_rows() -> Files:
    """As many rows as are allowed, and a filter that no index can serve: fine."""
    rows = "".join(f"n{i},Label {i},{i % 30},{i % 900}\n" for i in range(200_000))
    source = '<instance id="i" src="jr://file-csv/x.csv"/>'
    items = (
        '<itemset nodeset="instance(\'i\')/root/item[a = /data/k]"><value ref="name"/><label ref="label"/></itemset>'
    )
    form = _xml("<k/><a/>", source, f'<input ref="/data/k"/><select1 ref="/data/a">{items}</select1>')
    return form | {"x.csv": ("name,label,a,b\n" + rows).encode()}


def csv_too_many_rows() -> Files:
    """3 million rows in 20 MB."""
    return _listed("x.csv", b"name,label\n" + b"a,b,c\n" * 3_000_000)


def csv_wide() -> Files:
    """200 columns and 45,000 rows."""
    header = ",".join(["name", "label", *(f"c{i}" for i in range(198))])
    return _listed("x.csv", (header + "\n" + ("," * 199 + "\n") * 95_000).encode())


def csv_wide_and_blank() -> Files:
    """200 columns, 200,000 rows with one cell each."""
    header = ",".join(["name", "label", *(f"c{i}" for i in range(198))])
    return _listed("x.csv", (header + "\n" + "a\n" * 199_000).encode())


def csv_columns() -> Files:
    """5 million columns."""
    return _listed("x.csv", b"a," * 5_000_000)


def csv_open_quote() -> Files:
    """A quote that never closes."""
    return _listed("x.csv", b'name,label\n"' + b"a,b\n" * 4_000_000)


def csv_binary() -> Files:
    """No text at all."""
    return _listed("x.csv", bytes(range(256)) * 1000)


def geojson_deep() -> Files:
    """A million brackets."""
    return _listed("x.geojson", b'{"features":[{"geometry":' + b"[" * 1_000_000)


def geojson_big() -> Files:
    """190,000 places."""
    place = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1.5, 2.5]}, "properties": {"n": "x"}}
    return _listed("x.geojson", b'{"features":[' + b",".join([json.dumps(place).encode()] * 170_000) + b"]}")


def xml_list_with_entities() -> Files:
    """Billion laughs in a list."""
    return _listed("x.xml", billion_laughs()["form.xml"])


def xml_list_of_a_million() -> Files:
    """Twenty megabytes of empty items."""
    return _listed("x.xml", b"<root>" + b"<item/>" * 2_900_000 + b"</root>")


def xml_list_200000() -> Files:
    """190,000 items of three columns: fine."""
    item = b"<item><name>n</name><label>l</label><b>1</b></item>"
    return _listed("x.xml", b"<root>" + item * 190_000 + b"</root>")


def choices_inline_200000() -> Files:
    """200,000 choices inside the form."""
    item = "<item><name>n</name><label>l</label><b>1</b></item>"
    source = f'<instance id="i"><root>{item * 200_000}</root></instance>'
    items = '<itemset nodeset="instance(\'i\')/root/item"><value ref="name"/><label ref="label"/></itemset>'
    return _xml("<a/>", source, f'<select1 ref="/data/a">{items}</select1>')


REFUSED: tuple[Callable[[], Files], ...] = (
    billion_laughs, external_entity, external_entity_utf16, zip_bomb, zip_bomb_with_lying_headers, many_parts,
    not_a_workbook, questions_60000, questions_60000_in_a_table, deep_groups, deep_xml, a_million_elements, huge_label,
    huge_label_in_a_table, huge_itext, long_name, long_name_in_a_table, deep_parentheses, reads_itself_in_a_repeat,
    media_outside, media_device, csv_too_many_rows, csv_columns, csv_open_quote, csv_binary, geojson_deep,
    xml_list_with_entities, xml_list_of_a_million, million_instances_twice,
)  # fmt: skip
"""`form check` and `form play` refuse these with one sentence."""
BORNE: tuple[Callable[[], Files], ...] = (
    wide_sheet, itext_circle, itext_avalanche, long_or, endless_pattern, patterns_300, million_instances, quadratic_paths,
    sums_of_everything, sets_against_sets, doubling_texts, long_texts_everywhere, slow_texts_everywhere, script_in_labels,
    csv_200000_rows, csv_wide, csv_wide_and_blank, geojson_big, xml_list_200000, choices_inline_200000,
)  # fmt: skip
"""These end in time, refused or not."""
