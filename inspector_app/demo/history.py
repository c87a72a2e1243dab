"""Visits of earlier days, written through the same operations as the window: some Findings overdue, some closed."""

from collections.abc import Sequence
from functools import cache

from inspector_app.demo import district
from inspector_app.domain.clock import moment
from inspector_app.domain.inspection import Signing, Verdict
from inspector_app.operations import following_up, inspecting, photographing
from inspector_app.photos import drawn
from inspector_app.store import findings, sites
from inspector_app.store.database import Store

DAY_MS = 24 * 3600 * 1000


def write(store: Store, names: Sequence[str], colleagues: Sequence[str]) -> int:
    """One finished visit per Site, the oldest first; of the oldest two every second Finding is closed."""
    for number, name in enumerate(names):
        days = len(names) - number + 1
        inspection = _visit(store, name, number, store.clock() - days * DAY_MS, colleagues[0])
        if number < 2:
            _close_some(store, inspection, colleagues[0])
    return len(names)


def _visit(store: Store, name: str, number: int, started: int, colleague: str) -> str:
    with store.reading() as session:
        site = sites.by_name(session, name)[0]
    with store.atomically():
        inspection, _ = inspecting.start(store, site.id, inspectors=(store.me.name, colleague), started_ms=started)
        visit = inspecting.open_visit(store, inspection)
        items = [shown.item for shown in visit.state().items]
        facts = {"code": site.code, "name": site.name, "headcount": site.headcount}
        plan = district.plan_visit(facts, number, items, day=moment(started).date())
        values: dict[str, str] = {}
        for item in items:
            reply = plan[item.id]
            values |= {item.path: reply.verdict.value}
            if reply.verdict is not Verdict.NA:
                values |= reply.measures
            if reply.verdict is Verdict.FAIL:
                values[item.note_path] = reply.note
        inspecting.answer_many(store, visit, values)
        for shown in visit.state().items:
            if "photo" in shown.missing:
                scene = district.scene_for(shown.item.id, site.type)
                photographing.attach(store, visit, shown.item.id, _picture(scene, number % 2), name=f"{scene}.jpg")
        inspecting.finish(store, visit, Signing(head_name=site.contact), finished_ms=started + 5_400_000)
    return inspection


@cache
def _picture(scene: str, variant: int) -> bytes:
    return drawn.draw(scene, variant, (800, 600))


def _close_some(store: Store, inspection: str, colleague: str) -> None:
    with store.reading() as session:
        found = findings.ids(session, inspection=inspection)
    for finding in found[::2]:
        following_up.report_mended(store, finding, by=colleague)
        following_up.close(store, finding)
