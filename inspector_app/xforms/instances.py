"""Secondary instances: inline XML, and the csv, xml and geojson files a form names."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from . import safexml
from .problems import FormError
from .tree import ELEMENT, Node

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 200


def from_element(element: safexml.Element) -> Node:
    """An inline `<instance>` as a Node tree that never changes (so it may keep indexes)."""
    node = Node(ELEMENT, safexml.local(element), text=_text(element))
    node.lookups = {}
    for name, value in element.attrib.items():
        uri, local = safexml.split(name)
        node.set_attribute(local, value, ns=uri)
    for child in element:
        node.append(from_element(child))
    return node


def _text(element: safexml.Element) -> str:
    return (element.text or "").strip() if len(element) else element.text or ""


def file_name(src: str) -> str:
    """`jr://file-csv/f.csv` → `f.csv`. FormError for a name that leaves the Form's folder (forms.md §8)."""
    name = src.rpartition("/")[2]
    scheme, _, rest = src.partition("//")
    if scheme != "jr:" or rest.count("/") != 1 or not is_safe_name(name):
        raise FormError(f"“{src[:80]}” is not a file of this form.")
    return name


def is_safe_name(name: str) -> bool:
    """A bare file name: no folder, drive, control character or Windows device."""
    stem = name.partition(".")[0].upper()
    devices = {"CON", "PRN", "AUX", "NUL", *(f"{d}{i}" for d in ("COM", "LPT") for i in range(1, 10))}
    bad = any(c in '/\\:*?"<>|' or ord(c) < 32 for c in name)
    return bool(name) and name not in (".", "..") and not bad and stem not in devices and name == name.strip(" .")


def from_file(name: str, data: bytes) -> Node:
    """A data file as `<instance><root><item>…`. FormError if it is malformed or too large."""
    if len(data) > MAX_BYTES:
        raise FormError(f"{name} is larger than {MAX_BYTES // 1024 // 1024} MB.")
    kind = name.rpartition(".")[2].lower()
    if kind == "csv":
        return _rooted(_csv_rows(name, data))
    if kind == "geojson":
        return _rooted(_geojson_rows(name, data))
    instance = Node(ELEMENT, "instance")
    instance.append(from_element(safexml.parse(data, what=name)))
    return instance


def empty() -> Node:
    """An instance without items."""
    return _rooted(())


def _rooted(rows: Iterable[Mapping[str, str]]) -> Node:
    instance = Node(ELEMENT, "instance")
    root = instance.append(Node(ELEMENT, "root"))
    root.lookups = {}
    for row in rows:
        item = root.append(Node(ELEMENT, "item"))
        for key, value in row.items():
            item.append(Node(ELEMENT, key, text=value))
    return instance


def _csv_rows(name: str, data: bytes) -> Iterable[dict[str, str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormError(f"{name} is not UTF-8 text.") from None
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [h.strip() for h in next(rows, [])]
        if len(header) > MAX_COLUMNS:
            raise FormError(f"{name} has more than {MAX_COLUMNS} columns.")
        for number, row in enumerate(rows):
            if number >= MAX_ROWS:
                raise FormError(f"{name} has more than {MAX_ROWS} rows.")
            if any(row):
                yield {h: v for h, v in zip(reversed(header), reversed(_padded(row, len(header))), strict=True) if h}
    except csv.Error as error:
        raise FormError(f"{name} is not a table: {error}.") from None


def _padded(row: list[str], width: int) -> list[str]:
    return (row + [""] * width)[:width]


def _geojson_rows(name: str, data: bytes) -> Iterable[dict[str, str]]:
    try:
        features = json.loads(data.decode("utf-8-sig"))["features"]
        if not isinstance(features, list) or len(features) > MAX_ROWS:
            raise FormError(f"{name} has no list of features, or more than {MAX_ROWS}.")
        for feature in features:
            yield _feature(feature)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FormError(f"{name} is not a GeoJSON feature collection.") from None


def _feature(feature: dict[str, Any]) -> dict[str, str]:
    row = {"geometry": _geometry(feature.get("geometry") or {})}
    for key, value in (feature.get("properties") or {}).items():
        row[str(key)] = "" if value is None else str(value)
    if "id" in feature:
        row.setdefault("id", str(feature["id"]))
    return row


def _geometry(geometry: dict[str, Any]) -> str:
    """GeoJSON has longitude first, ODK latitude first."""
    kind, places = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "Point":
        places = [places]
    elif kind == "Polygon":
        places = places[0] if places else []
    return "; ".join(f"{p[1]} {p[0]} 0 0" for p in places)
