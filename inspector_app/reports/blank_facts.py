"""What a checklist to fill in by hand is drawn from: titles, Items and questions of a form in one language."""

from dataclasses import dataclass
from datetime import datetime

from inspector_app.domain.finding import Level
from inspector_app.reports.brand import Brand


@dataclass(frozen=True)
class BlankItem:
    """One requirement with the names of what is measured."""

    id: str
    text: str
    level: Level
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class BlankDimension:
    """Items under a heading."""

    id: str
    name: str
    items: tuple[BlankItem, ...]


@dataclass(frozen=True)
class BlankQuestion:
    """`kind` heading, one (of `choices`), many, or text; `lines` to write on where nothing is ticked."""

    kind: str
    depth: int
    label: str
    choices: tuple[str, ...] = ()
    lines: int = 1


@dataclass(frozen=True)
class BlankFacts:
    """A form with nothing filled in."""

    title: str
    form: str
    version: str
    issuer: str
    dimensions: tuple[BlankDimension, ...]
    sections: tuple[tuple[str, tuple[BlankQuestion, ...]], ...]
    printed: datetime
    language: str = "zh-Hant"
    hotline: str = ""
    brand: Brand = Brand()
