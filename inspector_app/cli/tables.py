"""Commands for laptops on one table: one serves, the others visit; the hub hears of it from whoever meets it first."""

import signal
import threading
from typing import Annotated, Any

import typer

from inspector_app.cli.laptop import outcome_facts
from inspector_app.cli.options import laptop
from inspector_app.cli.output import emit, say
from inspector_app.domain.errors import UserError
from inspector_app.operations import tabling
from inspector_app.sync.table import Table
from inspector_app.table.server import TableServer

app = typer.Typer(no_args_is_help=True)


@app.command("serve")
def serve(
    context: typer.Context,
    listen: Annotated[str, typer.Option(help="HOST:PORT in the network of the table; port 0 takes a free one.")],
) -> None:
    """Let colleagues of the same team exchange their work with this laptop, until it is stopped."""
    host, _, port = listen.rpartition(":")
    with laptop(context) as (store, given):
        if not host or not port.isdigit() or int(port) > 65535:
            raise UserError("listen", f"'{listen}' is not HOST:PORT.")
        server = TableServer(tabling.StoreHost(store), (host, int(port)), tabling.who(store))
        over = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: over.set())
        server.start()
        try:
            facts: dict[str, Any] = {"listening": server.table.address, "code": server.table.code}
            emit(facts) if given.json else say(
                f"Colleagues: table visit {server.table.address} --code {server.table.code}"
            )
            over.wait()
        finally:
            server.stop()


@app.command("visit")
def visit(
    context: typer.Context, address: str, code: Annotated[str, typer.Option("--code", help="As shown on that laptop.")]
) -> None:
    """Exchange with a colleague's laptop both ways; the hub is told later by either of them."""
    with laptop(context) as (store, given):
        outcome = tabling.visit(store, Table(address, code))
        said = f"{outcome.pushed} records and {outcome.blobs_up} photos given, {outcome.pulled} and {outcome.blobs_down} taken."
        emit(outcome_facts(outcome)) if given.json else say(said)
