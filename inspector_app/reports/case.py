"""One document in the making: facts, words and digest, and the small Blocks every section uses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from inspector_app.domain.finding import Level
from inspector_app.domain.inspection import Verdict
from inspector_app.domain.scoring import Tally, percent
from inspector_app.domain.seal import seal_code
from inspector_app.reports.blocks import Block, Drawn, Paragraph, baseline
from inspector_app.reports.facts import Found, InspectionFacts
from inspector_app.reports.ink import Ink
from inspector_app.reports.page import Furniture
from inspector_app.reports.palette import FAIL, LABEL, MUTED, NAVY, SECTION, WARN
from inspector_app.reports.record import check_code
from inspector_app.reports.text import Span, Style, clean
from inspector_app.reports.words import Words

_LONGEST = 80
"""Letters before the check code that a code of 25 mm still carries."""
LEVELS = (Level.VETO, Level.KEY, Level.NORMAL)
SIGNS = {Level.VETO: "★", Level.KEY: "◆", Level.NORMAL: ""}
LEVEL_COLOURS = {Level.VETO: FAIL, Level.KEY: WARN, Level.NORMAL: MUTED}


@dataclass(frozen=True)
class Case:
    """Facts, the words of their language, the record digest (64 hex)."""

    facts: InspectionFacts
    words: Words
    digest: str

    @property
    def check(self) -> str:
        """Head of the digest for footers and codes."""
        return check_code(self.digest)

    @property
    def payload(self) -> str:
        """What the QR code says: the hub's page for this paper, or number and check code where none is configured."""
        code = seal_code(self.facts.number, self.check)
        if self.facts.verify_url and code:
            return f"{self.facts.verify_url.rstrip('/')}/v/{code}"
        before = clean(f"{self.facts.number} ").lstrip()
        return self.check if len(before) > _LONGEST else before + self.check

    @property
    def tally(self) -> Tally:
        """Counts over all Items: the one source of every total in the document."""
        verdicts = [item.verdict for item in self.facts.items]
        return Tally(
            verdicts.count(Verdict.PASS), verdicts.count(Verdict.FAIL), verdicts.count(Verdict.NA), verdicts.count(None)
        )

    @property
    def findings(self) -> tuple[Found, ...]:
        """Gravest first: veto, key, normal; in checklist order within a level."""
        return tuple(sorted(self.facts.findings, key=lambda found: LEVELS.index(found.level)))

    def text(self, text: str, style: Style, *, align: str = "left") -> Paragraph:
        """A Paragraph, justified where the language is."""
        return Paragraph(Span(text, style), justify=self.words.is_chinese, align=align)

    def deadline(self, found: Found) -> str:
        """Absolute day and time, or the words of the rule."""
        if found.rule == "now" or found.deadline is None:
            known = found.rule if found.rule in ("now", "pre-open", "no-open") else ""
            return self.words[f"rule.{known}"]
        return self.words.moment(found.deadline)

    def latest(self) -> datetime | None:
        """The latest Deadline of all Findings."""
        return max((f.deadline for f in self.facts.findings if f.deadline and f.rule != "now"), default=None)


def share(tally: Tally) -> str:
    """`37/40`; a denominator of 0 stays visible as —."""
    return f"{tally.passed}/{tally.denominator}" if tally.denominator else "—"


def rate(tally: Tally) -> str:
    """`92.5%` or —."""
    text = percent(tally.rate)
    return text if text == "—" else f"{text}%"


def section(title: str, note: str | Callable[[Ink], str] = "") -> Block:
    """A numbered heading with a rule under it and a muted note at the right."""

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        ink.write(title, x, y + baseline(SECTION.size, SECTION.leading), SECTION)
        shown = note if isinstance(note, str) else note(ink)
        if shown:
            ink.write(shown, x + width, y + 13.6, LABEL._replace(size=8.2), align="right")
        ink.rule((x, y + 21), (x + width, y + 21), NAVY, 1.1)

    return Drawn(25.0, paint)


def late(write: Callable[[Ink], str], style: Style, *, align: str = "left") -> Block:
    """One line whose text is known only when all pages are laid out."""

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        at = x + width if align == "right" else x
        ink.write(write(ink), at, y + baseline(style.size, style.leading), style, align=align)

    return Drawn(style.leading, paint)


def labelled(pairs: Sequence[tuple[str, str, Style]], label: Style, gaps: Sequence[str]) -> Paragraph:
    """`label value gap label value …` in one Paragraph; one gap fewer than pairs."""
    spans: list[Span] = []
    for (name, value, style), gap in zip(pairs, ("", *gaps), strict=True):
        spans += [Span(f"{gap}{name} ", label), Span(value, style)]
    return Paragraph(*spans, justify=False)


def furniture(case: Case, title: str) -> Furniture:
    """Head and foot of every page; `title` is the words' key of the kind of paper."""
    facts, words = case.facts, case.words
    foot = [facts.number, words("printed", words.moment(facts.printed)), words("check", case.check)]
    if facts.hotline:
        foot.append(words("hotline", facts.hotline))
    return Furniture(
        title=words[title],
        site=facts.site.name,
        foot=tuple(part for part in foot if part),
        pages=words["pages"],
        draft=words["draft"] if facts.draft else "",
        unsynced=words("unsynced", words.moment(facts.unsynced)) if facts.unsynced else "",
        has_band=facts.brand.head == "band",
    )
