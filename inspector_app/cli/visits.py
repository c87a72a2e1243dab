"""Commands over visits: import, list, show, set."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from inspector_app.checklists.sections import record
from inspector_app.checklists.state import ItemState
from inspector_app.cli.options import laptop
from inspector_app.cli.output import USER, emit, progress_line, say
from inspector_app.domain.scoring import percent
from inspector_app.operations import inspecting, questions_file, resolving, visits_file
from inspector_app.operations.inspecting import Visit
from inspector_app.store import findings, inspections
from inspector_app.store.database import Store

app = typer.Typer(no_args_is_help=True)


@app.command("import")
def import_(context: typer.Context, file: Path) -> None:
    """Take whole visits with answers and photos from a JSON file."""
    with laptop(context) as (store, given):
        result = visits_file.import_visits(store, file, progress=progress_line("visits"))
        refused = [{"index": index, "why": why} for index, why in result.refused]
        if given.json:
            emit({"added": list(result.added), "refused": refused})
        else:
            say(f"{len(result.added)} visits added.")
            for line in refused:
                typer.echo(f"Visit {line['index']}: {line['why']}", err=True)
        if refused:
            raise typer.Exit(USER)


@app.command("list")
def list_(context: typer.Context, status: str = "") -> None:
    """Visits, newest first."""
    with laptop(context) as (store, given), store.reading() as session:
        for head in inspections.heads(session, inspections.ids(session, status=status, limit=1_000_000)):
            facts = asdict(head)
            emit(facts) if given.json else say("\t".join(str(value) for value in facts.values()))


@app.command("show")
def show(
    context: typer.Context, wanted: Annotated[str, typer.Argument(metavar="ID")], language: str = "zh-Hant"
) -> None:
    """Everything about one visit."""
    with laptop(context) as (store, given):
        facts = visit_facts(store, inspecting.open_visit(store, visits_file.resolve(store, wanted), language=language))
        if given.json:
            emit(facts)
            return
        say(f"{facts['site']['name']}  {facts['number'] or '—'}  {facts['result']}")
        for item in facts["items"]:
            say(f"{item['item']}  {item['verdict'] or '—':5} {item['label']}  {item['note']}".rstrip())
        for section in facts["sections"]:
            say(section["label"] or "—")
            for entry in section["entries"]:
                words = f"{entry['label']}: {entry['text']}" if entry["kind"] == "question" else entry["label"]
                say(f"{entry['path']}  {words}")


@app.command("set")
def set_(context: typer.Context, wanted: Annotated[str, typer.Argument(metavar="ID")], item: str, value: str) -> None:
    """One answer: pass, fail, na, or the item's numbers; or, for a node path such as /data/rep[2]/q, its value."""
    with laptop(context) as (store, given):
        inspection = visits_file.resolve(store, wanted)
        visits_file.set_item(store, inspection, item, value)
        visit = inspecting.open_visit(store, inspection)
        reply = next((item_facts(i) for i in visit.state().items if item in (i.item.id, i.item.path)), None)
        if reply is None:
            reply = question_facts(visit, item)
        emit({"inspection": inspection, **reply}) if given.json else say(
            f"{item}: {reply.get('verdict', reply.get('value'))}"
        )


def visit_facts(store: Store, visit: Visit) -> dict[str, Any]:
    """Full state of one visit with result, findings, photos and conflicting heads."""
    state = visit.state()
    with store.reading() as session:
        found = findings.many(session, findings.ids(session, inspection=visit.id, limit=1_000))
    head = asdict(visit.inspection)
    for stored in ("answers", "files"):
        head.pop(stored)
    return {
        **head,
        "site": asdict(visit.site),
        "result": state.judgement.result.value,
        "reasons": list(state.judgement.reasons),
        "answered": state.answered,
        "total": state.total,
        "missing": list(state.missing),
        "dimensions": [
            {
                "id": d.dimension.id,
                "label": d.label,
                "numerator": d.tally.passed,
                "denominator": d.tally.denominator,
                "na": d.tally.na,
                "unchecked": d.tally.unchecked,
                "percent": percent(d.tally.rate),
            }
            for d in state.dimensions
        ],
        "items": [item_facts(item) for item in state.items],
        "answers": {path: value for path in visit.session.paths() if (value := visit.session.value(path))},
        "sections": [asdict(section) for section in record(visit.checklist, visit.session)],
        "gaps": [asdict(gap) for gap in state.gaps],
        "attached": {path: asdict(file) for path, file in visit.files.items()},
        "findings": [asdict(finding) for finding in found],
        "photos": [asdict(photo) for photo in visit.photos],
        "conflicts": [asdict(one) for one in resolving.open_conflicts(store, visit.id)],
        "reviews": [asdict(one) for one in resolving.open_reviews(store, visit.id)],
    }


def question_facts(visit: Visit, path: str) -> dict[str, Any]:
    """One question of `inspections set`."""
    shown = visit.session.state(questions_file.full_path(visit, path))
    return {
        "path": shown.path,
        "label": shown.label,
        "value": shown.value,
        "valid": shown.valid,
        "message": shown.message,
    }


def item_facts(item: ItemState) -> dict[str, Any]:
    """One item of `inspections show`."""
    return {
        "item": item.item.id,
        "label": item.label,
        "verdict": item.verdict.value if item.verdict else "",
        "note": item.note,
        "measures": {m.measure.path: m.value for m in item.measures},
        "photos": [photo.sha for photo in item.photos],
        "missing": list(item.missing),
    }
