"""Differences that are decided: a document speaks, or the other engine contradicts itself."""

import re
from typing import Any

from .compare import Difference
from .reopening import why_reopened

AVOIDED = """
Decided, so the generator does not write it (tests/xforms has a case of its own for each):
a literal '-' as translation means missing; a new-repeat setvalue fires before anything is recomputed.
Decided, so oracle.mjs changes the other engine: sum() of nothing is 0, a date that is none is blank.
"""
EARLY = "a setvalue on change reads calculations of before the change there (after recompute: its own scenario says)"
FILTERED = "a required select that lost its value to the filter while loading counts as filled there"
BEFORE = "a new-repeat setvalue comes before recompute, so before relevance that a calculation decides (specification)"
ENDLESS = "once() inside a longer text reads what it wrote and never ends there; here it runs once a change"
LOADING = (
    "while loading, a group that a calculation makes relevant is still irrelevant there for a setvalue in or of it"
)
PASSING = "once() keeps there what a passing state of the values it reads gave; here they are settled first"
COUNTED = "a count is taken there while loading, before what it reads turns out irrelevant: the instances stay, irrelevant too"
EXPONENT = "a very small number is written with an exponent there, never here (XPath 1.0 §4.2)"
_NEW = re.compile(r'<setvalue ref="([^"]*)" event="[^"]*odk-new-repeat[^"]*"')
_ON_CHANGE = re.compile(r'<setvalue ref="([^"]*)" event="xforms-value-changed" value="([^"]*)"')
_FIRST = re.compile(r'<setvalue ref="([^"]*)" event="odk-instance-first-load" value="([^"]*)"')
_ONCE = re.compile(r'<bind nodeset="([^"]*)"[^>]* calculate="[^"]*once\(')
_GROUP = re.compile(r'<bind nodeset="([^"]*)"[^>]* relevant=')
_COUNT = re.compile(r'<repeat nodeset="([^"]*)" jr:count=')
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
    if first[0].step == 0 and any(d.field == "value" and _loads_late(d, job["xml"]) for d in first):
        return LOADING
    if first[0].step == 0 and all(_was_counted_early(d, job["xml"], theirs) for d in first):
        return COUNTED
    kept = set(_ONCE.findall(job["xml"]))
    if any(d.field == "value" and _POSITION.sub("", d.path) in kept for d in first):
        return PASSING
    if any(d.field == "value" and _has_exponent(d) for d in first):
        return EXPONENT
    new = set(_NEW.findall(job["xml"]))
    if any(d.field == "value" and d.ours == "" and _POSITION.sub("", d.path) in new for d in first):
        return BEFORE
    return why_reopened(first, job, theirs)


def _loads_late(difference: Difference, xml: str) -> bool:
    """A setvalue of loading sets it, and it or what is read for it stands in something with a relevance."""
    path, groups = _POSITION.sub("", difference.path), _GROUP.findall(xml)
    read = [(ref, value) for ref, value in _FIRST.findall(xml) if ref == path]
    return any(f"{group}/" in f"{ref} {value}" for group in groups for ref, value in read)


def _was_counted_early(difference: Difference, xml: str, theirs: list[Any]) -> bool:
    """There from the start, irrelevant and in a repeat with a count; not here."""
    path = _POSITION.sub("", difference.path) + "/"
    is_counted = any(path.startswith(f"{ref}/") for ref in _COUNT.findall(xml))
    state = theirs[0]["nodes"].get(difference.path, {"relevant": True})
    return difference.field == "present" and not difference.ours and is_counted and not state["relevant"]


def _has_exponent(difference: Difference) -> bool:
    """The same number, written in two ways."""
    try:
        return "e" in difference.theirs and float(difference.ours) == float(difference.theirs)
    except (TypeError, ValueError):
        return False
