"""A workbook as its author sees it: sheets, rows with their numbers, headers as written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: its number as the spreadsheet shows it, and its cells by header as written."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `name` as written; `headers` in order ('' for an empty one)."""

    name: str
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of an XLSForm by lower-case name (survey, choices, settings, …)."""

    sheets: Mapping[str, Sheet] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, however it is capitalised."""
        return self.sheets.get(name)

    def rows(self, name: str) -> Iterator[Row]:
        """Rows of a sheet, none where it is missing."""
        found = self.sheets.get(name)
        yield from found.rows if found is not None else ()
