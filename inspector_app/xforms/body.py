"""Reads the body of an XForm: the tree of controls, their texts, itemsets, repeats and the setvalues inside them."""

from .model import NO_NAMES, Control, Itemset, Names, Spec, TextRef, Texts
from .reader import Reader, read_actions
from .safexml import Element, local, split
from .sentences import say
from .xpath.scope import JAVAROSA
from .xpath.syntax import Call, Expr, Literal, Path
from .xpath.values import parse_number

KINDS = frozenset(["group", "repeat", "input", "select1", "select", "rank", "upload", "trigger", "range", "secret"])
_OWN = frozenset(["ref", "nodeset", "appearance", "bind"])


def read_body(reader: Reader) -> tuple[Control, ...]:
    """All controls in order."""
    if reader.body is None:
        return ()
    return _controls(reader, list(reader.body), reader.top)


def _controls(reader: Reader, elements: list[Element], base: Spec) -> tuple[Control, ...]:
    found = [_control(reader, e, base) for e in elements if local(e) in KINDS]
    return tuple(c for c in found if c is not None)


def _control(reader: Reader, element: Element, base: Spec) -> Control | None:
    kind = local(element)
    ref = element.get("ref") or element.get("nodeset")
    if ref is None and element.get("bind"):
        ref = reader.bind_path(element.get("bind"))
    spec = reader.resolve(ref, base) if ref else base
    has_children = kind in ("group", "repeat")
    if spec is None or (ref is None and kind != "group") or (has_children and spec.name.startswith("@")):
        reader.complain(f"A {kind} refers to {ref}, which is not in the form.", ref)
        return None
    appearance = element.get("appearance") or ""
    if appearance.strip().startswith("search("):
        reader.problems.append(say("no_search", path=spec.path, place=(None, None, "appearance")))
    if ref is not None:
        _describe(reader, spec, kind, element)
    return Control(
        "input" if kind == "secret" else kind,
        spec.path,
        spec.type,
        tuple(appearance.split()),
        _controls(reader, list(element), spec) if has_children else (),
        _bind_attributes(reader, spec),
        _attributes(element),
        element.get("mediatype"),
    )


def _describe(reader: Reader, spec: Spec, kind: str, element: Element) -> None:
    parts = {local(e): e for e in reversed(list(element))}
    bind = reader.binds.get(spec.path)
    jr = f"{{{JAVAROSA}}}"
    label, hint = reader.text_ref(parts.get("label")), reader.text_ref(parts.get("hint"))
    if kind == "repeat":
        label = spec.texts.label or label  # a repeat's label is that of the group around it
    spec.texts = Texts(
        label or spec.texts.label,
        hint or spec.texts.hint,
        reader.text_source(bind.get(f"{jr}constraintMsg")) if bind is not None else None,
        reader.text_source(bind.get(f"{jr}requiredMsg")) if bind is not None else None,
    )
    spec.kind = kind
    if kind in ("select", "select1", "rank"):
        spec.itemset = _itemset(reader, spec, element)
    if kind == "repeat":
        count = element.get(f"{jr}count")
        spec.count = reader.rule("count", spec, count)
        is_fixed = count is None and (element.get(f"{jr}noAddRemove") or "").strip() in ("true()", "true", "1")
        spec.fixed_count = count is not None or is_fixed
        spec.fixed = 1 if is_fixed else 0
    if kind == "range":
        spec.bounds = _bounds(element)
    read_actions(reader, list(element), spec)


def _bounds(element: Element) -> tuple[float, float] | None:
    start, end = parse_number(element.get("start") or ""), parse_number(element.get("end") or "")
    return (start, end) if start <= end else None


def _itemset(reader: Reader, spec: Spec, element: Element) -> Itemset | None:
    itemset = next((e for e in element if local(e) == "itemset"), None)
    if itemset is None:
        return _fixed_items(reader, element)
    nodeset = itemset.get("nodeset") or ""
    rule = reader.rule("choices", spec, nodeset)
    if rule is None:
        return None
    parts = {local(e): (e.get("ref") or "").strip() for e in itemset}
    label = parts.get("label") or parts.get("value", "name")
    is_itext = label.startswith("jr:itext(")
    if is_itext:
        label = label[len("jr:itext(") :].rstrip(") ").strip()
    spec.choices = rule
    return Itemset(rule.run, rule.tree, parts.get("value", "name"), label, is_itext, (), instance_of(rule.tree))


def _fixed_items(reader: Reader, element: Element) -> Itemset:
    items = []
    for item in element:
        if local(item) == "item":
            parts = {local(e): e for e in item}
            value = parts.get("value")
            if value is not None:
                name = value.text or ""
                items.append((name, reader.text_ref(parts.get("label")) or TextRef(inline=(name,))))
    return Itemset(fixed=tuple(items))


def instance_of(tree: Expr) -> str:
    """Id of the instance an itemset draws from, '' where it is not a plain `instance('id')/…`."""
    if isinstance(tree, Call) and tree.name == "randomize" and tree.args:
        return instance_of(tree.args[0])
    if isinstance(tree, Path) and isinstance(tree.start, Call) and tree.start.name == "instance":
        ident = tree.start.args[0] if tree.start.args else None
        return ident.value if isinstance(ident, Literal) else ""
    return ""


def _bind_attributes(reader: Reader, spec: Spec) -> Names:
    bind = reader.binds.get(spec.path)
    if bind is None:
        return NO_NAMES
    return {split(k): v for k, v in bind.attrib.items() if k.startswith("{")}


def _attributes(element: Element) -> Names:
    return {split(k): v for k, v in element.attrib.items() if k not in _OWN}
