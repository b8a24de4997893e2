"""The verbs of the manual: write what an audience is for, say that it still holds, ask when that is due."""

from __future__ import annotations

from uuid import UUID

from gonfalon.accounts.context import Context, system_context
from gonfalon.accounts.members.store import check_members
from gonfalon.accounts.model import Permission
from gonfalon.accounts.store import workspace_by_id
from gonfalon.kit.errors import Conflict
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.services import Services
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind

from ..intents.store import workspace_ids
from ..store import find_audience
from . import store
from .model import AudienceDefinition
from .schemas import DefinitionIn

MOST_MAIN = 5


async def list_definitions(ctx: Context) -> list[AudienceDefinition]:
    """Return the manual of the workspace's audiences."""
    ctx.require(Permission.AUDIENCES_READ)
    return await ctx.read(store.definitions_of)


async def save_definition(ctx: Context, audience_id: UUID, said: DefinitionIn) -> AudienceDefinition:
    """Write what an audience is for; reviewed: that it still holds today. Raises Conflict for a sixth main one."""
    ctx.require(Permission.AUDIENCES_WRITE)
    workspace = ctx.workspace.id
    async with ctx.transaction() as connection:
        audience = await find_audience(connection, workspace, audience_id)
        await check_members(ctx, connection, [said.owner_id])
        await one_at_a_time(connection, "main audiences", workspace)
        if said.main and await store.count_main(connection, workspace, audience_id) >= MOST_MAIN:
            raise Conflict(
                "main_many",
                f"{MOST_MAIN} audiences are main segments already; take another one off first.",
                most=MOST_MAIN,
            )
        values = said.model_dump(exclude={"version", "reviewed"})
        if said.reviewed:
            values["reviewed_on"] = ctx.today
        await store.save_definition(ctx, connection, audience_id, said.version, values)
        await ctx.audit(connection, "audience.defined", "audience", audience_id, audience.name, reviewed=said.reviewed)
        return (await store.definitions_of(ctx, connection, audience_id))[0]


async def ask_for_reviews(services: Services) -> int:
    """Tell owners of audiences which nobody has looked at for a quarter, once a date; return how many were told."""
    async with services.db.reading() as connection:
        ids = await workspace_ids(connection)
    told = 0
    for workspace_id in ids:
        async with services.db.transaction() as connection:
            ctx = system_context(services, await workspace_by_id(connection, workspace_id))
            for each in await store.definitions_of(ctx, connection):
                if each.owner is None or not each.overdue:
                    continue
                on = each.due_on.isoformat()
                thing = Thing(ThingKind.AUDIENCE, each.id)
                kind = NoticeKind.OVERDUE
                told += len(
                    await notify(
                        ctx, connection, kind, to=[each.owner.id], thing=thing, title=each.name, once=on, on=on
                    )
                )
    return told
