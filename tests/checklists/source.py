"""The sources of the workbook and the XForm that pyxform makes of it, read once per run without our own engine."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from pyxform.xls2xform import convert

ROOT = Path(__file__).resolve().parents[2]
WORKBOOK = ROOT / "forms" / "five-in-place.xlsx"
BUILD = ROOT / "build_spec" / "forms"
APP = "urn:inspector-app:checklist"
XF = {"xf": "http://www.w3.org/2002/xforms"}
LANGUAGES = ("繁體中文 (zh-Hant)", "简体中文 (zh-Hans)", "English (en)")


@cache
def items() -> list[dict[str, Any]]:
    """All 104 Items as given."""
    found: list[dict[str, Any]] = json.loads((BUILD / "checklist_items.json").read_text("utf-8"))["items"]
    return found


@cache
def measures() -> list[dict[str, Any]]:
    """All measures in order."""
    found: list[dict[str, Any]] = json.loads((BUILD / "measures.json").read_text("utf-8"))["measures"]
    return found


@cache
def converted() -> tuple[etree._Element, tuple[str, ...]]:
    """The XForm and pyxform's warnings."""
    warnings: list[str] = []
    result = convert(str(WORKBOOK), warnings=warnings)
    return etree.fromstring(result.xform.encode()), tuple(warnings)


def binds() -> dict[str, etree._Element]:
    """Binds by path."""
    return {bind.get("nodeset"): bind for bind in converted()[0].iterfind(".//xf:bind", XF)}


def app(bind: etree._Element, name: str) -> str:
    """One attribute of our namespace."""
    return bind.get(f"{{{APP}}}{name}") or ""


def texts(language: str) -> Iterator[tuple[str, str]]:
    """(id and variant, text) of one language."""
    for translation in converted()[0].iterfind(".//xf:translation", XF):
        if translation.get("lang") == language:
            for text in translation:
                for value in text:
                    yield f"{text.get('id')} {value.get('form') or ''}", value.text or ""
