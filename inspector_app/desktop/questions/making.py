"""Which widget answers a question: by the kind of its control, its type and its appearances."""

from collections.abc import Callable, Mapping

from inspector_app.desktop.questions.arranging import is_popup
from inspector_app.desktop.questions.calendar import DayEditor, MomentEditor
from inspector_app.desktop.questions.choice_field import ChoiceField
from inspector_app.desktop.questions.counting import CounterEditor
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import Editor
from inspector_app.desktop.questions.linking import LinkEditor
from inspector_app.desktop.questions.options import Options
from inspector_app.desktop.questions.paragraph import ParagraphEditor
from inspector_app.desktop.questions.places import PlaceEditor, PlacesEditor
from inspector_app.desktop.questions.ranking import RankEditor
from inspector_app.desktop.questions.scale import scale_for
from inspector_app.desktop.questions.state import Row
from inspector_app.desktop.questions.tick import TickEditor
from inspector_app.desktop.questions.typed import TypedEditor
from inspector_app.desktop.questions.upload import UploadEditor

_Make = Callable[[Desk, Row], Editor]


def editor_for(desk: Desk, row: Row) -> Editor | None:
    """A new widget for a question; None where there is nothing to answer (a note, a computed value)."""
    if row.state is None or is_note(row):
        return None
    return _maker(row)(desk, row)


def is_note(row: Row) -> bool:
    """Only read: its label, and its value where it has one."""
    return row.control.kind == "input" and row.state is not None and row.state.readonly


def signature(row: Row) -> object:
    """What a widget is made for; when this changes it has to be made anew."""
    choices = row.state.choices if row.state is not None else ()
    return is_note(row), is_popup(row.control, choices) if choices else None


def _maker(row: Row) -> _Make:
    kind, type_ = row.control.kind, row.control.type
    if kind in ("select1", "select"):
        assert row.state is not None
        return ChoiceField if is_popup(row.control, row.state.choices) else Options
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    if type_ in _BY_TYPE:
        return _BY_TYPE[type_]
    looks = row.control.appearances
    if "counter" in looks and type_ in ("int", "integer"):
        return CounterEditor
    is_text = type_ in ("string", "text", "")
    if is_text and "url" in looks:
        return LinkEditor
    return ParagraphEditor if is_text and "multiline" in looks else TypedEditor


_BY_KIND: Mapping[str, _Make] = {
    "rank": RankEditor,
    "range": scale_for,
    "trigger": TickEditor,
    "upload": UploadEditor,
}
_BY_TYPE: Mapping[str, _Make] = {
    "date": DayEditor,
    "dateTime": MomentEditor,
    "geopoint": PlaceEditor,
    "geotrace": PlacesEditor,
    "geoshape": PlacesEditor,
}
