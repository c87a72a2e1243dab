"""What the sheets alone show, so that a form pyxform refuses for one fault has all the others named too."""

import re
from collections.abc import Iterator

from ..problems import Problem
from ..rowmap import Rowmap, kind_of
from ..workbook import Row, Sheet

_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^${}\s]+)\s*\}")
_SELECT = re.compile(r"(?:select[ _]one|select[ _]multiple|rank)[ _]?\s+(?P<list>\S+)")
_FILES = (".csv", ".xml", ".geojson")


def check_drafts(rowmap: Rowmap) -> Iterator[Problem]:
    """Unknown references and lists, row by row."""
    survey = rowmap.workbook.sheet("survey")
    if survey is None:
        return
    names = {survey.cell(row, "name") for row in survey.rows}
    names |= {f"{name}_count" for name in names}
    for row in survey.rows:
        yield from _references(rowmap, survey, row, names)
        yield from _lists(rowmap, survey, row)


def _references(rowmap: Rowmap, survey: Sheet, row: Row, names: set[str]) -> Iterator[Problem]:
    for header, text in row.cells.items():
        for name in dict.fromkeys(_REFERENCE.findall(text)):
            if name not in names:
                yield rowmap.at("reference_unknown", "survey", row, header, name=name)


def _lists(rowmap: Rowmap, survey: Sheet, row: Row) -> Iterator[Problem]:
    found = _SELECT.match(survey.cell(row, "type"))
    is_external = "external" in kind_of(survey, row) or "from file" in kind_of(survey, row)
    if found is None or is_external or not rowmap.lists:
        return
    name = found["list"]
    if name not in rowmap.lists and "${" not in name and not name.endswith(_FILES):
        yield rowmap.at("list_unknown", "survey", row, survey.header("type"), name=name)
