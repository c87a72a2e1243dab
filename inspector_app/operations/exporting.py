"""Everything the user may see as a workbook, CSV or JSON: answers, Findings, photo hashes and the whole history."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.domain.clock import moment
from inspector_app.domain.errors import UserError
from inspector_app.operations import export_files
from inspector_app.operations.export_tables import ExportTable, Row, tables
from inspector_app.store.database import Store

FORMATS = ("xlsx", "csv", "json")
STEP = 500
"""Rows between two words of progress."""


@dataclass(frozen=True)
class Exported:
    """What was written: files, and rows by table. `is_stopped`: the user stopped it and no file was left behind."""

    files: tuple[Path, ...]
    rows: dict[str, int]
    is_stopped: bool = False


class _Stopped(Exception):
    """The user has stopped the export."""


@dataclass
class _Watch:
    """Counts the rows of all tables as they pass."""

    expected: int
    progress: Callable[[int, int], None] | None
    cancelled: Callable[[], bool]
    rows: dict[str, int] = field(default_factory=dict)

    def __call__(self, table: ExportTable) -> Iterator[Row]:
        self.rows[table.key] = 0
        for row in table.rows():
            self.rows[table.key] += 1
            if self.rows[table.key] % STEP == 0:
                self._say()
            yield row
        self._say()

    def _say(self) -> None:
        if self.cancelled():
            raise _Stopped
        if self.progress:
            done = sum(self.rows.values())
            self.progress(done, max(self.expected, done))


def export(  # noqa: PLR0913 - three of them are keywords
    store: Store,
    form: str,
    out: Path,
    *,
    language: str = "zh-Hant",
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:
    """Write all tables as `form`; `out` is a file, or a folder for CSV and where it has no fitting ending."""
    if form not in FORMATS:
        raise UserError("export_format", f"'{form}' is no format of an export; choose one of {', '.join(FORMATS)}.")
    listed = tables(store, language)
    watch = _Watch(sum(table.expected for table in listed), progress, cancelled)
    try:
        files = _write(form, listed, _place(store, form, out), language, watch)
    except _Stopped:
        return Exported((), watch.rows, is_stopped=True)
    return Exported(tuple(files), watch.rows)


def _place(store: Store, form: str, out: Path) -> Path:
    if form == "csv" or out.suffix.lower() == f".{form}":
        return out
    return out / f"daowei-{moment(store.clock()):%Y%m%d-%H%M}.{form}"


def _write(form: str, listed: list[ExportTable], place: Path, language: str, watch: _Watch) -> list[Path]:
    if form == "xlsx":
        return export_files.write_xlsx(listed, place, language, watch)
    if form == "csv":
        return export_files.write_csv(listed, place, language, watch)
    return export_files.write_json(listed, place, watch)
