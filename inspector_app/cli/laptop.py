"""Commands of one laptop: init, sites, enroll, sync."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from inspector_app.cli.options import laptop, options, password
from inspector_app.cli.output import USER, WORLD, emit, one_door, progress_line, say
from inspector_app.domain.team import Inspector
from inspector_app.operations import keeping, registering, syncing
from inspector_app.store import sites
from inspector_app.sync.ports import RoundOutcome

sites_app = typer.Typer(no_args_is_help=True)


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
