"""Commands for sticks: bundle export, import and key on a laptop."""

from pathlib import Path
from typing import Annotated

import typer

from inspector_app.cli.laptop import outcome_facts
from inspector_app.cli.options import laptop
from inspector_app.cli.output import emit, say
from inspector_app.operations import bundling

app = typer.Typer(no_args_is_help=True)


@app.command("export")
def export(
    context: typer.Context,
    file: Path,
    recipient: Annotated[str, typer.Option("--for", help="hub, or a laptop's key (see `bundle key`).")] = "hub",
) -> None:
    """Write what the hub has not got (or all, for a colleague's laptop) onto a stick, sealed."""
    with laptop(context) as (store, given):
        written = bundling.export(store, file, recipient)
        facts = {**outcome_facts(written.outcome), "files": [str(one) for one in written.files]}
        said = f"{written.outcome.pushed} records and {written.outcome.blobs_up} photos written to {file}."
        emit(facts) if given.json else say(said)


@app.command("import")
def import_(context: typer.Context, file: Path) -> None:
    """Take a bundle in; torn copies are refused whole, the same bundle twice changes nothing."""
    with laptop(context) as (store, given):
        outcome = bundling.import_(store, file)
        said = f"{outcome.pulled} records and {outcome.blobs_down} photos taken from {file}."
        emit(outcome_facts(outcome)) if given.json else say(said)


@app.command("key")
def key(context: typer.Context) -> None:
    """This laptop's public key: what a colleague names with `bundle export --for`."""
    with laptop(context) as (store, given):
        shown = store.identity.public.hex()
        emit({"key": shown, "device": store.identity.device}) if given.json else say(shown)
