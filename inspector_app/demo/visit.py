"""One visit of the demo, from the search field to the verdict, with keys, clicks, typed text and dropped pictures."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inspector_app.checklists.model import Item
from inspector_app.demo import district
from inspector_app.demo.stage import Stage
from inspector_app.desktop.driving import Keys
from inspector_app.domain.clock import moment
from inspector_app.domain.inspection import Verdict
from inspector_app.operations import inspecting
from inspector_app.photos import drawn
from inspector_app.store import sites

KEYS = {Verdict.PASS: Keys.ONE, Verdict.FAIL: Keys.TWO, Verdict.NA: Keys.THREE}
Plan = Mapping[str, district.Reply]
VARIANTS = 2
"""Different pictures drawn per scene; drawing is what costs."""


def visit_site(stage: Stage, name: str, number: int) -> None:
    """Find the Site by its name, answer everything, attach what must be photographed, sign and finish."""
    page, site = _begin(stage, name)
    _add_colleague(stage)
    visit = inspecting.open_visit(stage.store, page.visiting.id)
    state = visit.state()
    items = {shown.item.id: shown.item for shown in state.items}
    plan = district.plan_visit(site, number, list(items.values()), day=moment(stage.store.clock()).date())
    stage.config["site_type"] = site["type"]
    shots = stage.config["part"] == "morning" and number == 0
    for done in range(len(items)):
        _answer(stage, page, plan, items)
        if shots and done == len(items) // 3:
            stage.driver.until(page.is_idle, "everything saved")
            stage.shot("04-visit-under-way")
    stage.driver.until(page.is_idle, "everything saved")
    _finish(stage, site, shots)


def _begin(stage: Stage, name: str) -> tuple[Any, dict[str, Any]]:
    driver = stage.driver
    stage.go("sites")
    driver.retype("site_search", name)
    driver.until(lambda: driver.sees("site_name") and driver.text("site_name") == name, f"the site {name}")
    if stage.config["part"] == "morning" and not (stage.out / "screenshots" / "03-site-found.png").exists():
        stage.shot("03-site-found")
    page = stage.page("inspection")
    before = page.visiting.id
    driver.click("start_visit")
    driver.until(lambda: page.visiting.id != before and page.shown() is not None and page.is_idle(), "the new visit")
    with stage.store.reading() as session:
        found = sites.by_name(session, name)[0]
    return page, {"name": found.name, "code": found.code, "headcount": found.headcount, "type": found.type,
                  "contact": found.contact}  # fmt: skip


def _add_colleague(stage: Stage) -> None:
    driver = stage.driver
    driver.click("inspectors-button")
    driver.type("inspector-name", stage.config["colleagues"][0])
    driver.click("add-inspector")
    driver.click("close-inspectors")


def _answer(stage: Stage, page: Any, plan: Plan, items: Mapping[str, Item]) -> None:
    """The current Item: its verdict by key, figures and note typed, the picture dropped, then on to the next open one."""
    driver = stage.driver
    item_id = page.current_item()
    reply = plan[item_id]
    item = items[item_id]
    driver.key(KEYS[reply.verdict])
    if reply.verdict is not Verdict.NA:
        for measure in item.measures:
            driver.retype(f"measure-{measure.path.rpartition('/')[2]}", reply.measures[measure.path])
    if reply.note and reply.verdict is Verdict.FAIL:
        driver.retype(f"note-{item_id}", reply.note)
    driver.key(Keys.ESCAPE)
    if item.photo == "required" and reply.verdict is not Verdict.NA:
        driver.drop(f"item-{item_id}", [picture(stage, district.scene_for(item_id, stage.config["site_type"]))])
    if reply.verdict is Verdict.FAIL and stage.config["part"] == "morning":
        stage.once("05-item-failed")
    driver.key(Keys.ENTER, Keys.CONTROL)


def picture(stage: Stage, scene: str) -> Path:
    """A drawn picture as a file, made once."""
    folder: Path = stage.out / "photos" / stage.config["part"]
    folder.mkdir(parents=True, exist_ok=True)
    turn = stage.next_number(scene) % VARIANTS
    path = folder / f"{scene}-{turn}.jpg"
    if not path.exists():
        taken = moment(stage.store.clock())
        path.write_bytes(drawn.draw(scene, turn + len(stage.config["part"]) * 100, taken=taken))
    return path


def _finish(stage: Stage, site: dict[str, Any], shots: bool) -> None:
    driver = stage.driver
    driver.click("finish-button")
    driver.type("head-name", site["contact"])
    driver.click("confirm-finish")
    driver.until(lambda: driver.sees("conclusion"), "the conclusion")
    if shots:
        stage.shot("06-conclusion")
    driver.click("today")
