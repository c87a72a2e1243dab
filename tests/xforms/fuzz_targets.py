"""What fuzz.py throws and where: makers of half-sensible inputs, and the doors of the engine that take them."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from lxml import etree

from inspector_app.xforms import Form, load
from inspector_app.xforms.instances import from_file
from inspector_app.xforms.play import play
from inspector_app.xforms.xlsform import convert
from inspector_app.xforms.xpath.compile import Compiler
from inspector_app.xforms.xpath.functions import REGISTRY
from inspector_app.xforms.xpath.lexer import tokens
from inspector_app.xforms.xpath.parser import parse
from inspector_app.xforms.xpath.scope import Names, Scope
from tests.xforms.forms import from_table, now

JAVAROSA = "http://openrosa.org/javarosa"
TABLE = """| survey |
| | type | name | label | relevant | constraint | calculation | required | choice_filter | repeat_count | default |
| | start | begun | | | | | | | | |
| | integer | n | How many ${t} | | . > 0 and . < 50 | | yes | | | |
| | text | t | Text | ${n} > 3 | regex(., '^[a-z]+$') | | | | | abc |
| | date | d | Day | | . <= today() | | | | | today() |
| | select_one o | s | One | | | | | lvl <= ${n} | | |
| | select_multiple o | m | Many | selected(${s}, 'a') | | | | | | |
| | begin_repeat | r | R | | | | | | ${n} | |
| | decimal | x | X | | . > position(..) | | | | | 1.5 |
| | calculate | c | | | | indexed-repeat(${x}, ${r}, position(..) - 1) + 1 | | | | |
| | end_repeat | | | | | | | | | |
| | begin_repeat | q | Q | | | | | | | |
| | begin_group | g | G | ../y != 'off' | | | | | | |
| | text | z | Z | | | | | | | |
| | end_group | | | | | | | | | |
| | text | y | Y | | | | | | | |
| | end_repeat | | | | | | | | | |
| | calculate | all | | | | sum(${x}) + count(${q}) + 1 div 0 | | | | |
| choices |
| | list_name | name | label | label::fr (fr) | lvl |
| | o | a | A ${n} | Á | 1 |
| | o | b | B | | 20 |
| settings |
| | form_id | version |
| | fuzz | 1 |
"""
_WORDS_TEXT = """
. .. / // :: @ * ( ) [ ] , | + - = != < <= > >= $ and or div mod ' " 'a' "b" '' 0 1 2 -1 0.5 .5 1e3 1.
99999999999999999999 a b c data n item name node() text() * child:: parent:: self:: attribute:: descendant::
ancestor:: following-sibling:: preceding:: namespace:: processing-instruction('x') jr: jr:x x:y :: ### é 名
'2024-02-30' '2024-01-10T25:00' '12:30:00.000+99:99' 1div1 ${n} /data/n /data/r/x ../x ./a
current()/.. instance('o')/root/item position(..) 'SHA-256' '^(a+)+$' '%Y-%m-%d'
"""
_LEAVES_TEXT = """
. .. 'a' "b" '' 0 1 2 0.5 .5 1. 99999999999999999999 1e3 /data/n /data/r/x ../x //x //* /data/*/* current()/..
instance('o')/root/item instance('o')/root/item/lvl ../node() /data/@id ./text() ancestor::* following::x
preceding-sibling::node() descendant-or-self::*[2] '2024-02-30' '2024-01-10T25:00' '12:30:00.000+99:99' '^(a+)+$'
'SHA-256' '%Y-%m-%d' position(..) last() today() now() true() 'hex' '/data/s' '1e999' -.5 /
"""
_PLACES = "'1 2 3 4;5 6 7 8;9 9'"
WORDS = (*_WORDS_TEXT.split(), "\x00", "\u00a0", "\U0001f600", "", _PLACES)
LEAVES = (*_LEAVES_TEXT.split(), _PLACES)
_SPACES = ("", " ", "\n", "\t")
_SHAPES = ("{0} or {1}", "{0} = {1}", "({0})[{1}]", "if({0}, {1}, {2})", "-{0}", "{0} | {1}", "{0} * {1} div {2}",
           "a[{0}]/b[{1}]", "concat({0}, {1})", "count({0}[{1}])", "{0} != {1} and {2}", "not({0})")  # fmt: skip


def expression(chance: random.Random) -> str:
    """Text that is often an expression: grown by shapes and functions, or a soup of tokens, then perhaps broken."""
    if chance.random() < 0.7:
        made = grown(chance, chance.randrange(1, 5))
    else:
        words = (chance.choice(WORDS) for _ in range(chance.randrange(1, 14)))
        made = "".join(word + chance.choice(_SPACES) for word in words)
    return _broken_text(made, chance) if chance.random() < 0.2 else made


def grown(chance: random.Random, depth: int) -> str:
    """A well-formed expression, but for one leaf in forty."""
    if depth == 0:
        return chance.choice(WORDS if chance.random() < 0.025 else LEAVES)
    parts = [grown(chance, depth - 1) for _ in range(3)]
    if chance.random() < 0.5:
        return chance.choice(_SHAPES).format(*parts)
    name = chance.choice(list(REGISTRY))
    least = REGISTRY[name].minimum
    count = min(max(least, chance.randrange(3)), REGISTRY[name].maximum)
    if chance.random() < 0.1:
        count = chance.randrange(4)
    return f"{name}({', '.join((parts * 2)[:count])})"


def _broken_text(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    match chance.randrange(4):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            odd = chr(chance.choice([0, 39, 40, 0x3000, 0xD800, chance.randrange(0x20, 0x3000)]))
            return text[:at] + odd + text[at:]
        case 2:
            return text[:at] + text[chance.randrange(len(text) + 1) :]
    return text[:at] * chance.randrange(1, 4) + text[at:]


def broken(data: bytes, chance: random.Random) -> bytes:
    """A few random edits of bytes: cut, copied, flipped, or replaced by what parsers find hard."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        at = chance.randrange(len(out) + 1)
        end = min(len(out), at + chance.randrange(1, 40))
        match chance.randrange(6):
            case 0:
                del out[at:end]
            case 1:
                out[at:at] = out[end : end + chance.randrange(1, 80)]
            case 2 if out:
                out[at % len(out)] = chance.randrange(256)
            case 3:
                out[at:at] = chance.choice(_NASTY)
            case 4:
                out[at:end] = chance.choice(_NASTY)
            case _:
                out[at:at] = out[at:end] * chance.randrange(1, 4)
    return bytes(out)


_NASTY = (
    b"<", b">", b"&", b"\"", b"'", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<!DOCTYPE x>", b"<![CDATA[", b"]]>", b"&#0;",
    b"&#x10FFFF;", b"/", b"//", b"..", b"[", b"]", b"(", b")", b"1e309", b"-", b"NaN", b"999999999999", b"\xe5\xad\x97",
    b"relevant=\"", b"calculate=\"", b"/data/n", b"true()", b"jr:template=\"\"", b"${", b"}", b"|", b"\n", b"\r\n", b";",
    b",", b"null", b"{}", b"[]", b"<item/>", b"ref=\"", b"nodeset=\"", b"<repeat nodeset=\"/data\"/>", b"<setvalue ref=\"",
    b"jr://file/x.csv", b"jr:itext('", b"<output value=\"", b"id=\"o\"", b"position(..)", b"randomize(",
)  # fmt: skip


@cache
def sample() -> Form:
    """A form with a bit of everything."""
    return from_table(TABLE)


def xform_xml(chance: random.Random) -> bytes:
    """XForm XML with a few random edits: of its elements mostly, else of its bytes."""
    if chance.random() < 0.25:
        return broken(sample().xml, chance)
    return rearranged(sample().xml, chance)


def rearranged(xml: bytes, chance: random.Random) -> bytes:
    """Well-formed still: elements dropped, doubled or moved, attributes and texts taken from elsewhere."""
    root = etree.fromstring(xml)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        elements = list(root.iter("*"))
        one, other = chance.choice(elements), chance.choice(elements)
        values = list(other.attrib.values()) + [other.text or "", grown(chance, 2)]
        match chance.randrange(6):
            case 0 if one.getparent() is not None:
                one.getparent().remove(one)
            case 1:
                other.append(deepcopy(one))
            case 2 if one.getparent() is not None:
                one.addnext(deepcopy(other))
            case 3:
                one.text = _xml_safe(chance.choice(values))
            case _:
                name = chance.choice(list(one.attrib) or list(other.attrib) or ["ref"])
                one.set(name, _xml_safe(chance.choice(values)))
    return bytes(etree.tostring(root))


def _xml_safe(text: str) -> str:
    return "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff")


@cache
def _saved() -> bytes:
    session = sample().begin(now)
    for path, value in {"/data/n": "5", "/data/t": "x", "/data/s": "a", "/data/r[2]/x": "7"}.items():
        session.set_answer(path, value)
    session.add_repeat("/data/q")
    return session.finalize().xml


def submission(chance: random.Random) -> bytes:
    """A saved submission with a few random edits."""
    return broken(_saved(), chance) if chance.random() < 0.4 else rearranged(_saved(), chance)


_FILES = {
    "x.csv": 'name,label,lvl\na,Á,1\nb,"B, b",2\n\n名;x;3\n'.encode(),
    "x.geojson": b'{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"geometry":{"type":"Polygon",'
    b'"coordinates":[[[1,2],[3,4],[1,2]]]},"properties":{"name":"a","n":null,"o":{"p":[1]}}}]}',
    "x.xml": b"<root><item><name>a</name><label lang='x'>A<b/>c</label></item><item/></root>",
}


def resource(chance: random.Random) -> tuple[str, bytes]:
    """A data file with a few random edits, now and then under another file's name."""
    name = chance.choice(list(_FILES))
    as_name = name if chance.random() < 0.9 else chance.choice(list(_FILES))
    return as_name, broken(_FILES[name], chance)


def markdown(chance: random.Random) -> bytes:
    """A workbook as markdown with a few random edits."""
    return broken(TABLE.encode(), chance)


@cache
def _book() -> bytes:
    import openpyxl

    book, title, sheet = openpyxl.Workbook(), "", None
    book.remove(book.active)  # type: ignore[arg-type]
    for line in TABLE.splitlines():
        cells = [c.strip() or None for c in line.strip("|").split("|")]
        if cells[0]:
            title = cells[0]
            sheet = book.create_sheet(title)
        elif sheet is not None:
            sheet.append(cells[1:])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def workbook(chance: random.Random) -> bytes:
    """An .xlsx broken outside (the zip) or inside (one of its parts)."""
    if chance.random() < 0.3:
        return broken(_book(), chance)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book())) as old, zipfile.ZipFile(made, "w") as new:
        names = old.namelist()
        victim = chance.choice(names)
        for name in names:
            data = old.read(name)
            if name != victim or chance.random() > 0.1:
                new.writestr(name, broken(data, chance) if name == victim else data)
    return made.getvalue()


_PATHS = ("/data", "/data/n", "/data/t", "/data/s", "/data/m", "/data/r", "/data/r[1]/x", "/data/q", "/data/q[1]",
          "/data/q[1]/y", "/data/q[2]/g/z", "", "/", "//", "data/n", "/data/r[0]", "/data/q[99999999999]", "/data/q[²]",
          "/data/meta/instanceID", "/data/q[-1]", "/data/q[1", "\x00")  # fmt: skip
_VALUES: tuple[Any, ...] = (
    "", "1", "60", "-0", "abc", "a b", "a", "2024-02-30", None, True, 1e300, [], {}, "x" * 2000, "\ud800", "\x00", 7,
)  # fmt: skip


def steps(chance: random.Random) -> list[Any]:
    """Steps of `form play`, sensible and not."""

    def one() -> Any:
        path = chance.choice(_PATHS)
        makers: tuple[Callable[[], Any], ...] = (
            lambda: {"answer": path, "value": chance.choice(_VALUES)},
            lambda: {"answer": path, "value": chance.choice(_VALUES)},
            lambda: {"add_repeat": path},
            lambda: {"remove_repeat": path},
            lambda: {"language": chance.choice(["fr (fr)", "default", "", path])},
            lambda: {"finalize": chance.choice([True, False, 1, "x"])},
            lambda: chance.choice([None, [], "x", 3, {}, {"answer": 1}, {"value": "x"}, {"answer": path}]),
        )
        return chance.choice(makers)()

    return [one() for _ in range(chance.randrange(1, 8))]


def lex(text: str) -> object:
    """Tokens."""
    return tokens(text)


def read_expression(text: str) -> object:
    """An AST, past the cache."""
    return parse.__wrapped__(text)


@cache
def _tree() -> Any:
    session = sample().begin(now)
    session.set_answer("/data/n", "3")
    return session.scope.root, session.root.named("r")[0], sample().secondary


def evaluate(text: str) -> object:
    """Compile and run at a Node of a filled form."""
    root, here, secondary = _tree()
    compiler = Compiler(Names({"jr": JAVAROSA}))
    scope = Scope(root, here, now=now, randomness=random.Random(1))
    scope.instance = secondary.get
    return compiler.compile(parse.__wrapped__(text))(here, scope)


def read_resource(given: tuple[str, bytes]) -> object:
    """A secondary instance."""
    return from_file(*given)


def reopen(xml: bytes) -> object:
    """A Session from a saved submission, looked at and written again."""
    session = sample().reopen(xml, now)
    return list(session.states()), session.validate(), session.finalize()


def load_and_fill(xml: bytes) -> object:
    """A Form, its first Session, and a few answers."""
    session = load(xml, {"x.csv": _FILES["x.csv"]}).begin(now)
    for path in session.paths()[:6]:
        if not session.state(path).readonly:
            session.set_answer(path, "3")
    return list(session.states()), session.validate(), session.finalize()


def play_steps(given: list[Mapping[str, Any]]) -> object:
    """`form play`."""
    return list(play(sample(), given, now=now))


def convert_markdown(data: bytes) -> object:
    """Convert, and load what was converted."""
    converted = convert(data, kind="md")
    return load(converted.xml).begin(now) if converted.xml else converted.problems[0]


def convert_workbook(data: bytes) -> object:
    """The same for an .xlsx."""
    converted = convert(data, kind="xlsx")
    return load(converted.xml).begin(now) if converted.xml else converted.problems[0]
