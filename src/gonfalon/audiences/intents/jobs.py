"""The job that keeps the limits between customers' fifths."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

from .actions import measure_customers


@jobs.periodic(cron="23 * * * *")
@jobs.task(name="audiences.measure_customers", pass_context=True, queueing_lock="audiences.measure_customers")
async def measure_customers_job(context: JobContext, timestamp: int) -> None:
    """Compute the limits between the fifths of every workspace's customers."""
    services: Services = context.additional_context["services"]
    log.info("customers_measured", workspaces=await measure_customers(services))
