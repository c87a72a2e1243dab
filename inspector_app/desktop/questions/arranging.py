"""How the options of a select stand: in a flow, a list, columns, a scale, a table; pure."""

from dataclasses import dataclass

from inspector_app.xforms import Choice, Control

FEW, MANY = 8, 40
FLOW, LIST, COLUMNS, LIKERT, TABLE = "flow", "list", "columns", "likert", "table"
SHORT_WORDS, SHORT_TOTAL = 18, 64
"""Measured in Chinese characters; two Latin letters count as one."""
_POPUP = frozenset(["minimal", "autocomplete", "search"])
_TABLE = frozenset(["label", "list-nolabel", "list"])


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`count` columns where that is fixed by the form, else 0."""

    kind: str
    count: int = 0


def is_popup(control: Control, choices: tuple[Choice, ...]) -> bool:
    """Options behind a field with a search: asked for by the form, or too many to stand side by side."""
    looks = set(control.appearances)
    return not looks.isdisjoint(_POPUP) or (len(choices) > MANY and looks.isdisjoint(_TABLE | {"likert"}))


def arrange(control: Control, choices: tuple[Choice, ...]) -> Arrangement:
    """What the appearance asks for, else what fits the words."""
    looks = set(control.appearances)
    if looks & _TABLE:
        return Arrangement(TABLE)
    if "likert" in looks:
        return Arrangement(LIKERT)
    for look in looks:
        head, _, count = look.partition("-")
        if head in ("columns", "compact", "quickcompact", "horizontal"):
            if count.isdigit() and 0 < int(count) <= 10:
                return Arrangement(COLUMNS, int(count))
            return Arrangement(FLOW if count == "pack" or head != "columns" else COLUMNS)
    if any("image" in choice.media for choice in choices):
        return Arrangement(FLOW)
    return Arrangement(FLOW if is_short(choices) else LIST)


def is_short(choices: tuple[Choice, ...]) -> bool:
    """Few words in all: they can stand side by side."""
    widths = [width(choice.label) for choice in choices]
    return len(widths) <= FEW and all(w <= SHORT_WORDS for w in widths) and sum(widths) <= SHORT_TOTAL


def width(words: str) -> float:
    """About how wide words are, in Chinese characters."""
    return sum(1.0 if ord(sign) > 0x2E7F else 0.55 for sign in words)
