"""What only the workbook shows: columns that are ignored, names that differ by a capital, stray text."""

import difflib
import re
from collections.abc import Iterator

from ..problems import Problem
from ..rowmap import Rowmap, kind_of
from ..workbook import SPOKEN, Sheet

_SURVEY_TEXT = """
type name relevant constraint required calculation readonly repeat_count choice_filter default appearance trigger
parameters save_to disabled autoplay rows intent no_app_error_string query accuracythreshold sms_field sms_option
sms_separator sms_allow_media sms_date_format sms_datetime_format sms_response compact_tag media image bind control
body instance hxl list_name _and_other or_other
"""
_SURVEY = SPOKEN | frozenset(_SURVEY_TEXT.split())
_SETTINGS_TEXT = """
form_title form_id version instance_name default_language style public_key submission_url auto_send auto_delete
client_editable namespaces allow_choice_duplicates name id_string title omit_instanceid clean_text_values
add_none_option prefix delimiter sms_keyword sms_allow_media sms_date_format sms_datetime_format sms_separator
sms_response instance_xmlns compact_prefix compact_delimiter
"""
_SETTINGS = frozenset(_SETTINGS_TEXT.split())
_REMARKS = re.compile(r"(?:notes?|comments?|remarks?|todo|description|memo|備註|备注|說明|说明)\b", re.I)


def check_cells(rowmap: Rowmap) -> Iterator[Problem]:
    """Everything about headers and names."""
    for name, known in (("survey", _SURVEY), ("settings", _SETTINGS)):
        sheet = rowmap.workbook.sheet(name)
        if sheet is not None:
            yield from _headers(rowmap, name, sheet, known)
    survey = rowmap.workbook.sheet("survey")
    if survey is not None:
        yield from _twins(rowmap, survey)
    for name, sheet in rowmap.workbook.sheets.items():
        for row in sheet.rows if name in ("survey", "choices") else ():
            if row.surplus:
                yield rowmap.at("row_surplus", name, row, None)


def _headers(rowmap: Rowmap, name: str, sheet: Sheet, known: frozenset[str]) -> Iterator[Problem]:
    for header, meaning in sheet.meanings():
        if meaning.column in known or ":" in header or _REMARKS.match(header):
            continue
        near = difflib.get_close_matches(meaning.column, known, 1, 0.75) if len(header) < 40 else []
        if near:
            yield rowmap.at("column_misspelt", name, sheet.header_row, header, name=header, meant=near[0])
        elif any(header in row.cells for row in sheet.rows):
            yield rowmap.at("column_ignored", name, sheet.header_row, header, name=header)


def _twins(rowmap: Rowmap, sheet: Sheet) -> Iterator[Problem]:
    """Names that many tools take for the same."""
    first: dict[str, str] = {}
    for row in sheet.rows:
        name = sheet.cell(row, "name")
        if not name or kind_of(sheet, row).startswith("end "):
            continue
        known = first.setdefault(name.lower(), name)
        if known != name:
            yield rowmap.at("name_case", "survey", row, sheet.header("name"), name=known)
