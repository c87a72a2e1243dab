"""Commands of one laptop: init, sites, form, enroll, sync."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from inspector_app.cli.options import laptop, options, password
from inspector_app.cli.output import USER, WORLD, emit, one_door, progress_line, say
from inspector_app.domain.clock import iso
from inspector_app.domain.errors import UserError
from inspector_app.domain.team import Inspector
from inspector_app.operations import keeping, offering, registering, syncing
from inspector_app.store import sites
from inspector_app.store.forms import Installed
from inspector_app.sync.ports import RoundOutcome
from inspector_app.xforms import Problem
from inspector_app.xforms.lint import check as lint

sites_app = typer.Typer(no_args_is_help=True)
form_app = typer.Typer(no_args_is_help=True)


def init(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="The first inspector's name.")] = "檢查員",
    team: Annotated[int, typer.Option(min=1, max=99)] = 1,
    certificate: Annotated[str, typer.Option(help="Certificate number, optional on advisory papers.")] = "",
) -> None:
    """Make an encrypted data folder."""
    given = options(context)
    with one_door(given.debug):
        store = keeping.create_laptop(given.data, password(given), Inspector(name, team, certificate=certificate))
        device = store.identity.device
        store.close()
    facts = {"data": str(given.data), "device": device}
    emit(facts) if given.json else say(f"Data folder made: {given.data}")


@sites_app.command("import")
def sites_import(context: typer.Context, file: Path) -> None:
    """Take a registry from .csv or .xlsx; sound rows are kept, broken rows are named."""
    with laptop(context) as (store, given):
        outcome = registering.import_registry(store, file, progress=progress_line("rows"))
        if given.json:
            emit(registering.outcome_facts(outcome))
        else:
            say(f"{outcome.added} added, {outcome.changed} changed, {outcome.unchanged} unchanged.")
        for remark in outcome.refused:
            typer.echo(f"Row {remark.row}, column {remark.column}: {remark.message}; the row was not taken.", err=True)
        if not given.json:
            for remark in outcome.warnings[:50]:
                typer.echo(f"Row {remark.row}, column {remark.column}: {remark.message}.", err=True)
        if outcome.refused:
            raise typer.Exit(USER)


@sites_app.command("list")
def sites_list(
    context: typer.Context, search: str = "", limit: Annotated[int, typer.Option(min=1)] = 1_000_000
) -> None:
    """Sites as lines, found by name, code, street or address."""
    with laptop(context) as (store, given), store.reading() as session:
        for site in sites.many(session, sites.search_ids(session, search, limit=limit)):
            emit(asdict(site)) if given.json else say(f"{site.name}\t{site.street}\t{site.code}\t{site.id}")


def problem_facts(problem: Problem) -> dict[str, Any]:
    """One problem as `form check --json` prints it."""
    return {
        "severity": problem.severity,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "message": problem.message,
    }


@form_app.command("check")
def form_check(context: typer.Context, file: Path) -> None:
    """Look through an XLSForm or XForm; exit 1 on errors."""
    given = options(context)
    with one_door(given.debug):
        if not file.exists():
            raise UserError("file_missing", f"{file} does not exist; check the path.")
        problems = lint(file)
        ok = not any(p.severity == "error" for p in problems)
        if given.json:
            emit({"ok": ok, "problems": [problem_facts(p) for p in problems]})
        else:
            for p in problems:
                where = ", ".join(str(part) for part in (p.sheet, p.row and f"row {p.row}", p.column) if part)
                say(f"{p.severity}: {where + ': ' if where else ''}{p.message}")
            say("No errors." if ok else "The form cannot be used yet.")
        if not ok:
            raise typer.Exit(USER)


@form_app.command("install")
def form_install(context: typer.Context, file: Path) -> None:
    """Check a form and make it available with the lists and pictures beside it; earlier versions stay."""
    with laptop(context) as (store, given):
        if not file.exists():
            raise UserError("file_missing", f"{file} does not exist; check the path.")
        form = keeping.install_form(store, file)
        facts = {"form": form.id, "version": form.version, "hash": form.hash}
        emit(facts) if given.json else say(f"{form.title} ({form.id}, version {form.version}) is installed.")


@form_app.command("list")
def form_list(context: typer.Context) -> None:
    """Every installed version, the newest first."""
    with laptop(context) as (store, given):
        shelf = offering.shelf(store)
        if given.json:
            emit([version_facts(each, shelf) for each in shelf.versions])
            return
        for each in shelf.versions:
            marks = [word for word, is_so in version_marks(each, shelf).items() if is_so]
            say(f"{each.title}\t{each.form_id}\t{each.version}\t{each.hash[:8]}\t{', '.join(marks)}".rstrip())


def version_marks(version: Installed, shelf: offering.Shelf) -> dict[str, bool]:
    """What sets a version apart."""
    newest = next((each for each in shelf.offered() if each.form_id == shelf.default), None)
    return {
        "default": newest is not None and newest.hash == version.hash,
        "bundled": version.is_bundled,
        "hidden": version.is_retired,
    }


def version_facts(version: Installed, shelf: offering.Shelf) -> dict[str, Any]:
    """One version as `form list` prints it with --json."""
    return {
        "form": version.form_id,
        "version": version.version,
        "hash": version.hash,
        "title": version.title,
        "languages": list(version.languages),
        "questions": version.questions,
        "files": version.files,
        "visits": version.visits,
        "installed": iso(version.installed_ms) if version.installed_ms else None,
        **version_marks(version, shelf),
    }


@form_app.command("play")
def form_play(
    context: typer.Context, file: Path, steps: Path, changed: Annotated[bool, typer.Option("--changed")] = False
) -> None:
    """Fill a form step by step; one JSON line per step."""
    from inspector_app.xforms import load
    from inspector_app.xforms.play import play

    with one_door(options(context).debug):
        lines = (json.loads(line) for line in steps.read_text("utf-8").splitlines() if line.strip())
        failed = False
        for line in play(load(file), lines, changed=changed):
            failed = failed or "error" in line
            emit(line)
        if failed:
            raise typer.Exit(USER)


def enroll(
    context: typer.Context, hub: Annotated[str, typer.Option("--hub")], code: Annotated[str, typer.Option("--code")]
) -> None:
    """Join this laptop to a hub with a one-time code."""
    with laptop(context) as (store, given):
        joined = syncing.enroll(store, hub, code)
        facts = {"device": joined.link.device, "team": joined.team, "scopes": joined.scopes, "letter": joined.letter}
        emit(facts) if given.json else say(f"Joined {hub} as team {joined.team}, laptop {joined.letter}.")


def outcome_facts(outcome: RoundOutcome) -> dict[str, Any]:
    """The JSON of `sync` (cli.md)."""
    facts = asdict(outcome)
    del facts["touched"]
    pending = facts.pop("pending")
    facts["parked"] = pending.pop("parked")
    return {**facts, "pending": pending}


def sync(context: typer.Context) -> None:
    """One Round with the hub."""
    with laptop(context) as (store, given):
        outcome = syncing.run_round(store)
        if given.json:
            emit(outcome_facts(outcome))
        else:
            say(f"{outcome.outcome}: {outcome.pushed} sent, {outcome.pulled} received. {outcome.detail}".strip())
        if outcome.outcome == "failed":
            sys.stderr.write(f"{outcome.detail or outcome.why}\n")
            raise typer.Exit(WORLD)
