"""The job that ends consent whose time is up."""

from __future__ import annotations

from typing import Final

from procrastinate import JobContext

from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.people.consent.store import expire

AT_ONCE: Final = 50_000


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="people.expire_consents", pass_context=True, queueing_lock="people.expire_consents")
async def expire_consents_job(context: JobContext, timestamp: int) -> None:
    """End consent whose time is up, part by part; the sender asks the view, which knows at once."""
    services: Services = context.additional_context["services"]
    ended = AT_ONCE
    while ended == AT_ONCE:
        async with services.db.transaction() as connection:
            ended = await expire(connection, AT_ONCE)
        if ended:
            log.info("consents_expired", rows=ended)
