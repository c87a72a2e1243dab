"""Reads a workbook beside pyxform: bounded unpacking, then every sheet as its author sees it."""

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

from .problems import FormError
from .safexml import MAX_TEXT
from .workbook import Row, Sheet, Workbook

MAX_ENTRIES = 2_000
MAX_INFLATED = 50 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM = 1024 * 1024
MAX_ROWS = 50_000
_CHUNK = 1024 * 1024
MAX_COLUMNS = 500
MAX_SHEETS = 50
MAX_QUESTIONS = 5_000
"""Rows of the survey sheet; the largest forms in use have a third of it, and pyxform takes a second for so many."""
MAX_CELL = 32_767
"""Characters of a cell, as in Excel itself."""
_BLANK_ROWS = 60
"""So many blank rows end a sheet, as in pyxform (programs like to format a million rows)."""
Cells = tuple[int, list[str]]
"""A row's number and its cells."""


def check_zip(data: bytes) -> None:
    """FormError for a workbook that is no zip, or unpacks to too much; sizes are measured, headers are not believed."""
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise FormError(f"The workbook has more than {MAX_ENTRIES} parts.")
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
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ):
        raise FormError("This is not an .xlsx workbook, or it is damaged.") from None


def _check_size(size: int, total: int, compressed: int) -> None:
    if total > MAX_INFLATED:
        raise FormError(f"The workbook unpacks to more than {MAX_INFLATED // 1024 // 1024} MB.")
    if size > RATIO_FROM and size > MAX_RATIO * max(compressed, 1):
        raise FormError("A part of the workbook is packed suspiciously tightly.")


def read_workbook(data: bytes, kind: str) -> Workbook:
    """All sheets of an .xlsx, .xls, .csv or .md form. Unbounded ones must have passed `check_zip`."""
    if kind in ("csv", "md") and max(map(len, data.splitlines()), default=0) > MAX_TEXT:
        raise FormError(f"The form has a line longer than {MAX_TEXT // 1024} KB.")
    if kind in ("xlsx", "xlsm"):
        found = _xlsx(data)
    elif kind == "xls":
        found = _xls(data)
    else:
        found = _csv(data) if kind == "csv" else _markdown(data)
    sheets = [_sheet(name, rows, kind) for name, rows in islice(found, MAX_SHEETS)]
    by_name = {s.name.strip().lower(): s for s in reversed(sheets)}
    if len(by_name) == 1:  # pyxform takes a lone sheet as the survey, whatever its name
        by_name = {"survey": next(iter(by_name.values()))}
    return Workbook(by_name)


def _sheet(name: str, rows: Iterable[Cells], kind: str) -> Sheet:
    most = MAX_QUESTIONS if name.strip().lower() == "survey" else MAX_ROWS
    numbered = _bounded(name, rows, most)
    at, written = next(numbered, (1, []))
    if len(written) > MAX_COLUMNS and any(written[MAX_COLUMNS:]):
        raise FormError(f"The sheet {name} has more than {MAX_COLUMNS} columns.")
    headers = tuple(re.sub(" +", " ", h.strip()) for h in written)
    made = tuple(_row(number, cells, headers) for number, cells in numbered)
    return Sheet(name, at, headers, made, counted=kind in ("xlsx", "xlsm", "xls"))


def _bounded(name: str, rows: Iterable[Cells], most: int) -> Iterator[Cells]:
    """The rows up to a long blank stretch. FormError for too many, or for a cell that is too long."""
    blank = filled = 0
    for number, cells in rows:
        longest = max(map(len, cells), default=0)
        blank = 0 if longest else blank + 1
        filled += longest > 0
        if blank > _BLANK_ROWS:
            return
        if longest > MAX_CELL:
            raise FormError(f"Row {number} of the sheet {name} has a cell with more than {MAX_CELL} characters.")
        if filled > most + 1:
            raise FormError(f"The sheet {name} has more than {most} rows.")
        yield number, cells


def _row(number: int, cells: list[str], headers: tuple[str, ...]) -> Row:
    filled = {h: c.strip() for h, c in zip(headers, cells, strict=False) if h and c.strip()}
    beyond = sum(1 for i, c in enumerate(cells) if c.strip() and (i >= len(headers) or not headers[i]))
    return Row(number, filled, beyond)


def _xlsx(data: bytes) -> Iterator[tuple[str, Iterable[Cells]]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)
            yield sheet.title, ((number, [_text(c) for c in cells]) for number, cells in enumerate(rows, 1))
    finally:
        book.close()


def _xls(data: bytes) -> Iterator[tuple[str, Iterable[Cells]]]:
    import xlrd  # type: ignore[import-untyped]

    try:  # damaged files raise whatever their bytes happen to hit
        book = xlrd.open_workbook(file_contents=data or b"\0", logfile=io.StringIO())
        tables = book.sheets()
    except Exception:
        raise FormError("This is not an .xls workbook, or it is damaged; save it as .xlsx and try again.") from None
    for sheet in tables:
        rows = (sheet.row_values(i)[: MAX_COLUMNS + 1] for i in range(sheet.nrows))
        yield sheet.name, ((number, [_text(c) for c in cells]) for number, cells in enumerate(rows, 1))


def _text(value: object) -> str:
    """A cell as pyxform reads it: whole numbers without a point, booleans in capitals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\xa0", " ")


def _csv(data: bytes) -> Iterator[tuple[str, Iterable[Cells]]]:
    sheets: dict[str, list[Cells]] = {}
    current = ""
    for number, cells in enumerate(csv.reader(io.StringIO(data.decode("utf-8-sig", "replace"), newline="")), 1):
        if cells and cells[0].strip():
            current = cells[0].strip()
            sheets.setdefault(current, [])
        if current and any(c.strip() for c in cells[1:]):
            sheets[current].append((number, cells[1:]))
        if number > 2 * MAX_ROWS:
            raise FormError(f"The form has more than {2 * MAX_ROWS} rows.")
    yield from sheets.items()


def _markdown(data: bytes) -> Iterator[tuple[str, Iterable[Cells]]]:
    sheets: dict[str, list[Cells]] = {}
    current = ""
    for line in data.decode("utf-8", "replace").splitlines():
        found = None if line.lstrip().startswith("#") else _TABLE_ROW.match(line)
        if found is None or _RULER.match(found[1]):
            continue
        cells = [c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", found[1])]
        if cells and cells[0]:
            current = cells[0]
            sheets.setdefault(current, [])
        if current and any(cells[1:]):
            sheets[current].append((len(sheets[current]) + 1, cells[1:]))
    yield from sheets.items()


_TABLE_ROW = re.compile(r"\s*\|(.*)\|\s*")
_RULER = re.compile(r"[|-]+\Z")
