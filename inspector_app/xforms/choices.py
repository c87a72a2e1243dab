"""Options of selects as Choices: names, labels in the active language, extra columns, media."""

from collections.abc import Mapping
from types import MappingProxyType

from .model import NOTHING, Choice, Itemset, TextRef
from .nodes import ModelNode
from .text import Voice, media, plain
from .tree import Node


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
    skip = {itemset.value, itemset.label, "itextId"}
    found = {c.local: c.string() for c in item.children if c.local not in skip}
    return MappingProxyType(found) if found else NOTHING


def item_name(item: Node, itemset: Itemset) -> str:
    """The value that choosing an item stores."""
    return _cell(item, itemset.value) or ""


def _cell(item: Node, key: str) -> str | None:
    """Text of a child, reached by a name or a short path."""
    nodes = [item]
    for part in key.split("/"):
        if part in (".", ""):
            continue
        nodes = [c for n in nodes for c in n.named(part.rpartition(":")[2])]
    return nodes[0].string() if nodes else None
