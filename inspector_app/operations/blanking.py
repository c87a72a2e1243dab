"""Reads an installed form as a checklist to print and fill in by hand, in any of its languages."""

from collections.abc import Iterator

from inspector_app.checklists.model import Checklist, Item, Section
from inspector_app.domain.clock import moment
from inspector_app.domain.errors import UserError
from inspector_app.domain.finding import Level
from inspector_app.operations import letterhead, offering
from inspector_app.operations.keeping import checklist
from inspector_app.operations.visit import form_language
from inspector_app.reports.blank_facts import BlankDimension, BlankFacts, BlankItem, BlankQuestion
from inspector_app.store.database import Store
from inspector_app.xforms import Control, NodeState, Session

MOST_CHOICES = 24
"""More than that are written, not ticked."""
_LEVELS = {"veto": Level.VETO, "conditional_veto": Level.VETO, "key": Level.KEY}


def blank_facts(store: Store, wanted: str, *, language: str = "zh-Hant") -> BlankFacts:
    """`wanted` is a form's id, or the hash of one of its versions; raises UserError for one that is not installed."""
    sheet, now = checklist(store, _hash(store, wanted)), moment(store.clock())
    running = sheet.form.begin(now=lambda: now)
    name = form_language(sheet.form, language)
    if name:
        running.set_language(name)
    on_paper = letterhead.read(store, language)
    return BlankFacts(
        title=sheet.form.title or sheet.form.id,
        form=sheet.form.id,
        version=sheet.form.version,
        issuer=on_paper.issuer,
        dimensions=tuple(
            BlankDimension(one.id, running.state(one.path).label, tuple(_item(running, item) for item in one.items))
            for one in sheet.dimensions
        ),
        sections=tuple(_section(running, sheet, each) for each in sheet.sections),
        printed=now,
        language=language,
        hotline=on_paper.hotline,
        brand=on_paper.brand,
    )


def _hash(store: Store, wanted: str) -> str:
    installed = offering.shelf(store).of(wanted)
    if installed:
        return installed[0].hash
    if len(wanted) == 64:
        return wanted
    raise UserError("form_unknown", f"There is no form '{wanted}'; see the page of forms for those installed.")


def _item(running: Session, item: Item) -> BlankItem:
    measures = tuple(running.state(one.path).label for one in item.measures)
    return BlankItem(item.id, running.state(item.path).label, _LEVELS.get(item.critical, Level.NORMAL), measures)


def _section(running: Session, sheet: Checklist, section: Section) -> tuple[str, tuple[BlankQuestion, ...]]:
    top = section.controls[0]
    shown = _state(running, top.path) if top.kind in ("group", "repeat") else None
    label = shown.label if shown else ""
    asked = [
        one
        for control in section.controls
        for one in _asked(running, sheet, control, control.path, 0)
        if one.kind != "heading" or one.label != label
    ]
    return label, tuple(asked)


def _asked(running: Session, sheet: Checklist, control: Control, path: str, depth: int) -> Iterator[BlankQuestion]:
    """A question, or the heading of a group and what it holds; a repeat is printed once."""
    place = path
    if control.kind == "repeat":
        place = f"{path}[1]"
        if _state(running, place) is None:
            _open(running, path)
    shown = _state(running, place)
    if control.kind in ("group", "repeat"):
        label = shown.label if shown else ""
        if label:
            yield BlankQuestion("heading", depth, label)
        for child in control.children:
            yield from _asked(running, sheet, child, place + child.path[len(control.path) :], depth + bool(label))
    elif shown is not None and control.path not in sheet.owned and control.kind != "trigger" and shown.label:
        yield _question(control, shown, depth)


def _question(control: Control, shown: NodeState, depth: int) -> BlankQuestion:
    choices = tuple(choice.label or choice.name for choice in shown.choices)
    kind = {"select1": "one", "select": "many", "rank": "many"}.get(control.kind, "text")
    if kind == "text" or not 0 < len(choices) <= MOST_CHOICES:
        lines = 3 if "multiline" in control.appearances else 1
        return BlankQuestion("text", depth, shown.label, lines=lines)
    return BlankQuestion(kind, depth, shown.label, choices)


def _state(running: Session, path: str) -> NodeState | None:
    try:
        return running.state(path)
    except KeyError:
        return None


def _open(running: Session, path: str) -> None:
    try:
        running.add_repeat(path)
    except (KeyError, ValueError):  # a count of its own: what it asks is then left to its own paper
        return
