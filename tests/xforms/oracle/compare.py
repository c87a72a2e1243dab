"""Node by node and step by step: where two engines differ, and which differences have a reason."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inspector_app.xforms import safexml

FIELDS = ("value", "relevant", "required", "readonly", "valid", "label", "choices")
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one Node after one step."""

    step: int
    path: str
    field: str
    ours: Any
    theirs: Any


def compare(ours: list[Line], theirs: list[Line]) -> Iterator[Difference]:
    """All differences; those of the first step that has any are the ones to look at."""
    for mine, other in zip(ours, theirs, strict=True):
        step = mine["step"]
        if "more than one node" in other.get("error", ""):
            return  # a setvalue for several instances: the other engine's values are from before and after, mixed
        if ("error" in mine) != ("error" in other):
            yield Difference(step, "", "error", mine.get("error"), other.get("error"))
        if "nodes" in mine:
            yield from _nodes(step, mine["nodes"], other["nodes"])
        if "xml" in mine and "xml" in other:
            left, right = plain_xml(mine["xml"]), plain_xml(other["xml"])
            if left != right:
                yield Difference(step, "", "xml", left, right)


def _nodes(step: int, mine: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Difference]:
    other = {path.replace("orx:", ""): state for path, state in other.items()}
    for path in {**mine, **other}:
        if path.endswith("/meta/instanceID"):
            continue
        if path not in mine or path not in other:
            yield Difference(step, path, "present", path in mine, path in other)
            continue
        for field in FIELDS:
            left, right = _field(mine[path], field), _field(other[path], field)
            if left != right:
                yield Difference(step, path, field, left, right)


def _field(state: Mapping[str, Any], field: str) -> Any:
    if field == "choices":
        return [(c["name"], _spaces(c["label"])) for c in state["choices"]]
    return _spaces(state[field]) if field == "label" else state[field]


def _spaces(text: str) -> str:
    return " ".join(text.split())


def plain_xml(xml: str) -> str:
    """Names, attributes and texts without prefixes' spelling; the instanceID blanked."""
    return re.sub(r"uuid:[0-9a-f-]{36}", "uuid", _flat(safexml.parse(xml.encode(), what="submission")))


def _flat(element: safexml.Element) -> str:
    name = safexml.local(element)
    attributes = "".join(f' {safexml.split(k)[1]}="{v}"' for k, v in sorted(element.attrib.items()))
    inner = "".join(_flat(e) for e in element) if len(element) else (element.text or "")
    return f"<{name}{attributes}>{inner}</{name}>"
