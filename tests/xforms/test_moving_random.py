"""Random drafts moved to randomly altered forms: every answer is accounted for once, and what is kept has a place."""

import random
import re

import pytest

from inspector_app.xforms import Form, FormError, load
from inspector_app.xforms.moving import Move, move
from inspector_app.xforms.questions import controls_by_path, type_of
from inspector_app.xforms.xlsform import convert
from tests.xforms.forms import now
from tests.xforms.oracle.grow import grow
from tests.xforms.oracle.steps import _take, wander

SILENT = ("calculate", "hidden", "note")


def altered(table: str, chance: random.Random) -> str:
    """The table with some rows gone, moved, renamed, or of another type."""
    lines = table.splitlines()
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(2, len(lines))
        kind = re.match(r"\|\s*\|\s*(\w+)", lines[at])
        word = kind[1] if kind else ""
        dice = chance.random()
        if word in ("text", "integer", "decimal", "date") and dice < 0.4:
            lines[at] = lines[at].replace(word, chance.choice(["text", "integer", "decimal", "date"]), 1)
        elif word.startswith(("text", "integer", "select", "list")) and dice < 0.7:
            del lines[at]
        elif word == "begin_group" and dice < 0.9:
            lines[at] = re.sub(r"\bg(\d+)\b", r"h\1", lines[at])
        elif word in ("text", "integer", "decimal"):
            lines.insert(chance.randrange(2, 6), lines.pop(at))
    return "\n".join(lines)


def loaded(table: str) -> Form | None:
    """The form, None where the alteration broke it."""
    made = convert(table.encode(), kind="md")
    try:
        return load(made.xml) if made.xml else None
    except FormError:
        return None


def answered(form: Form, seed: int) -> dict[str, str]:
    """A draft: all stored leaf values after some steps."""
    session = form.begin(now)
    for step in wander(form, random.Random(seed), 12)[:-1]:
        try:
            _take(session, step)
        except FormError:
            continue
    return {path: node.stored for node, path in session.walk() if node.spec.is_leaf and node.stored}


def faults(old: Form, new: Form, answers: dict[str, str]) -> list[str]:
    """What is wrong with a move."""
    found: Move = move(old, new, answers)
    controls = controls_by_path(old)
    asked = []
    for path in answers:
        spec = old.top.find(re.sub(r"\[\d+\]", "", path).split("/")[2:])
        if spec is not None and type_of(spec, controls.get(spec.path)) not in SILENT and "/meta/" not in path:
            asked.append(path)
    told = [k.old_path for k in found.kept] + [c.old_path for c in found.converted] + [d.path for d in found.dropped]
    wrong = [f"untold {p}" for p in asked if p not in told]
    wrong += [f"told twice {p}" for p in set(told) if told.count(p) > 1]
    session = new.resume({p: v for p, v in found.answers.items() if p.startswith("/")}, now)
    return wrong + [f"no place for {p}" for p in session.unplaced]


@pytest.mark.parametrize("start", range(0, 120, 20))
def test_every_answer_is_accounted_for(start: int) -> None:
    wrong: list[str] = []
    tried = 0
    for seed in range(start, start + 20):
        table = grow(seed)
        old, new = loaded(table), loaded(altered(table, random.Random(seed)))
        if old is not None and new is not None:
            tried += 1
            answers = answered(old, seed)
            wrong += [f"seed {seed}: {fault}" for fault in faults(old, new, answers)]
            assert dict(move(old, old, answers).answers) == answers
    assert not wrong
    assert tried > 5
