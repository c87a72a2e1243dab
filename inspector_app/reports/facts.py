"""What the 督導檢查記錄 is drawn from: frozen facts, already masked; no store, no clock, no pictures to decode."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from inspector_app.domain.finding import Level
from inspector_app.domain.inspection import Result, Verdict
from inspector_app.domain.scoring import Tally
from inspector_app.domain.site import mask_phone
from inspector_app.reports.brand import Brand

__all__ = [
    "Amended",
    "Dimension",
    "DistrictFacts",
    "Document",
    "FindingLine",
    "Found",
    "InspectionFacts",
    "Item",
    "NoticeFacts",
    "Officer",
    "Picture",
    "Place",
    "RecheckFacts",
    "RecheckLine",
    "Refusal",
    "Signed",
    "TeamDayFacts",
    "TeamLine",
    "VisitLine",
    "mask_phone",
]


@dataclass(frozen=True)
class Document:
    """A finished file: bytes, number of pages, characters no face could draw (printed as 〓)."""

    pdf: bytes
    pages: int
    missing: frozenset[str]


@dataclass(frozen=True)
class Officer:
    """An Inspector as printed; the certificate number may be empty in advisory documents."""

    name: str
    certificate: str = ""


@dataclass(frozen=True)
class Place:
    """The Site. `contact` is the person in charge, `phone` is masked (`mask_phone`) before it comes here."""

    name: str
    code: str = ""
    type_label: str = ""
    address: str = ""
    street: str = ""
    department: str = ""
    park: str = ""
    contact: str = ""
    post: str = ""
    phone: str = ""
    headcount: int | None = None
    headcount_due: int | None = None


@dataclass(frozen=True)
class Dimension:
    """One Dimension's counts; `counted` False keeps it out of the 80 % rule (safety add-on)."""

    id: str
    name: str
    tally: Tally
    counted: bool = True


@dataclass(frozen=True)
class Found:
    """One failed Item. `deadline` None with `rule` "now", "pre-open" or "no-open" prints the words of that rule;
    `photos` are numbers of `InspectionFacts.pictures`."""

    item: str
    dimension: str
    level: Level
    requirement: str
    observation: str
    advice: str = ""
    owner: str = ""
    deadline: datetime | None = None
    rule: str = ""
    photos: tuple[int, ...] = ()


@dataclass(frozen=True)
class Item:
    """One Item of the checklist with its Verdict (None = 未檢), note and measured values as text."""

    id: str
    dimension: str
    text: str
    verdict: Verdict | None = None
    note: str = ""
    measures: str = ""
    level: Level = Level.NORMAL


@dataclass(frozen=True)
class Picture:
    """One Photo: `jpeg` is the upright derivative (≤ 800×600), b"" where it is lost; `digest` is the original's.

    `time_source` is "exif" or "device" or "none", `place_source` "gps", "chosen" or "none"; `place` is words or "".
    """

    number: int
    item: str
    jpeg: bytes
    taken: datetime | None = None
    time_source: str = "device"
    place_source: str = "none"
    place: str = ""
    digest: str = ""
    caption: str = ""
    is_marked: bool = False
    """Shown is a copy with parts hidden or drawn on; the original is sealed. Printed, no part of the record's digest."""

    @cached_property
    def derivative(self) -> str:
        """SHA-256 of `jpeg`, "" where it is lost; a batch asks for it three times."""
        return hashlib.sha256(self.jpeg).hexdigest() if self.jpeg else ""


@dataclass(frozen=True)
class Refusal:
    """The head of the unit would not sign: reason as stated, when, who witnessed, what the Inspectors note."""

    reason: str
    at: datetime | None = None
    witness: str = ""
    note: str = ""


@dataclass(frozen=True)
class Signed:
    """A signature given on the screen as JPEG on white; `role` ∈ inspector, head, witness."""

    role: str
    name: str
    jpeg: bytes


@dataclass(frozen=True)
class Answered:
    """One line of what was asked beside the Items: a heading (kind "group" or, with its `number`, "instance") or a
    "question" with its answer in words; `photos` are numbers of `InspectionFacts.pictures`."""

    kind: str
    depth: int
    label: str
    text: str = ""
    number: int = 0
    photos: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """Answered questions that belong together; a run of questions outside of groups has no label."""

    label: str
    entries: tuple[Answered, ...]


@dataclass(frozen=True)
class Amended:
    """One correction after sealing, in words. `part` ∈ verdict, note, answer; `item` '' for a question outside the Items."""

    item: str
    part: str
    label: str
    old: str
    new: str
    reason: str
    by: str
    at: datetime | None = None


@dataclass(frozen=True)
class InspectionFacts:
    """All of one Inspection. Times are aware, +08:00. Who is not in `signatures` gets an empty box.

    `kind` planned, random, complaint, special; `stage` first, recheck, reopening. `printed` and `unsynced`
    (since when Changesets wait, None = the Hub has all) are shown but are no part of the record's digest.
    """

    number: str
    kind: str
    stage: str
    issuer: str
    team: str
    site: Place
    started: datetime
    finished: datetime | None
    inspectors: tuple[Officer, ...]
    result: Result
    dimensions: tuple[Dimension, ...]
    items: tuple[Item, ...]
    printed: datetime
    findings: tuple[Found, ...] = ()
    pictures: tuple[Picture, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    head_name: str = ""
    head_post: str = ""
    witness: str = ""
    refusal: Refusal | None = None
    signature: bytes = b""
    """Part of the record's digest since its first version; the strokes themselves are in `signatures`."""
    draft: bool = False
    unsynced: datetime | None = None
    checklist: str = ""
    checklist_version: str = ""
    hotline: str = ""
    language: str = "zh-Hant"
    verify_url: str = ""
    sections: tuple[Section, ...] = ()
    subject: str = ""
    """What the form is called where it is not the five points in place."""
    signatures: tuple[Signed, ...] = ()
    amendments: tuple[Amended, ...] = ()
    """Printed after what was signed and no part of its digest, as `amended_result` is."""
    amended_result: Result | None = None
    """What the Result comes to with them, None where it stays."""
    brand: Brand = Brand()

    def stroke(self, role: str, name: str = "") -> bytes:
        """The signature of somebody as JPEG, b"" for wet ink; a head and a witness there is only one of."""
        found = (one for one in self.signatures if one.role == role and (role != "inspector" or one.name == name))
        return next((one.jpeg for one in found), b"")


@dataclass(frozen=True)
class NoticeFacts:
    """A 整改建議通知單: what one finished Inspection found, put to its Site. `number` is '' until it is issued.

    `visit` is the Inspection as printed, `visit.number` the record the Notice refers to; `copies_to` are authorities.
    """

    number: str
    issued: datetime | None
    visit: InspectionFacts
    copies_to: tuple[str, ...] = ()
    wording: str = ""
    """"enforcement" where the organisation may order (責令); then `remedies` is what its authority supplied."""
    remedies: str = ""


@dataclass(frozen=True)
class RecheckLine:
    """What became of one Finding. `status` is a word of domain.finding.FindingStatus; `by` and `at` who looked and when
    ('' and None = nobody yet); `after` are numbers of `RecheckFacts.after`."""

    found: Found
    status: str
    by: str = ""
    at: datetime | None = None
    note: str = ""
    deadline: datetime | None = None
    after: tuple[int, ...] = ()


@dataclass(frozen=True)
class RecheckFacts:
    """A 復查記錄 on one Notice. `number` is '' until it is issued; `visit` holds the photos taken before, `after` those
    of the recheck, numbered on."""

    number: str
    issued: datetime | None
    notice: str
    noticed: datetime
    visit: InspectionFacts
    lines: tuple[RecheckLine, ...]
    after: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class VisitLine:
    """One visit of a day. `findings` counts what it found, `vetoes` those among them that are one-vote vetoes."""

    at: datetime
    site: str
    street: str
    kind: str
    stage: str
    number: str
    result: Result
    answered: int
    total: int
    findings: int
    vetoes: int
    is_finished: bool


@dataclass(frozen=True)
class FindingLine:
    """One Finding that is not closed. `status` is a word of domain.finding.FindingStatus."""

    item: str
    requirement: str
    site: str
    level: Level
    deadline: datetime | None
    rule: str
    status: str
    is_overdue: bool


@dataclass(frozen=True)
class TeamDayFacts:
    """服務隊日報 of one Team and one date; nothing at all makes a 零報告. `waiting` = Changesets and Blobs not yet sent."""

    day: datetime
    issuer: str
    team: str
    members: tuple[str, ...]
    visits: tuple[VisitLine, ...]
    findings: tuple[FindingLine, ...]
    opened: int
    reported: int
    closed: int
    due_soon: int
    waiting: tuple[int, int]
    printed: datetime
    language: str = "zh-Hant"
    hotline: str = ""
    brand: Brand = Brand()

    @property
    def is_zero(self) -> bool:
        """Nothing happened: a report says so, it is not missing (domain.md §6)."""
        return not (self.visits or self.opened or self.reported or self.closed)


@dataclass(frozen=True)
class TeamLine:
    """One Team over a span. `dimensions` are in the order of `DistrictFacts.dimensions`; `is_silent` = it sent nothing."""

    team: str
    streets: str
    visited: int
    listed: int
    tally: Tally
    dimensions: tuple[Tally, ...]
    findings: int
    closed: int
    due_soon: int
    overdue: int
    is_silent: bool = False


@dataclass(frozen=True)
class DistrictFacts:
    """全區匯總 over days `first` to `last`; `as_of` is when the newest data arrived; `dimensions` are (id, name)."""

    first: datetime
    last: datetime
    as_of: datetime
    issuer: str
    teams: tuple[TeamLine, ...]
    dimensions: tuple[tuple[str, str], ...]
    printed: datetime
    language: str = "zh-Hant"
    hotline: str = ""
    brand: Brand = Brand()
