"""`form play`: fills a form step by step and says after each step what its Nodes show (the JSON lines of cli.md)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from .form import Form
from .model import Delta, NodeState
from .nodes import clean
from .problems import FormError
from .session import Session


def play(
    form: Form,
    steps: Iterable[Mapping[str, Any]],
    changed: bool = False,
    *,
    now: Callable[[], datetime] | None = None,
    identity: Mapping[str, str] | None = None,
) -> Iterator[dict[str, Any]]:
    """One dictionary per step, step 0 first (after load). `changed` leaves out Nodes a step did not alter.

    A step that cannot be done gives `{"step": n, "error": sentence}` and alters nothing.
    """
    session = form.begin(now or _local_now, identity)
    yield {"step": 0, "nodes": {s.path: _shown(s) for s in session.states()}}
    for number, step in enumerate(steps, 1):
        try:
            yield {"step": number, **_take(session, step, changed)}
        except FormError as error:
            yield {"step": number, "error": clean(str(error))}


def _local_now() -> datetime:
    return datetime.now().astimezone()


def _take(session: Session, step: Mapping[str, Any], changed: bool) -> dict[str, Any]:
    if not isinstance(step, Mapping):
        raise FormError("A step is a JSON object.")
    before = {s.path: s for s in session.states()} if changed else {}
    found: dict[str, Any] = {}
    if step.get("finalize"):
        found["xml"] = session.finalize().xml.decode()
    else:
        delta = _do(session, step)
        if changed and (delta.added or delta.removed):
            found = {"added": list(delta.added), "removed": list(delta.removed)}
    shown = (s for s in session.states() if not changed or before.get(s.path) != s)
    return {"nodes": {s.path: _shown(s) for s in shown}, **found}


def _do(session: Session, step: Mapping[str, Any]) -> Delta:
    match step:
        case {"answer": str(path), "value": value}:
            return session.set_answer(path, session.accepted(path, _text(value)))
        case {"add_repeat": str(path)}:
            return session.add_repeat(path)
        case {"remove_repeat": str(path)}:
            return session.remove_repeat(path)
        case {"language": str(name)}:
            return session.set_language(name)
    raise FormError("A step is an answer with a value, add_repeat, remove_repeat, language or finalize.")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, (str, int, float)):
        return str(value)
    raise FormError("An answer's value is a text.")


def _shown(state: NodeState) -> dict[str, Any]:
    """A Node as `form play` prints it: a required answer that is missing is not valid (as in XForms and its peers)."""
    missing = state.required and state.relevant and not state.value and not state.is_group
    return {
        "value": state.value,
        "relevant": state.relevant,
        "required": state.required,
        "readonly": state.readonly,
        "valid": state.valid and not missing,
        "message": state.message,
        "label": state.label,
        "hint": state.hint,
        "choices": [{"name": c.name, "value": c.name, "label": c.label, **_columns(c.columns)} for c in state.choices],
    }


def _columns(columns: Mapping[str, str]) -> dict[str, Any]:
    return {"columns": dict(columns)} if columns else {}
