"""The columns of the list of forms; its rows are few and kept as one Shelf."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QColor, QIcon

from inspector_app.desktop.forms.state import FormLine, day_of, derive_form_marks, plain_languages
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.table_model import Column, IdTableModel


def form_model(context: Context, fetch: Callable[[Sequence[str]], Sequence[FormLine | None]]) -> IdTableModel[FormLine]:
    """Title, version, languages, questions, visits, day."""
    columns: list[Column[FormLine]] = [
        Column("forms.column_title", text=_title, icon=partial(_icon, context), color=partial(_ink, context)),
        Column("forms.column_id", text=lambda line: line.id, width=140, needs=760),
        Column("forms.column_version", text=lambda line: line.newest.version, width=112),
        Column("forms.column_languages", text=_languages, width=180, needs=900),
        Column("forms.column_questions", text=_questions, width=88, right=True, needs=420),
        Column("forms.column_visits", text=lambda line: f"{line.visits:,}", width=72, right=True),
        Column("forms.column_day", text=partial(_day, context), width=128, needs=560),
    ]
    return IdTableModel(columns, fetch, context.language.tr)


def _title(line: FormLine) -> str:
    return line.newest.title or line.id


def _icon(context: Context, line: FormLine) -> QIcon:
    mark = next(iter(derive_form_marks(line)), None)
    icon, tone = (mark.icon, mark.tone) if mark else ("file-text", "na")
    return context.icons.icon(icon, color="muted" if tone == "na" else tone, size=16)


def _ink(context: Context, line: FormLine) -> QColor | None:
    return context.theme.color("muted") if line.is_hidden else None


def _languages(line: FormLine) -> str:
    return plain_languages(line.newest.languages)


def _questions(line: FormLine) -> str:
    return f"{line.newest.questions:,}" if line.newest.questions >= 0 else ""


def _day(context: Context, line: FormLine) -> str:
    return day_of(line.newest, context.language.code)
