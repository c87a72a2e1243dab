"""Sessions as the other engine played them, kept as compact JSON lines: each line only what a step altered."""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .compare import FIELDS

FOLDER = Path(__file__).parent.parent / "recorded"
Record = dict[str, Any]
_PLAIN: Mapping[str, Any] = {
    "value": "",
    "relevant": True,
    "required": False,
    "readonly": False,
    "valid": True,
    "label": "",
}


def write(path: Path, records: Iterable[Record]) -> int:
    """Write records with their `lines` packed; returns how many. The same records give the same bytes."""
    texts = [json.dumps({**r, "lines": list(pack(r["lines"]))}, ensure_ascii=False, sort_keys=True) for r in records]
    path.write_bytes(gzip.compress("".join(t + "\n" for t in texts).encode(), mtime=0))
    return len(texts)


def read(path: Path) -> Iterator[Record]:
    """The records, their `lines` whole again."""
    for text in gzip.decompress(path.read_bytes()).decode().splitlines():
        record = json.loads(text)
        yield {**record, "lines": list(unpack(record["lines"]))}


def pack(lines: Iterable[Record]) -> Iterator[Record]:
    """Lines of `form play`, each with the fields that differ from the line before."""
    before: dict[str, Any] = {}
    for line in lines:
        now = {p.replace("orx:", ""): _state(s) for p, s in line["nodes"].items() if not p.endswith("instanceID")}
        changed = {p: _difference(before.get(p, _PLAIN), s) for p, s in now.items() if before.get(p) != s}
        packed = {k: line[k] for k in ("error", "xml") if k in line}
        yield {
            **packed,
            **({"nodes": changed} if changed else {}),
            **_listed("gone", [p for p in before if p not in now]),
        }
        before = now


def _listed(name: str, values: list[str]) -> Record:
    return {name: values} if values else {}


def _state(state: Mapping[str, Any]) -> Record:
    choices = [[c["name"], c["label"]] for c in state["choices"]]
    return {**{f: state[f] for f in FIELDS if f != "choices"}, "choices": choices}


def _difference(before: Mapping[str, Any], state: Record) -> Record:
    return {k: v for k, v in state.items() if before.get(k, []) != v}


def unpack(lines: Iterable[Record]) -> Iterator[Record]:
    """The inverse of `pack`."""
    states: dict[str, Record] = {}
    for number, line in enumerate(lines):
        for path in line.get("gone", ()):
            del states[path]
        for path, fields in line.get("nodes", {}).items():
            states[path] = {**states.get(path, {**_PLAIN, "choices": []}), **fields}
        nodes = {p: {**s, "choices": [{"name": n, "label": t} for n, t in s["choices"]]} for p, s in states.items()}
        yield {"step": number, **{k: line[k] for k in ("error", "xml") if k in line}, "nodes": nodes}
