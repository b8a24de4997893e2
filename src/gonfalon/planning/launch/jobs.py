"""The job of a launch, and the look after all of them every minute."""

from __future__ import annotations

from uuid import UUID

from procrastinate import JobContext, RetryStrategy

from gonfalon.accounts.context import system_context
from gonfalon.accounts.store import workspace_by_id
from gonfalon.delivery.actions import hold_unwelcome
from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.planning.launch.actions import prepare_touchpoint
from gonfalon.planning.launch.watch import begin_the_due, tell_of_troubles


@jobs.task(name="planning.prepare_touchpoint", pass_context=True, retry=RetryStrategy(max_attempts=50, wait=3))
async def prepare_touchpoint_job(context: JobContext, workspace_id: int, touchpoint_id: str) -> None:
    """Write the messages of a launched touchpoint; repeats it after a crash, which had changed nothing."""
    services: Services = context.additional_context["services"]
    async with services.db.reading() as connection:
        workspace = await workspace_by_id(connection, workspace_id)
    await prepare_touchpoint(system_context(services, workspace), UUID(touchpoint_id))


@jobs.periodic(cron="* * * * *")
@jobs.task(name="planning.watch_sending", pass_context=True, queueing_lock="planning.watch_sending")
async def watch_sending_job(context: JobContext, timestamp: int) -> None:
    """Hold sends that come back, tell people of trouble, begin launches that should have begun; of every workspace."""
    services: Services = context.additional_context["services"]
    stopped = await hold_unwelcome(services)
    told, begun = await tell_of_troubles(services), await begin_the_due(services)
    if stopped or told or begun:
        log.info("sending_watched", stopped=stopped, notices=told, begun=begun)
