"""Reads a registry of Sites from .csv or .xlsx into plain rows; the file is hostile until proven otherwise."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO

from inspector_app.domain.errors import UserError, WorldError

MAX_ROWS = 200_000
"""Registries and data files (security.md §2 row 19)."""
MAX_COLUMNS = 256
MAX_CELL = 2_000
MAX_FILE = 100 * 1024 * 1024
MAX_INFLATED = 256 * 1024 * 1024
MAX_MEMBERS = 2_000

HEADERS = {
    "name": ("名稱", "名称", "場所名稱", "场所名称", "單位名稱", "单位名称", "企業名稱", "企业名称", "name", "site", "site name"),
    "code": ("統一社會信用代碼", "统一社会信用代码", "信用代碼", "信用代码", "code", "uscc", "credit code"),
    "street": ("街道", "屬地街道", "属地街道", "street", "subdistrict"),
    "type": ("場所類型", "场所类型", "類型", "类型", "type", "site type"),
    "address": ("地址", "詳細地址", "详细地址", "address"),
    "contact": ("負責人", "负责人", "聯絡人", "联系人", "contact"),
    "phone": ("電話", "电话", "聯絡電話", "联系电话", "phone", "telephone"),
    "park": ("所屬園區", "所属园区", "園區", "园区", "park"),
    "group": ("集團", "集团", "所屬集團", "所属集团", "group"),
    "department": ("行業主管部門", "行业主管部门", "主管部門", "主管部门", "department"),
    "area": ("片區", "片区", "area"),
    "risk": ("風險等級", "风险等级", "risk"),
    "team": ("服務隊", "服务队", "team"),
    "headcount": ("員工人數", "员工人数", "人數", "人数", "headcount"),
}  # fmt: skip
"""Column words of cli.md in 繁/简/English; compared without case and outer spaces."""
_KNOWN = {word.casefold(): field for field, words in HEADERS.items() for word in words}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff\ufe00-\ufe0f]")


@dataclass(frozen=True)
class Row:
    """One line of the sheet: its number as a spreadsheet shows it, known fields, and unknown columns as remarks."""

    number: int
    values: dict[str, str]
    extra: dict[str, str]


@dataclass(frozen=True)
class RegistryFile:
    """What was read. `columns` maps a field to the header as written; `unknown` names columns kept as remarks."""

    rows: list[Row]
    columns: dict[str, str]
    unknown: tuple[str, ...]


def read_registry(path: Path) -> RegistryFile:
    """Read the file; raises UserError naming what is wrong, WorldError where the disk fails."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise UserError("registry_too_large", f"{path.name} is larger than 100 MB; split it into smaller files.")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UserError("file_missing", f"{path} does not exist; check the path.", name=str(path)) from None
    except OSError as error:
        raise WorldError("file_unreadable", f"{path} cannot be read: {error.strerror}.", name=str(path)) from None
    is_workbook = raw[:4] == b"PK\x03\x04" or path.suffix.lower() == ".xlsx"
    lines = _xlsx_lines(raw, path.name) if is_workbook else _csv_lines(raw, path.name)
    try:
        return _as_registry(lines, path.name)
    finally:
        lines.close()  # type: ignore[attr-defined]


def clean(value: object) -> str:
    """One cell as NFC text without control and invisible characters; 13800138000.0 becomes 13800138000."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _CONTROL.sub("", unicodedata.normalize("NFC", str(value))).strip()


def _as_registry(lines: Iterator[list[str]], name: str) -> RegistryFile:
    header = next(lines, None)
    if not header or not any(header):
        raise UserError("registry_empty", f"{name} is empty; the first row must name the columns.", name=name)
    fields = [_KNOWN.get(cell.casefold()) for cell in header]
    if "name" not in fields:
        raise UserError(
            "registry_header",
            f"{name} has no column 名稱 (name) in its first row; add the header row of the registry template.",
            name=name,
        )
    columns = {field: cell for field, cell in zip(fields, header, strict=True) if field}
    rows = []
    for number, cells in enumerate(lines, start=2):
        if number - 1 > MAX_ROWS:
            raise UserError("registry_rows", f"{name} has more than {MAX_ROWS:,} rows; split it.", name=name)
        if any(cells):
            rows.append(_row(number, fields, header, cells))
    unknown = tuple(cell for field, cell in zip(fields, header, strict=True) if cell and not field)
    return RegistryFile(rows, columns, unknown)


def _row(number: int, fields: list[str | None], header: list[str], cells: list[str]) -> Row:
    values: dict[str, str] = {}
    extra: dict[str, str] = {}
    for field, title, cell in zip(fields, header, cells, strict=False):
        if field:
            values[field] = cell
        elif title and cell:
            extra[title] = cell
    return Row(number, values, extra)


def _csv_lines(raw: bytes, name: str) -> Iterator[list[str]]:
    text = decode(raw, name)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [clean(cell) for cell in cells[:MAX_COLUMNS]]
    except csv.Error as error:
        raise UserError("registry_csv", f"{name} is not a well-formed CSV file: {error}.", name=name) from None


def decode(raw: bytes, name: str) -> str:
    """UTF-8 (with or without BOM), UTF-16 with BOM, else GB18030; raises UserError for anything else."""
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UserError("registry_encoding", f"{name} is neither UTF-8 nor GB18030 text nor an .xlsx workbook.", name=name)


def _xlsx_lines(raw: bytes, name: str) -> Iterator[list[str]]:
    broken = UserError("workbook_broken", f"{name} is not a readable .xlsx workbook; save it again as .xlsx or .csv.")
    check_zip(raw, name)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS + 2, values_only=True):
            yield [clean(cell) for cell in cells]
    except GeneratorExit:
        raise
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises whatever its parser met: KeyError, ValueError, ParseError …
        raise broken from error


def check_zip(raw: bytes, name: str) -> None:
    """Refuse a zip bomb by counting real bytes while inflating; headers lie (security.md §11)."""
    refuse = UserError("workbook_bomb", f"{name} unpacks to far more than a workbook should; it was not opened.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise refuse
            left = MAX_INFLATED
            for member in members:
                with archive.open(member) as stream:
                    left -= _inflate(stream, left)
                if left < 0:
                    raise refuse
            if "[Content_Types].xml" not in archive.namelist():
                raise zipfile.BadZipFile
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise UserError("workbook_broken", f"{name} is not a readable .xlsx workbook; save it again.") from None
    except Exception as error:
        if isinstance(error, UserError):
            raise
        raise UserError("workbook_broken", f"{name} is not a readable .xlsx workbook; save it again.") from error


def _inflate(stream: IO[bytes], cap: int) -> int:
    """Bytes that come out, counted up to just beyond `cap`."""
    total = 0
    while piece := stream.read(1 << 16):
        total += len(piece)
        if total > cap:
            break
    return total
