"""Jobs of tracking: what came to the collector is looked at for a day and no longer."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.tracking.live.store import expire_receipts


@jobs.periodic(cron="13 * * * *")
@jobs.task(name="tracking.expire_receipts", pass_context=True, queueing_lock="tracking.expire_receipts")
async def expire_receipts_job(context: JobContext, timestamp: int) -> None:
    """Delete what came more than a day ago; of the whole installation."""
    services: Services = context.additional_context["services"]
    async with services.db.transaction() as connection:
        log.info("receipts_expired", rows=await expire_receipts(connection))
