"""Brings the database to this program's schema; refuses one that a newer program has written."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from inspector_app.domain.errors import UserError
from inspector_app.store.schema import REVISION


def migrate(connection: Connection) -> None:
    """Upgrade inside the caller's transaction; raises UserError("store_newer") for an unknown revision.

    Alembic is imported only when something has to be done: it costs more than opening the store.
    """
    found = _revision(connection)
    if found == REVISION:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found and found not in known:
        raise UserError(
            "store_newer", "This data was written by a newer version of the program; please update.", found=found
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
