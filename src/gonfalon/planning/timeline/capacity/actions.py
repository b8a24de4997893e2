"""Saying when people work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert as upsert

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.timeline import store
from gonfalon.planning.timeline.model import Week
from gonfalon.planning.timeline.tables import work_calendars


async def set_work_calendar(ctx: Context, week: Week) -> None:
    """When the workspace works. Dates of campaigns stay until somebody plans them again with what moves before them."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    _check_days(week.days_off)
    check_country(week.country, week.region)
    values = {
        "weekdays": sorted(set(week.weekdays)),
        "hours_per_day": week.hours_per_day,
        "country": week.country,
        "region": week.region,
        "days_off": sorted(week.days_off),
    }
    await _save(ctx, None, values, "work_calendar.set")


async def set_member_calendar(
    ctx: Context, user_id: UUID, weekdays: list[int] | None, hours_per_day: Decimal | None, days_off: list[date]
) -> None:
    """How a member's week differs from the workspace's; members may say so of themselves and planners of anybody."""
    if ctx.actor.id != str(user_id):
        ctx.require(Permission.CAMPAIGNS_WRITE)
    _check_days(days_off)
    values: dict[str, object] = {
        "weekdays": None if weekdays is None else sorted(set(weekdays)),
        "hours_per_day": hours_per_day,
        "days_off": sorted(set(days_off)),
    }
    await _save(ctx, user_id, values, "work_calendar.member_set")


async def _save(ctx: Context, user_id: UUID | None, values: dict[str, object], action: str) -> None:
    async with ctx.transaction() as connection:
        await store.check_members(ctx, connection, [user_id])
        wish = upsert(work_calendars).values(
            id=new_id(), workspace_id=ctx.workspace.id, user_id=user_id, updated_by=ctx.actor.name, **values
        )
        await connection.execute(
            wish.on_conflict_do_update(
                index_elements=["workspace_id", "user_id"],
                set_=values
                | {
                    "version": work_calendars.c.version + 1,
                    "updated_at": func.now(),
                    "updated_by": ctx.actor.name,
                },
            )
        )
        await ctx.audit(connection, action, "member" if user_id else "workspace", user_id or ctx.workspace.id)


def _check_days(days: Iterable[date]) -> None:
    if any(not 1970 <= day.year <= 2200 for day in days):
        raise Invalid("day_out_of_range", "A day off lies outside of what can be planned for.")


def check_country(country: str, region: str) -> None:
    """Raises Invalid for a country or region whose holidays nobody knows."""
    if not country:
        if region:
            raise Invalid("country_missing", "Choose the country that the region belongs to.")
        return
    regions = countries().get(country)
    if regions is None:
        raise Invalid("country_unknown", f"The holidays of “{country}” are not known; choose another country or none.")
    if region and region not in regions:
        raise Invalid("region_unknown", f"“{region}” is no region of {country} with holidays of its own.")


def countries() -> dict[str, list[str]]:
    """Countries by their two letters, with the regions that have holidays of their own."""
    import holidays  # a tenth of a second, and not everybody asks

    found = holidays.list_supported_countries(include_aliases=False)
    return {code: list(regions) for code, regions in found.items() if len(code) == 2}


def next_holidays(week: Week, today: date) -> list[tuple[date, str]]:
    """The public holidays of the coming twelve months by name."""
    if not week.country:
        return []
    import holidays

    known = holidays.country_holidays(week.country, subdiv=week.region or None, years=(today.year, today.year + 1))
    end = today + timedelta(days=366)
    return sorted((day, name) for day, name in known.items() if today <= day < end)
