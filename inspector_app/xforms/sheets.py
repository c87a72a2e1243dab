"""Reads a workbook beside pyxform: bounded unpacking, and which survey row each Node path comes from."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice

from .problems import FormError

MAX_ENTRIES = 2_000
MAX_INFLATED = 50 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM = 1024 * 1024
MAX_ROWS = 50_000
_CHUNK = 1024 * 1024
Row = list[str]


def check_zip(data: bytes) -> None:
    """FormError for a workbook that is no zip, or unpacks to too much; sizes are measured, headers are not believed."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise FormError(f"The workbook has more than {MAX_ENTRIES} parts.")
        total = 0
        for entry in entries:
            size = 0
            with archive.open(entry) as part:
                while block := part.read(_CHUNK):
                    size += len(block)
                    _check_size(size, total + size, entry.compress_size)
            total += size
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise FormError("This is not an .xlsx workbook, or it is damaged.") from None


def _check_size(size: int, total: int, compressed: int) -> None:
    if total > MAX_INFLATED:
        raise FormError(f"The workbook unpacks to more than {MAX_INFLATED // 1024 // 1024} MB.")
    if size > RATIO_FROM and size > MAX_RATIO * max(compressed, 1):
        raise FormError("A part of the workbook is packed suspiciously tightly.")


def rows_of(data: bytes, kind: str, sheet: str) -> list[tuple[int, Row]]:
    """(row number, cells) of one sheet; empty where the kind cannot be read here (.xls)."""
    if kind in ("xlsx", "xlsm"):
        return list(_xlsx_rows(data, sheet))
    if kind == "csv":
        return list(_csv_rows(data, sheet))
    return list(_markdown_rows(data, sheet)) if kind == "md" else []


def _xlsx_rows(data: bytes, sheet: str) -> Iterator[tuple[int, Row]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        name = next((n for n in book.sheetnames if n.strip().lower() == sheet), None)
        if name is not None:
            for number, cells in enumerate(islice(book[name].iter_rows(values_only=True), MAX_ROWS), 1):
                yield number, ["" if c is None else str(c) for c in cells]
    finally:
        book.close()


def _csv_rows(data: bytes, sheet: str) -> Iterator[tuple[int, Row]]:
    current = ""
    for number, cells in enumerate(csv.reader(io.StringIO(data.decode("utf-8-sig", "replace"))), 1):
        if cells and cells[0].strip():
            current = cells[0].strip().lower()
        if current == sheet and any(c.strip() for c in cells[1:]):
            yield number, cells[1:]


def _markdown_rows(data: bytes, sheet: str) -> Iterator[tuple[int, Row]]:
    current = ""
    number = 0
    for line in data.decode("utf-8", "replace").splitlines():
        if not line.strip().startswith("|"):
            continue
        cells = [c.strip() for c in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
        if cells and cells[0]:
            current, number = cells[0].lower(), 0
        elif current == sheet:
            number += 1
            yield number, cells[1:]


def node_rows(rows: Iterable[tuple[int, Row]], root: str) -> dict[str, tuple[str, int]]:
    """Node path → ("survey", row), following begin and end rows."""
    found: dict[str, tuple[str, int]] = {}
    header: list[str] | None = None
    stack = [f"/{root}"]
    for number, cells in rows:
        if header is None:
            header = [c.strip().lower() for c in cells]
            continue
        row = dict(zip(header, (c.strip() for c in cells), strict=False))
        kind = re.sub(r"[\s_]+", " ", row.get("type", "").lower())
        if kind.startswith("end ") and len(stack) > 1:
            stack.pop()
        elif name := row.get("name", ""):
            path = f"{stack[-1]}/{name}"
            found.setdefault(path, ("survey", number))
            if kind.startswith("begin "):
                stack.append(path)
    return found
