"""Reads lists of records (csv, GeoJSON, xml) one by one into Rows, within the limits of forms.md §8."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml import etree

from . import safexml
from .nodes import clean
from .problems import FormError
from .tree import ELEMENT, SEPARATOR, Columns, Node, Row
from .xpath.values import number_text

MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_MARKS = 2_000_000
"""So many `<` a list in xml may have: 200,000 items of four columns."""
_HEAD = 64 * 1024
_QUOTED = re.compile('"[^"]*"')
_IS_FLAT = etree.XPath("not(@* or */* or */@*)")


class Shapes:
    """Rows of one list; those with the same columns share them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.known: dict[tuple[str, ...], Columns] = {}
        self.names: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.count = 0

    def row(self, local: str, names: tuple[str, ...], texts: Iterable[str]) -> Row:
        """A Row. FormError for one too many, or too wide."""
        self.count += 1
        if self.count > MAX_ROWS:
            raise FormError(f"{self.name} has more than {MAX_ROWS} rows.")
        return Row(local, self.known.get(names) or self.columns(names), joined(texts))

    def named(self, tags: tuple[str, ...]) -> tuple[str, ...]:
        """Names of the columns that elements of these tags make; none if they make no Row."""
        found = self.names.get(tags)
        if found is None:
            names = tuple(safexml.split(tag)[1] for tag in tags if isinstance(tag, str))
            fits = len(set(names)) == len(tags) <= MAX_COLUMNS
            found = self.names[tags] = names if fits else ()
        return found

    def columns(self, names: tuple[str, ...]) -> Columns:
        """Columns of these names, made once. FormError for too many."""
        if len(names) > MAX_COLUMNS:
            raise FormError(f"{self.name} has more than {MAX_COLUMNS} columns.")
        return self.known.setdefault(names, Columns(names))


def joined(texts: Iterable[str]) -> str:
    """Cells as the one text of a Row."""
    return SEPARATOR.join([t.replace(SEPARATOR, " ") if SEPARATOR in t else t for t in texts])


def csv_rows(name: str, data: bytes) -> Iterator[Row]:
    """Rows of a table in UTF-8 with `,`, `;`, tab or `|`; short rows end in blanks, columns without a header are dropped."""
    head = data[:_HEAD].replace(b"\r", b"\n").split(b"\n", 1)[0]
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    try:
        delimiter = _delimiter(head.decode("utf-8", "replace").lstrip("\ufeff"))
        rows = csv.reader(_bounded_lines(name, text), delimiter=delimiter)
        header = tuple(h.strip() for h in next(rows, []))
        columns, width = Shapes(name).columns(header), len(header)
        plain = SEPARATOR.encode() not in data
        for number, cells in enumerate(filter(any, rows)):
            if number >= MAX_ROWS:
                raise FormError(f"{name} has more than {MAX_ROWS} rows.")
            yield Row("item", columns, SEPARATOR.join(cells[:width]) if plain else joined(cells[:width]))
    except UnicodeDecodeError:
        raise FormError(f"{name} is not UTF-8 text.") from None
    except csv.Error as error:
        raise FormError(f"{name} is not a table: {error}.") from None


def _delimiter(head: str) -> str:
    """The one that makes most columns of the first line."""
    plain = _QUOTED.sub("", head)
    return max(",;\t|", key=plain.count)


def _bounded_lines(name: str, text: Iterable[str]) -> Iterator[str]:
    for line in text:
        if len(line) > safexml.MAX_TEXT:
            raise FormError(f"{name} has a line longer than {safexml.MAX_TEXT // 1024} KB.")
        yield line


def geojson_rows(name: str, data: bytes) -> Iterator[Row]:
    """Features as items: `geometry`, properties, and `id` where there is one."""
    shapes = Shapes(name)
    try:
        for feature in _features(data.decode("utf-8-sig")):
            cells = _feature(feature)
            yield shapes.row("item", tuple(cells), cells.values())
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise FormError(f"{name} is not a GeoJSON feature collection.") from None


def _features(text: str) -> Iterator[Any]:
    """The items of `features`, one at a time (all at once they take twenty times the file's size)."""
    scan = json.JSONDecoder().raw_decode
    at = _past(text, 0, "{")
    while text[at] != "}":
        key, at = scan(text, at)
        at = _past(text, _blanks(text, at), ":")
        if key == "features":
            at = _past(text, at, "[")
            while text[at] != "]":
                item, at = scan(text, at)
                yield item
                at = _next(text, at, "]")
            return
        _, at = scan(text, at)
        at = _next(text, at, "}")
    raise ValueError("no features")


def _blanks(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at


def _past(text: str, at: int, mark: str) -> int:
    at = _blanks(text, at)
    if text[at] != mark:
        raise ValueError(mark)
    return _blanks(text, at + 1)


def _next(text: str, at: int, end: str) -> int:
    at = _blanks(text, at)
    return at if text[at] == end else _past(text, at, ",")


def _feature(feature: dict[str, Any]) -> dict[str, str]:
    """An id beside the properties wins over one among them and comes before them."""
    properties = dict(feature.get("properties") or {})
    cells = {"geometry": _geometry(feature.get("geometry") or {})}
    inner = properties.pop("id", None)
    if (ident := feature.get("id", inner)) is not None:
        cells["id"] = _text(ident)
    return {**cells, **{str(key): _text(value) for key, value in properties.items()}}


def _text(value: object) -> str:
    """A JSON value as JavaScript's String() writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(float(value)) if abs(value) < 1e21 else str(value)
    if isinstance(value, list):
        return ",".join(_text(v) for v in value)
    return "null" if value is None else "[object Object]" if isinstance(value, dict) else clean(str(value))


def _geometry(geometry: dict[str, Any]) -> str:
    """GeoJSON has longitude first, ODK latitude first."""
    kind, places = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "Point":
        places = [places]
    elif kind == "Polygon":
        places = places[0] if places else []
    return "; ".join(f"{_text(p[1])} {_text(p[0])} 0 0" for p in places)


def xml_root(name: str, data: bytes) -> Node:
    """The root of an xml list, its flat items as Rows; items are let go while the rest is read."""
    if data.count(b"<") > MAX_MARKS:
        raise FormError(f"{name} has too many elements.")
    shapes = Shapes(name)
    items: list[Node] = []
    root: safexml.Element = None
    try:
        for element in _items(name, data):
            root = element.getparent() if root is None else root
            if element.getparent() is root and root.getparent() is None:
                items.append(inline(element, shapes))
                root.remove(element)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = (str(error) or "it is empty").splitlines()[0][:200]
        raise FormError(f"{name} is not well-formed XML: {reason}.") from None
    if root is None or root.getparent() is not None:
        root = safexml.parse(data, what=name)  # no items at all
    kept = inline(root, Shapes(name))
    return _topped(kept, items)


def _topped(root: Node, items: list[Node]) -> Node:
    """The root with its items before whatever else it holds."""
    made = Node(ELEMENT, root.local, text=root.text)
    made.lookups = {}
    made.attributes = root.attributes
    for item in (*items, *root.children):
        made.append(item)
    return made


def _items(name: str, data: bytes) -> Iterator[safexml.Element]:
    """Elements named like the first one inside the root, each as it ends."""
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    strict = {**options, "remove_comments": True, "remove_pis": True}
    started = etree.iterparse(io.BytesIO(data), events=("start",), **strict)
    root = next(started, (None, None))[1]
    _refuse_doctype(name, root)
    first = next(started, (None, None))[1]
    if first is not None:
        yield from (e for _, e in etree.iterparse(io.BytesIO(data), events=("end",), tag=first.tag, **strict))


def _refuse_doctype(name: str, element: safexml.Element) -> None:
    if element is not None and element.getroottree().docinfo.internalDTD is not None:
        raise FormError(f"{name} contains a DOCTYPE, which is refused for safety.")


def inline(element: safexml.Element, shapes: Shapes) -> Node:
    """An inline `<instance>` as Nodes; flat items become Rows."""
    if len(element) and _IS_FLAT(element):
        cells = list(element)
        names = shapes.named(tuple([e.tag for e in cells]))
        if names:
            return shapes.row(safexml.local(element), names, [e.text or "" for e in cells])
    text = element.text or ""
    node = Node(ELEMENT, safexml.local(element), text=text.strip() if len(element) else text)
    node.lookups = {} if len(element) else None
    for key, value in element.attrib.items():
        uri, local = safexml.split(key)
        node.set_attribute(local, value, ns=uri)
    for child in element:
        node.append(inline(child, shapes))
    return node


def rooted(rows: Iterable[Row] | Sequence[Node]) -> Node:
    """`<instance><root>` around items."""
    instance = Node(ELEMENT, "instance")
    root = instance.append(Node(ELEMENT, "root"))
    root.lookups = {}
    for row in rows:
        row.parent = root
        root.children.append(row)
    return instance
