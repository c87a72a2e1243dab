"""Every kind of paper by its name: its facts gathered here, pressed by `reports.pressing`, signed."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.changeset import Touched
from inspector_app.domain.errors import UserError
from inspector_app.operations import blanking, issuing, rechecking, reporting, sealing, summing, vouching
from inspector_app.reports import facts as paper
from inspector_app.reports.pressing import Ready as Ready
from inspector_app.reports.pressing import draw as draw
from inspector_app.reports.pressing import preview as preview
from inspector_app.reports.record import AnyFacts
from inspector_app.store.database import Store

KINDS = ("inspection", "one-page", "notice", "recheck", "team-day", "district")
VISITS = ("inspection", "one-page", "notice", "recheck")
"""Papers of one visit, with a number of their own."""
BLANK = "blank"
"""A form to fill in by hand, named by its id or hash: no record, so neither archived nor signed."""
_DAYS = {"zh-Hant": "服務隊日報", "zh-Hans": "服务队日报", "en": "Team day"}
_DISTRICT = {"zh-Hant": "全區匯總", "zh-Hans": "全区汇总", "en": "District summary"}
_BRIEF = {"zh-Hant": "單頁", "zh-Hans": "单页", "en": "One page"}
_NOTICE = {"zh-Hant": "整改建議通知單", "zh-Hans": "整改建议通知单", "en": "Notice"}
_RECHECK = {"zh-Hant": "復查記錄", "zh-Hans": "复查记录", "en": "Recheck"}
_DRAFT = {"zh-Hant": "草稿", "zh-Hans": "草稿", "en": "Draft"}


@dataclass(frozen=True)
class Wanted:
    """One paper: its kind and of what. `subject` is a visit's id, `01@2020-03-20` for a Team's day, or a span
    `2020-03-20..2020-03-26` for the district."""

    kind: str
    subject: str


def gather(store: Store, wanted: Wanted, language: str = "zh-Hant") -> Ready:
    """The facts of a paper as they are now; raises UserError for one that cannot be made."""
    match wanted.kind:
        case "inspection" | "one-page":
            visit = reporting.inspection_facts(store, wanted.subject, language=language)
            name = f"{visit.number or _draft_name(wanted, language)} {visit.site.name}"
            is_brief = wanted.kind == "one-page"
            named = _file_name(f"{name} {_BRIEF[language]}" if is_brief else name)
            return Ready(visit, named, None if visit.draft else visit.finished, language, is_brief)
        case "notice":
            facts = issuing.notice_facts(store, wanted.subject, language=language)
            name = f"{facts.number or _draft_name(wanted, language)} {_NOTICE[language]} {facts.visit.site.name}"
            return Ready(facts, _file_name(name), facts.issued, language)
        case "recheck":
            again = rechecking.recheck_facts(store, wanted.subject, language=language)
            name = f"{again.number or _draft_name(wanted, language)} {_RECHECK[language]} {again.visit.site.name}"
            return Ready(again, _file_name(name), again.issued, language)
        case "team-day":
            team, _, day = wanted.subject.partition("@")
            daily = summing.team_day_facts(store, _number(team), _day(day), language=language)
            return Ready(daily, _file_name(f"{day} {daily.team} {_DAYS[language]}"), daily.printed, language)
        case "blank":
            empty = blanking.blank_facts(store, wanted.subject, language=language)
            return Ready(empty, _file_name(f"{empty.title} {empty.version}"), None, language)
        case "district":
            first, _, last = wanted.subject.partition("..")
            span = summing.district_facts(store, _day(first), _day(last or first), language=language)
            name = f"{first}{f'—{last}' if last not in ('', first) else ''} {_DISTRICT[language]}"
            return Ready(span, _file_name(name), span.printed, language)
    raise UserError("report_kind", f"'{wanted.kind}' is no kind of paper; choose one of {', '.join(KINDS)}.")


def _draft_name(wanted: Wanted, language: str) -> str:
    return f"{_DRAFT[language]}-{wanted.subject[:8]}"


def _number(text: str) -> int:
    if not text.isdecimal():
        raise UserError("team_unknown", f"'{text}' is no team; give its number, e.g. 7.", name=text)
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError("day_unreadable", f"'{text}' is no day; write it as 2020-03-20.", name=text) from None


def _file_name(text: str) -> str:
    """A name every system takes."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", text).strip(" .")[:120] + ".pdf"


def final(store: Store, wanted: Wanted, language: str = "zh-Hant") -> bytes:
    """The file to hand over: archived, and signed with this laptop's key, unless it is a draft."""
    ready = gather(store, wanted, language)
    pdf = draw(ready).pdf
    vouch(store, wanted, ready)
    return pdf if ready.frozen is None else sealing.sign(store, pdf)


def vouch(store: Store, wanted: Wanted, ready: Ready) -> Touched:
    """What leaves the laptop on paper or as a file can be asked for at the hub, where a code leads there."""
    if ready.frozen is None or wanted.kind not in VISITS:
        return Touched()
    return vouching.vouch(store, wanted.subject.partition("#")[0], ready.facts)


def marks(facts: AnyFacts) -> str:
    """What is printed but is no part of the record: draft, unsynced, corrections, and how the organisation's papers look."""
    visit = facts.visit if isinstance(facts, paper.NoticeFacts | paper.RecheckFacts) else facts
    brand = visit.brand
    look = (brand.head, brand.colour, brand.photo, brand.is_letter, sorted(brand.hidden), brand.sign_off, brand.signers)
    looks = hashlib.sha256(f"{look} {visit.hotline}".encode() + brand.logo).hexdigest()[:16]
    if not isinstance(visit, paper.InspectionFacts):
        return looks
    marks = (visit.draft, visit.unsynced is not None, *map(repr, visit.amendments), looks, visit.verify_url)
    return " ".join(map(str, marks))
