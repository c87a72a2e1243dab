"""Why two engines may differ once a filling was put away and opened again (docs/decisions/0096)."""

import re
from typing import Any

from .compare import Difference

OMITTED = (
    "a repeat in what was irrelevant is no part of a submission: opened again it begins anew here, empty there (0096)"
)
DROPPED = "a count gone blank keeps its instances there too, until the filling is put away: then they and their answers go (0096)"
REVIVED = (
    "an instance made after reopening is new here; there it holds what the submission had at its place, or not (0096)"
)
_COUNTED = re.compile(r'<repeat nodeset="([^"]*)" jr:count=')
_POSITION = re.compile(r"\[\d+\]")


def why_reopened(first: list[Difference], job: dict[str, Any], theirs: list[Any]) -> str | None:
    """Why the first differences may stay, all of one step; None if reopening is no reason."""
    step = first[0].step
    present = [d for d in first if d.field == "present"]
    if step and "reopen" in job["steps"][step - 1] and present:
        if all(_was_omitted(d, theirs) for d in present):
            return OMITTED
        if all(_was_omitted(d, theirs) or _was_kept(d, job, theirs) for d in present):
            return DROPPED
    was_reopened = any("reopen" in taken for taken in job["steps"][: max(step - 1, 0)])
    if was_reopened and any(_is_made(d, theirs) for d in first):
        return REVIVED
    return None


def _was_omitted(difference: Difference, theirs: list[Any]) -> bool:
    """Here now and not there, and it or something around it was irrelevant when the submission was written."""
    before = theirs[difference.step - 1]["nodes"]
    return bool(difference.ours) and any(not before[path]["relevant"] for path in _around(difference) if path in before)


def _was_kept(difference: Difference, job: dict[str, Any], theirs: list[Any]) -> bool:
    """Here now and not there, and it was there before, in a repeat with a count."""
    counted = any(_POSITION.sub("", difference.path).startswith(ref) for ref in _COUNTED.findall(job["xml"]))
    return bool(difference.ours) and counted and difference.path in theirs[difference.step - 1]["nodes"]


def _is_made(difference: Difference, theirs: list[Any]) -> bool:
    """It lies in an instance that this step made."""
    before, now = theirs[difference.step - 1]["nodes"], theirs[difference.step]["nodes"]
    return any(path.endswith("]") and path not in before and path in now for path in _around(difference))


def _around(difference: Difference) -> list[str]:
    parts = difference.path.split("/")
    return ["/".join(parts[:n]) for n in range(2, len(parts) + 1)]
