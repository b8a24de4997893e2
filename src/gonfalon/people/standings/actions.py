"""The verbs of standings: the end of a past day, and a list of those whose consent ends soon."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Invalid
from gonfalon.people.consent.store import find_topic
from gonfalon.people.model import Channel
from gonfalon.people.offers import Lists


def end_of(ctx: Context, day: date) -> datetime:
    """Return the moment at which a day ends where the workspace is; raises Invalid for one that is not over."""
    if day > ctx.today:
        raise Invalid("day_to_come", "Nobody knows what people will have said by then; choose a day that was.")
    return datetime.combine(day + timedelta(days=1), time(), ctx.zone)


async def list_ending(ctx: Context, audience_id: UUID, topic_id: int, channel: Channel, days: int) -> int:
    """Put those on a list whose consent to a topic ends within so many days and who are reached; how many are new.

    Raises NotFound, and Conflict for an audience that is no list.
    """
    ctx.require(Permission.AUDIENCES_WRITE)
    added = 0
    async with ctx.transaction() as connection:
        await find_topic(connection, ctx.workspace.id, topic_id)
        # Numbers of ours and a word of an enumeration: the offer takes no values.
        people = (
            "select r.person_id from reachable_people r"  # noqa: S608
            " join consents c on c.person_id = r.person_id and c.channel = r.channel and c.topic_id = r.topic_id"
            f" where r.workspace_id = {ctx.workspace.id:d} and r.topic_id = {topic_id:d}"
            f" and r.channel = '{channel.value}' and c.expires_at <= now() + interval '{days:d} days'"
        )
        for room in ctx.services.offered(Lists):
            await room.check(ctx, connection, audience_id)
            added += await room.add(ctx, connection, audience_id, people)
    return added
