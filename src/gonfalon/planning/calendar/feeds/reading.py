"""What a feed shows: the calendar of the member it belongs to, as that member may see it at this moment."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, select

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Actor, Permission, Role
from gonfalon.accounts.rules import ROLE_PERMISSIONS
from gonfalon.accounts.store import workspace_by_id
from gonfalon.accounts.tables import members, users
from gonfalon.kit.secrets import digest
from gonfalon.kit.services import Services
from gonfalon.planning.calendar.feeds.actions import filters_of
from gonfalon.planning.calendar.feeds.ical import write_calendar
from gonfalon.planning.calendar.store import read_calendar
from gonfalon.planning.calendar.tables import calendar_feeds

BACK, AHEAD = timedelta(days=92), timedelta(days=366)
"""What a feed holds: a quarter back, a year ahead."""


async def read_feed(services: Services, token: str) -> bytes | None:
    """The feed behind an address as iCalendar; None for one that nobody made, was revoked, or whose member left."""
    async with services.db.reading() as connection:
        found = await connection.execute(
            select(calendar_feeds, users.c.name.label("user_name"), members.c.role)
            .join(
                members,
                and_(
                    members.c.user_id == calendar_feeds.c.user_id,
                    members.c.workspace_id == calendar_feeds.c.workspace_id,
                ),
            )
            .join(users, users.c.id == calendar_feeds.c.user_id)
            .where(
                calendar_feeds.c.token_hash == digest(token),
                calendar_feeds.c.revoked_at.is_(None),
                users.c.disabled_at.is_(None),
            )
        )
        feed = found.first()
        if feed is None:
            return None
        role = Role(feed.role)
        actor = Actor("member", str(feed.user_id), feed.user_name, ROLE_PERMISSIONS[role], role)
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
