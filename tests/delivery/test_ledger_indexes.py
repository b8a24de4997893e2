"""Writing an outcome touches no index of the ledger, and the analytics copy still finds what was written."""

from __future__ import annotations

from sqlalchemy import text

from gonfalon.kit.engine.source import UNSEEN
from gonfalon.kit.services import Services

CHANGING = {"state", "reason", "attempts", "address", "ended_at", "reply", "xid"}


async def test_no_index_holds_what_an_outcome_changes(services: Services) -> None:
    async with services.db.transaction() as connection:
        found = await connection.execute(
            text(
                "select distinct i.indexrelid::regclass::text as name, a.attname"
                " from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am on pg_am.oid = c.relam"
                " join pg_depend d on d.objid = i.indexrelid and d.refobjid = i.indrelid and d.refobjsubid > 0"
                " join pg_attribute a on a.attrelid = i.indrelid and a.attnum = d.refobjsubid"
                " where i.indrelid = 'messages'::regclass and pg_am.amname <> 'brin'"
            )
        )
        held = {(row.name, row.attname) for row in found}
    assert any(column == "dispatch_id" for _, column in held)
    assert not {(name, column) for name, column in held if column in CHANGING}


async def test_the_copy_asks_by_the_index(services: Services) -> None:
    async with services.db.transaction() as connection:
        await connection.execute(text("set local enable_seqscan = off"))
        snapshot = (await connection.execute(text("select pg_current_snapshot()::text"))).scalar_one()
        question = f"explain select id from messages where {UNSEEN}".format(f"'{snapshot}'")
        plan = "\n".join((await connection.exec_driver_sql(question)).scalars())
    assert "ix_messages_xid" in plan
