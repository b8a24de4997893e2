"""Load working calendars."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.workdays.model import Week, WorkCalendar
from gonfalon.accounts.workdays.rules import usual_week
from gonfalon.accounts.workdays.tables import work_calendars
from gonfalon.kit.ids import new_id
from gonfalon.kit.rows import all_of


async def list_calendars(ctx: Context, connection: AsyncConnection) -> list[WorkCalendar]:
    """Return the workspace's calendar and those of members who differ from it, as stored."""
    query = select(work_calendars).where(work_calendars.c.workspace_id == ctx.workspace.id)
    return await all_of(connection, query, WorkCalendar)


async def load_weeks(ctx: Context, connection: AsyncConnection) -> tuple[Week, dict[UUID, Week]]:
    """Return when the workspace works, and when those members do who differ from it.

    A workspace that has said nothing works as is usual where it is.
    """
    calendars = await list_calendars(ctx, connection)
    own = next((each for each in calendars if each.user_id is None), None)
    usual = usual_week(ctx.workspace.time_zone)
    week = usual if own is None else own.over(Week(country=own.country, region=own.region))
    return week, {each.user_id: each.over(week) for each in calendars if each.user_id is not None}


async def save_calendar(
    ctx: Context, connection: AsyncConnection, user_id: UUID | None, values: Mapping[str, object]
) -> None:
    """Write the calendar of the workspace (None) or of a member."""
    wish = upsert(work_calendars).values(
        id=new_id(), workspace_id=ctx.workspace.id, user_id=user_id, updated_by=ctx.actor.name, **values
    )
    saved = {"version": work_calendars.c.version + 1, "updated_at": func.now(), "updated_by": ctx.actor.name}
    await connection.execute(
        wish.on_conflict_do_update(index_elements=["workspace_id", "user_id"], set_={**values, **saved})
    )
