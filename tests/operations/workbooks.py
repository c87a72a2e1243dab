"""Small checklists as .xlsx workbooks with a list and a picture beside them, for tests of taking forms in."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

HEADERS: dict[str, tuple[str, ...]] = {
    "type": ("type",),
    "name": ("name",),
    "zh": ("label::中文 (zh)",),
    "en": ("label::English (en)",),
    "relevant": ("relevant",),
    "constraint": ("constraint",),
    "message": ("constraint_message::中文 (zh)", "constraint_message::English (en)"),
    "required": ("required",),
    "image": ("media::image::中文 (zh)", "media::image::English (en)"),
    "visit": ("bind::app:visit",),
    "dimension": ("bind::app:dimension",),
    "critical": ("bind::app:critical",),
    "photo": ("bind::app:photo",),
    "deadline": ("bind::app:deadline",),
    "note": ("bind::app:note",),
}
"""What a row of `ROWS` calls a cell → the columns it is written into."""
HEAD = [header for headers in HEADERS.values() for header in headers]
ROWS: tuple[dict[str, str], ...] = (
    {"type": "select_one kinds", "name": "site_type", "zh": "場所類型", "en": "Type of site", "visit": "site-type"},
    {"type": "select_one_from_file streets.csv", "name": "street", "zh": "街道", "en": "Street"},
    {"type": "note", "name": "hello", "zh": "請先出示證件", "en": "Show your papers first", "image": "badge.png"},
    {"type": "begin group", "name": "A", "zh": "防控機制", "en": "Mechanism", "dimension": "A"},
    {"type": "select_one verdict", "name": "A01", "zh": "有預案", "en": "There is a plan", "critical": "veto",
     "photo": "optional", "deadline": "24h"},
    {"type": "text", "name": "A01_note", "zh": "說明", "en": "Note", "note": "A01", "relevant": "${A01} = 'fail'"},
    {"type": "end group", "name": ""},
    {"type": "integer", "name": "people", "zh": "人數", "en": "People", "constraint": ". < 100",
     "message": "太多", "required": "yes"},
)  # fmt: skip
STREETS = "name,label\nnorth,北街\nsouth,南街\n".encode()
PICTURE = b"\x89PNG not really"


def write(folder: Path, rows: Sequence[dict[str, str]] = ROWS, *, version: str = "1", name: str = "small") -> Path:
    """The workbook with its list and its picture."""
    book = Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    survey.append(HEAD)
    for row in rows:
        cells = {header: value for key, value in row.items() for header in HEADERS[key]}
        survey.append([cells.get(header, "") for header in HEAD])
    choices = book.create_sheet("choices")
    choices.append(("list_name", "name", "label::中文 (zh)", "label::English (en)"))
    for list_name, option, zh, en in (
        ("kinds", "FB", "餐飲", "Food"), ("kinds", "GY", "工業", "Industry"),
        ("verdict", "pass", "到位", "In place"), ("verdict", "fail", "不到位", "Not in place"),
    ):  # fmt: skip
        choices.append((list_name, option, zh, en))
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version", "default_language", "namespaces"))
    settings.append(("小檢查表", name, version, "中文 (zh)", 'app="urn:inspector-app:checklist"'))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.xlsx"
    book.save(path)
    (folder / "streets.csv").write_bytes(STREETS)
    (folder / "badge.png").write_bytes(PICTURE)
    return path


def broken(folder: Path) -> Path:
    """The same with two faults that only our own checks find."""
    rows = [dict(row) for row in ROWS]
    rows[-1]["relevant"] = "${A01} = = 'fail'"
    return write(folder, rows, version="2")
