"""Commands about documents: report, verify, export."""

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from inspector_app.cli.options import Options, laptop
from inspector_app.cli.output import USER, emit, one_door, progress_line, say
from inspector_app.domain.clock import iso
from inspector_app.domain.errors import UserError
from inspector_app.operations import batching, certifying, exporting, issuing, offering, printing, summing, visits_file
from inspector_app.reports.verifying import Verification
from inspector_app.store import inspections
from inspector_app.store.certificate import read_certificate
from inspector_app.store.database import Store

_KINDS = {"record": "inspection"}
"""Other words for a kind."""
_ALL = (*printing.KINDS, printing.BLANK)


def report(  # noqa: PLR0913 - a command's options are its parameters
    context: typer.Context,
    wanted: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Visits; with --kind team-day teams, with --kind blank forms."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every finished visit, or every team.")] = False,
    kind: Annotated[str, typer.Option(help=" | ".join(_ALL))] = "inspection",
    out: Annotated[Path, typer.Option(help="Folder for the PDFs.")] = Path("."),
    first: Annotated[str, typer.Option("--from", help="Day of a team-day, first day of a district; today.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day of a district.")] = "",
    language: str = "zh-Hant",
) -> None:
    """Papers as PDF; a batch that was stopped goes on where it was."""
    with laptop(context) as (store, given):
        kind = _KINDS.get(kind, kind)
        if kind not in _ALL:
            raise UserError("report_kind", f"There is no kind '{kind}'; choose one of {', '.join(_ALL)}.")
        day = first or iso(store.clock())[:10]
        if kind == "district":
            subjects = [f"{day}..{last or day}"]
        elif kind == printing.BLANK:
            subjects = wanted or [form for form in (offering.default_form(store),) if form]
        elif kind == "team-day":
            teams = summing.teams(store) if every else wanted or [str(store.me.team)]
            subjects = [f"{int(team):02d}@{day}" if str(team).isdecimal() else f"{team}@{day}" for team in teams]
        else:
            subjects = _visits(store, kind, wanted or [], every)
        _print(store, given, [printing.Wanted(kind, one) for one in subjects], out, language)


def _visits(store: Store, kind: str, wanted: list[str], every: bool) -> list[str]:
    """Ids of visits; a paper that carries its own number gets it now."""
    if every:
        with store.reading() as session:
            ids = inspections.ids(session, status="finished", limit=1_000_000)
        ids = [one for one in ids if kind in issuing.offered(store, one)]
    else:
        ids = [visits_file.resolve(store, one) for one in wanted]
    if not ids and not every:
        raise UserError("report_nothing", "Name the visits to print, or use --all.")
    if kind in issuing.NUMBERED:
        for one in ids:
            issuing.issue(store, one, kind)
    return ids


def _print(store: Store, given: Options, wanted: list[printing.Wanted], out: Path, language: str) -> None:
    started = time.monotonic()
    batch = batching.write_batch(store, wanted, out, language=language, progress=progress_line("reports"))
    facts = {
        "written": [{"id": w.id, "file": str(w.file), "pages": w.pages, "bytes": w.size} for w in batch.written],
        "failed": [{"id": id_, "why": why} for id_, why in batch.failed],
        "seconds": round(time.monotonic() - started, 2),
    }
    emit(facts) if given.json else say(f"{len(batch.written)} PDFs in {out}.")
    if batch.failed:
        raise typer.Exit(USER)


def export(
    context: typer.Context,
    form: Annotated[str, typer.Option("--format", help=" | ".join(exporting.FORMATS))] = "xlsx",
    out: Annotated[Path, typer.Option(help="File, or folder for CSV.")] = Path("."),
    language: str = "zh-Hant",
) -> None:
    """Everything you may see as tables: answers, findings, photo hashes and the whole history."""
    with laptop(context) as (store, given):
        made = exporting.export(store, form, out, language=language, progress=progress_line("rows"))
        facts = {"files": [str(file) for file in made.files], "rows": made.rows}
        emit(facts) if given.json else say(f"{sum(made.rows.values())} rows in {', '.join(map(str, made.files))}.")


def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A PDF.")],
    trust: Annotated[
        list[Path] | None, typer.Option(help="Certificate (PEM or DER) of a signer; may be repeated.")
    ] = None,
) -> None:
    """Check a PDF offline: who signed it, whether it was changed, whether its record is the one in the store."""
    given: Options = context.obj
    with one_door(given.debug):
        trusted = [read_certificate(path.read_bytes()) for path in trust or ()]
        if given.password_file is not None or os.environ.get("INSPECTOR_APP_PASSWORD"):
            with laptop(context) as (store, _):
                found = certifying.check(file, store, trusted)
        else:
            found = certifying.check(file, None, trusted)
        facts = {
            name: getattr(found, name)
            for name in ("signature", "record", "changed_after_signing", "signer", "number", "digest")
        }
        emit(facts) if given.json else say(_sentence(found))
        if not found.is_good:
            raise typer.Exit(USER)


def _sentence(found: Verification) -> str:
    signed = {
        "valid": f"Signed by {found.signer} and unchanged since.",
        "unknown-signer": f"Unchanged since it was signed by {found.signer}, whom this laptop does not know (--trust).",
        "invalid": "The signature is broken: this file was changed after it was signed.",
        "absent": "This file is not signed.",
    }
    record = {
        "matches": "The record inside is the one it was printed from.",
        "differs": "The record inside is NOT the one it was printed from.",
        "absent": "There is no record inside.",
    }
    return f"{signed[found.signature]} {record[found.record]}"
