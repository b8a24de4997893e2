"""The daily job of accounts."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.accounts import store
from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="accounts.clear_ended", pass_context=True, queueing_lock="accounts.clear_ended")
async def clear_ended_job(context: JobContext, timestamp: int) -> None:
    """Deletes sessions, invitations and counts of tries that are over, of the whole installation."""
    services: Services = context.additional_context["services"]
    async with services.db.transaction() as connection:
        log.info("accounts_cleared", rows=await store.delete_ended(connection))
