"""XLSForm to XForm through pyxform, whose every exception becomes a Problem with sheet and row."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from . import sheets
from .complaints import refusal, warning
from .problems import FormError, Problem
from .rowmap import Rowmap, draw
from .workbook import Workbook

MAX_BYTES = 20 * 1024 * 1024
_ZIP = b"PK\x03\x04"
"""How a workbook of newer Excel begins, whatever its name says."""
KINDS = ("xlsx", "xlsm", "xls", "csv", "md")
_ROOT = "data"


@dataclass(frozen=True, slots=True)
class Converted:
    """XForm XML ('' if an error is among `problems`), and which row each Node and option comes from."""

    xml: bytes
    problems: tuple[Problem, ...]
    rowmap: Rowmap = field(default_factory=Rowmap)


def convert(source: Path | bytes, *, kind: str = "xlsx") -> Converted:
    """Convert a workbook. `kind` is xlsx, xlsm, xls, csv or md. Never raises for bad input: see `problems`."""
    try:
        data = read_bounded(source) if isinstance(source, Path) else source
        if kind not in KINDS:
            raise FormError(f"A form is an .xlsx, .xls, .csv, .md or .xml file, not .{kind}.")
        if kind == "xls" and data.startswith(_ZIP):
            kind = "xlsx"
        if kind in ("xlsx", "xlsm"):
            sheets.check_zip(data)
        return _convert(data, kind)
    except FormError as error:
        return Converted(b"", error.problems)


def read_bounded(path: Path) -> bytes:
    """The file's bytes, up to 20 MB. FormError if it is larger or cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FormError(f"{path.name} is larger than {MAX_BYTES // 1024 // 1024} MB.")
        return path.read_bytes()
    except OSError as error:
        raise FormError(f"{path.name} cannot be read: {error.strerror}.") from None


def _convert(data: bytes, kind: str) -> Converted:
    from pyxform.xls2xform import convert as pyxform_convert

    warnings: list[str] = []
    given: str | BytesIO = data.decode("utf-8-sig", "replace") if kind in ("md", "csv") else BytesIO(data)
    workbook = Workbook()
    try:
        workbook = sheets.read_workbook(data, kind)
        made = pyxform_convert(given, warnings, validate=False, form_name=_ROOT, file_type=f".{kind}")
    except FormError:
        raise
    except RecursionError:
        raise FormError("The form is nested too deeply.") from None
    except Exception as error:  # pyxform lets IndexError, KeyError and libraries' own errors through
        return Converted(b"", refusal(error, workbook), draw(workbook))
    found = (warning(text, workbook) for text in dict.fromkeys([*warnings, *made.warnings]))
    return Converted(made.xform.encode(), tuple(dict.fromkeys(p for p in found if p is not None)), draw(workbook))
