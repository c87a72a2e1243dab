"""Alembic's entry: migrates over the connection that `hub.database` hands in, inside its transaction."""

from alembic import context

from inspector_app.hub.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
