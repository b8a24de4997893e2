"""Jobs of approvals: what time and edits elsewhere do to requests."""

from __future__ import annotations

from uuid import UUID

from procrastinate import JobContext
from sqlalchemy import select

from gonfalon.accounts.context import system_context
from gonfalon.accounts.store import workspace_by_id
from gonfalon.kit.errors import GonfalonError
from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.planning.approvals.progress import follow_up
from gonfalon.planning.approvals.tables import approval_requests


@jobs.periodic(cron="* * * * *")
@jobs.task(name="planning.follow_up_approvals", pass_context=True, queueing_lock="planning.follow_up_approvals")
async def follow_up_approvals_job(context: JobContext, timestamp: int) -> None:
    """Looks after every open request: void, overdue, settled, an approver who left."""
    await follow_up_all(context.additional_context["services"])


async def follow_up_all(services: Services) -> None:
    """The same, for whoever has the services; one request that cannot be looked at keeps none of the others waiting."""
    async with services.db.reading() as connection:
        found = await connection.execute(
            select(approval_requests.c.workspace_id, approval_requests.c.id)
            .where(approval_requests.c.state.in_(("waiting", "approved")), approval_requests.c.settled_at.is_(None))
            .order_by(approval_requests.c.workspace_id, approval_requests.c.id)
        )
        rows = found.all()
        workspaces = {each: await workspace_by_id(connection, each) for each in {row.workspace_id for row in rows}}
    for row in rows:
        try:
            await follow_up(system_context(services, workspaces[row.workspace_id]), UUID(str(row.id)))
        except GonfalonError as error:
            log.warning("approval_not_followed_up", request=str(row.id), problem=error.sentence)
