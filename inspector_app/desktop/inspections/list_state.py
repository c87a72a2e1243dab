"""What the list of visits shows: filters, places in words, tones; pure."""

from typing import Literal

from inspector_app.desktop.inspections.state import RESULT_LOOKS
from inspector_app.domain.inspection import Result, Status

Filter = Literal["all", "draft", "finished"]
FILTERS: tuple[Filter, ...] = ("all", "draft", "finished")


def derive_look(status: str, result: str) -> tuple[str, str, str]:
    """Tone, icon and catalogue key of a visit's state."""
    if status == Status.DRAFT.value:
        return "accent", "pen-line", "result.draft"
    known = Result(result) if result in {each.value for each in Result} else Result.OPEN
    tone, icon = RESULT_LOOKS[known]
    return tone, icon, f"result.{known.value}"


def progress_text(answered: int, total: int) -> str:
    """12/70, or 12 where the checklist is not known."""
    return f"{answered}/{total}" if total else str(answered)
