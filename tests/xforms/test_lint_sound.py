"""Lint claims nothing false: what it calls impossible never happens in random fillings of random forms."""

import random
import re
from pathlib import Path

import pytest

from inspector_app.xforms import Form, FormError
from inspector_app.xforms.lint import Checked, look_through
from inspector_app.xforms.types import MESSAGES
from tests.xforms.forms import now
from tests.xforms.oracle.grow import grow
from tests.xforms.oracle.steps import _take, wander

SEEDS = 120
HIDDEN = ("never_shown", "never_shown_pair", "never_shown_option", "never_shown_here")
REFUSED = ("constraint_impossible", "constraint_impossible_pair", "constraint_impossible_option")


def claims(checked: Checked, codes: tuple[str, ...]) -> set[str]:
    """Paths a claim is made about."""
    return {p.path for p in checked.problems if p.code in codes and p.path}


def broken(form: Form, checked: Checked, seed: int) -> list[str]:
    """Claims that one random filling proves wrong."""
    hidden, refused = claims(checked, HIDDEN), claims(checked, REFUSED)
    idle = claims(checked, ("constraint_idle",))
    session = form.begin(now, {"username": "user", "deviceid": "device"})
    found: list[str] = []
    for step in wander(form, random.Random(seed), 14)[:-1]:
        try:
            _take(session, step)
        except FormError:
            continue
        states = {s.path: s for s in session.states()}
        sound = all(s.valid for s in states.values())
        for path, state in states.items():
            where = re.sub(r"\[\d+\]", "", path)
            if where in hidden and state.relevant and sound:
                found.append(f"shown: {path}")
            if where in refused and state.relevant and state.valid and state.value:
                found.append(f"accepted: {path} = {state.value}")
            if where in idle and not state.valid and state.message not in MESSAGES.values():
                found.append(f"refused: {path} = {state.value}")
    return found


@pytest.mark.parametrize("start", range(0, SEEDS, 20))
def test_what_is_called_impossible_never_happens(tmp_path: Path, start: int) -> None:
    wrong = []
    for seed in range(start, start + 20):
        (tmp_path / "f.md").write_text(grow(seed), "utf-8")
        checked = look_through(tmp_path / "f.md")
        if checked.form is not None and checked.ok:
            wrong += [f"seed {seed}: {claim}" for n in range(3) for claim in broken(checked.form, checked, seed + n)]
    assert not wrong
