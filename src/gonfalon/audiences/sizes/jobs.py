"""The job that counts audiences once a day."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

from .actions import count_all


@jobs.periodic(cron="8 * * * *")
@jobs.task(name="audiences.count_sizes", pass_context=True, queueing_lock="audiences.count_sizes")
async def count_sizes_job(context: JobContext, timestamp: int) -> None:
    """Count the audiences of workspaces whose day has begun."""
    services: Services = context.additional_context["services"]
    log.info("audiences_counted", workspaces=await count_all(services))
