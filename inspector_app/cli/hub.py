"""Commands of the hub: serve, invite, revoke, status."""

import logging
from pathlib import Path
from typing import Annotated

import typer

from inspector_app.cli.options import options
from inspector_app.cli.output import emit, one_door, say
from inspector_app.domain.errors import UserError
from inspector_app.domain.team import Role
from inspector_app.hub import invites, moving, status, sticks
from inspector_app.hub.server import serve as run_server
from inspector_app.hub.settings import HubSettings

app = typer.Typer(no_args_is_help=True)
Database = Annotated[str, typer.Option("--database", help="SQLAlchemy URL; default: SQLite inside --data.")]
Blobs = Annotated[str, typer.Option("--blobs", help="Folder or URL for photos; default: inside --data.")]


def _settings(
    context: typer.Context, database: str = "", blobs: str = "", listen: str = "127.0.0.1:8484"
) -> HubSettings:
    host, _, port = listen.rpartition(":")
    if not port.isdigit() or int(port) > 65535:
        raise UserError("listen", f"'{listen}' is not HOST:PORT.")
    folder: Path = options(context).data / "hub"
    return HubSettings(
        folder=folder, database_url=database or None, blobs_url=blobs or None, host=host or "127.0.0.1", port=int(port)
    )


@app.command("serve")
def serve(
    context: typer.Context,
    database: Database = "",
    blobs: Blobs = "",
    listen: Annotated[str, typer.Option(help="HOST:PORT; port 0 takes a free one.")] = "127.0.0.1:8484",
    access_log: Annotated[bool, typer.Option("--access-log", help="One line per request on standard error.")] = False,
) -> None:
    """Run the hub until it is stopped."""
    if access_log:
        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
        logging.getLogger("inspector_app.hub.access").setLevel(logging.INFO)
    with one_door(options(context).debug):
        run_server(_settings(context, database, blobs, listen), ready=lambda url: emit({"listening": url}))


@app.command("invite")
def invite(
    context: typer.Context,
    team: Annotated[int, typer.Option(min=0, max=99)] = 1,
    role: Annotated[Role, typer.Option()] = Role.INSPECTOR,
    database: Database = "",
) -> None:
    """A one-time enrolment code for a laptop."""
    given = options(context)
    with one_door(given.debug):
        made = invites.invite(_settings(context, database), team, role)
        facts = {"code": made.code, "expires": made.expires, "qr": made.qr}
        emit(facts) if given.json else say(f"{made.code}   (valid until {made.expires})")


@app.command("revoke")
def revoke(context: typer.Context, device: str, database: Database = "") -> None:
    """Shut a lost laptop out."""
    with one_door(options(context).debug):
        invites.revoke(_settings(context, database), device)
        emit({"revoked": device})


@app.command("move")
def move(
    context: typer.Context,
    record: str,
    team: Annotated[int, typer.Option(min=1, max=39, help="Who goes there from now on.")],
    database: Database = "",
) -> None:
    """Give a visit with its findings and photos to another team."""
    with one_door(options(context).debug):
        moved = moving.move_in(_settings(context, database), record, team)
        emit({"from": moved.old, "to": moved.new, "records": moved.records})


@app.command("bundle")
def bundle(
    context: typer.Context,
    file: Path,
    answer: Annotated[Path | None, typer.Option(help="Where to write the bundle that goes back.")] = None,
    database: Database = "",
    blobs: Blobs = "",
) -> None:
    """Take a laptop's stick in, and write receipts and news for it."""
    with one_door(options(context).debug):
        emit(sticks.take_file(_settings(context, database, blobs), file, answer))


@app.command("status")
def status_(context: typer.Context, database: Database = "", blobs: Blobs = "") -> None:
    """Counts of what the hub holds."""
    with one_door(options(context).debug):
        emit(status.status(_settings(context, database, blobs)))
