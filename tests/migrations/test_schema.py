"""The migrations make exactly the schema that the rooms' tables describe."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.dialects.postgresql.base import PGDialect

from gonfalon.entry.migrate import newest_revision
from gonfalon.entry.tables import metadata
from gonfalon.kit.db import Xid8, driver_url


def test_the_schema_equals_the_migrations(database_url: str) -> None:
    PGDialect.ischema_names.setdefault("xid8", Xid8)
    engine = create_engine(driver_url(database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or not str(name).startswith("procrastinate"),
            },
        )
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == newest_revision()
    engine.dispose()


def test_every_followed_table_has_its_triggers(database_url: str) -> None:
    engine = create_engine(driver_url(database_url))
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "select c.relname, array_agg(t.tgname order by t.tgname)::text[] from pg_trigger t"
            " join pg_class c on c.oid = t.tgrelid where not t.tgisinternal and t.tgname in ('touch_xid',"
            " 'leave_tombstones') group by c.relname"
        )
        found = {row.relname: tuple(row.array_agg) for row in rows}
    engine.dispose()
    followed = {table.name for table in metadata.tables.values() if "xid" in table.c} - {"tombstones"}
    assert found == dict.fromkeys(followed, ("leave_tombstones", "touch_xid"))
