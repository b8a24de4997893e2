"""Read what a feed shows: the calendar of the member it belongs to, as that member may see it at this moment."""

from __future__ import annotations

from datetime import timedelta

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Actor, Permission
from gonfalon.accounts.rules import ROLE_PERMISSIONS
from gonfalon.accounts.store import workspace_by_id
from gonfalon.kit.services import Services
from gonfalon.planning.calendar.feeds.ical import write_calendar
from gonfalon.planning.calendar.feeds.store import filters_of, find_working_feed
from gonfalon.planning.calendar.reading import read_calendar

BACK, AHEAD = timedelta(days=92), timedelta(days=366)
"""What a feed holds: a quarter back, a year ahead."""


async def read_feed(services: Services, token: str) -> bytes | None:
    """Return the feed behind an address as iCalendar; None where it does not exist, was revoked, or its member left."""
    async with services.db.reading() as connection:
        feed = await find_working_feed(connection, token)
        if feed is None:
            return None
        actor = Actor("member", str(feed.user_id), feed.user_name, ROLE_PERMISSIONS[feed.role], feed.role)
        ctx = Context(services, actor, await workspace_by_id(connection, feed.workspace_id))
        if not ctx.may(Permission.CAMPAIGNS_READ):
            return None
        today = ctx.today
        wanted = filters_of(feed.filters)
        calendar = await read_calendar(ctx, connection, today - BACK, today + AHEAD, wanted)
    base = f"{services.settings.public_url.rstrip('/')}/w/{ctx.workspace.slug}"
    return write_calendar(
        calendar,
        name=f"{feed.name} · {ctx.workspace.name}",
        zone=ctx.workspace.time_zone,
        base=base,
        made_at=feed.created_at,
    )
