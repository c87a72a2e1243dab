"""A Form's questions in the words of an XLSForm: types, wording per language, options, rules, defaults."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .form import Form
from .model import Control, Itemset, Output, Spec, Text, TextRef
from .text import MEDIA, MISSING
from .tree import Node, tabulate
from .xpath.scope import JAVAROSA
from .xpath.syntax import Call, Expr, Path

_INPUTS = {
    "string": "text", "int": "integer", "integer": "integer", "decimal": "decimal", "date": "date", "time": "time",
    "dateTime": "dateTime", "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape",
    "barcode": "barcode", "boolean": "boolean",
}  # fmt: skip
_CONTROLS = {"select1": "select_one", "select": "select_multiple", "rank": "rank", "trigger": "acknowledge",
             "range": "range", "repeat": "repeat", "group": "group"}  # fmt: skip
_REFERENCE = re.compile(r"\s?(?:/[\w.-]+|\.\.)(?:\s*/\s*[\w.-]+)+\s?")
PARTS = {"": "label", "long": "label", "short": "short label", "guidance": "guidance"}


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a select, whatever the filter: labels (and media as `image@language`) and extra columns."""

    name: str
    label: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


def controls_by_path(form: Form) -> dict[str, Control]:
    """The control of each Node; of a repeat the repeat itself, not the group around it."""
    found: dict[str, Control] = {}
    for control in (c for top in form.controls for c in top.walk()):
        if control.path not in found or control.kind == "repeat":
            found[control.path] = control
    return found


def type_of(spec: Spec, control: Control | None) -> str:
    """The type as an author would write it: text, select_one, image, group, repeat, note, calculate, hidden …"""
    if spec.is_repeat:
        return "repeat"
    if spec.children:
        return "group"
    if control is None or not spec.kind or spec.kind == "group":
        return "calculate" if spec.calculate is not None else "hidden"
    if spec.kind == "upload":
        return {"image": "image", "audio": "audio", "video": "video"}.get(
            (control.mediatype or "").partition("/")[0], "file"
        )
    if spec.kind != "input":
        return _CONTROLS.get(spec.kind, spec.kind)
    is_note = spec.type == "string" and spec.readonly is not None and spec.readonly.source == "true()"
    return "note" if is_note and spec.calculate is None else _INPUTS.get(spec.type, spec.type)


def written(source: str) -> str:
    """An expression as an XLSForm author writes it: paths as ${name}, single blanks."""
    spaced = " ".join(_REFERENCE.sub(lambda m: f" ${{{_leaf(m[0])}}} ", source).split())
    return spaced.replace("( ${", "(${").replace("} )", "})").replace("} ,", "},")


def _leaf(path: str) -> str:
    return path.strip().rpartition("/")[2].strip()


def plain_text(text: Text) -> str:
    """A text with its values as ${name}; '' for pyxform's filler."""
    if text == (MISSING,):
        return ""
    return "".join(p if isinstance(p, str) else written(p.source) for p in text).strip()


def wording(form: Form, ref: TextRef | None) -> Iterator[tuple[str, str, str]]:
    """(variant, language, text) of everything a text reference says; the language is '' where there are none."""
    if ref is None:
        return
    if not ref.itext:
        yield "", "", plain_text(ref.inline)
        return
    for language, texts in form.translations.texts.items():
        for variant, text in texts.get(ref.itext, {}).items():
            yield variant, language, plain_text(text)


def outputs_of(form: Form, ref: TextRef | None) -> tuple[Output, ...]:
    """The values a text shows, each once over all languages."""
    if ref is None:
        return ()
    texts = [ref.inline]
    if ref.itext:
        texts = [t for found in form.translations.texts.values() for t in found.get(ref.itext, {}).values()]
    by_source = {p.source: p for text in texts for p in text if isinstance(p, Output)}
    return tuple(by_source.values())


def texts_of(form: Form, spec: Spec) -> dict[tuple[str, str], str]:
    """Everything written beside a Node: (label, hint, guidance, image …; language) → text."""
    found: dict[tuple[str, str], str] = {}
    for name, ref in (("label", spec.texts.label), ("hint", spec.texts.hint)):
        for variant, language, text in wording(form, ref):
            part = variant if variant in MEDIA else name if variant in ("", "long") else PARTS.get(variant, variant)
            found.setdefault((part, language), text)
    for name, ref in (("constraint message", spec.texts.constraint), ("required message", spec.texts.required)):
        found.update({(name, language): text for variant, language, text in wording(form, ref) if not variant})
    return {key: text for key, text in found.items() if text}


def labels_of(form: Form, spec: Spec) -> dict[str, str]:
    """The label by language."""
    return {language: text for (part, language), text in texts_of(form, spec).items() if part == "label"}


def options_of(form: Form, itemset: Itemset | None, most: int | None = None) -> tuple[Option, ...]:
    """All options a select can offer, filters aside, or the first so many; none from answers or a missing file."""
    if itemset is None:
        return ()
    if itemset.run is None:
        return tuple(Option(name, *_said(form, ref)) for name, ref in itemset.fixed)
    return tuple(_option(form, item, itemset) for item in items_of(form, itemset)[:most])


_ENDLESS = 50_000


def option_names(form: Form, itemset: Itemset) -> frozenset[str]:
    """Names of all options a select can offer, filters aside; empty where they are not known (or endless)."""
    if itemset.run is None:
        return frozenset(name for name, _ in itemset.fixed)
    items = items_of(form, itemset)
    return frozenset(tabulate(items, itemset.value)) if len(items) <= _ENDLESS else frozenset()


def items_of(form: Form, itemset: Itemset) -> list[Node]:
    """The item Nodes of the instance an itemset draws from, predicates ignored."""
    path = _instance_path(itemset.tree)
    instance = form.secondary.get(itemset.instance)
    if path is None or instance is None:
        return []
    nodes = [instance]
    for step in path.steps:
        nodes = [c for n in nodes for c in n.named(step.test.rpartition(":")[2])]
    return nodes


def _instance_path(tree: Expr | None) -> Path | None:
    if isinstance(tree, Call) and tree.name == "randomize" and tree.args:
        return _instance_path(tree.args[0])
    return tree if isinstance(tree, Path) and all(s.axis == "child" for s in tree.steps) else None


def _said(form: Form, ref: TextRef) -> tuple[dict[str, str], dict[str, str]]:
    label: dict[str, str] = {}
    media: dict[str, str] = {}
    for variant, language, text in wording(form, ref):
        if variant in MEDIA:
            media[f"{variant}@{language}"] = text
        elif text:
            label.setdefault(language, text)
    return label, media


def _option(form: Form, item: Node, itemset: Itemset) -> Option:
    cells = {c.local: c.string() for c in item.children}
    said = cells.get(itemset.label, "")
    label, media = _said(form, TextRef(itext=said)) if itemset.label_is_itext else ({"": said}, {})
    skip = {itemset.value, itemset.label, "itextId"}
    return Option(cells.get(itemset.value, ""), label, media | {k: v for k, v in cells.items() if k not in skip})


def default_of(form: Form, spec: Spec) -> str:
    """The static default, or the expression of the dynamic one."""
    for action in form.actions.get("", ()):
        if action.target == spec.path and "odk-instance-first-load" in action.events:
            return action.literal or written(action.source)
    node: Node | None = form.template
    for key in spec.path.split("/")[2:]:
        node = next(iter(node.named(key)), None) if node is not None else None
    return node.text if node is not None and not node.children else ""


_MESSAGES = frozenset(["constraintMsg", "requiredMsg", "preload", "preloadParams"])


def attributes_of(control: Control | None) -> dict[str, str]:
    """Kept attributes of bind and control; `{urn}name` for those of a namespace."""
    if control is None:
        return {}
    both = {**control.attributes, **control.bind_attributes}
    kept = {(f"{{{uri}}}{name}" if uri else name): v for (uri, name), v in both.items()
            if not (uri == JAVAROSA and name in _MESSAGES)}  # fmt: skip
    return kept | ({"mediatype": control.mediatype} if control.mediatype else {})
