"""What the people of the demo do in their windows: import, visit, sync, look, print."""

from pathlib import Path
from typing import Any

from inspector_app.demo import history
from inspector_app.demo.stage import Stage
from inspector_app.demo.visit import visit_site
from inspector_app.operations import batching, printing
from inspector_app.store import inspections

VISITS = 3
"""Sites each of the two inspectors visits."""
PRINTED = 12
HISTORY = 15


def import_registry(stage: Stage) -> dict[str, Any]:
    """The leader drops the registry on the sites page and shares it."""
    driver = stage.driver
    stage.go("sites")
    driver.drop(stage.page("sites"), [Path(stage.config["registry"])])
    driver.until(lambda: driver.sees("import_close"), "what the import did")
    driver.until(lambda: not stage.is_busy(), "the list of sites")
    stage.shot("02-registry-imported")
    driver.click("import_close")
    return sync(stage)


def play_history(stage: Stage) -> dict[str, Any]:
    """Visits of the days before, so that there is something overdue and something closed."""
    return {"visits": history.write(stage.store, stage.config["plan"][-HISTORY:], stage.config["colleagues"])}


def visit_sites(stage: Stage) -> dict[str, Any]:
    """A day of visits through the window; the inspector called offline does not sync again before the evening."""
    first = stage.config["part"] == "morning"
    sync(stage)  # the registry, before leaving the office
    names = stage.config["plan"][: 2 * VISITS]
    for number, name in enumerate(names[0 if first else 1 :: 2]):
        visit_site(stage, name, number)
        if first and number == 0:
            sync(stage)
    return {"visits": VISITS}


def sync(stage: Stage) -> dict[str, Any]:
    """One Round by the button of the sync page; raises StuckError when it does not end well."""
    driver = stage.driver
    stage.go("syncing")
    driver.click("sync_now")
    rounds = stage.startup.window.shell.rounds if stage.startup.window.shell else None
    assert rounds is not None
    driver.until(lambda: not rounds.is_running, "the end of the round")
    outcome = rounds.outcome
    if outcome is None or outcome.outcome != "done":
        raise RuntimeError(f"The round of {stage.config['part']} did not end well: {outcome}")
    return {"pushed": outcome.pushed, "pulled": outcome.pulled, "photos": outcome.blobs_up + outcome.blobs_down}


def print_records(stage: Stage) -> dict[str, Any]:
    """The supervisor fetches everything, looks at the day, and prints the finished records."""
    driver = stage.driver
    sync(stage)
    stage.shot("07-supervisor-synced")
    stage.go("today")
    driver.until(lambda: not stage.is_busy(), "today's list")
    stage.shot("08-supervisor-today")
    stage.go("findings")
    driver.until(lambda: not stage.is_busy(), "the findings")
    stage.shot("09-findings")
    with stage.store.reading() as session:
        ids = inspections.ids(session, status="finished", limit=PRINTED)
    stage.page("inspection")
    stage.startup.window.shell.go("inspection", ids[0])  # type: ignore[union-attr]
    page = stage.page("inspection")
    driver.until(lambda: page.shown() is not None and page.is_idle(), "the finished visit")
    stage.shot("10-finished-visit")
    driver.click("preview-button")
    driver.until(lambda: driver.sees("pdf") and not stage.is_busy(), "the print preview")
    driver.rest(0.3)
    stage.shot("11-print-preview")
    batch = batching.write_batch(stage.store, [printing.Wanted("inspection", one) for one in ids], stage.out / "pdfs")
    if batch.failed:
        raise RuntimeError(f"Not printed: {batch.failed[0][1]}")
    _other_looks(stage)
    return {"pdfs": len(batch.written)}


def _other_looks(stage: Stage) -> None:
    """The same window in another language and in the dark."""
    settings = stage.startup.window.kit.settings
    for language, theme, name in (("zh-Hans", "dark", "12-simplified-dark"), ("en", "light", "13-english")):
        settings.language.put(language)
        settings.theme.put(theme)
        stage.go("today")
        stage.driver.until(lambda: not stage.is_busy(), "today again")
        stage.shot(name)
