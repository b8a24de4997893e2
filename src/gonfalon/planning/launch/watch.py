"""Looking after what was launched: telling people of trouble, and beginning what should have begun."""

from __future__ import annotations

from typing import Any

from gonfalon.accounts.context import Context, system_context
from gonfalon.accounts.members.store import list_owners
from gonfalon.accounts.store import workspace_by_id
from gonfalon.delivery.model import RESTORED, SendingTrouble
from gonfalon.delivery.store import list_troubles
from gonfalon.kit.jobs import defer
from gonfalon.kit.services import Services
from gonfalon.planning.launch import store
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind

_KINDS = (NoticeKind.SENDING_TROUBLE, NoticeKind.SENT_FEWER)


async def tell_of_troubles(services: Services) -> int:
    """Tell the leader of a campaign (its workspace's owners where it has none) once of each trouble in sending.

    Held, blocked by the mail server, standing still, come to nothing when it should have begun, smaller than planned.
    Returns how many notices it made.
    """
    async with services.db.reading() as connection:
        found = [*await list_troubles(connection), *await store.list_failed(connection)]
        known = await store.list_told(connection, {row.touchpoint_id for row in found}, _KINDS)
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
    """Begin launches whose time has come and that no job waits for (lost, or given up); returns how many."""
    from gonfalon.planning.launch.jobs import prepare_touchpoint_job

    async with services.db.transaction() as connection:
        found = await store.list_due(connection, prepare_touchpoint_job.name)
        for row in found:
            await defer(
                connection,
                prepare_touchpoint_job,
                workspace_id=row.workspace_id,
                touchpoint_id=str(row.touchpoint_id),
            )
    return len(found)


async def _tell(ctx: Context, row: SendingTrouble) -> int:
    async with ctx.transaction() as connection:
        about = await store.find_led(ctx, connection, row.touchpoint_id)
        if about is None:
            return 0
        told = await notify(
            ctx,
            connection,
            NoticeKind.SENT_FEWER if row.trouble == "fewer" else NoticeKind.SENDING_TROUBLE,
            to=[about.leader_id] if about.leader_id else await list_owners(ctx, connection),
            thing=Thing(ThingKind.TOUCHPOINT, row.touchpoint_id),
            title=about.name,
            campaign_id=row.campaign_id,
            once=row.once,
            **_values(row),
        )
        return len(told)


def _values(row: SendingTrouble) -> dict[str, Any]:
    if row.trouble == "fewer":
        return {"sent": row.sent, "planned": row.planned}
    return {"trouble": RESTORED if row.reason == RESTORED else row.trouble}
