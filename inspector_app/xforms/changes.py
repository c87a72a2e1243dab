"""Words for what differs between two versions of a form: questions, wording, options, rules, languages."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionAdded:
    """A question or group of the new form that the old one lacks; `label` by language, `type` in XLSForm words."""

    path: str
    label: Mapping[str, str]
    type: str = ""


@dataclass(frozen=True, slots=True)
class QuestionDropped:
    """A question or group of the old form that the new one lacks; `label` by language, `type` in XLSForm words."""

    path: str
    label: Mapping[str, str]
    type: str = ""


@dataclass(frozen=True, slots=True)
class QuestionMoved:
    """The same question at another place: another group (`path` differs), or after another neighbour (`after`).

    `label` is the new wording by language; `after` is the path of the question before it, '' at the start of its group.
    """

    old_path: str
    path: str
    after: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Retyped:
    """Another type of answer: `integer`, `select_one`, `photo`, `group`, `repeat` …"""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Reworded:
    """A text in one language that reads differently; '' where it is missing.

    `part` is label, hint, guidance, constraint message, required message, image, audio, video or big-image.
    """

    path: str
    part: str
    language: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class OptionAdded:
    """An option the questions `paths` gained; `label` by language."""

    paths: tuple[str, ...]
    name: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OptionDropped:
    """An option the questions `paths` lost; `label` by language."""

    paths: tuple[str, ...]
    name: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OptionReworded:
    """A label (`part` 'label'), or a picture or column (`part` its name, `language` ''), of an option that differs."""

    paths: tuple[str, ...]
    name: str
    part: str
    language: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RuleChanged:
    """An expression or property that differs; '' where there is none; expressions name questions as `${name}`.

    `rule` is relevant, required, constraint, calculate, readonly, choices, repeat count, default, appearance or
    an attribute as `{urn}name`.
    """

    path: str
    rule: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class LanguageAdded:
    """A language only the new form has."""

    name: str


@dataclass(frozen=True, slots=True)
class LanguageDropped:
    """A language only the old form has."""

    name: str


Change = (
    QuestionAdded
    | QuestionDropped
    | QuestionMoved
    | Retyped
    | Reworded
    | OptionAdded
    | OptionDropped
    | OptionReworded
    | RuleChanged
    | LanguageAdded
    | LanguageDropped
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes: languages first, then in the order of the new form, what was dropped at the place it had."""

    changes: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        """Nothing an inspector or a score could notice differs."""
        return not self.changes
