"""Count every audience once a day."""

from __future__ import annotations

from contextlib import suppress

from gonfalon.accounts.context import system_context
from gonfalon.accounts.store import workspace_by_id
from gonfalon.kit.clock import utcnow
from gonfalon.kit.engine import Engine
from gonfalon.kit.services import Services

from ..actions import rule_of
from ..segments.language import RuleInvalid
from ..segments.membership import AudienceQuery
from . import store


async def count_all(services: Services) -> int:
    """Count every audience that has no size of its workspace's present day; return how many workspaces had any."""
    engine = services.find(Engine)
    if engine is not None and not engine.status().usable:
        return 0
    async with services.db.reading() as connection:
        ids = await store.due_workspaces(connection, utcnow())
    for workspace_id in ids:
        await count_workspace(services, workspace_id)
    return len(ids)


async def count_workspace(services: Services, workspace_id: int) -> None:
    """Do the same for one workspace, in a transaction of its own; an audience that cannot be asked has no size."""
    async with services.db.transaction() as connection:
        ctx = system_context(services, await workspace_by_id(connection, workspace_id))
        query = await AudienceQuery.of(ctx, connection)
        sizes = {}
        for row in await store.due_audiences(connection, workspace_id, ctx.today):
            with suppress(RuleInvalid):
                sizes[row.id] = await query.total(rule_of(row))
        await store.write_sizes(connection, workspace_id, ctx.today, sizes)
