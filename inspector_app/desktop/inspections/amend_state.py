"""What can be corrected in one place of a sealed visit, and whether what was entered is a correction; pure."""

from dataclasses import dataclass
from datetime import date

from inspector_app.desktop.inspections.entering import clean
from inspector_app.desktop.inspections.state import Row, Shown
from inspector_app.desktop.questions.state import Row as QuestionRow
from inspector_app.domain.inspection import Verdict

CHOOSING = {"select1": "one", "select": "many"}
TYPED = frozenset(("input", "range"))


@dataclass(frozen=True)
class Part:
    """One Answer. `part` ∈ verdict, note, answer (then `label` names it); `entry` ∈ one, many, integer, decimal, date, text.

    `value` is the Answer as corrected so far; `options` are (value, words) of a choice, those of a Verdict without words.
    """

    path: str
    part: str
    label: str
    entry: str
    value: str
    options: tuple[tuple[str, str], ...] = ()


def derive_parts(shown: Shown, place: str) -> tuple[Part, ...]:
    """The Answers of an Item by its id, or of a question by its path; () where nothing can be corrected."""
    row = shown.find(place)
    if row is not None:
        return _of_item(shown, row)
    question = shown.sheet.row(place)
    part = _of_question(shown, question) if question is not None else None
    return (part,) if part is not None else ()


def read_entry(part: Part, text: str, today: date) -> str | None:
    """What was entered in the form's own notation; None while it cannot be read."""
    kind = part.entry if part.entry in ("integer", "decimal", "date") else "text"
    return clean(kind, text.strip(), today=today)


def is_correction(part: Part, value: str | None, reason: str) -> bool:
    """Something else than what stands there, and why."""
    return value is not None and value != part.value and bool(reason.strip())


def _of_item(shown: Shown, row: Row) -> tuple[Part, ...]:
    verdicts = tuple((verdict.value, "") for verdict in Verdict)
    judged = row.verdict.value if row.verdict is not None else ""
    return (
        Part(row.path, "verdict", "", "one", _now(shown, row.path, judged), verdicts),
        Part(row.note_path, "note", "", "text", _now(shown, row.note_path, row.note)),
        *(Part(m.path, "answer", m.label, m.kind, _now(shown, m.path, m.value)) for m in row.measures),
    )


def _of_question(shown: Shown, row: QuestionRow) -> Part | None:
    state, kind = row.state, row.control.kind
    if state is None or not row.is_askable:
        return None
    value = _now(shown, row.key, state.value)
    if kind in CHOOSING:
        options = tuple((choice.name, choice.label) for choice in state.choices)
        return Part(row.key, "answer", state.label, CHOOSING[kind], value, options)
    if kind not in TYPED:
        return None
    types = {"int": "integer", "integer": "integer", "decimal": "decimal", "date": "date"}
    return Part(row.key, "answer", state.label, types.get(row.control.type, "text"), value)


def _now(shown: Shown, path: str, sealed: str) -> str:
    """The last correction, else what was sealed."""
    return next((one.amendment.new for one in reversed(shown.corrections) if one.path == path), sealed)
