"""Looking after what was launched: telling people of trouble, and beginning what should have begun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, system_context
from gonfalon.accounts.model import Role
from gonfalon.accounts.store import workspace_by_id
from gonfalon.accounts.tables import members
from gonfalon.delivery.epoch import RESTORED
from gonfalon.delivery.store import list_troubles
from gonfalon.kit.jobs import defer
from gonfalon.kit.services import Services
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind
from gonfalon.teamwork.tables import notices

_KINDS = (NoticeKind.SENDING_TROUBLE, NoticeKind.SENT_FEWER)


async def tell_of_troubles(services: Services) -> int:
    """Tells the leader of a campaign (its workspace's owners where it has none) once of each trouble in sending.

    Held, blocked by the mail server, standing still, come to nothing when it should have begun, smaller than planned.
    Returns how many notices it made.
    """
    async with services.db.reading() as connection:
        found = [*await list_troubles(connection), *await _failed(connection)]
        known = await _told(connection, {row.touchpoint_id for row in found})
        found = [row for row in found if (row.touchpoint_id, row.once) not in known]
        contexts = {
            number: system_context(services, await workspace_by_id(connection, number))
            for number in {row.workspace_id for row in found}
        }
    told = 0
    for row in found:
        told += await _tell(contexts[row.workspace_id], row)
    return told


async def begin_the_due(services: Services) -> int:
    """Begins launches whose time has come and that no job waits for (lost, or given up); returns how many."""
    from gonfalon.planning.launch.jobs import prepare_touchpoint_job

    async with services.db.transaction() as connection:
        rows = await connection.execute(
            text(
                "select d.workspace_id, d.touchpoint_id from dispatches d "
                "where d.state = 'preparing' and d.started_at is null "
                "and greatest(d.state_at, case when not d.frozen then d.send_at end) < now() - interval '1 minute' "
                "and not exists (select from procrastinate_jobs j where j.task_name = :task "
                "and j.status in ('todo', 'doing') and j.args ->> 'touchpoint_id' = d.touchpoint_id::text)"
            ),
            {"task": prepare_touchpoint_job.name},
        )
        found = rows.all()
        for row in found:
            await defer(
                connection,
                prepare_touchpoint_job,
                workspace_id=row.workspace_id,
                touchpoint_id=str(row.touchpoint_id),
            )
    return len(found)


async def _failed(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Launches that came to nothing within the last day."""
    t = touchpoints.c
    found = await connection.execute(
        select(
            t.workspace_id,
            t.id.label("touchpoint_id"),
            t.campaign_id,
            literal("failed").label("trouble"),
            t.launch_problem["code"].astext.label("reason"),
            func.concat("failed ", t.version).label("once"),
        ).where(
            t.launched_at.is_(None), t.launch_problem.is_not(None), t.updated_at > func.now() - text("interval '1 day'")
        )
    )
    return found.all()


async def _told(connection: AsyncConnection, ids: set[UUID]) -> set[tuple[UUID, str]]:
    found = await connection.execute(
        select(notices.c.thing_id, notices.c.once).where(
            notices.c.thing_kind == ThingKind.TOUCHPOINT.value,
            notices.c.thing_id.in_(ids),
            notices.c.kind.in_([kind.value for kind in _KINDS]),
        )
    )
    return {(row.thing_id, row.once) for row in found}


async def _tell(ctx: Context, row: Row[Any]) -> int:
    async with ctx.transaction() as connection:
        found = await connection.execute(
            select(touchpoints.c.name, campaigns.c.leader_id)
            .join(campaigns, campaigns.c.id == touchpoints.c.campaign_id)
            .where(touchpoints.c.id == row.touchpoint_id, touchpoints.c.workspace_id == ctx.workspace.id)
        )
        about = found.first()
        if about is None:
            return 0
        told = await notify(
            ctx,
            connection,
            NoticeKind.SENT_FEWER if row.trouble == "fewer" else NoticeKind.SENDING_TROUBLE,
            to=[about.leader_id] if about.leader_id else await _owners(ctx, connection),
            thing=Thing(ThingKind.TOUCHPOINT, row.touchpoint_id),
            title=about.name,
            campaign_id=row.campaign_id,
            once=row.once,
            **_values(row),
        )
        return len(told)


def _values(row: Row[Any]) -> dict[str, Any]:
    if row.trouble == "fewer":
        return {"sent": row.sent, "planned": row.planned}
    return {"trouble": RESTORED if row.reason == RESTORED else row.trouble}


async def _owners(ctx: Context, connection: AsyncConnection) -> Sequence[UUID]:
    found = await connection.execute(
        select(members.c.user_id).where(members.c.workspace_id == ctx.workspace.id, members.c.role == Role.OWNER.value)
    )
    return found.scalars().all()
