"""Prints: gathers the facts of a visit and hands them to `reports`; a batch can be stopped and resumed."""

import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from inspector_app.checklists.state import ItemState, VisitState
from inspector_app.domain.clock import moment
from inspector_app.domain.errors import DaoweiError, WorldError
from inspector_app.domain.inspection import Status, Verdict
from inspector_app.domain.photo import Photo
from inspector_app.domain.site import Site, mask_phone
from inspector_app.operations import answered, inspecting, photographing, sealing
from inspector_app.operations.inspecting import Visit
from inspector_app.operations.keeping import DEFAULT_FORM
from inspector_app.reports import facts as paper
from inspector_app.reports.archive import archived
from inspector_app.reports.inspection import inspection_record
from inspector_app.reports.record import record_digest, record_json
from inspector_app.store import log, settings
from inspector_app.store.database import Store

ISSUER = {
    "zh-Hant": "廣州市海珠區復工復產工作專班",
    "zh-Hans": "广州市海珠区复工复产工作专班",
    "en": "Haizhu District Task Force for Resuming Work, Guangzhou",
}
TEAM = {"zh-Hant": "第{:02d}服務隊", "zh-Hans": "第{:02d}服务队", "en": "Service team {:02d}"}
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
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Written:
    """One PDF on disk; `size` in bytes."""

    id: str
    file: Path
    pages: int
    size: int


@dataclass(frozen=True)
class Batch:
    """What a batch wrote (or found already written) and what failed, with the sentence why."""

    written: tuple[Written, ...]
    failed: tuple[tuple[str, str], ...]


def inspection_pdf(store: Store, inspection_id: str, *, language: str = "zh-Hant") -> paper.Document:
    """The 督導檢查記錄 of one visit, drawn from the form version it was begun with; a draft is marked as such."""
    return draw(inspection_facts(store, inspection_id, language=language))


def draw(facts: paper.InspectionFacts) -> paper.Document:
    """The paper; a finished visit's is PDF/A-3u with its record attached (documents.md D8), a draft's is not archived."""
    document = inspection_record(facts)
    if facts.draft or facts.finished is None:
        return document
    record = record_json(facts)
    pdf = archived(document.pdf, record, digest=record_digest(record), when=facts.finished, language=facts.language)
    return replace(document, pdf=pdf)


def final_pdf(store: Store, inspection_id: str, *, language: str = "zh-Hant") -> bytes:
    """The file to hand over: as `inspection_pdf`, and of a finished visit signed with this laptop's key."""
    facts = inspection_facts(store, inspection_id, language=language)
    return _sealed(store, facts, draw(facts).pdf)


def _sealed(store: Store, facts: paper.InspectionFacts, pdf: bytes) -> bytes:
    return pdf if facts.draft or facts.finished is None else sealing.sign(store, pdf)


def inspection_facts(store: Store, inspection_id: str, *, language: str = "zh-Hant") -> paper.InspectionFacts:
    """Everything the paper shows, masked and frozen; raises UserError for a visit that is not here."""
    visit = inspecting.open_visit(store, inspection_id, language=language)
    state = visit.state()
    head = visit.inspection
    pictures = _pictures(store, state)
    sections, given = answered.sections_of(store, visit, len(pictures))
    numbers = {item.item.id: tuple(p.number for p in pictures if p.item == item.item.id) for item in state.items}
    end = _time(head.finished)
    with store.reading() as session:
        issuer = settings.get(session, "issuer") or ISSUER[language]
        hotline = settings.get(session, "hotline")
        waiting = log.unsent_since(session, visit.id)
    return paper.InspectionFacts(
        number=head.number,
        kind=head.kind,
        stage=head.stage,
        issuer=issuer,
        team=TEAM[language].format(head.team),
        site=_place(visit.site, language),
        started=_time(head.started) or moment(store.clock()),
        finished=end,
        inspectors=tuple(paper.Officer(name, _certificate(store, name)) for name in head.inspectors),
        result=state.judgement.result,
        dimensions=tuple(
            paper.Dimension(d.dimension.id, d.label, d.tally, d.dimension.counted) for d in state.dimensions
        ),
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
        draft=head.status is Status.DRAFT,
        unsynced=moment(waiting) if waiting is not None else None,
        checklist=head.form,
        checklist_version=head.form_version,
        hotline=hotline,
        language=language,
        sections=sections,
        subject="" if head.form == DEFAULT_FORM else visit.checklist.form.title,
    )


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _certificate(store: Store, name: str) -> str:
    return store.me.certificate if name == store.me.name else ""


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
    return tuple(_picture(store, photo, number) for number, photo in enumerate(shown, start=1))


def _picture(store: Store, photo: Photo, number: int) -> paper.Picture:
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
    )


def file_name(facts: paper.InspectionFacts, inspection_id: str) -> str:
    """Number and site as a file name every system takes."""
    text = f"{facts.number or '草稿-' + inspection_id[:8]} {facts.site.name}"
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", text).strip(" .")[:120] + ".pdf"


def write_batch(  # noqa: PLR0913 - four of them are keywords
    store: Store,
    ids: Sequence[str],
    folder: Path,
    *,
    language: str = "zh-Hant",
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Batch:
    """Write one PDF per visit; a file whose record is unchanged since an earlier run is kept, so a batch resumes."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = _manifest(folder)
    written: list[Written] = []
    failed: list[tuple[str, str]] = []
    for done, inspection_id in enumerate(ids, start=1):
        if cancelled():
            break
        try:
            written.append(_write_one(store, inspection_id, folder, language, manifest))
        except DaoweiError as error:
            failed.append((inspection_id, str(error)))
        if progress:
            progress(done, len(ids))
    return Batch(tuple(written), tuple(failed))


def _write_one(
    store: Store, inspection_id: str, folder: Path, language: str, manifest: dict[str, dict[str, object]]
) -> Written:
    facts = inspection_facts(store, inspection_id, language=language)
    digest = f"{record_digest(record_json(facts))} {language} {facts.draft} {facts.unsynced is not None}"
    path = folder / file_name(facts, inspection_id)
    kept = manifest.get(inspection_id, {})
    if kept.get("digest") == digest and kept.get("file") == path.name and path.exists():
        return Written(inspection_id, path, int(str(kept["pages"])), path.stat().st_size)
    document = draw(facts)
    pdf = _sealed(store, facts, document.pdf)
    _replace(path, pdf)
    manifest[inspection_id] = {"digest": digest, "file": path.name, "pages": document.pages}
    _replace(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    return Written(inspection_id, path, document.pages, len(pdf))


def _manifest(folder: Path) -> dict[str, dict[str, object]]:
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _replace(path: Path, content: bytes) -> None:
    """Write beside, then rename: a reader never sees half a file."""
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    except OSError as error:
        raise WorldError("file_unwritable", f"{path} cannot be written: {error.strerror}.") from None
