"""What the list of changes shows: one line per change, filters with counts, differences marked in the text; pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from inspector_app.xforms.compare import (
    Change,
    LanguageAdded,
    LanguageDropped,
    OptionAdded,
    OptionDropped,
    OptionReworded,
    QuestionAdded,
    QuestionDropped,
    QuestionMoved,
    Retyped,
    Reworded,
    RuleChanged,
)

Kind = Literal["all", "added", "dropped", "reworded", "options", "rules"]
KINDS: tuple[Kind, ...] = ("all", "added", "dropped", "reworded", "options", "rules")
LOOKS: Mapping[str, tuple[str, str]] = {
    "added": ("pass", "plus"),
    "dropped": ("fail", "minus"),
    "reworded": ("accent", "pen-line"),
    "options": ("accent", "circle-check"),
    "rules": ("warn", "settings"),
}
"""Tone and icon of each kind."""
MAX_MARKED = 5_000
"""Longer texts are shown without marks: finding them would take seconds."""
_WORDS = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.S)


@dataclass(frozen=True)
class ChangeLine:
    """One change. `words` is the catalogue key that names it, `about` what in particular, e.g. a language or a rule."""

    kind: Kind
    words: str
    path: str
    about: str = ""
    old: str = ""
    new: str = ""

    @property
    def name(self) -> str:
        """The question as the workbook names it."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is the same in both, gone, or new."""

    state: Literal["same", "gone", "new"]
    text: str


def derive_line(change: Change, language: str) -> ChangeLine:
    """How one change reads; labels in `language` where they have it."""
    match change:
        case QuestionAdded(path=path, label=label):
            return ChangeLine("added", "change.question_added", path, new=said(label, language))
        case QuestionDropped(path=path, label=label):
            return ChangeLine("dropped", "change.question_dropped", path, old=said(label, language))
        case QuestionMoved(old_path=old, path=path, label=label):
            about = said(label, language)
            return ChangeLine("rules", "change.question_moved", path, about, old, path)
        case Retyped(path=path, old=old, new=new):
            return ChangeLine("rules", "change.retyped", path, "", old, new)
        case Reworded(path=path, part=part, language=name, old=old, new=new):
            return ChangeLine("reworded", f"change_part.{_key(part)}", path, plain(name), old, new)
        case RuleChanged(path=path, rule=rule, old=old, new=new):
            return ChangeLine("rules", f"change_rule.{_key(rule)}", path, _attribute(rule), old, new)
    return _other_line(change, language)


def _other_line(
    change: OptionAdded | OptionDropped | OptionReworded | LanguageAdded | LanguageDropped, language: str
) -> ChangeLine:
    match change:
        case OptionAdded(paths=paths, name=name, label=label):
            return ChangeLine("options", "change.option_added", paths[0], name, new=said(label, language))
        case OptionDropped(paths=paths, name=name, label=label):
            return ChangeLine("options", "change.option_dropped", paths[0], name, old=said(label, language))
        case OptionReworded(paths=paths, name=name, language=spoken, old=old, new=new):
            about = " · ".join(filter(None, (name, plain(spoken))))
            return ChangeLine("options", "change.option_reworded", paths[0], about, old, new)
        case LanguageAdded(name=name):
            return ChangeLine("added", "change.language_added", "", plain(name), new=name)
        case LanguageDropped(name=name):
            return ChangeLine("dropped", "change.language_dropped", "", plain(name), old=name)


def derive_lines(changes: Sequence[Change], language: str) -> tuple[ChangeLine, ...]:
    """All of them, in their order."""
    return tuple(derive_line(change, language) for change in changes)


def counts(lines: Sequence[ChangeLine]) -> dict[Kind, int]:
    """How many each chip would show."""
    found = Counter(line.kind for line in lines)
    return {kind: len(lines) if kind == "all" else found[kind] for kind in KINDS}


def narrowed(lines: Sequence[ChangeLine], wanted: Kind) -> tuple[ChangeLine, ...]:
    """Lines of one kind."""
    return tuple(line for line in lines if wanted in ("all", line.kind))


def said(label: Mapping[str, str], language: str) -> str:
    """The label in a language of the form, else in the first that has one."""
    return label.get(language) or next(filter(None, label.values()), "")


def plain(language: str) -> str:
    """`中文 (zh)` without its code."""
    return language.partition(" (")[0]


def language_of(languages: Sequence[str], code: str) -> str:
    """The form's own name of the window's language, else its first."""
    wanted = (f"({code})", f"({code.partition('-')[0]})")
    found = (name for ending in wanted for name in languages if name.endswith(ending))
    return next(found, languages[0] if languages else "")


def mark(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The old text with what is gone, the new one with what is new; words of Latin script stay whole."""
    if len(old) + len(new) > MAX_MARKED:
        return (Piece("same", old),), (Piece("same", new),)
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    left = ((tag, "".join(before[a:b])) for tag, a, b, _, _ in steps)
    right = ((tag, "".join(after[c:d])) for tag, _, _, c, d in steps)
    return tuple(_pieces(left, "gone")), tuple(_pieces(right, "new"))


def _pieces(steps: Iterator[tuple[str, str]], state: Literal["gone", "new"]) -> Iterator[Piece]:
    for tag, text in steps:
        if text:
            yield Piece("same" if tag == "equal" else state, text)


def copied(lines: Sequence[ChangeLine], name: Callable[[ChangeLine], str]) -> str:
    """Lines that a spreadsheet takes: what, question, in particular, old, new."""
    rows = ((name(line), line.path, line.about, line.old, line.new) for line in lines)
    return "\n".join("\t".join(cell.replace("\n", " ").replace("\t", " ") for cell in cells) for cells in rows)


def _key(part: str) -> str:
    """`constraint message` → constraint_message; attributes of other namespaces are one key."""
    return "attribute" if part.startswith("{") else re.sub(r"[^a-z]+", "_", part.lower())


def _attribute(rule: str) -> str:
    """`{urn:x}critical` → critical; a rule of XLSForm has a word of its own."""
    return rule.rpartition("}")[2] if rule.startswith("{") else ""
