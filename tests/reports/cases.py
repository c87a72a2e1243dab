"""Every kind of paper at its extremes, in each language: what `looks` draws and its test judges."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from inspector_app.domain.inspection import Result, Verdict
from inspector_app.domain.scoring import Tally
from inspector_app.reports.blank import blank
from inspector_app.reports.blank_facts import BlankDimension, BlankFacts, BlankItem
from inspector_app.reports.brief import brief_record
from inspector_app.reports.district import district
from inspector_app.reports.facts import Document, InspectionFacts, NoticeFacts, Picture, RecheckFacts, Refusal
from inspector_app.reports.inspection import inspection_record
from inspector_app.reports.notice import notice
from inspector_app.reports.recheck import recheck
from inspector_app.reports.team_day import team_day
from inspector_app.reports.words import LANGUAGES
from tests.reports import sample, test_district, test_notice, test_recheck, test_team_day


class Drawn(NamedTuple):
    """One paper: its kind, the case and the language it shows, and how to make it."""

    kind: str
    case: str
    language: str
    make: Callable[[], Document]

    @property
    def name(self) -> str:
        """As its file is called."""
        return f"{self.kind}-{self.case}-{self.language}"


COMPANY = {
    "zh-Hant": "廣州市海珠區琶洲𠮷祥人工智能與數字經濟產業園運營管理服務有限責任公司",
    "zh-Hans": "广州市海珠区琶洲𠮷祥人工智能与数字经济产业园运营管理服务有限责任公司",
    "en": "Guangzhou Haizhu Pazhou 𠮷 Artificial Intelligence and Digital Economy Industrial Park Management Co., Ltd.",
}
"""35 characters, the first language's way of writing 𠮷."""


def long_item(language: str) -> str:
    """3,000 characters of one Item's note."""
    return (sample.SEEN[language][0] * 100)[:3000]


def inspections(language: str) -> Iterator[tuple[str, InspectionFacts]]:
    """One visit per case."""
    base = sample.facts(language)
    yield "one-finding", sample.facts(language, fails=1, photos=2)
    yield "sixty-findings", sample.facts(language, count=120, fails=60, photos=70)
    yield "no-photo", sample.facts(language, photos=0)
    yield "all-passed", sample.facts(language, fails=0, photos=0)
    yield "many-photos", sample.facts(language, fails=9, photos=300)
    site = replace(base.site, name=COMPANY[language], contact="𠮷田𡘙一郎", post=COMPANY[language][:20])
    yield "names", replace(base, site=site, head_name="林𠮷明", head_post=COMPANY[language][:16])
    yield "500-items", sample.facts(language, count=500, fails=12, photos=6, add_on=True)
    yield "long-item", _long(base, language)
    yield "refused", replace(base, refusal=sample.refused(language), witness="")
    yield "refused-at-length", replace(base, refusal=Refusal(sample.SEEN[language][0] * 3, base.finished, "李𠮷", "—"))
    yield "not-applicable", _not_applicable(base)
    yield "draft", replace(base, draft=True, number="", finished=None, unsynced=sample.START, result=Result.OPEN)


def _long(base: InspectionFacts, language: str) -> InspectionFacts:
    note = long_item(language)
    first = base.findings[0]
    items = tuple(replace(item, note=note) if item.id == first.item else item for item in base.items)
    return replace(base, items=items, findings=(replace(first, observation=note), *base.findings[1:]))


def _not_applicable(base: InspectionFacts) -> InspectionFacts:
    items = tuple(replace(item, verdict=Verdict.NA, note="", measures="") for item in base.items)
    dimensions = tuple(replace(d, tally=Tally(0, 0, d.tally.total, 0)) for d in base.dimensions)
    return replace(base, items=items, dimensions=dimensions, findings=(), pictures=(), result=Result.PASSES)


def _notice(visit: InspectionFacts) -> NoticeFacts:
    bare = replace(visit, pictures=(), sections=())
    return NoticeFacts(test_notice.NUMBER, visit.finished, bare, (visit.site.street, visit.site.department))


def _recheck(visit: InspectionFacts, language: str) -> RecheckFacts:
    made = test_recheck.facts(language, fails=3, photos=3)
    lines = tuple(
        replace(made.lines[at % 3], found=found, after=(len(visit.pictures) + 1,) if at == 0 and visit.pictures else ())
        for at, found in enumerate(visit.findings)
    )
    after: tuple[Picture, ...] = ()
    if visit.pictures and visit.findings:
        after = (replace(visit.pictures[0], number=len(visit.pictures) + 1, item=visit.findings[0].item),)
    return replace(made, visit=visit, lines=lines, after=after)


def all_cases(languages: tuple[str, ...] = LANGUAGES) -> Iterator[Drawn]:
    """Every paper; facts are made when a paper is."""
    for language in languages:
        yield from _of_visits(language)
        for name, count in (("usual", 39), ("two-teams", 2)):
            made = test_district.facts(language, count)
            yield Drawn("district", name, language, lambda made=made: district(made))
        for name, visits, findings in (("usual", 7, 14), ("zero", 0, 0), ("full", 60, 80), ("one", 1, 1)):
            day = test_team_day.facts(language, visits, findings)
            yield Drawn("team-day", name, language, lambda day=day: team_day(day))


def _blank(visit: InspectionFacts) -> BlankFacts:
    dimensions = tuple(
        BlankDimension(
            one.id, one.name, tuple(BlankItem(i.id, i.text, i.level) for i in visit.items if i.dimension == one.id)
        )
        for one in visit.dimensions
    )
    return BlankFacts(
        "GZ-2020-13", visit.checklist, "2020", visit.issuer, dimensions, (), visit.printed, visit.language
    )


def _of_visits(language: str) -> Iterator[Drawn]:
    for case, visit in inspections(language):
        yield Drawn("inspection", case, language, lambda visit=visit: inspection_record(visit))
        if case in ("one-finding", "500-items"):
            yield Drawn("blank", case, language, lambda visit=visit: blank(_blank(visit)))
        yield Drawn("brief", case, language, lambda visit=visit: brief_record(visit))
        if case in ("no-photo", "many-photos", "500-items", "draft"):
            continue
        if visit.findings:
            yield Drawn("notice", case, language, lambda visit=visit: notice(_notice(visit)))
            yield Drawn("recheck", case, language, lambda visit=visit: recheck(_recheck(visit, language)))
