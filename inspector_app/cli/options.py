"""Options every command shares: the data folder, the password, JSON or plain lines."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from inspector_app.cli.output import one_door
from inspector_app.domain.errors import UserError

if TYPE_CHECKING:
    from inspector_app.store.database import Store


@dataclass(frozen=True)
class Options:
    """Where the data lies, how it is unlocked, how results are printed."""

    data: Path
    password_file: Path | None
    json: bool
    debug: bool


def options(context: typer.Context) -> Options:
    """The options given before the command."""
    found: Options = context.find_root().obj
    return found


def password(given: Options) -> str:
    """From --password-file, INSPECTOR_APP_PASSWORD, or asked at the terminal; raises UserError without any."""
    if given.password_file is not None:
        try:
            return given.password_file.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise UserError("password_file", f"{given.password_file} cannot be read.") from None
    from_environment = os.environ.pop("INSPECTOR_APP_PASSWORD", None)  # read once, then gone (security.md §5.4)
    if from_environment is not None:
        return from_environment
    if not os.isatty(0):
        raise UserError("password_missing", "Give the password with --password-file or INSPECTOR_APP_PASSWORD.")
    return str(typer.prompt("Password", hide_input=True, err=True))


@contextmanager
def laptop(context: typer.Context) -> Iterator[tuple["Store", Options]]:
    """The unlocked store, closed afterwards; failures become sentences and exit statuses."""
    from inspector_app.operations import keeping  # here: most commands over forms need no store

    given = options(context)
    with one_door(given.debug):
        store = keeping.open_laptop(given.data, password(given))
        try:
            yield store, given
        finally:
            store.close()
