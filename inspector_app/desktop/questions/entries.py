"""Which way of typing belongs to a question: how it is read, shown, hinted at and refused."""

from collections.abc import Callable
from dataclasses import dataclass

from inspector_app.desktop.questions import entering, showing
from inspector_app.desktop.questions.desk import Desk
from inspector_app.xforms import Control

SHORT, MIDDLE, WIDE = 168, 208, 0
"""Width of a field in pixels at zoom 1; 0 takes all there is."""


@dataclass(frozen=True)
class Entry:
    """`kind` ends the keys of its words: `question_enter.…` (placeholder) and `question_wrong.…` (sentence)."""

    kind: str
    width: int
    read: Callable[[str], str | None]
    show: Callable[[str], str]


def entry_for(control: Control, desk: Desk) -> Entry:
    """By type, then by appearance."""
    looks = set(control.appearances)
    if control.type in ("int", "integer"):
        return Entry(
            "integer", SHORT, entering.integer, lambda value: showing.number(value, grouped=is_grouped(control))
        )
    if control.type == "decimal":
        if "bearing" in looks:
            return Entry("bearing", SHORT, entering.bearing, lambda value: value)
        return Entry(
            "decimal", SHORT, entering.decimal, lambda value: showing.number(value, grouped=is_grouped(control))
        )
    if control.type == "date":
        return _day_entry(looks, desk)
    if control.type == "time":
        return Entry("time", SHORT, lambda text: entering.time_of_day(text, desk.now()), showing.time_of_day)
    if control.type == "barcode":
        return Entry("barcode", WIDE, str.strip, lambda value: value)
    if "numbers" in looks:
        return Entry("digits", MIDDLE, entering.digits, lambda value: value)
    return Entry("text", WIDE, str, lambda value: value)


def is_grouped(control: Control) -> bool:
    """Thousands are set apart."""
    return "thousands-sep" in control.appearances


def _day_entry(looks: set[str], desk: Desk) -> Entry:
    language = desk.kit.language
    if "year" in looks:
        return Entry("year", SHORT, entering.year, showing.year)
    if "month-year" in looks:
        return Entry("month", MIDDLE, entering.month, lambda value: showing.month(value, language.code))
    return Entry(
        "date",
        MIDDLE,
        lambda text: entering.day(text, desk.now().date()),
        lambda value: showing.day(value, language.code),
    )
