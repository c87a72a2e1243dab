"""The text of a crash report: where the program was, never what people typed into it; pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from traceback import FrameSummary, extract_tb

_HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")
_NUMBERS = re.compile(r"\d{5,}")
_QUOTED = re.compile("'[^']*'|\"[^\"]*\"")
_HOME = re.compile(r"([A-Za-z]:\\Users\\|/home/|/Users/)[^/\\\s]+")
MAX_CHAIN = 6


def report_text(error: BaseException, facts: Mapping[str, str], remarks: Sequence[str]) -> str:
    """Kind and place of an error and of what led to it. Its message is left out: it may quote an enterprise or a person."""
    lines = [f"{name}: {value}" for name, value in facts.items()]
    for number, each in enumerate(_chain(error)):
        lines += ["", ("caused by " if number else "") + type(each).__qualname__]
        lines += [f"  {_place(frame)}" for frame in extract_tb(each.__traceback__)]
    return "\n".join([*lines, "", "Qt said before:", *(f"  {each}" for each in remarks)]) + "\n"


def fatal_text(dump: str, facts: Mapping[str, str]) -> str:
    """What `faulthandler` left behind: threads and places, no values."""
    return "\n".join([*(f"{name}: {value}" for name, value in facts.items()), "", scrubbed_places(dump)]) + "\n"


def scrubbed(text: str) -> str:
    """A remark of Qt without what could name somebody: quoted words, Chinese, long numbers, home folders."""
    for pattern in (_QUOTED, _HAN, _NUMBERS):
        text = pattern.sub("…", text)
    return _HOME.sub("~", text)


def scrubbed_places(text: str) -> str:
    """File names stay readable, whose computer it is does not."""
    return _HOME.sub("~", text)


def _chain(error: BaseException) -> Iterable[BaseException]:
    each: BaseException | None = error
    for _ in range(MAX_CHAIN):
        if each is None:
            return
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _place(frame: FrameSummary) -> str:
    parts = Path(frame.filename).parts
    known = "inspector_app" in parts
    file = "/".join(parts[parts.index("inspector_app") :] if known else parts[-2:])
    return f"{file}:{frame.lineno} {frame.name}"
