"""Reads a Form as a Checklist by the bind attributes of our namespace; wrong ones are refused in one sentence."""

from collections.abc import Iterator, Mapping

from inspector_app.checklists.measures import parse_answer, parse_condition, parse_limit
from inspector_app.checklists.model import APP, Checklist, Dimension, Item, Measure, MeasureKind, PhotoRule, Section
from inspector_app.domain.errors import UserError
from inspector_app.domain.finding import DEADLINE_RULES
from inspector_app.xforms import Control, Form

CRITICAL = ("veto", "conditional_veto", "key", "normal")
PHOTO_RULES: tuple[PhotoRule, ...] = ("required", "optional", "forbidden")
MOST_PHOTOS = 200
"""Of one Item: more is a slip of the pen."""
KINDS: dict[str, MeasureKind] = {
    "int": "integer", "integer": "integer", "decimal": "decimal", "date": "date", "string": "text", "text": "text",
}  # fmt: skip


def read(form: Form) -> Checklist:
    """The Form's Dimensions, Items and Sections; a Form without any of our attributes has Sections only.

    Raises UserError("not_a_checklist") naming the first attribute of ours that is wrong.
    """
    controls = [control for top in form.controls for control in top.walk()]
    head = {name: control.path for control in controls if (name := _attribute(control, "visit"))}
    dimensions = tuple(_dimension(control) for control in controls if _attribute(control, "dimension"))
    items = [item for dimension in dimensions for item in dimension.items]
    by_id = {item.id: item for item in items}
    if len(by_id) < len(items) or len({d.id for d in dimensions}) < len(dimensions):
        raise _refusal("an item or a dimension occurs twice")
    _check_places(form, by_id)
    owned = frozenset((*head.values(), *(path for item in items for path in item.paths)))
    return Checklist(
        form,
        dimensions,
        head.get("site-type", ""),
        by_id,
        head.get("date", ""),
        head.get("risk-tier", ""),
        tuple(_sections(form, owned)),
        owned,
    )


def _check_places(form: Form, items: Mapping[str, Item]) -> None:
    """Whatever carries app:critical must have become an Item, and nothing of ours lies in a repeat."""
    known = {item.path for item in items.values()}
    for top in form.controls:
        for control in top.walk():
            if _attribute(control, "critical") and control.path not in known:
                raise _refusal(f"{control.path} carries app:critical but lies in no group with app:dimension")
            if control.kind == "repeat":
                ours = next((c for c in control.walk() if any(uri == APP for uri, _ in c.bind_attributes)), None)
                if ours is not None:
                    raise _refusal(f"{ours.path} lies in a repeat, where there are no items")


def _sections(form: Form, owned: frozenset[str]) -> Iterator[Section]:
    run: list[Control] = []
    for control in form.controls:
        if control.kind not in ("group", "repeat"):
            run += [] if control.path in owned else [control]
            continue
        if run:
            yield Section(run[0].path, tuple(run))
            run = []
        if any(c.kind not in ("group", "repeat") and c.path not in owned for c in control.walk()):
            yield Section(control.path, (control,))
    if run:
        yield Section(run[0].path, tuple(run))


def _refusal(why: str) -> UserError:
    return UserError("not_a_checklist", f"This form cannot be used as a checklist: {why}.", why=why)


def _leaf(path: str) -> str:
    return path.rpartition("/")[2]


def _attribute(control: Control, name: str) -> str:
    return control.bind_attributes.get((APP, name), "").strip()


def _dimension(group: Control) -> Dimension:
    inside = [control for child in group.children for control in child.walk()]
    name = _attribute(group, "dimension")
    items = tuple(_item(control, name, inside) for control in inside if _attribute(control, "critical"))
    return Dimension(name, group.path, _counted(group), items)


def _counted(group: Control) -> bool:
    return _one_of(group, "counted", ("yes", "no", "")) != "no"


def _one_of(control: Control, name: str, allowed: tuple[str, ...]) -> str:
    value = _attribute(control, name)
    if value not in allowed:
        raise _refusal(
            f'{control.path} has app:{name}="{value[:40]}", which is none of {", ".join(filter(None, allowed))}'
        )
    return value


def _item(control: Control, dimension: str, inside: list[Control]) -> Item:
    ident = _leaf(control.path)
    photo = _one_of(control, "photo", PHOTO_RULES)
    item = Item(
        id=ident,
        path=control.path,
        dimension=dimension,
        critical=_one_of(control, "critical", CRITICAL),
        photo=next(rule for rule in PHOTO_RULES if rule == photo),
        deadline=_one_of(control, "deadline", DEADLINE_RULES),
        answer=_attribute(control, "answer") or "pf",
        measures=tuple(_measures(ident, inside)),
        note_path=_note(ident, inside),
        sources=tuple(_attribute(control, "source").split()),
        condition=_attribute(control, "condition"),
        photo_min=_count(control, "photo-min"),
        photo_max=_count(control, "photo-max"),
    )
    _check_rules(item)
    return item


def _count(control: Control, name: str) -> int:
    """A number of pictures; 0 where nothing is said."""
    value = _attribute(control, name)
    if value and not (value.isascii() and value.isdecimal() and int(value) <= MOST_PHOTOS):
        raise _refusal(
            f'{control.path} has app:{name}="{value[:40]}", which is no number of photos up to {MOST_PHOTOS}'
        )
    return int(value or 0)


def _measures(item: str, inside: list[Control]) -> Iterator[Measure]:
    for control in inside:
        if _attribute(control, "measure") == item:
            kind = KINDS.get(control.type)
            if kind is None:
                raise _refusal(f"{control.path} is a measure of type '{control.type}'")
            yield Measure(control.path, kind, _attribute(control, "role"), _attribute(control, "limit"))


def _note(item: str, inside: list[Control]) -> str:
    path = next((control.path for control in inside if _attribute(control, "note") == item), "")
    if not path:
        raise _refusal(f"item {item} has no note")
    return path


def _check_rules(item: Item) -> None:
    """Thresholds must be readable, refer to measures that exist, and find as many measures as they compare."""
    try:
        parts = parse_answer(item.answer)
        condition = parse_condition(item.condition)
        limits = [parse_limit(measure.limit) for measure in item.measures]
    except ValueError as error:
        raise _refusal(f"item {item.id}: {error}") from None
    if item.photo == "forbidden" and (item.photo_min or item.photo_max):
        raise _refusal(f"item {item.id} forbids photos and counts them all the same")
    if item.photo_max and item.photo_min > item.photo_max:
        raise _refusal(f"item {item.id} asks for {item.photo_min} photos and takes {item.photo_max} at most")
    roles = [measure.role for measure in item.measures]
    wanted = [t.role for t in (*(part.threshold for part in parts), *limits) if t is not None and t.role]
    unknown = [role for role in wanted if role not in roles]
    if unknown:
        raise _refusal(f"item {item.id} refers to a measure '{unknown[0]}' that it does not have")
    expected = sum(part.width for part in parts)
    if len(roles) != expected or len(set(roles)) < len(roles):
        raise _refusal(f"item {item.id} ('{item.answer}') needs {expected} measures with different roles")
    if condition is not None and condition[0] not in (*roles, "days", "rate"):
        raise _refusal(f"item {item.id}: the condition '{item.condition}' refers to nothing that is measured")
