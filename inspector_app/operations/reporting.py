"""Gathers the facts of a visit for the 督導檢查記錄, masked and frozen."""

from dataclasses import replace
from datetime import datetime

from inspector_app.checklists.state import ItemState, VisitState
from inspector_app.domain.clock import moment
from inspector_app.domain.errors import WorldError
from inspector_app.domain.inspection import Signature, Status, Verdict
from inspector_app.domain.photo import Photo
from inspector_app.domain.site import Site, mask_phone
from inspector_app.operations import amending, answered, inspecting, letterhead, photographing
from inspector_app.operations.inspecting import Visit
from inspector_app.operations.keeping import DEFAULT_FORM
from inspector_app.operations.signing import picture_of
from inspector_app.reports import facts as paper
from inspector_app.store import log
from inspector_app.store.database import Store

SITE_TYPES = {
    "zh-Hant": dict(
        PK="園區", IN="工業企業", OF="商務樓宇", CS="建築工地", WM="專業批發市場", FB="餐飲", RT="商超/零售", EX="會展",
    ),
    "zh-Hans": dict(
        PK="园区", IN="工业企业", OF="商务楼宇", CS="建筑工地", WM="专业批发市场", FB="餐饮", RT="商超/零售", EX="会展",
    ),
    "en": dict(
        PK="Park", IN="Industrial enterprise", OF="Office building", CS="Construction site",
        WM="Wholesale market", FB="Catering", RT="Supermarket and retail", EX="Exhibition",
    ),
}  # fmt: skip


def inspection_facts(store: Store, inspection_id: str, *, language: str = "zh-Hant") -> paper.InspectionFacts:
    """Everything the paper shows, masked and frozen; raises UserError for a visit that is not here."""
    visit = inspecting.open_visit(store, inspection_id, language=language)
    state = visit.state()
    head = visit.inspection
    pictures = _pictures(store, state)
    sections, given = answered.sections_of(store, visit, len(pictures))
    numbers = {item.item.id: tuple(p.number for p in pictures if p.item == item.item.id) for item in state.items}
    end = _time(head.finished)
    on_paper = letterhead.read(store, language)
    with store.reading() as session:
        waiting = log.unsent_since(session, visit.id)
    sealed = paper.InspectionFacts(
        number=head.number,
        kind=head.kind,
        stage=head.stage,
        issuer=on_paper.issuer,
        team=letterhead.TEAM[language].format(head.team),
        site=_place(visit.site, language),
        started=_time(head.started) or moment(store.clock()),
        finished=end,
        inspectors=tuple(paper.Officer(name, certificate_of(store, on_paper, name)) for name in head.inspectors),
        result=state.judgement.result,
        dimensions=_dimensions(state),
        items=tuple(_item(item) for item in state.items),
        printed=moment(store.clock()),
        findings=tuple(
            _found(visit, item, numbers[item.item.id], end or moment(store.clock()))
            for item in state.items
            if item.verdict is Verdict.FAIL
        ),
        pictures=(*pictures, *given),
        reasons=state.judgement.reasons,
        head_name=head.signing.head_name,
        head_post=head.signing.head_post,
        witness=head.signing.witness,
        refusal=paper.Refusal(head.signing.refused, end, head.signing.witness) if head.signing.refused else None,
        signatures=tuple(_signed(store, one) for one in head.signing.signatures),
        draft=head.status is Status.DRAFT,
        unsynced=moment(waiting) if waiting is not None else None,
        checklist=head.form,
        checklist_version=head.form_version,
        hotline=on_paper.hotline,
        brand=on_paper.brand,
        verify_url=on_paper.verify,
        language=language,
        sections=sections,
        subject="" if head.form == DEFAULT_FORM else visit.checklist.form.title,
    )
    return _corrected(store, visit, sealed) if visit.amendments else sealed


def _corrected(store: Store, visit: Visit, sealed: paper.InspectionFacts) -> paper.InspectionFacts:
    """With what was amended after sealing, and the Result it comes to where that is another one."""
    amended = amending.amended_state(visit, store.clock)
    result = amended.judgement.result if amended else sealed.result
    corrections = tuple(_amended(one) for one in amending.described(visit))
    return replace(sealed, amendments=corrections, amended_result=None if result is sealed.result else result)


def _amended(one: amending.Amended) -> paper.Amended:
    facts = one.amendment
    return paper.Amended(facts.item, one.part, one.label, one.old, one.new, facts.reason, facts.by, _time(facts.at))


def _dimensions(state: VisitState) -> tuple[paper.Dimension, ...]:
    return tuple(paper.Dimension(d.dimension.id, d.label, d.tally, d.dimension.counted) for d in state.dimensions)


def _signed(store: Store, signature: Signature) -> paper.Signed:
    try:
        jpeg = picture_of(store, signature)
    except WorldError:
        jpeg = b""
    return paper.Signed(signature.role, signature.name, jpeg)


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def certificate_of(store: Store, on_paper: letterhead.Letterhead, name: str) -> str:
    """The number of somebody's certificate: from the organisation's list, own from this laptop; '' where unknown."""
    own = store.me.certificate if name == store.me.name else ""
    return on_paper.certificates.get("".join(name.split())) or own


def _place(site: Site, language: str) -> paper.Place:
    return paper.Place(
        name=site.name,
        code=site.code,
        type_label=SITE_TYPES[language].get(site.type, site.type),
        address=site.address,
        street=site.street,
        department=site.department,
        park=site.park,
        contact=site.contact,
        phone=mask_phone(site.phone),
        headcount=site.headcount or None,
    )


def _item(item: ItemState) -> paper.Item:
    measured = [f"{m.label} {m.value}" for m in item.measures if m.value]
    return paper.Item(
        id=item.item.id,
        dimension=item.item.dimension,
        text=item.label,
        verdict=item.verdict,
        note=item.note,
        measures="；".join(measured),
        level=inspecting.level_of(item),
    )


def _found(visit: Visit, item: ItemState, photos: tuple[int, ...], signed: datetime) -> paper.Found:
    return paper.Found(
        item=item.item.id,
        dimension=item.item.dimension,
        level=inspecting.level_of(item),
        requirement=item.label,
        observation=item.note,
        owner=visit.site.contact,
        deadline=_time(inspecting.deadline_of(visit, item, signed)),
        rule=item.item.deadline,
        photos=photos,
    )


def _pictures(store: Store, state: VisitState) -> tuple[paper.Picture, ...]:
    shown = [photo for item in state.items for photo in item.photos]
    return tuple(picture(store, photo, number) for number, photo in enumerate(shown, start=1))


def picture(store: Store, photo: Photo, number: int) -> paper.Picture:
    """A Photo as printed: its derivative (none where the bytes are not here), stamps, digest of the original."""
    try:
        jpeg = photographing.report_copy(store, photo)
    except WorldError:
        jpeg = b""
    place = f"{photo.latitude}, {photo.longitude}" if photo.latitude else ""
    return paper.Picture(
        number=number,
        item=photo.item,
        jpeg=jpeg,
        taken=_time(photo.taken),
        time_source="exif" if photo.taken_source == "exif" else "device",
        place_source="gps" if place else "none",
        place=place,
        digest=photo.sha,
        caption=photo.caption,
        is_marked=bool(photo.marks),
    )
