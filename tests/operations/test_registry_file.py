"""Hostile and ordinary registries: read exactly, or refused with one sentence."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.operations.registry_file import clean, read_registry


def saved(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_chinese_csv_in_every_usual_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = (
        delimiter.join(("名稱", "街道", "場所類型", "備忘")) + "\r\n" + delimiter.join(("海珠紡織", "鳳陽", "IN", "甲"))
    )
    registry = read_registry(saved(tmp_path, "r.csv", text.encode(encoding)))
    assert registry.rows[0].values == {"name": "海珠紡織", "street": "鳳陽", "type": "IN"}
    assert registry.rows[0].extra == {"備忘": "甲"}
    assert registry.unknown == ("備忘",)
    assert registry.rows[0].number == 2


@pytest.mark.parametrize("header", ["名稱,街道,場所類型", "名称,街道,场所类型", "Name,Street,Type"])
def test_headers_in_three_languages(tmp_path: Path, header: str) -> None:
    registry = read_registry(saved(tmp_path, "r.csv", f"{header}\na,b,IN\n".encode()))
    assert registry.rows[0].values == {"name": "a", "street": "b", "type": "IN"}


def test_workbook_numbers_come_as_written(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["名稱", "電話", "員工人數"])
    book.active.append(["海珠紡織", 13800138000, 12.0])
    path = tmp_path / "r.xlsx"
    book.save(path)
    assert read_registry(path).rows[0].values == {"name": "海珠紡織", "phone": "13800138000", "headcount": "12"}


def test_cells_lose_invisible_characters() -> None:
    assert clean(" 海\u200b珠\x07\ufeff ") == "海珠"
    assert clean("e\u0301") == "é"


BROKEN = {
    "empty.csv": b"",
    "blank.csv": b"\n\n",
    "no-header.csv": "海珠紡織,鳳陽\n".encode(),
    "binary.csv": bytes(range(256)) * 8,
    "unclosed.csv": '名稱,街道\n"海珠,鳳陽\n'.encode(),
    "text.xlsx": b"this is not a workbook",
    "torn.xlsx": b"PK\x03\x04" + b"\0" * 200,
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_get_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError) as refusal:
        read_registry(saved(tmp_path, name, BROKEN[name]))
    assert name in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UserError, match="not a readable .xlsx"):
        read_registry(saved(tmp_path, "r.xlsx", buffer.getvalue()))


def test_a_zip_bomb_is_counted_while_it_inflates(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (300 * 1024 * 1024))
    started = time.monotonic()
    with pytest.raises(UserError, match="unpacks"):
        read_registry(saved(tmp_path, "r.xlsx", buffer.getvalue()))
    assert time.monotonic() - started < 30


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        read_registry(tmp_path / "nowhere.csv")


def test_a_folder_is_the_worlds_fault(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="cannot be read"):
        read_registry(tmp_path)
