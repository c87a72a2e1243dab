"""The reasons of a Result in the words of the window; pure but for the words it is given."""

from collections.abc import Callable

from inspector_app.desktop.inspections.state import Shown

MOST_REASONS = 4


def reason_lines(shown: Shown, tr: Callable[..., str]) -> list[str]:
    """Why the Result is what it is, one line each; many unchecked Items become one line."""
    unchecked = sum(rule == "unchecked" for rule, _ in shown.reasons)
    lines = [
        tr(f"reason.{rule}", what=_name_of(shown, rule, what)) for rule, what in shown.reasons if rule != "unchecked"
    ]
    if len(lines) > MOST_REASONS:
        lines = [*lines[:MOST_REASONS], tr("reason.more", n=len(lines) - MOST_REASONS)]
    return [*lines, *([tr("reason.unchecked", n=unchecked)] if unchecked else [])]


def _name_of(shown: Shown, rule: str, what: str) -> str:
    if rule != "dimension":
        return what
    found = next((d for d in shown.dimensions if d.id == what), None)
    return f"{found.label} {found.rate}%" if found else what
