"""A conflict in the words of the trade: which place, which question, what each value says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from inspector_app.domain.changeset import Value
from inspector_app.domain.errors import UserError
from inspector_app.domain.inspection import ANSWER_PREFIX, FILE_PREFIX
from inspector_app.operations import resolving
from inspector_app.operations.visit import Visit, open_visit
from inspector_app.store import findings, sites
from inspector_app.store.conflicts import Conflict
from inspector_app.store.database import Store
from inspector_app.xforms.model import NodeState


@dataclass(frozen=True)
class Described:
    """`place` is the Site, `begun` the start of the visit, `label` the question or the Finding ('' = the field itself);
    `texts` the values in words, in the order of the heads."""

    conflict: Conflict
    place: str = ""
    begun: str = ""
    label: str = ""
    texts: tuple[str, ...] = ()


def describe(store: Store, language: str, inspection: str = "") -> tuple[Described, ...]:
    """Every open conflict, or those of one visit; those of a visit stand together."""
    found = sorted(resolving.open_conflicts(store, inspection), key=lambda one: (one.inspection, one.entity))
    told: list[Described] = []
    for visit, several in groupby(found, key=lambda one: one.inspection):
        group = list(several)
        told += _of_visit(store, visit, language, group) if visit else [_of_site(store, one) for one in group]
    return tuple(told)


def _of_visit(store: Store, inspection: str, language: str, group: Sequence[Conflict]) -> list[Described]:
    try:
        visit = open_visit(store, inspection, language=language)
    except UserError:  # its record or its form is not here: the bare values can be decided all the same
        return [Described(one, texts=_plain(one)) for one in group]
    return [_one(store, visit, conflict) for conflict in group]


def _one(store: Store, visit: Visit, conflict: Conflict) -> Described:
    place, begun = visit.site.name, visit.inspection.started
    if conflict.kind == "finding":
        with store.reading() as session:
            finding = findings.get(session, conflict.entity)
        return Described(conflict, place, begun, finding.requirement if finding else "", _plain(conflict))
    node = _node(visit, conflict.field)
    if node is None:
        return Described(conflict, place, begun, "", _plain(conflict))
    choices = {choice.name: choice.label for choice in node.choices}
    texts = tuple(choices.get(text, text) for text in _plain(conflict))
    own = node.label or node.path.rpartition("/")[2]
    asked = next((one for one in visit.state().items if node.path in one.item.paths), None)
    label = (
        own
        if asked is None or node.path == asked.item.path
        else f"{visit.session.state(asked.item.path).label} · {own}"
    )
    return Described(conflict, place, begun, label, texts)


def _node(visit: Visit, field: str) -> NodeState | None:
    path = field.removeprefix(FILE_PREFIX)
    shown = visit.instances.shown(path) if path.startswith(ANSWER_PREFIX) else None
    try:
        return visit.session.state(shown) if shown is not None else None
    except KeyError:
        return None


def _of_site(store: Store, conflict: Conflict) -> Described:
    with store.reading() as session:
        site = sites.get(session, conflict.entity)
    return Described(conflict, site.name if site else "", "", "", _plain(conflict))


def _plain(conflict: Conflict) -> tuple[str, ...]:
    return tuple(_text(head.value) for head in conflict.heads)


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case Mapping():
            return str(value.get("name") or value.get("sha", ""))
        case list():
            return "、".join(_text(each) for each in value)
    return str(value)
