"""What a checklist Form says about its Dimensions and Items, as frozen facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from inspector_app.xforms import Control, Form

APP = "urn:inspector-app:checklist"
"""Namespace of the bind attributes that make a Form a checklist (forms.md §3.4); matched by URI, never by prefix."""

MeasureKind = Literal["integer", "decimal", "date", "text"]
PhotoRule = Literal["required", "optional", "forbidden"]


@dataclass(frozen=True)
class Measure:
    """One number, date or text beside a Verdict. `limit` is a threshold of its own, '<=6' or '<=maximum' (a role)."""

    path: str
    kind: MeasureKind
    role: str
    limit: str = ""


@dataclass(frozen=True)
class Item:
    """One requirement. `critical` is veto, conditional_veto, key or normal; `answer` is its kind with the threshold
    (domain.md §3); `condition` says when a failed ☆ is a veto: 'always' or a comparison such as 'days<1'.
    `photo_min` pictures are asked for with a Verdict, `photo_max` taken, 0 = as many as wished."""

    id: str
    path: str
    dimension: str
    critical: str
    photo: PhotoRule
    deadline: str
    answer: str
    measures: tuple[Measure, ...]
    note_path: str
    sources: tuple[str, ...]
    condition: str = ""
    photo_min: int = 0
    photo_max: int = 0

    @property
    def photos_needed(self) -> int:
        """How many pictures a Verdict needs: what the form says, and one where they are required."""
        return max(self.photo_min, 1 if self.photo == "required" else 0)

    @property
    def paths(self) -> tuple[str, ...]:
        """The leaves it answers for: Verdict, note, measures."""
        return (self.path, self.note_path, *(measure.path for measure in self.measures))


@dataclass(frozen=True)
class Dimension:
    """A group of Items; only a counted one can force 整改 by its rate."""

    id: str
    path: str
    counted: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Section:
    """Questions that belong to no Item: one top-level group or repeat, or a run of top-level questions.

    `path` is the group's, or the first question's."""

    path: str
    controls: tuple[Control, ...]


@dataclass(frozen=True)
class Checklist:
    """A Form read as Dimensions of Items and, for the rest of its questions, Sections.

    Paths of head questions are '' where the form does not ask them. `owned` are the paths of the controls that
    Items and the head of the visit answer for."""

    form: Form
    dimensions: tuple[Dimension, ...]
    site_type_path: str
    items_by_id: Mapping[str, Item]
    visit_date_path: str = ""
    risk_tier_path: str = ""
    sections: tuple[Section, ...] = ()
    owned: frozenset[str] = frozenset()

    @property
    def has_items(self) -> bool:
        """There is something to judge; without Items a visit is recorded and has no Result."""
        return bool(self.items_by_id)
