"""Tell people of what is due: owners of tasks, and who still has to decide an approval."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.workdays.rules import working_days
from gonfalon.accounts.workdays.store import load_weeks
from gonfalon.approvals.progress import tell_of_deadline
from gonfalon.planning.attention import store
from gonfalon.planning.attention.model import DueTask
from gonfalon.teamwork.actions import notify_of_many
from gonfalon.teamwork.model import NoticeKind, Piece, Thing, ThingKind

SOON = 2
"""Working days ahead in which something counts as due soon."""
BACK = timedelta(days=14)
"""What was due longer ago is told to nobody any more: they know, or nobody cares."""
FIRST_HOUR = 6
"""The hour of the workspace's clock from which on the day's reminders go out."""


async def remind_of_due(ctx: Context) -> int:
    """Tell owners of open tasks, and approvers, of what is due soon or over; each once for each day it is due.

    Before FIRST_HOUR of the workspace's clock nobody is told; asked for again, nobody is told again. Return how many
    notices it made.
    """
    zone = ctx.zone
    if ctx.now.astimezone(zone).hour < FIRST_HOUR:
        return 0
    async with ctx.transaction() as connection:
        week, _ = await load_weeks(ctx, connection)
        calendar = working_days(ctx.today, week)
        soon = date.fromordinal(calendar.at(calendar.last_until(ctx.today.toordinal()) + SOON))
        told = 0
        for (kind, campaign_id), rows in _grouped(
            await store.list_due_tasks(ctx, connection, ctx.today - BACK, soon)
        ).items():
            made = await notify_of_many(
                ctx,
                connection,
                kind,
                _of_owners(rows),
                place=(Thing(ThingKind.CAMPAIGN, campaign_id), rows[0].campaign),
                campaign_id=campaign_id,
            )
            told += len(made)
        for request_id in await store.list_due_requests(ctx, connection, datetime.combine(soon, time.max, zone)):
            told += len(await tell_of_deadline(ctx, connection, request_id))
    return told


def _grouped(rows: Iterable[DueTask]) -> dict[tuple[NoticeKind, UUID], list[DueTask]]:
    found: dict[tuple[NoticeKind, UUID], list[DueTask]] = {}
    for row in rows:
        found.setdefault((row.notice, row.campaign_id), []).append(row)
    return found


def _of_owners(rows: Iterable[DueTask]) -> dict[UUID, list[Piece]]:
    """Return what is due of whom, the first first. `things` says which tasks a notice told of, and the day each was
    due.
    """
    mine: dict[UUID, list[DueTask]] = {}
    for row in rows:
        mine.setdefault(row.owner_id, []).append(row)
    return {
        owner: [
            Piece(
                Thing(ThingKind.TASK, row.id),
                row.name,
                {"on": row.due.isoformat(), "things": {str(each.id): each.due.isoformat() for each in theirs}},
                once=row.due.isoformat(),
            )
            for row in theirs
        ]
        for owner, theirs in mine.items()
    }
