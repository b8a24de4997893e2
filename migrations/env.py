"""Alembic's entry: one history for all rooms. The connection is given by `gonfalon.entry.migrate`."""

from alembic import context

from gonfalon.entry.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
