"""Jobs of mailing notices: one after every batch of immediate ones, and a sweep every five minutes."""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy

from gonfalon.accounts.context import system_context
from gonfalon.accounts.store import workspace_by_id
from gonfalon.kit.clock import utcnow
from gonfalon.kit.jobs import jobs
from gonfalon.kit.services import Services
from gonfalon.teamwork.mail.actions import mail_notices, make_digests


@jobs.task(name="teamwork.mail_notices", pass_context=True, retry=RetryStrategy(max_attempts=10, wait=5))
async def mail_notices_job(context: JobContext, workspace_id: int) -> None:
    """Mail a workspace's immediate notices and whatever waits."""
    services: Services = context.additional_context["services"]
    await _mail(services, workspace_id)


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="teamwork.sweep_notices", pass_context=True, queueing_lock="teamwork.sweep_notices")
async def sweep_notices_job(context: JobContext, timestamp: int) -> None:
    """Make the digests that are due, and mails what could not be handed over before."""
    services: Services = context.additional_context["services"]
    for workspace_id in await make_digests(services, utcnow()):
        await _mail(services, workspace_id)


async def _mail(services: Services, workspace_id: int) -> None:
    async with services.db.reading() as connection:
        workspace = await workspace_by_id(connection, workspace_id)
    await mail_notices(system_context(services, workspace))
