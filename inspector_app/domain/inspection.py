"""One visit: its head, its Answers by form path, and the words Verdict and Result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """One Item's reply; no Verdict is 未檢 and never 合格 (domain.md §4)."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    NA = "na"


class Result(StrEnum):
    """結論 of the whole Inspection; the first matching row of domain.md §4 wins."""

    FAILS = "fails"
    RECTIFY = "rectify"
    PASSES = "passes"
    OPEN = "open"
    """Nothing decided yet: a ★ or ◆ Item is 未檢, or nothing was checked at all."""
    RECORDED = "recorded"
    """The form has questions but no Items: the visit is recorded and nobody says 合格."""


class Status(StrEnum):
    """An Inspection is a draft until it is finished; a finished one is frozen and numbered."""

    DRAFT = "draft"
    FINISHED = "finished"


class Given(StrEnum):
    """How an Answer came to be when nobody judged the Item one by one; it stays visible until somebody does."""

    REST = "rest"
    """"The rest of this Dimension is fine", said once for many Items."""
    LAST = "last"
    """Taken over from the last visit of the Site."""


@dataclass(frozen=True)
class Attached:
    """A file that answers a question: its Blob, and the name that is the answer."""

    sha: str
    size: int
    mime: str
    name: str


@dataclass(frozen=True)
class Signature:
    """One signature given on the screen. `role` ∈ inspector, head, witness; `at` is ISO 8601; each stroke is
    x, y, x, y, … on a drawing of 640 × 240, and `picture` shows them as PNG."""

    role: str
    name: str
    picture: Attached
    strokes: tuple[tuple[int, ...], ...] = ()
    at: str = ""


@dataclass(frozen=True)
class Signing:
    """The end of a visit: who signed for the Site, or why they refused (domain.md §6, refusal path).

    `signatures` are those given on the screen; whoever has none signs the paper."""

    head_name: str = ""
    head_post: str = ""
    refused: str = ""
    witness: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True)
class Inspection:
    """One visit as stored. Times are ISO 8601 at +08:00 ('' = not yet); `answers` maps leaf paths of the form to text,
    repeat instances by name (`domain.instances`); `files` maps the same paths to the files last given there, `given` those
    that were not answered one by one to a `Given`.

    `deadlines` maps an Item id to an ISO time that replaces the default Deadline. `is_frozen`: what the form computed
    was saved when the visit was finished and is never computed again.
    """

    id: str
    site: str
    team: int
    form: str
    form_version: str
    form_hash: str
    started: str
    inspectors: tuple[str, ...] = ()
    kind: str = "planned"
    stage: str = "first"
    finished: str = ""
    status: Status = Status.DRAFT
    number: str = ""
    result: Result = Result.OPEN
    signing: Signing = Signing()
    answers: Mapping[str, str] = field(default_factory=dict)
    deadlines: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Attached] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    is_frozen: bool = False
    saved_ms: int = 0


ANSWER_PREFIX = "/"
"""Fields of an inspection entity that begin with a slash are Answers: the field name is the leaf's path in the form."""

DEADLINE_PREFIX = "deadline:"
"""Field `deadline:A04` replaces the default Deadline of Item A04."""

FILE_PREFIX = "file:"
"""Field `file:/data/photo` names the Blob that answers a question: {sha, size, mime, chunks, name}, found by a Round."""

GIVEN_PREFIX = "given:"
"""Field `given:/data/a/a01` says that the Answer there was not given one by one: a `Given`, '' = it was."""

SIGNATURE_PREFIX = "signature:"
"""Field `signature:head` or `signature:inspector:0` names the Blob of a signature, with who gave it, when and how."""
