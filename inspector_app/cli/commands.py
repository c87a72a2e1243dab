"""Which module owns which command; a module is imported when one of its commands is asked for, or all for --help."""

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group


def _laptop(root: typer.Typer) -> None:
    from inspector_app.cli import laptop

    root.command("init")(laptop.init)
    root.command("enroll")(laptop.enroll)
    root.command("sync")(laptop.sync)
    root.add_typer(laptop.sites_app, name="sites", help="The registry of sites.")


def _forms(root: typer.Typer) -> None:
    from inspector_app.cli import forms

    root.add_typer(forms.app, name="form", help="Checklists as XLSForms.")


def _visits(root: typer.Typer) -> None:
    from inspector_app.cli import visits

    root.add_typer(visits.app, name="inspections", help="Visits.")


def _documents(root: typer.Typer) -> None:
    from inspector_app.cli import documents

    root.command("report")(documents.report)
    root.command("verify")(documents.verify)
    root.command("export")(documents.export)


def _branding(root: typer.Typer) -> None:
    from inspector_app.cli import branding

    root.add_typer(branding.letterhead_app, name="letterhead", help="How the organisation's papers look.")
    root.add_typer(branding.certificate_app, name="certificate", help="Whose certificate signs papers.")


def _bundles(root: typer.Typer) -> None:
    from inspector_app.cli import bundles

    root.add_typer(bundles.app, name="bundle", help="Sync by stick where there is no network.")


def _tables(root: typer.Typer) -> None:
    from inspector_app.cli import tables

    root.add_typer(tables.app, name="table", help="Exchange with colleagues beside you, without the hub.")


def _hub(root: typer.Typer) -> None:
    from inspector_app.cli import hub

    root.add_typer(hub.app, name="hub", help="The server that laptops sync with.")


_OWNERS: dict[str, Callable[[typer.Typer], None]] = {
    "init": _laptop,
    "sites": _laptop,
    "form": _forms,
    "inspections": _visits,
    "report": _documents,
    "verify": _documents,
    "export": _documents,
    "letterhead": _branding,
    "certificate": _branding,
    "enroll": _laptop,
    "sync": _laptop,
    "bundle": _bundles,
    "table": _tables,
    "hub": _hub,
}


class Commands(TyperGroup):
    """The root's commands, each imported on first use."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every name, in the order of a first day."""
        return [*_OWNERS, *(name for name in super().list_commands(ctx) if name not in _OWNERS)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, its module imported; an unknown name brings them all, so that a similar one can be named."""
        if cmd_name not in self.commands:
            wanted = [_OWNERS[cmd_name]] if cmd_name in _OWNERS else _OWNERS.values()
            for owner in wanted:
                part = typer.Typer()
                owner(part)
                self.commands.update(get_group(part).commands)
        return super().get_command(ctx, cmd_name)
