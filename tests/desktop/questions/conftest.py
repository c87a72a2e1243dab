"""A trial filling of the sample form in a shown window."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.questions.trying import Trying
from inspector_app.xforms import Form, load
from inspector_app.xforms.xlsform import convert
from tests.desktop.questions.sample import now, sample

Fill = Callable[[Form], Trying]


def form_of(*rows: str, choices: tuple[str, ...] = ()) -> Form:
    """A small form: `type | name | label | more` by the columns below."""
    head = "| | type | name | label | appearance | parameters | required | relevant | constraint | readonly |"
    lines = ["| survey |" + " |" * 10, head, *(f"| | {row} |" for row in rows)]
    if choices:
        lines += ["| choices |" + " |" * 4, "| | list_name | name | label |", *(f"| | {row} |" for row in choices)]
    converted = convert("\n".join(lines).encode(), kind="md")
    assert converted.xml, [str(problem) for problem in converted.problems]
    return load(converted.xml)


@pytest.fixture
def fill(kit: Kit, qapp: QApplication) -> Iterator[Fill]:
    """Begins a filling, shown; closed at the end."""
    begun: list[Trying] = []

    def begin(form: Form) -> Trying:
        trying = Trying(kit, form, now)
        begun.append(trying)
        trying.view.resize(900, 700)
        trying.view.show()
        trying.view.activateWindow()
        qapp.processEvents()
        return trying

    yield begin
    for trying in begun:
        trying.view.close()


@pytest.fixture
def trying(fill: Fill) -> Trying:
    return fill(sample())
