"""Random steps for a form: answers of every kind, wrong ones too, repeats, languages, put away and opened again, an end."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inspector_app.xforms import Form, FormError, Session
from inspector_app.xforms.play import play
from tests.xforms.forms import now

Step = dict[str, Any]
IDENTITY = {"username": "user", "deviceid": "device"}
TEXTS = ["", "a", "abc", "hello world", "b c", "7", "1", "true", " x ", "2026-11-20"]
INTS = ["", "0", "1", "2", "3", "5", "12", "13", "-1", "2.6", "abc", "007"]
DECIMALS = ["", "0", "1.5", "3", "0.1", "-2.25", "abc", "1e3"]
DATES = ["", "2026-11-24", "2026-11-01", "2025-12-31", "2026-13-01", "2027-01-01", "x"]


def wander(form: Form, chance: random.Random, length: int, *, reopened: float = 0.0) -> list[Step]:
    """Steps that fit what is on the page when they are taken; a share is `reopened` for more; the last step finalizes."""
    session = form.begin(now, IDENTITY)
    steps = list(_walk(form, session, chance, length))
    if reopened and chance.random() < reopened:
        session = form.reopen(session.finalize().xml, now, IDENTITY)
        steps += [{"reopen": True}, *_walk(form, session, chance, chance.randint(0, 8))]
    return [*steps, {"finalize": True}]


def _walk(form: Form, session: Session, chance: random.Random, length: int) -> Iterator[Step]:
    for _ in range(length):
        step = _step(form, session, chance)
        if step is not None:
            yield step
            try:
                _take(session, step)
            except FormError:
                continue


def _take(session: Session, step: Step) -> None:
    if "answer" in step:
        session.set_answer(step["answer"], step["value"])
    elif "add_repeat" in step:
        session.add_repeat(step["add_repeat"])
    elif "remove_repeat" in step:
        session.remove_repeat(step["remove_repeat"])
    else:
        session.set_language(step["language"])


def _step(form: Form, session: Session, chance: random.Random) -> Step | None:
    dice = chance.random()
    nodes = list(session.walk())
    if dice < 0.14:
        ranges = [
            f"{path}/{child.name}"
            for node, path in nodes
            for child in node.spec.children.values()
            if child.is_repeat and not child.fixed_count
        ]
        return {"add_repeat": chance.choice(ranges)} if ranges else None
    if dice < 0.2:
        present = [p for n, p in nodes if n.spec.is_repeat and not n.spec.fixed_count]
        return {"remove_repeat": chance.choice(present)} if present else None
    if dice < 0.24:
        return {"language": chance.choice(form.languages)} if form.languages else None
    open_ = [(n, p) for n, p in nodes if n.spec.is_leaf and n.spec.kind not in ("", "upload")]
    if not open_:
        return None
    node, path = chance.choice(open_)
    return {"answer": path, "value": _answer(node.spec, [c.name for c in session.state(path).choices], chance)}


def _answer(spec: Any, names: list[str], chance: random.Random) -> str:
    if spec.kind == "select1":
        return chance.choice([*names, *names, "", "zz"])
    if spec.kind == "select":
        return " ".join(chance.sample([*names, "zz"], chance.randint(0, min(3, len(names)))))
    if spec.kind == "rank":
        return " ".join(chance.sample(names, len(names))) if chance.random() < 0.9 else ""
    if spec.kind == "trigger":
        return chance.choice(["OK", ""])
    by_type = {"int": INTS, "decimal": DECIMALS, "date": DATES}
    return chance.choice(by_type.get(spec.type, TEXTS))


def ours(form: Form, steps: list[Step]) -> list[dict[str, Any]]:
    """What our engine says after each step."""
    if {"reopen": True} not in steps:
        return list(play(form, steps, now=now, identity=IDENTITY))
    at = steps.index({"reopen": True})
    *before, saved = play(form, [*steps[:at], {"finalize": True}], now=now, identity=IDENTITY)
    again: Any = _Saved(form, saved["xml"].encode())
    after = play(again, steps[at + 1 :], now=now, identity=IDENTITY)
    return [*before, *({**line, "step": line["step"] + at + 1} for line in after)]


@dataclass(frozen=True, slots=True)
class _Saved:
    """A form whose fillings begin from a saved one."""

    form: Form
    xml: bytes

    def begin(self, clock: Callable[[], datetime], identity: Mapping[str, str]) -> Session:
        return self.form.reopen(self.xml, clock, identity)
