"""What a filling shows: Rows in Parts on a Sheet, read from a Session and kept in step with its Deltas; pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from inspector_app.desktop.questions.pieces import Piece, generic, is_transparent, pieces_of
from inspector_app.xforms import Control, Delta, Form, NodeState, Session
from inspector_app.xforms.model import Spec
from inspector_app.xforms.nodes import find

QUESTION, GROUP, INSTANCE, ADD = "question", "group", "instance", "add"


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `key` is the Node's path with positions (a repeat's path and "+" for `add`): the widget's identity.

    `number` counts instances from 1; `label` is what an `add` row offers one more of.
    """

    key: str
    kind: str
    depth: int
    control: Control
    state: NodeState | None
    number: int = 0
    can_remove: bool = False
    label: str = ""

    @property
    def is_askable(self) -> bool:
        """Somebody is to answer it: no note, nothing computed, no head of a table."""
        state = self.state
        return self.kind == QUESTION and state is not None and not state.readonly and not is_table_head(self.control)

    @property
    def is_answered(self) -> bool:
        """It has a value."""
        return self.state is not None and bool(self.state.value)

    @property
    def is_missing(self) -> bool:
        """Required, and blank."""
        return self.state is not None and self.is_askable and self.state.required and not self.state.value

    @property
    def is_wrong(self) -> bool:
        """What is there breaks its rule."""
        return self.state is not None and self.kind == QUESTION and not self.state.valid


@dataclass(frozen=True, slots=True)
class Part:
    """One navigable piece: a group, or a run of questions outside of groups (its label is '').

    `total` counts what can be asked now, `missing` what is required and blank, `wrong` what breaks a rule; `lacking` are
    the Rows of the last two.
    """

    key: str
    label: str
    rows: tuple[Row, ...]
    answered: int
    total: int
    missing: int
    wrong: int
    lacking: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is shown, in order; a Part or Row that did not change is the same object as before."""

    parts: tuple[Part, ...] = ()

    def part(self, key: str) -> Part | None:
        """The Part of that key."""
        return next((part for part in self.parts if part.key == key), None)

    def part_of(self, path: str) -> Part | None:
        """The Part that shows a Node."""
        return next((part for part in self.parts if any(row.key == path for row in part.rows)), None)

    def row(self, key: str) -> Row | None:
        """The Row of that key."""
        return next((row for part in self.parts for row in part.rows if row.key == key), None)

    def rows(self) -> Iterator[Row]:
        """All Rows in order."""
        for part in self.parts:
            yield from part.rows


def is_table_head(control: Control) -> bool:
    """A select that only heads the columns of those below it."""
    return "label" in control.appearances and control.kind in ("select1", "select")


class Reading:
    """Follows one Session. `owned` are control paths (without positions) that are shown elsewhere."""

    def __init__(self, form: Form, session: Session, owned: frozenset[str] = frozenset()) -> None:
        self._form, self._session, self._owned = form, session, owned
        self._pieces = pieces_of(form, owned)
        self._states: dict[str, NodeState] = {}
        self._rows: dict[str, Row] = {}
        self._parts: dict[str, Part | None] = {}
        self._language = session.language
        self._sheet: Sheet | None = None

    def sheet(self) -> Sheet:
        """The Sheet as it stands; read in full the first time."""
        if self._sheet is None:
            self._read(self._pieces)
        assert self._sheet is not None
        return self._sheet

    def take(self, delta: Delta) -> Sheet:
        """The Sheet after a step of the Session: only what the Delta names is read again; a new language is all."""
        if self._sheet is None or self._session.language != self._language:
            self._language = self._session.language
            self._states.clear()
            self._read(self._pieces)
            return self.sheet()
        touched = set(delta.changed)
        for path in touched:
            self._states.pop(path, None)
        structure = {path.rpartition("[")[0] for path in (*delta.added, *delta.removed)}
        self._forget_below(structure)
        names = {generic(path) for path in touched | structure}
        stale = [piece for piece in self._pieces if not names.isdisjoint(piece.paths)]
        if stale:
            self._read(stale)
        return self.sheet()

    def _forget_below(self, repeats: set[str]) -> None:
        heads = tuple(f"{path}[" for path in repeats)
        if heads:
            for path in [each for each in self._states if each.startswith(heads)]:
                del self._states[path]

    def _read(self, pieces: tuple[Piece, ...] | list[Piece]) -> None:
        for piece in pieces:
            old = self._parts.get(piece.key)
            new = self._part(piece)
            self._parts[piece.key] = old if old == new else new
        parts = (self._parts.get(piece.key) for piece in self._pieces)
        self._sheet = Sheet(tuple(part for part in parts if part is not None))

    def _part(self, piece: Piece) -> Part | None:
        rows = tuple(row for control in piece.controls for row in self._walk(control, control.path, 0))
        if not rows:
            return None
        asked = [row for row in rows if row.is_askable]
        return Part(
            piece.key,
            self._title(piece),
            rows,
            sum(row.is_answered for row in asked),
            len(asked),
            sum(row.is_missing for row in asked),
            sum(row.is_wrong for row in rows),
            tuple(row for row in rows if row.is_wrong or row.is_missing),
        )

    def _title(self, piece: Piece) -> str:
        if piece.repeat is not None:
            return self._words(piece.repeat)
        return self._state(piece.title).label if piece.title else ""

    def _walk(self, control: Control, path: str, depth: int) -> Iterator[Row]:
        if control.kind == "repeat":
            yield from self._repeat(control, path, depth)
        elif control.kind == "group":
            yield from self._group(control, path, depth)
        elif control.path not in self._owned:
            state = self._state(path)
            if state.relevant:
                yield self._row(Row(path, QUESTION, depth, control, state))

    def _group(self, control: Control, path: str, depth: int) -> Iterator[Row]:
        if is_transparent(self._form, control):
            yield from self._inside(control, path, depth)
            return
        state = self._state(path)
        if not state.relevant:
            return
        deeper = depth + 1 if state.label else depth
        rows = list(self._inside(control, path, deeper))
        if rows and (state.label or state.media):
            yield self._row(Row(path, GROUP, depth, control, state))
        yield from rows

    def _inside(self, control: Control, path: str, depth: int) -> Iterator[Row]:
        for child in control.children:
            yield from self._walk(child, path + child.path[len(control.path) :], depth)

    def _repeat(self, control: Control, path: str, depth: int) -> Iterator[Row]:
        spec = self._spec(control.path)
        parent = find(self._session.scope.root, path.rpartition("/")[0])
        if spec is None or parent is None or not parent.relevant:
            return
        is_open = not spec.fixed_count and spec.template is not None
        count, shown = len(parent.named(spec.name)), 0
        for number in range(1, count + 1):
            here = f"{path}[{number}]"
            state = self._state(here)
            if not state.relevant:
                continue
            shown += 1
            yield self._row(Row(here, INSTANCE, depth, control, state, number, can_remove=is_open))
            yield from self._inside(control, here, depth + 1)
        if is_open and (shown or not count):
            yield self._row(Row(f"{path}+", ADD, depth, control, None, count + 1, label=self._words(spec)))

    def _words(self, spec: Spec) -> str:
        """The label of a repeat as such: the values it shows belong to its instances and are left out."""
        ref = spec.texts.label
        if ref is None:
            return ""
        voice = self._session.voice
        found = voice.translations.variants(ref.itext, voice.language) if ref.itext else {"": ref.inline}
        text = next((found[form] for form in ("", "long", "short") if form in found), ())
        return "".join(part for part in text if isinstance(part, str)).strip(" :：-—–·")

    def _spec(self, path: str) -> Spec | None:
        return self._form.top.find(path.strip("/").split("/")[1:])

    def _state(self, path: str) -> NodeState:
        state = self._states.get(path)
        if state is None:
            state = self._states[path] = self._session.state(path)
        return state

    def _row(self, row: Row) -> Row:
        """The Row that was there before, when nothing about it changed."""
        old = self._rows.get(row.key)
        if old == row:
            return old
        self._rows[row.key] = row
        return row
