"""The calendar over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.days import Day
from gonfalon.planning.calendar import actions, store
from gonfalon.planning.calendar.model import Filters, ItemKind, MomentDraft, MomentSave, StoredMoment
from gonfalon.planning.calendar.reading import own_place, read_calendar
from gonfalon.planning.calendar.schemas import (
    CalendarOut,
    CalendarSettingsIn,
    CalendarSettingsOut,
    ChannelsApart,
    HolidayPlace,
    PriorityIn,
)
from gonfalon.planning.calendar.settings import change_settings, load_settings

router = APIRouter(tags=["calendar"])
_BASE = "/workspaces/{workspace}/calendar"
MOST_CHOSEN = 200
_Ids = Annotated[list[UUID], Query(max_length=MOST_CHOSEN)]


@router.get(_BASE, operation_id="get_calendar")
async def get_calendar(
    ctx: Ctx,
    first: Annotated[Day, Query(alias="from", description="The first day")],
    last: Annotated[Day, Query(alias="to", description="The last day; two years behind the first at most")],
    campaign: _Ids = [],  # noqa: B006 FastAPI copies defaults
    channel: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006
    audience: _Ids = [],  # noqa: B006
    owner: _Ids = [],  # noqa: B006
    kinds: Annotated[list[ItemKind], Query(max_length=20)] = [],  # noqa: B006
) -> CalendarOut:
    """Return campaigns, touchpoints, deliverables, milestones, tasks, moments and holidays between two days.

    Each filter may be given several times; what is left out is not filtered. Days are in the workspace's zone.
    """
    ctx.require(Permission.CAMPAIGNS_READ)
    wanted = Filters(frozenset(kinds), frozenset(campaign), frozenset(channel), frozenset(audience), frozenset(owner))
    async with ctx.reading() as connection:
        found = await read_calendar(ctx, connection, first, last, wanted)
    return CalendarOut.of(found, ctx.today)


@router.get(_BASE + "/moments", operation_id="list_moments")
async def list_moments(ctx: Ctx) -> list[StoredMoment]:
    """Return every moment (at most 500), by its first day."""
    ctx.require(Permission.SETTINGS_READ)
    return await ctx.read(store.list_moments)


@router.post(_BASE + "/moments", operation_id="create_moment", status_code=201)
async def create_moment(body: MomentDraft, ctx: Ctx) -> StoredMoment:
    """Write down a moment for everybody."""
    return await ctx.read(store.find_moment, await actions.create_moment(ctx, body))


@router.put(_BASE + "/moments/{moment_id}", operation_id="save_moment")
async def save_moment(moment_id: UUID, body: MomentSave, ctx: Ctx) -> StoredMoment:
    """Change a moment; 409 when somebody else has saved since `version`."""
    await actions.save_moment(ctx, moment_id, body.version, body)
    return await ctx.read(store.find_moment, moment_id)


@router.delete(_BASE + "/moments/{moment_id}", operation_id="delete_moment", status_code=204)
async def delete_moment(moment_id: UUID, ctx: Ctx) -> None:
    """Take a moment off the calendar, in every year."""
    await actions.delete_moment(ctx, moment_id)


async def _settings(ctx: Context) -> CalendarSettingsOut:
    async with ctx.reading() as connection:
        found = await load_settings(connection, ctx.workspace.id)
        own = await own_place(ctx, connection)
    return CalendarSettingsOut(
        days=found.days,
        pairs=[ChannelsApart(one=one, other=other, days=days) for (one, other), days in found.pairs.items()],
        places=[HolidayPlace(country=place.country, region=place.region) for place in found.places],
        own=HolidayPlace(country=own.country, region=own.region) if own else None,
    )


@router.get(_BASE + "/settings", operation_id="get_calendar_settings")
async def get_calendar_settings(ctx: Ctx) -> CalendarSettingsOut:
    """Return how far apart touchpoints should be, and whose holidays are shown."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await _settings(ctx)


@router.put(_BASE + "/settings", operation_id="set_calendar_settings")
async def set_calendar_settings(body: CalendarSettingsIn, ctx: Ctx) -> CalendarSettingsOut:
    """Set how far apart touchpoints should be, and whose holidays are shown beside those of the working calendar."""
    await change_settings(ctx, body.settings())
    return await _settings(ctx)


@router.put(_BASE + "/priorities/{campaign_id}", operation_id="set_campaign_priority", status_code=204)
async def set_campaign_priority(campaign_id: UUID, body: PriorityIn, ctx: Ctx) -> None:
    """Say whether a campaign goes first or gives way where two reach the same people too soon after each other."""
    await actions.set_priority(ctx, campaign_id, body.priority)
