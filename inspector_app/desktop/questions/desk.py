"""What every question's widget is given: the kit, the files of the filling, the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.questions.files import Files


@dataclass(frozen=True)
class Desk:
    """`now` carries the time zone that times are written in."""

    kit: Kit
    files: Files
    now: Callable[[], datetime]
