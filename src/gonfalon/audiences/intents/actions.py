"""The verbs of intent: sort events into families, measure the customers' fifths."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.engine import Engine
from gonfalon.kit.errors import Invalid
from gonfalon.kit.services import Services

from ..segments.language import Family
from . import store
from .families import DEFAULTS, families_of

MOST_EVENTS = 500


async def families(ctx: Context) -> dict[Family, frozenset[str]]:
    """Return the events of every family in this workspace."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        return families_of(await store.changed_families(connection, ctx.workspace.id))


async def set_families(ctx: Context, wanted: Mapping[Family, list[str]]) -> dict[Family, frozenset[str]]:
    """Sort the workspace's events; an event of no list belongs to no family. Measures the customers anew."""
    ctx.require(Permission.AUDIENCES_WRITE)
    named = [(name.strip(), family) for family, names in wanted.items() for name in names]
    if len(named) > MOST_EVENTS:
        raise Invalid("intents_many", f"Sort at most {MOST_EVENTS} events into families.", most=MOST_EVENTS)
    by_name = dict(named)
    if len(by_name) < len(named):
        twice = next(name for at, (name, _) in enumerate(named) if name in dict(named[:at]))
        raise Invalid("intent_twice", f"“{twice}” can belong to one family only.", name=twice)
    changed: dict[str, str | None] = {n: f.value for n, f in by_name.items() if DEFAULTS.get(n) is not f}
    changed |= {name: None for name in DEFAULTS if name not in by_name}
    async with ctx.transaction() as connection:
        await store.write_families(connection, ctx.workspace.id, changed)
        await ctx.audit(connection, "audience.intents_changed", "workspace", ctx.workspace.id, ctx.workspace.name)
        await measure_workspace(ctx.services, connection, ctx.workspace.id)
    return families_of(changed.items())


async def measure_customers(services: Services) -> int:
    """Compute the limits between customers' fifths anew, a transaction a workspace; returns of how many."""
    async with services.db.reading() as connection:
        ids = await store.workspace_ids(connection)
    for workspace_id in ids:
        async with services.db.transaction() as connection:
            await measure_workspace(services, connection, workspace_id)
    return len(ids)


async def measure_workspace(services: Services, connection: AsyncConnection, workspace_id: int) -> None:
    """Do the same for one workspace; nothing while a copy is being built, for PostgreSQL would read every event."""
    engine = services.find(Engine)
    if engine is not None and not engine.status().usable:
        return
    names = families_of(await store.changed_families(connection, workspace_id))[Family.PURCHASE]
    found = await store.measure(connection, engine, workspace_id, sorted(names))
    await store.write_fifths(connection, workspace_id, found)
