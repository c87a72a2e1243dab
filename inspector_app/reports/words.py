"""Every printed label in Traditional Chinese, Simplified Chinese and English; dates and numbers as print wants them."""

from collections.abc import Mapping
from datetime import datetime

from inspector_app.reports import labels, labels_more, labels_office

LANGUAGES = ("zh-Hant", "zh-Hans", "en")

_WORDS = {**labels.LABELS, **labels_office.LABELS, **labels_more.LABELS}

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Words:
    """The labels of one language: `words["fail"]`, `words("pages", total=8, page=1)`."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self._at = LANGUAGES.index(self.language)

    def __getitem__(self, key: str) -> str:
        return _WORDS[key][self._at]

    def __call__(self, key: str, /, *args: object, **named: object) -> str:
        return self[key].format(*args, **named)

    @property
    def is_chinese(self) -> bool:
        """Chinese is justified and takes no spaces between words."""
        return self.language != "en"

    def section(self, number: int, key: str) -> str:
        """A numbered heading: `一、檢查概況`, `1  Summary`."""
        return f"{'一二三四五六七八九'[number - 1]}、{self[key]}" if self.is_chinese else f"{number}  {self[key]}"

    def day(self, when: datetime) -> str:
        """`2026年11月26日`, no leading zeros, in every locale."""
        if self.is_chinese:
            return f"{when.year}年{when.month}月{when.day}日"
        return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"

    def moment(self, when: datetime) -> str:
        """Day and time to the minute."""
        return f"{self.day(when)} {clock(when)}"

    def span(self, start: datetime, end: datetime | None) -> str:
        """From day and minute to day and minute; the day is not repeated."""
        if end is None:
            return self("ongoing", self.moment(start))
        return self("span", self.moment(start), clock(end) if end.date() == start.date() else self.moment(end))

    def joined(self, parts: list[str]) -> str:
        """A list in prose."""
        return self["and"].join(parts)


def clock(when: datetime) -> str:
    """`09:05`, half-width colon."""
    return f"{when.hour:02d}:{when.minute:02d}"


def all_labels() -> Mapping[str, tuple[str, str, str]]:
    """Every label in the order of LANGUAGES, for tests."""
    return _WORDS
