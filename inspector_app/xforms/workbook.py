"""A workbook as its author sees it: sheets, rows with their numbers, headers as written, and what a header means."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

MEDIA_COLUMNS = ("image", "big-image", "audio", "video")
SPOKEN = frozenset(["label", "hint", "guidance_hint", "constraint_message", "required_message", *MEDIA_COLUMNS])
"""Columns that may be written once per language."""
_SAME_TEXT = """
command=type tag=name value=name caption=label relevance=relevant calculate=calculation read_only=readonly
count=repeat_count jr:count=repeat_count constraining_message=constraint_message jr:constraintmsg=constraint_message
requiredmsg=required_message jr:requiredmsg=required_message form_title=form_title set_form_title=form_title
set_form_id=form_id title=form_title id_string=form_id noapperrorstring=no_app_error_string
"""
_SAME = dict(pair.split("=") for pair in _SAME_TEXT.split())
_PREFIXES = frozenset(["media", "bind", "control", "body", "instance"])


@dataclass(frozen=True, slots=True)
class Header:
    """What a header means: the XLSForm column (lower case, underscores), and its language."""

    column: str
    language: str = ""


def understand(header: str) -> Header:
    """`bind::relevant` → relevant; `media::image::French` → image in French; unknown ones stay as written."""
    parts = [p.strip() for p in header.split("::")]
    if len(parts) == 1 and ":" in header and not header.lower().startswith("jr:"):
        head, _, rest = header.partition(":")
        if _plain(head) in SPOKEN | _PREFIXES:
            parts = [head.strip(), *(p.strip() for p in rest.split(":", 1 if _plain(head) in SPOKEN else 0))]
    first = _plain(parts[0])
    if first in _PREFIXES and len(parts) > 1:
        inner = _plain(parts[1])
        known = inner in MEDIA_COLUMNS or inner in _SAME or inner in _BOUND
        if not known:
            return Header(header.strip())
        parts, first = parts[1:], inner
    column = _SAME.get(first, first)
    if len(parts) > 1:
        return Header(column, parts[1]) if column in SPOKEN else Header(header.strip())
    return Header(column)


_BOUND = frozenset(["relevant", "constraint", "required", "calculate", "readonly", "appearance", "jr:count"])


def _plain(text: str) -> str:
    return re.sub(r"\s+", "_", text.strip().lower())


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: its number as the spreadsheet shows it, and its filled cells by header as written."""

    number: int
    cells: Mapping[str, str]
    surplus: int = 0
    """Filled cells that stand under no header."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `name` and `headers` as written; `counted`: row numbers are the spreadsheet's own."""

    name: str
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    counted: bool = True

    def meanings(self) -> Iterator[tuple[str, Header]]:
        """Every header that is not empty with what it means."""
        return ((h, understand(h)) for h in self.headers if h)

    def written(self, column: str) -> tuple[str, ...]:
        """Headers of an XLSForm column as written, one per language."""
        return _by_column(self.headers).get(column, ())

    def header(self, column: str) -> str | None:
        """The first header of an XLSForm column, None where the sheet lacks it."""
        return next(iter(self.written(column)), None)

    def cell(self, row: Row, column: str) -> str:
        """The first filled cell of an XLSForm column, '' where there is none."""
        return next((row.cells[h] for h in self.written(column) if h in row.cells), "")

    def number(self, counted: int) -> int:
        """The spreadsheet's number of the row that pyxform counts as `counted` (the header is 1)."""
        if self.counted or not 0 <= counted - 2 < len(self.rows):
            return self.header_row if counted == 1 else counted
        return self.rows[counted - 2].number


@lru_cache(maxsize=64)
def _by_column(headers: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for header in headers:
        if header:
            column = understand(header).column
            found[column] = (*found.get(column, ()), header)
    return found


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of an XLSForm by lower-case name (survey, choices, settings, …)."""

    sheets: Mapping[str, Sheet] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, however it is capitalised."""
        return self.sheets.get(name)

    def rows(self, name: str) -> tuple[Row, ...]:
        """Rows of a sheet, none where it is missing."""
        found = self.sheets.get(name)
        return found.rows if found is not None else ()

    def setting(self, column: str) -> str:
        """The value of a setting, '' without one."""
        sheet = self.sheets.get("settings")
        return sheet.cell(sheet.rows[0], column) if sheet is not None and sheet.rows else ""
