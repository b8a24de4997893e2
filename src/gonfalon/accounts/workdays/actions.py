"""Set when a workspace and its members work; look up public holidays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.members.store import check_members
from gonfalon.accounts.model import Permission
from gonfalon.accounts.workdays import store
from gonfalon.accounts.workdays.model import Week
from gonfalon.accounts.workdays.rules import holidays_in
from gonfalon.kit.errors import Invalid


async def set_work_calendar(ctx: Context, week: Week) -> None:
    """Set when the workspace works. Dates of campaigns stay until somebody plans them again with what moves before
    them."""
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
    """Set how a member's week differs from the workspace's; members may say so of themselves and planners of
    anybody."""
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
        await check_members(ctx, connection, [user_id])
        await store.save_calendar(ctx, connection, user_id, values)
        await ctx.audit(connection, action, "member" if user_id else "workspace", user_id or ctx.workspace.id)


def _check_days(days: Iterable[date]) -> None:
    if any(not 1970 <= day.year <= 2200 for day in days):
        raise Invalid("day_out_of_range", "A day off lies outside of what can be planned for.")


def check_country(country: str, region: str) -> None:
    """Raise Invalid for a country or region whose holidays nobody knows."""
    if not country:
        if region:
            raise Invalid("country_missing", "Choose the country that the region belongs to.")
        return
    regions = countries().get(country)
    if regions is None:
        raise Invalid(
            "country_unknown",
            f"The holidays of “{country}” are not known; choose another country or none.",
            country=country,
        )
    if region and region not in regions:
        raise Invalid(
            "region_unknown",
            f"“{region}” is no region of {country} with holidays of its own.",
            region=region,
            country=country,
        )


def countries() -> dict[str, list[str]]:
    """Return countries by their two letters, with the regions that have holidays of their own."""
    import holidays  # a tenth of a second, and not everybody asks

    found = holidays.list_supported_countries(include_aliases=False)
    return {code: list(regions) for code, regions in found.items() if len(code) == 2}


def next_holidays(week: Week, today: date, language: str) -> list[tuple[date, str]]:
    """Return the public holidays of the coming twelve months by name."""
    if not week.country:
        return []
    known = holidays_in(week.country, week.region, (today.year, today.year + 1), language)
    end = today + timedelta(days=366)
    return sorted((day, name) for day, name in known.items() if today <= day < end)
