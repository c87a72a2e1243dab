"""Fills a whole visit through the operations, as a page would."""

from inspector_app.demo import district
from inspector_app.domain.clock import moment
from inspector_app.domain.inspection import Verdict
from inspector_app.operations import inspecting, photographing
from inspector_app.operations.inspecting import Visit
from inspector_app.photos import drawn
from inspector_app.store import sites
from inspector_app.store.database import Store

PICTURE = drawn.draw("gate", 1, (320, 240))


def begun(store: Store, number: int = 1) -> Visit:
    """A new visit at a Site."""
    with store.reading() as session:
        site = sites.search_ids(session, "", limit=50)[number]
    inspection, _ = inspecting.start(store, site, inspectors=("陳志強", "黃婉儀"))
    return inspecting.open_visit(store, inspection)


def fill(store: Store, visit: Visit, *, fails: tuple[str, ...] = ()) -> None:
    """Every Item answered, noted and photographed; `fails` do not pass."""
    items = [shown.item for shown in visit.state().items]
    facts = {"code": visit.site.code, "headcount": visit.site.headcount}
    plan = district.plan_visit(facts, 1, items, day=moment(store.clock()).date())
    values: dict[str, str] = {}
    for item in items:
        reply = plan[item.id]
        usual = Verdict.NA if reply.verdict is Verdict.NA else Verdict.PASS
        verdict = Verdict.FAIL if item.id in fails else usual
        values |= {item.path: verdict.value, **reply.measures}
        if verdict is Verdict.FAIL:
            values[item.note_path] = f"{item.id} 未見記錄"
    inspecting.answer_many(store, visit, values)
    for shown in visit.state().items:
        if "photo" in shown.missing:
            photographing.attach(store, visit, shown.item.id, PICTURE, name="a.jpg")
