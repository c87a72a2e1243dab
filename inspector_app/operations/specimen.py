"""A paper to look at while its looks are chosen: the newest finished visit, or a made-up one of the checklist in use."""

from dataclasses import replace
from datetime import datetime

from inspector_app.checklists.model import Checklist, Item
from inspector_app.domain.clock import moment
from inspector_app.domain.errors import DaoweiError, UserError
from inspector_app.domain.finding import Level
from inspector_app.domain.inspection import Result, Verdict
from inspector_app.domain.scoring import Tally
from inspector_app.operations import letterhead, reporting
from inspector_app.operations.keeping import checklist
from inspector_app.operations.letterhead import ENFORCEMENT, Letterhead, Organisation
from inspector_app.operations.offering import default_form
from inspector_app.operations.visit import form_language
from inspector_app.reports import facts as paper
from inspector_app.reports.brief import brief_record
from inspector_app.reports.inspection import inspection_record
from inspector_app.reports.notice import notice
from inspector_app.store import findings, inspections
from inspector_app.store.database import Store
from inspector_app.xforms import Session

_PLACES = {
    "zh-Hant": ("示例企業有限公司", "新港東路 1 號", "琶洲", "區科工商信局", "甲", "乙", "（示例）"),
    "zh-Hans": ("示例企业有限公司", "新港东路 1 号", "琶洲", "区科工商信局", "甲", "乙", "（示例）"),
    "en": ("Example Enterprise Ltd.", "1 Xingang East Road", "Pazhou", "District bureau", "A", "B", "(example)"),
}


def specimen(store: Store, what: Organisation, kind: str, language: str) -> paper.Document:
    """A paper as it would look with these settings, saved or not."""
    on_paper = letterhead.letterhead(what, language)
    visit = _dressed(_newest(store, language) or _made_up(store, language), on_paper)
    if kind != "notice":
        return brief_record(visit) if kind == "one-page" else inspection_record(visit)
    orders = what.wording == ENFORCEMENT
    worded = (what.wording, what.remedies) if orders else ("", "")
    bare = replace(visit, sections=(), pictures=(), amendments=())
    copies = tuple(name for name in (visit.site.street, visit.site.department) if name)
    return notice(paper.NoticeFacts("", visit.finished, bare, copies, *worded))


def _dressed(visit: paper.InspectionFacts, on_paper: Letterhead) -> paper.InspectionFacts:
    officers = tuple(
        replace(one, certificate=on_paper.certificates.get("".join(one.name.split()), one.certificate))
        for one in visit.inspectors
    )
    return replace(
        visit,
        issuer=on_paper.issuer,
        hotline=on_paper.hotline,
        brand=on_paper.brand,
        verify_url=on_paper.verify,
        inspectors=officers,
    )


def _newest(store: Store, language: str) -> paper.InspectionFacts | None:
    """The newest finished visit that found something."""
    with store.reading() as session:
        for one in inspections.ids(session, status="finished", limit=20):
            if findings.ids(session, inspection=one, limit=1):
                break
        else:
            return None
    try:
        return reporting.inspection_facts(store, one, language=language)
    except DaoweiError:  # a visit that cannot be opened here is no reason to show nothing
        return None


def _made_up(store: Store, language: str) -> paper.InspectionFacts:
    form_hash = default_form(store)
    if form_hash is None:
        raise UserError("form_none", "No checklist is installed; install one first.")
    sheet, now = checklist(store, form_hash), moment(store.clock())
    running = sheet.form.begin(now=lambda: now)
    name = form_language(sheet.form, language)
    if name:
        running.set_language(name)
    items = [_item(running, item, number) for number, item in enumerate(sheet.items_by_id.values())]
    site, address, street, department, first, second, made_up = _PLACES[language]
    failed = [item for item in items if item.verdict is Verdict.FAIL]
    return paper.InspectionFacts(
        number=made_up,
        kind="planned",
        stage="first",
        issuer="",
        team=letterhead.TEAM[language].format(store.me.team or 1),
        site=paper.Place(site, "91350100M000100Y43", "", address, street, department, contact=first, headcount=218),
        started=now,
        finished=now,
        inspectors=(paper.Officer(store.me.name), paper.Officer(second)),
        result=Result.RECTIFY if failed else Result.RECORDED,
        dimensions=_dimensions(running, sheet, items),
        items=tuple(items),
        printed=now,
        findings=tuple(_found(sheet.items_by_id[item.id], item, now) for item in failed),
        checklist=sheet.form.id,
        checklist_version=sheet.form.version,
        language=language,
    )


def _item(running: Session, item: Item, number: int) -> paper.Item:
    verdict = Verdict.FAIL if number in (2, 11, 23) else Verdict.NA if number % 13 == 5 else Verdict.PASS
    level = Level.KEY if item.critical == "key" else Level.VETO if item.critical == "veto" else Level.NORMAL
    return paper.Item(item.id, item.dimension, running.state(item.path).label, verdict, level=level)


def _found(item: Item, shown: paper.Item, now: datetime) -> paper.Found:
    return paper.Found(item.id, item.dimension, shown.level, shown.text, "", deadline=now, rule=item.deadline)


def _dimensions(running: Session, sheet: Checklist, items: list[paper.Item]) -> tuple[paper.Dimension, ...]:
    made = []
    for dimension in sheet.dimensions:
        verdicts = [item.verdict for item in items if item.dimension == dimension.id]
        counts = (verdicts.count(each) for each in (Verdict.PASS, Verdict.FAIL, Verdict.NA, None))
        made.append(
            paper.Dimension(dimension.id, running.state(dimension.path).label, Tally(*counts), dimension.counted)
        )
    return tuple(made)
