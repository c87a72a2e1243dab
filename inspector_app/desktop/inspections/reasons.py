"""The reasons of a Result in the words of the window; pure but for the words it is given."""

from collections.abc import Callable

from inspector_app.desktop.inspections.state import Shown
from inspector_app.domain.outlook import Way

MOST_REASONS = 4
MOST_NAMED = 8


def reason_lines(shown: Shown, tr: Callable[..., str]) -> list[str]:
    """Why the Result is what it is, one line each; many unchecked Items become one line."""
    unchecked = sum(rule == "unchecked" for rule, _ in shown.reasons)
    lines = [
        tr(f"reason.{rule}", what=_name_of(shown, rule, what)) for rule, what in shown.reasons if rule != "unchecked"
    ]
    if len(lines) > MOST_REASONS:
        lines = [*lines[:MOST_REASONS], tr("reason.more", n=len(lines) - MOST_REASONS)]
    return [*lines, *([tr("reason.unchecked", n=unchecked)] if unchecked else [])]


def outlook_lines(shown: Shown, tr: Callable[..., str]) -> list[str]:
    """What would change the Result, one line each: the ways to a better one, or what would undo a good one."""
    lines = [
        tr("outlook.way", result=tr(f"conclusion.{way.result.value}"), steps=_steps(shown, way, tr))
        for way in shown.outlook.ways
    ]
    return lines or [
        tr("outlook.margin", n=count, what=_label_of(shown, name)) for name, count in shown.outlook.margins[:1]
    ]


def _steps(shown: Shown, way: Way, tr: Callable[..., str]) -> str:
    """`A04、B03 合格；防控機制到位再有 2 項合格；3 項必查項檢查合格`."""
    items = [step.what for step in way.steps if step.rule in ("veto", "key")]
    unchecked = [step.what for step in way.steps if step.rule == "unchecked"]
    parts = [tr("outlook.items", what=_list_of(items, tr), n=len(items))] if items else []
    parts += [
        tr("outlook.dimension", what=_label_of(shown, step.what), n=step.count)
        for step in way.steps
        if step.rule == "dimension"
    ]
    parts += [tr("outlook.unchecked", what=_list_of(unchecked, tr), n=len(unchecked))] if unchecked else []
    return tr("outlook.and").join(parts)


def _list_of(items: list[str], tr: Callable[..., str]) -> str:
    names = tr("inspections.name_comma").join(items[:MOST_NAMED])
    left = len(items) - MOST_NAMED
    return tr("outlook.more", names=names, n=left) if left > 0 else names


def _label_of(shown: Shown, dimension: str) -> str:
    return next((place.label for place in shown.dimensions if place.id == dimension), dimension)


def _name_of(shown: Shown, rule: str, what: str) -> str:
    if rule != "dimension":
        return what
    found = next((d for d in shown.dimensions if d.id == what), None)
    return f"{found.label} {found.rate}%" if found else what
