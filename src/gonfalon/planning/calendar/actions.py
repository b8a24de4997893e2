"""Writing down moments, and which campaigns go first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.calendar import store
from gonfalon.planning.calendar.model import MomentKind
from gonfalon.planning.calendar.rules import check_day
from gonfalon.planning.calendar.tables import campaign_priorities, moments
from gonfalon.planning.campaigns.store import lock_campaign
from gonfalon.planning.store import save_version

MOST_MOMENTS = 500
LONGEST_MOMENT = 366


@dataclass(frozen=True, slots=True)
class MomentDraft:
    """What somebody writes down of a moment. Days are inclusive."""

    kind: MomentKind
    name: str
    starts_on: date
    ends_on: date
    yearly: bool = False
    notes: str = ""


async def create_moment(ctx: Context, draft: MomentDraft) -> UUID:
    """A new moment for everybody of the workspace; returns its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(draft)
    moment_id = new_id()
    async with ctx.transaction() as connection:
        counted = await connection.execute(
            select(func.count()).select_from(moments).where(moments.c.workspace_id == ctx.workspace.id)
        )
        if counted.scalar_one() >= MOST_MOMENTS:
            raise Invalid("moments_many", f"A workspace can have at most {MOST_MOMENTS} moments.")
        await connection.execute(
            insert(moments).values(id=moment_id, workspace_id=ctx.workspace.id, updated_by=ctx.actor.name, **values)
        )
        await ctx.audit(connection, "moment.created", "moment", moment_id, values["name"])
    return moment_id


async def save_moment(ctx: Context, moment_id: UUID, version: int, draft: MomentDraft) -> None:
    """Saves a moment as it was at `version`; raises Conflict when somebody else was first."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(draft)
    async with ctx.transaction() as connection:
        await save_version(ctx, connection, moments, moment_id, version, values)
        await ctx.audit(connection, "moment.changed", "moment", moment_id, values["name"])


async def delete_moment(ctx: Context, moment_id: UUID) -> None:
    """Takes a moment off the calendar, in every year."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        present = await store.find_moment(ctx, connection, moment_id)
        await connection.execute(
            delete(moments).where(moments.c.id == moment_id, moments.c.workspace_id == ctx.workspace.id)
        )
        await ctx.audit(connection, "moment.deleted", "moment", moment_id, present.name)


def _values(draft: MomentDraft) -> dict[str, Any]:
    if not draft.name.strip():
        raise Invalid("name_missing", "Give the moment a name.")
    check_day(draft.starts_on)
    check_day(draft.ends_on)
    if draft.ends_on < draft.starts_on:
        raise Invalid("moment_days", "The moment ends before it begins; move one of the two days.")
    if (draft.ends_on - draft.starts_on).days >= LONGEST_MOMENT:
        raise Invalid("moment_long", "A moment lasts a year at most.")
    return {
        "kind": draft.kind.value,
        "name": draft.name.strip(),
        "notes": draft.notes,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
        "yearly": draft.yearly,
    }


async def set_priority(ctx: Context, campaign_id: UUID, priority: int) -> None:
    """Says which campaign gives way: 1 goes first, 2 is usual, 3 gives way."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        if priority == store.NORMAL:
            await connection.execute(
                delete(campaign_priorities).where(
                    campaign_priorities.c.campaign_id == campaign_id,
                    campaign_priorities.c.workspace_id == ctx.workspace.id,
                )
            )
        else:
            await connection.execute(
                upsert(campaign_priorities)
                .values(campaign_id=campaign_id, workspace_id=ctx.workspace.id, priority=priority)
                .on_conflict_do_update(index_elements=["campaign_id"], set_={"priority": priority})
            )
        await ctx.audit(connection, "campaign.priority_set", "campaign", campaign_id, campaign.name, priority=priority)
