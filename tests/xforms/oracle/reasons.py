"""Differences that are decided: a document speaks, or the other engine contradicts itself."""

import re
from typing import Any

from .compare import Difference

AVOIDED = """
Decided, so the generator does not write it (tests/xforms has a case of its own for each):
a literal '-' as translation means missing; a new-repeat setvalue fires before anything is recomputed.
Decided, so oracle.mjs changes the other engine: sum() of nothing is 0, a date that is none is blank.
"""
EARLY = "a setvalue on change reads calculations of before the change there (after recompute: its own scenario says)"
FILTERED = "a required select that lost its value to the filter while loading counts as filled there"
BEFORE = "a new-repeat setvalue comes before recompute, so before relevance that a calculation decides (specification)"
ENDLESS = "once() inside a longer text reads what it wrote and never ends there; here it runs once a change"
OMITTED = (
    "a repeat in what was irrelevant is no part of a submission: opened again it begins anew here, empty there (0096)"
)
DROPPED = "a count gone blank keeps its instances there too, until the filling is put away: then they and their answers go (0096)"
_NEW = re.compile(r'<setvalue ref="([^"]*)" event="[^"]*odk-new-repeat[^"]*"')
_ON_CHANGE = re.compile(r'<setvalue ref="([^"]*)" event="xforms-value-changed" value="([^"]*)"')
_COUNTED = re.compile(r'<repeat nodeset="([^"]*)" jr:count=')
_POSITION = re.compile(r"\[\d+\]")


def reason(difference: Difference, theirs: list[Any]) -> str | None:
    """Why this difference may stay, or None."""
    if difference.field == "valid" and difference.theirs:
        state = theirs[difference.step]["nodes"].get(difference.path, {})
        if state.get("kind") in ("select", "rank") and state["required"] and state["relevant"] and not state["value"]:
            return FILTERED
    return None


def turning_point(differences: list[Difference], job: dict[str, Any], theirs: list[Any]) -> str | None:
    """Why everything from the first difference on may differ, or None."""
    late = {ref for ref, value in _ON_CHANGE.findall(job["xml"]) if "/" in value}
    first = [d for d in differences if d.step == differences[0].step]
    if any(d.field == "value" and _POSITION.sub("", d.path) in late for d in first):
        return EARLY
    if any(d.field == "error" and d.theirs == "" for d in first):
        return ENDLESS
    if _is_reopening(job, first[0].step) and all(_was_omitted(d, theirs) for d in first if d.field == "present"):
        return OMITTED
    if _is_reopening(job, first[0].step) and all(_was_kept(d, job, theirs) for d in first if d.field == "present"):
        return DROPPED
    new = set(_NEW.findall(job["xml"]))
    if any(d.field == "value" and d.ours == "" and _POSITION.sub("", d.path) in new for d in first):
        return BEFORE
    return None


def _is_reopening(job: dict[str, Any], step: int) -> bool:
    return step > 0 and "reopen" in job["steps"][step - 1]


def _was_omitted(difference: Difference, theirs: list[Any]) -> bool:
    """Here now and not there, and it or something around it was irrelevant when the submission was written."""
    before = theirs[difference.step - 1]["nodes"]
    parts = difference.path.split("/")
    around = ("/".join(parts[:n]) for n in range(2, len(parts) + 1))
    return bool(difference.ours) and any(not before[path]["relevant"] for path in around if path in before)


def _was_kept(difference: Difference, job: dict[str, Any], theirs: list[Any]) -> bool:
    """Here now and not there, and it was there before, in a repeat with a count; or it was omitted."""
    counted = [ref for ref in _COUNTED.findall(job["xml"]) if _POSITION.sub("", difference.path).startswith(ref)]
    was_there = bool(counted) and difference.path in theirs[difference.step - 1]["nodes"]
    return bool(difference.ours) and (was_there or _was_omitted(difference, theirs))
