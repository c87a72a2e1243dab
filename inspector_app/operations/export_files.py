"""Writes tables as a workbook, as CSV files or as JSON: whole or not at all, and nothing in them is ever a formula."""

import csv
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from inspector_app.domain.clock import CHINA
from inspector_app.domain.errors import WorldError
from inspector_app.operations import export_words
from inspector_app.operations.export_tables import Cell, ExportTable, Row

LONGEST = 16_000
"""Characters of one Excel cell (it takes 32,767 UTF-16 units); what is longer goes on in a row below."""
MOST_ROWS = 1_000_000
"""Rows of one sheet; Excel ends at 1,048,576."""
_FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?%?")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDTHS = {
    "requirement": 44, "observation": 44, "question": 44, "words": 30, "value": 30, "remarks": 30, "address": 30,
    "site": 28, "name": 28, "number": 26, "path": 30, "recheck_note": 30, "sha": 24, "code": 22, "inspectors": 18,
}  # fmt: skip
_TIMES = frozenset(
    ("started", "finished", "deadline", "reported", "rechecked", "recheck_deadline", "closed", "taken", "issued", "at")
)
_IDS = frozenset(("id", "inspection", "record", "changeset", "device", "form_hash"))
Rows = Iterator[Row]


class Watched(Protocol):
    """Rows counted as they pass; raises when the user stopped the export."""

    def __call__(self, table: ExportTable) -> Rows: ...


def write_xlsx(tables: Sequence[ExportTable], path: Path, language: str, watched: Watched) -> list[Path]:
    """One workbook, one sheet per table: typed cells, widths, a frozen head and filters."""
    from openpyxl import Workbook

    book: Any = Workbook(write_only=True)
    for table in tables:
        _sheet(book, table, language, watched(table))
    _whole(path, book.save)
    return [path]


def _sheet(book: Any, table: ExportTable, language: str, rows: Rows) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    head, ground = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="173F6B")
    last = get_column_letter(len(table.columns))
    part, left = 0, 0
    sheet: Any = None
    for row in _in_pieces(rows):
        if not left:
            part, left = part + 1, MOST_ROWS
            sheet = _begin(book, table, language, part)
            sheet.append([_headed(WriteOnlyCell(sheet, n), head, ground) for n in _names(table, language)])
        sheet.append([_typed(sheet, key, cell, language) for key, cell in zip(table.columns, row, strict=True)])
        left -= 1
        sheet.auto_filter.ref = f"A1:{last}{MOST_ROWS - left + 1}"
    if sheet is None:
        sheet = _begin(book, table, language, 1)
        sheet.append([_headed(WriteOnlyCell(sheet, n), head, ground) for n in _names(table, language)])


def _begin(book: Any, table: ExportTable, language: str, part: int) -> Any:
    from openpyxl.utils import get_column_letter

    name = export_words.sheet(table.key, language)
    sheet = book.create_sheet(f"{name} {part}" if part > 1 else name)
    sheet.freeze_panes = "A2"
    for at, key in enumerate(table.columns, 1):
        width = _WIDTHS.get(key, 20 if key in _TIMES else 14 if key in _IDS else 12)
        sheet.column_dimensions[get_column_letter(at)].width = width
    return sheet


def _headed(cell: Any, font: Any, fill: Any) -> Any:
    cell.font, cell.fill = font, fill
    return cell


def _names(table: ExportTable, language: str) -> list[str]:
    return [export_words.column(key, language) for key in table.columns]


def _typed(sheet: Any, key: str, cell: Cell, language: str) -> Any:
    """Numbers and moments as such; every text is a text, whatever it begins with."""
    if not isinstance(cell, str | datetime):
        return cell
    from openpyxl.cell import WriteOnlyCell

    if isinstance(cell, datetime):
        made: Any = WriteOnlyCell(sheet, cell.astimezone(CHINA).replace(tzinfo=None))
        made.number_format = "yyyy-mm-dd hh:mm:ss"
        return made
    text = _UNPRINTABLE.sub("", export_words.said(key, cell, language))
    if not text or not _FORMULA.match(text):
        return text or None
    made = WriteOnlyCell(sheet, text)
    made.data_type = "s"
    made.quotePrefix = True
    return made


def _in_pieces(rows: Rows) -> Rows:
    """A row with a text that no cell takes is followed by rows that carry the rest of it."""
    for row in rows:
        parts = max((len(cell) - 1) // LONGEST + 1 if isinstance(cell, str) and cell else 1 for cell in row)
        for part in range(parts):
            start = part * LONGEST
            yield tuple(
                cell[start : start + LONGEST] if isinstance(cell, str) and len(cell) > LONGEST else cell for cell in row
            )


def write_csv(tables: Sequence[ExportTable], folder: Path, language: str, watched: Watched) -> list[Path]:
    """One file per table in UTF-8 with a byte order mark, as Excel and WPS expect it."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write_csv(table, folder / f"{table.key}.csv", language, watched(table)) for table in tables]


def _write_csv(table: ExportTable, path: Path, language: str, rows: Rows) -> Path:
    def write(file: Path) -> None:
        with file.open("w", encoding="utf-8-sig", errors="replace", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(_names(table, language))
            for row in rows:
                cells = zip(table.columns, row, strict=True)
                writer.writerow([_inert(key, cell, language) for key, cell in cells])

    _whole(path, write)
    return path


def _inert(key: str, cell: Cell, language: str) -> Cell:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(cell, datetime):
        return cell.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    if not isinstance(cell, str):
        return cell
    text = _UNPRINTABLE.sub("", export_words.said(key, cell, language))
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def write_json(tables: Sequence[ExportTable], path: Path, watched: Watched) -> list[Path]:
    """One object with an array per table; keys are the same in every language, values as stored."""

    def write(file: Path) -> None:
        with file.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
            for at, table in enumerate(tables):
                out.write("{\n" if not at else ",\n")
                out.write(f" {json.dumps(table.key)}: [")
                for number, row in enumerate(watched(table)):
                    facts = dict(zip(table.columns, map(_plain, row), strict=True))
                    out.write((",\n  " if number else "\n  ") + json.dumps(facts, ensure_ascii=False))
                out.write("]")
            out.write("\n}\n")

    _whole(path, write)
    return [path]


def _plain(cell: Cell) -> str | int | None:
    return cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else cell


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside, then rename; a stop or a failure leaves nothing behind."""
    temporary = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(temporary)
        os.replace(temporary, path)
    except OSError as error:
        raise WorldError("file_unwritable", f"{path} cannot be written: {error.strerror}.") from None
    finally:
        temporary.unlink(missing_ok=True)
