"""Jobs of approvals: what time and edits elsewhere do to requests."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.accounts.context import system_context
from gonfalon.accounts.store import workspace_by_id
from gonfalon.approvals.progress import follow_up
from gonfalon.approvals.store import list_open
from gonfalon.kit.errors import GonfalonError
from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services


@jobs.periodic(cron="* * * * *")
@jobs.task(name="planning.follow_up_approvals", pass_context=True, queueing_lock="planning.follow_up_approvals")
async def follow_up_approvals_job(context: JobContext, timestamp: int) -> None:
    """Look after every open request: void, overdue, settled, an approver who left."""
    await follow_up_all(context.additional_context["services"])


async def follow_up_all(services: Services) -> None:
    """Do the same for whoever has the services; one request that cannot be looked at keeps none of the others
    waiting."""
    async with services.db.reading() as connection:
        found = await list_open(connection)
        workspaces = {each: await workspace_by_id(connection, each) for each in {workspace for workspace, _ in found}}
    for workspace_id, request_id in found:
        try:
            await follow_up(system_context(services, workspaces[workspace_id]), request_id)
        except GonfalonError as error:
            log.warning("approval_not_followed_up", request=str(request_id), problem=error.sentence)
