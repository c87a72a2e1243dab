"""Commands that print: report."""

import time
from pathlib import Path
from typing import Annotated

import typer

from inspector_app.cli.options import laptop
from inspector_app.cli.output import USER, emit, progress_line, say
from inspector_app.domain.errors import UserError
from inspector_app.operations import reporting, visits_file
from inspector_app.store import inspections


def report(  # noqa: PLR0913 - a command's options are its parameters
    context: typer.Context,
    wanted: Annotated[list[str] | None, typer.Argument(metavar="ID")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every finished visit.")] = False,
    kind: str = "inspection",
    out: Annotated[Path, typer.Option(help="Folder for the PDFs.")] = Path("."),
    language: str = "zh-Hant",
) -> None:
    """Inspection records as PDF; a batch that was stopped goes on where it was."""
    with laptop(context) as (store, given):
        if kind != "inspection":
            raise UserError("report_kind", f"This version prints the kind 'inspection', not '{kind}'.")
        if every:
            with store.reading() as session:
                ids = inspections.ids(session, status="finished", limit=1_000_000)
        else:
            ids = [visits_file.resolve(store, one) for one in wanted or []]
        if not ids and not every:
            raise UserError("report_nothing", "Name the visits to print, or use --all.")
        started = time.monotonic()
        batch = reporting.write_batch(store, ids, out, language=language, progress=progress_line("reports"))
        facts = {
            "written": [{"id": w.id, "file": str(w.file), "pages": w.pages, "bytes": w.size} for w in batch.written],
            "failed": [{"id": id_, "why": why} for id_, why in batch.failed],
            "seconds": round(time.monotonic() - started, 2),
        }
        emit(facts) if given.json else say(f"{len(batch.written)} PDFs in {out}.")
        if batch.failed:
            raise typer.Exit(USER)
