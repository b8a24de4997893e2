"""The job that forgets old changes of membership."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

from .actions import forget_old_changes


@jobs.periodic(cron="50 3 * * *")
@jobs.task(name="audiences.forget_changes", pass_context=True, queueing_lock="audiences.forget_changes")
async def forget_changes_job(context: JobContext, timestamp: int) -> None:
    """Forget who entered and left audiences more than a year ago."""
    services: Services = context.additional_context["services"]
    log.info("membership_changes_forgotten", lines=await forget_old_changes(services))
