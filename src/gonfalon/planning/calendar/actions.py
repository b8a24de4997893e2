"""Write down moments, and which campaigns go first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import delete_row, insert_row, save_version
from gonfalon.kit.errors import Invalid
from gonfalon.kit.locks import one_at_a_time
from gonfalon.planning.calendar import store
from gonfalon.planning.calendar.model import MomentDraft
from gonfalon.planning.calendar.rules import check_day
from gonfalon.planning.campaigns.store import lock_campaign
from gonfalon.planning.tables.calendar import moments

MOST_MOMENTS = 500
LONGEST_MOMENT = 366


async def create_moment(ctx: Context, draft: MomentDraft) -> UUID:
    """Create a moment for everybody of the workspace; return its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(draft)
    async with ctx.transaction() as connection:
        await one_at_a_time(connection, "moments", ctx.workspace.id)
        if await store.count_moments(ctx, connection) >= MOST_MOMENTS:
            raise Invalid("moments_many", f"A workspace can have at most {MOST_MOMENTS} moments.", most=MOST_MOMENTS)
        moment_id = await insert_row(ctx, connection, moments, **values)
        await ctx.audit(connection, "moment.created", "moment", moment_id, values["name"])
    return moment_id


async def save_moment(ctx: Context, moment_id: UUID, version: int, draft: MomentDraft) -> None:
    """Save a moment as it was at `version`; raises Conflict when somebody else was first."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(draft)
    async with ctx.transaction() as connection:
        await save_version(ctx, connection, moments, moment_id, version, values)
        await ctx.audit(connection, "moment.changed", "moment", moment_id, values["name"])


async def delete_moment(ctx: Context, moment_id: UUID) -> None:
    """Delete a moment from the calendar, in every year."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        present = await store.find_moment(ctx, connection, moment_id)
        await delete_row(ctx, connection, moments, moment_id)
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
    """Set which campaign gives way: 1 goes first, 2 is usual, 3 gives way."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        await store.write_priority(ctx, connection, campaign_id, priority)
        await ctx.audit(connection, "campaign.priority_set", "campaign", campaign_id, campaign.name, priority=priority)
