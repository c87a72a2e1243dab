"""Options of selects as Choices: names, labels in the active language, extra columns, media."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from .model import NOTHING, Choice, Itemset, TextRef
from .nodes import ModelNode
from .text import Voice, media, plain
from .tree import Node, Row


def fixed_choices(itemset: Itemset, voice: Voice, node: ModelNode) -> tuple[Choice, ...]:
    """Options written in the body."""
    found = []
    for name, ref in itemset.fixed:
        variants = voice.variants(ref, node)
        found.append(Choice(name, plain(variants), NOTHING, media(variants) or NOTHING))
    return tuple(found)


def item_choice(item: Node, itemset: Itemset, voice: Voice, node: ModelNode) -> Choice:
    """One item of an instance. A missing column stays missing: absent is neither '' nor 0."""
    variants = _variants(item, itemset, voice, node)
    return Choice(_cell(item, itemset.value) or "", plain(variants), columns(item, itemset), media(variants) or NOTHING)


def _variants(item: Node, itemset: Itemset, voice: Voice, node: ModelNode) -> Mapping[str, str]:
    label = _cell(item, itemset.label)
    if label is None:
        return {}
    if not itemset.label_is_itext:
        return {"": label}
    return voice.variants(TextRef(itext=label), node)


def has_outputs(item: Node, itemset: Itemset, voice: Voice) -> bool:
    """Does the label of this item show values (so that it cannot be kept)?"""
    label = _cell(item, itemset.label) if itemset.label_is_itext else None
    if label is None:
        return False
    found = voice.translations.variants(label, voice.language)
    return any(not isinstance(part, str) for text in found.values() for part in text)


def columns(item: Node, itemset: Itemset) -> Mapping[str, str]:
    """Cells of an item that are neither its value nor its label."""
    skip = frozenset([itemset.value, itemset.label, "itextId"])
    if isinstance(item, Row):
        return Extra(item, skip) if not skip >= item.columns.at.keys() else NOTHING
    found = {c.local: c.string() for c in item.children if c.local not in skip}
    return MappingProxyType(found) if found else NOTHING


class Extra(Mapping[str, str]):
    """The extra cells of a Row, looked at only when asked for (a list may have 200,000 items)."""

    __slots__ = ("row", "skip")

    def __init__(self, row: Row, skip: frozenset[str]) -> None:
        self.row = row
        self.skip = skip

    def __getitem__(self, key: str) -> str:
        text = None if key in self.skip else self.row.cell(key)
        if text is None:
            raise KeyError(key)
        return text

    def __iter__(self) -> Iterator[str]:
        return (name for name in self.row.columns.at if name not in self.skip)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))


def width(item: Node) -> int:
    """How many cells an item has."""
    return len(item.columns.names) if isinstance(item, Row) else len(item.children)


def still_offered(kind: str, text: str, names: Mapping[str, None]) -> str:
    """What of an answer to a select of that `kind` is among the options left; a ranking gets those it lacks."""
    if kind == "select1":
        return text if text in names else ""
    kept = [t for t in text.split() if t in names]
    if kind == "rank":
        kept = list(dict.fromkeys([*kept, *names]))
    return " ".join(kept)


def item_name(item: Node, itemset: Itemset) -> str:
    """The value that choosing an item stores."""
    return _cell(item, itemset.value) or ""


def _cell(item: Node, key: str) -> str | None:
    """Text of a child, reached by a name or a short path."""
    if isinstance(item, Row) and "/" not in key:
        return item.cell(key.rpartition(":")[2])
    nodes = [item]
    for part in key.split("/"):
        if part in (".", ""):
            continue
        nodes = [c for n in nodes for c in n.named(part.rpartition(":")[2])]
    return nodes[0].string() if nodes else None
