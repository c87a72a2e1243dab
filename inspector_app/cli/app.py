"""The root command with its groups; without a command the desktop opens."""

from pathlib import Path
from typing import Annotated

import typer

from inspector_app import __version__
from inspector_app.cli.commands import Commands
from inspector_app.cli.options import Options
from inspector_app.cli.output import emit, one_door, say
from inspector_app.cli.place import default_data

app = typer.Typer(
    cls=Commands, no_args_is_help=False, add_completion=False, pretty_exceptions_enable=False, help="到位 (Daowei)"
)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    data: Annotated[Path | None, typer.Option(envvar="INSPECTOR_APP_DATA", help="The laptop's data folder.")] = None,
    password_file: Annotated[Path | None, typer.Option(help="File whose first line unlocks the store.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback when something fails.")] = False,
) -> None:
    """Open the desktop app, or run one command."""
    context.obj = Options(data or default_data(), password_file, json, debug)
    if context.invoked_subcommand is None:
        from inspector_app.desktop.app import run

        raise typer.Exit(run(data_folder=context.obj.data))


@app.command()
def version(context: typer.Context) -> None:
    """Print the version."""
    emit({"version": __version__}) if context.obj.json else say(__version__)


@app.command()
def demo(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="Where pictures, PDFs and data go.")] = Path("demo-out"),
    headless: Annotated[bool, typer.Option("--headless", help="Play the day off screen.")] = False,
    teams: Annotated[int, typer.Option(min=2, max=39)] = 39,
    sites: Annotated[int, typer.Option(min=60, max=20_000)] = 350,
) -> None:
    """A whole district to try: hub, laptops, visits, photos, reports."""
    from inspector_app.demo import field_day

    with one_door(context.obj.debug):
        summary = field_day.play(out, teams=teams, sites=sites, open_window=not headless)
    emit(summary)
