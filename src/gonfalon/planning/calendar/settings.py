"""Load and change what a workspace has set for its calendar, kept in the workspace's settings under one key."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.store import change_setting, read_settings
from gonfalon.accounts.workdays.actions import check_country
from gonfalon.kit.errors import Invalid
from gonfalon.planning.calendar.model import DAYS_APART, CalendarSettings, HolidayRegion

_KEY: Final = "calendar"
MOST_DAYS_APART: Final = 60
MOST_PLACES: Final = 12


async def load_settings(connection: AsyncConnection, workspace_id: int) -> CalendarSettings:
    """Load the workspace's settings; the usual ones where it has none."""
    given: dict[str, Any] = (await read_settings(connection, workspace_id)).get(_KEY) or {}
    return CalendarSettings(
        given.get("days", DAYS_APART),
        {(pair["one"], pair["other"]): pair["days"] for pair in given.get("pairs", [])},
        tuple(HolidayRegion(place["country"], place["region"]) for place in given.get("places", [])),
    )


async def change_settings(ctx: Context, settings: CalendarSettings) -> None:
    """Set how far apart touchpoints should be, and whose holidays are shown."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if not all(0 <= days <= MOST_DAYS_APART for days in settings.pairs.values()) or not (
        1 <= settings.days <= MOST_DAYS_APART
    ):
        raise Invalid(
            "days_apart", f"Touchpoints can be asked to be 1 to {MOST_DAYS_APART} days apart.", most=MOST_DAYS_APART
        )
    for place in settings.places:
        if not place.country:
            raise Invalid("country_missing", "Choose a country whose holidays are shown.")
        check_country(place.country, place.region)
    value = {
        "days": settings.days,
        "pairs": [
            {"one": min(pair), "other": max(pair), "days": days} for pair, days in sorted(settings.pairs.items())
        ],
        "places": [{"country": place.country, "region": place.region} for place in dict.fromkeys(settings.places)],
    }
    async with ctx.transaction() as connection:
        await change_setting(connection, ctx.workspace.id, _KEY, value)
        await ctx.audit(
            connection,
            "calendar.settings_changed",
            "workspace",
            ctx.workspace.id,
            ctx.workspace.name,
            days=settings.days,
        )
