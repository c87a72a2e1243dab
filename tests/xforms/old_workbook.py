"""A workbook in Excel's format of 1995 (BIFF5), record by record: what old .xls files are to whoever reads them."""

import struct
from collections.abc import Mapping, Sequence

Rows = Sequence[Sequence[str]]
_BOF, _EOF, _CODEPAGE, _BOUNDSHEET, _LABEL = 0x0809, 0x000A, 0x0042, 0x0085, 0x0204
_GLOBALS, _SHEET = 0x0005, 0x0010


def old_workbook(sheets: Mapping[str, Rows]) -> bytes:
    """The bytes of a file with these sheets; texts in GBK, as laptops in Guangzhou wrote them."""
    bodies = {name: _sheet(rows) for name, rows in sheets.items()}
    head = _begin(_GLOBALS) + _record(_CODEPAGE, struct.pack("<H", 936))
    places = sum(4 + 7 + len(name.encode("gbk")) for name in bodies)
    at = len(head) + places + len(_record(_EOF))
    whole, rest = head, b""
    for name, body in bodies.items():
        said = name.encode("gbk")
        whole += _record(_BOUNDSHEET, struct.pack("<IBBB", at + len(rest), 0, 0, len(said)) + said)
        rest += body
    return whole + _record(_EOF) + rest


def _sheet(rows: Rows) -> bytes:
    cells = (
        _record(_LABEL, struct.pack("<HHHH", r, c, 0, len(text.encode("gbk"))) + text.encode("gbk"))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    )
    return _begin(_SHEET) + b"".join(cells) + _record(_EOF)


def _begin(kind: int) -> bytes:
    return _record(_BOF, struct.pack("<HHHH", 0x0500, kind, 0, 0))


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
