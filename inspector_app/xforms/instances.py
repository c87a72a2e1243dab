"""Secondary instances: inline XML, and the csv, xml and geojson files a form names."""

from . import records, safexml
from .problems import FormError
from .tree import ELEMENT, Node

MAX_BYTES = 20 * 1024 * 1024


def from_element(element: safexml.Element) -> Node:
    """An inline `<instance>` as a Node tree that never changes (so it may keep indexes)."""
    return records.inline(element, records.Shapes("The list inside the form"))


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
        return records.rooted(records.csv_rows(name, data))
    if kind == "geojson":
        return records.rooted(records.geojson_rows(name, data))
    instance = Node(ELEMENT, "instance")
    instance.append(records.xml_root(name, data))
    return instance


def empty() -> Node:
    """An instance without items."""
    return records.rooted(())
