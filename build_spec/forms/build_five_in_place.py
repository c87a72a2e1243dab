"""Writes forms/five-in-place.xlsx and its XForm from checklist_items.json, measures.json and wording.py.

Run: python build_spec/forms/build_five_in_place.py [--out FILE]. The same sources always give the same workbook.

A10 (復工報備) is off once the district is low-risk, yet domain.md §3 counts it for every Site type. Both hold:
the form asks for the dated risk tier; left blank A10 is in use (the counts of the table), `low` takes it off.
"""

import argparse
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import wording as words
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from wording import LANGUAGES, Text

from inspector_app.xforms import load

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent.parent / "forms" / "five-in-place.xlsx"
VERSION = "2020031501"
NAMESPACE = "urn:inspector-app:checklist"
FILING_ITEM = "A10"
NUMBERS = ("integer", "decimal")
STAMP = datetime(2020, 3, 15)

Row = dict[str, str]


def translated(column: str, text: Text) -> Row:
    """Cells of one translated column; nothing where there is no text."""
    return {f"{column}::{language}": cell for language, cell in zip(LANGUAGES, text, strict=True) if cell}


def joined(*texts: Text, by: tuple[str, str, str] = ("", "", " ")) -> Text:
    """Texts one after another, language by language."""
    filled = [text for text in texts if any(text)]
    return Text(*(glue.join(text[i] for text in filled) for i, glue in enumerate(by)))


def survey(items: list[dict[str, Any]], measures: Mapping[str, list[dict[str, Any]]]) -> Iterator[Row]:
    """All rows of the survey sheet in the order of the visit."""
    yield {
        "type": "date",
        "name": "visit_date",
        "default": "today()",
        "required": "yes",
        "constraint": ". <= today()",
        "bind::app:visit": "date",
        **translated("label", words.VISIT_DATE),
        **translated("required_message", fill(words.VISIT_DATE)),
        **translated("constraint_message", words.NOT_IN_FUTURE),
    }
    yield {
        "type": "select_one site_types",
        "name": "site_type",
        "required": "yes",
        "bind::app:visit": "site-type",
        **translated("label", words.SITE_TYPE),
        **translated("hint", words.SITE_TYPE_HINT),
        **translated("required_message", words.SITE_TYPE_REQUIRED),
    }
    yield {
        "type": "select_one risk_tiers",
        "name": "risk_tier",
        "bind::app:visit": "risk-tier",
        **translated("label", words.RISK_TIER),
        **translated("hint", words.RISK_TIER_HINT),
    }
    for dimension, label in words.DIMENSIONS.items():
        yield {
            "type": "begin_group",
            "name": dimension,
            "relevant": "${site_type} != ''",
            "appearance": "field-list",
            "bind::app:dimension": dimension,
            "bind::app:counted": "no" if dimension in words.UNCOUNTED else "yes",
            **translated("label", label),
        }
        for item in items:
            if item["dimension"] == dimension:
                yield from item_rows(item, measures.get(item["id"], []))
        yield {"type": "end_group", "name": dimension}


def item_rows(item: dict[str, Any], measures: list[dict[str, Any]]) -> Iterator[Row]:
    """The Verdict, its measures and its note."""
    yield verdict_row(item)
    labels = {measure["role"]: text_of(measure) for measure in measures}
    for measure in measures:
        yield measure_row(item, measure, labels)
    yield {
        "type": "text",
        "name": f"{item['id']}_note",
        "relevant": f"${{{item['id']}}} != ''",
        "required": f"${{{item['id']}}} = 'fail'",
        "appearance": "multiline",
        "bind::app:note": item["id"],
        **translated("label", words.NOTE),
        **translated("required_message", words.NOTE_REQUIRED),
    }


def verdict_row(item: dict[str, Any]) -> Row:
    """The select of one Item with everything the checklist needs to know about it."""
    hint = joined(
        words.THRESHOLDS.get(item["answer"], words.NOTHING),
        words.NO_PHOTO if item["photo"] == "forbidden" else words.NOTHING,
    )
    guidance = joined(
        words.CRITICAL[item["critical"]],
        words.DEADLINE[item["deadline"]],
        words.PHOTO[item["photo"]],
        by=(" · ", " · ", " · "),
    )
    return {
        "type": "select_one pf",
        "name": item["id"],
        "relevant": applies(item),
        "required": "yes",
        "appearance": "columns-pack",
        "bind::app:critical": item["critical"],
        "bind::app:photo": item["photo"],
        "bind::app:deadline": item["deadline"],
        "bind::app:answer": item["answer"],
        "bind::app:condition": CONDITIONS.get(item["id"], ""),
        "bind::app:source": " ".join(item["sources"]),
        **translated("label", text_of(item)),
        **translated("hint", hint),
        **translated("guidance_hint", guidance),
        **translated("required_message", words.VERDICT_REQUIRED),
    }


CONDITIONS = {"B07": "always", "C01": "days<1", "D03": "rate<0.8"}
"""What makes a failed ☆ as grave as a ★ (domain.md §3)."""


def applies(item: dict[str, Any]) -> str:
    """Relevance of an Item by Site type; blank where it applies everywhere (its group is relevant by then)."""
    if item["id"] == FILING_ITEM:
        return "${risk_tier} != 'low'"
    everywhere = len(item["sites"]) == len(words.SITE_TYPES)
    ordered = [code for code in words.SITE_TYPES if code in item["sites"]]
    return "" if everywhere else f"selected('{' '.join(ordered)}', ${{site_type}})"


def measure_row(item: dict[str, Any], measure: dict[str, Any], labels: Mapping[str, Text]) -> Row:
    """One number, date or text. A failed Item may lack the date or paper it fails for, never its numbers."""
    verdict = f"${{{item['id']}}}"
    numeric = measure["kind"] in NUMBERS
    constraint, message = bounds(item["id"], measure, labels)
    return {
        "type": measure["kind"],
        "name": f"{item['id']}_{measure['role']}",
        "relevant": " and ".join(filter(None, (applies(item), f"{verdict} != 'na'"))),
        "required": f"{verdict} != ''" if numeric else f"{verdict} = 'pass'",
        "constraint": constraint,
        "bind::app:measure": item["id"],
        "bind::app:role": measure["role"],
        "bind::app:limit": measure.get("limit", ""),
        **translated("label", text_of(measure)),
        **translated("hint", words.NO_NAMES if measure["kind"] == "text" else words.NOTHING),
        **translated("constraint_message", message),
        **translated("required_message", fill(text_of(measure))),
    }


def bounds(item: str, measure: dict[str, Any], labels: Mapping[str, Text]) -> tuple[str, Text]:
    """Constraint of one measure and the sentence shown when it is broken."""
    kind = measure["kind"]
    if kind == "text":
        return "", words.NOTHING
    if kind == "date":
        return ". <= today()", words.NOT_IN_FUTURE
    whole = kind == "integer"
    if "above" in measure:
        return f". > {measure['above']}", at_least(measure["above"], whole=whole, strictly=True)
    low = measure.get("min", 0)
    if "max" in measure:
        return f". >= {low} and . <= {measure['max']}", between(low, measure["max"])
    if "at_most" not in measure:
        return f". >= {low}", at_least(low, whole=whole)
    other = f"${{{item}_{measure['at_most']}}}"
    return f". >= {low} and ({other} = '' or . <= {other})", not_above(low, labels[measure["at_most"]])


def fill(label: Text) -> Text:
    """Sentence for a measure left blank."""
    return Text(f"請填寫「{label.hant}」。", f"请填写【{label.hans}】。", f"Fill in: {label.en}.")


def at_least(low: float, *, whole: bool, strictly: bool = False) -> Text:
    """Sentence for a number below its lower bound."""
    number = ("整數", "整数", "a whole number") if whole else ("數", "数", "a number")
    than = ("大於", "大于", "above") if strictly else ("不小於", "不小于", "of at least")
    return Text(
        f"請填{than[0]}{low}的{number[0]}。",
        f"请填{than[1]}{low}的{number[1]}。",
        f"Enter {number[2]} {than[2]} {low}.",
    )


def between(low: float, high: float) -> Text:
    """Sentence for a number outside its bounds."""
    return Text(f"請填{low}至{high}之間的數。", f"请填{low}至{high}之间的数。", f"Enter a number from {low} to {high}.")


def not_above(low: float, other: Text) -> Text:
    """Sentence for a part that exceeds its whole."""
    return Text(
        f"請填不小於{low}、不超過「{other.hant}」的整數。",
        f"请填不小于{low}、不超过【{other.hans}】的整数。",
        f"Enter a whole number of at least {low} and no more than the value of: {other.en}.",
    )


def text_of(entry: Mapping[str, Any]) -> Text:
    """The three languages of an entry of the JSON sources; pyxform would flatten “ ” to straight quotes."""
    hant = entry["zh_hant"].replace("“", "「").replace("”", "」")
    return Text(hant, entry["zh_hans"], entry["en"])


def choices() -> Iterator[Row]:
    """All rows of the choices sheet."""
    for name, (label, score) in words.VERDICTS.items():
        yield {"list_name": "pf", "name": name, "score": score, **translated("label", label)}
    for listed, entries in (("site_types", words.SITE_TYPES), ("risk_tiers", words.RISK_TIERS)):
        for name, label in entries.items():
            yield {"list_name": listed, "name": name, **translated("label", label)}


SETTINGS: Row = {
    "form_title": words.TITLE,
    "form_id": "five-in-place",
    "version": VERSION,
    "default_language": LANGUAGES[0],
    "namespaces": f'app="{NAMESPACE}"',
    "style": "",
}


def languages(column: str) -> tuple[str, ...]:
    """Headers of one translated column."""
    return tuple(f"{column}::{language}" for language in LANGUAGES)


SURVEY_COLUMNS = (
    "type", "name", *languages("label"), *languages("hint"), *languages("guidance_hint"), "relevant", "required",
    *languages("required_message"), "constraint", *languages("constraint_message"), "appearance", "default",
    "bind::app:visit", "bind::app:dimension", "bind::app:counted", "bind::app:critical", "bind::app:photo",
    "bind::app:deadline", "bind::app:answer", "bind::app:condition", "bind::app:source", "bind::app:measure",
    "bind::app:role", "bind::app:limit", "bind::app:note",
)  # fmt: skip
CHOICE_COLUMNS = ("list_name", "name", *languages("label"), "score")

HEAD_FILL = PatternFill("solid", fgColor="FF1F4E79")
HEAD_FONT = Font(bold=True, color="FFFFFFFF")
GROUP_FILL = PatternFill("solid", fgColor="FFDDEBF7")
ITEM_FILL = PatternFill("solid", fgColor="FFF7F7F7")
WRAPPED = Alignment(wrap_text=True, vertical="top")


def width_of(column: str) -> int:
    """Column width in characters."""
    if "::" in column and not column.startswith("bind::"):
        return 42 if column.startswith("label") else 30
    return {"type": 20, "name": 22, "relevant": 34, "required": 18, "constraint": 34, "namespaces": 38}.get(column, 18)


def fill_sheet(sheet: Worksheet, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Header, rows, widths; the header and the names stay in sight."""
    sheet.append(columns)
    for row in rows:
        unknown = row.keys() - set(columns)
        if unknown:
            raise ValueError(f"columns missing from the sheet: {sorted(unknown)}")
        sheet.append([row.get(column) or None for column in columns])
        shade = shade_of(row.get("type", ""))
        for cell in sheet[sheet.max_row]:
            cell.alignment = WRAPPED
            if shade:
                cell.fill = shade
    for index, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width_of(column)
        head = sheet.cell(1, index)
        head.fill, head.font, head.alignment = HEAD_FILL, HEAD_FONT, WRAPPED
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions


def shade_of(kind: str) -> PatternFill | None:
    """Groups and Verdicts stand out from measures and notes."""
    if kind.endswith("_group"):
        return GROUP_FILL
    return ITEM_FILL if kind == "select_one pf" else None


def workbook() -> Workbook:
    """The whole XLSForm."""
    items = json.loads((HERE / "checklist_items.json").read_text("utf-8"))["items"]
    measures: dict[str, list[dict[str, Any]]] = {}
    for measure in json.loads((HERE / "measures.json").read_text("utf-8"))["measures"]:
        measures.setdefault(measure["item"], []).append(measure)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "survey"
    fill_sheet(sheet, SURVEY_COLUMNS, survey(items, measures))
    fill_sheet(book.create_sheet("choices"), CHOICE_COLUMNS, choices())
    fill_sheet(book.create_sheet("settings"), tuple(SETTINGS), [SETTINGS])
    book.properties.creator = "build_spec/forms/build_five_in_place.py"
    book.properties.created = STAMP
    return book


def frozen(book: Workbook) -> bytes:
    """The workbook's bytes without the moment of saving: fixed zip dates, fixed modification time."""
    saved, out = BytesIO(), BytesIO()
    book.save(saved)
    stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ")
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), content)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return out.getvalue()


def main() -> None:
    """Write the workbook and, beside it, the XForm made of it, so that a first start need not convert."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TARGET)
    out: Path = parser.parse_args().out
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(frozen(workbook()))
    out.with_suffix(".xml").write_bytes(load(out).xml)


if __name__ == "__main__":
    main()
