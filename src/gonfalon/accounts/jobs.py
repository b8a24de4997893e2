"""Jobs of accounts: the daily clean-up, and mails that let somebody in."""

from __future__ import annotations

from uuid import UUID

from procrastinate import JobContext

from gonfalon.accounts import store
from gonfalon.accounts.members.actions import mail_invitation
from gonfalon.accounts.recovery.actions import mail_link
from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="accounts.clear_ended", pass_context=True, queueing_lock="accounts.clear_ended")
async def clear_ended_job(context: JobContext, timestamp: int) -> None:
    """Delete what is over: sessions, invitations, links, counts of tries, kept answers; of the whole installation."""
    services: Services = context.additional_context["services"]
    async with services.db.transaction() as connection:
        log.info("accounts_cleared", rows=await store.delete_ended(connection))


@jobs.task(name="accounts.mail_password_link", pass_context=True)
async def mail_password_link_job(context: JobContext, email: str, tries: int = 1) -> None:
    """Mail a link for a new password, if the address is a member's."""
    services: Services = context.additional_context["services"]
    await mail_link(services, email, tries)


@jobs.task(name="accounts.mail_invitation", pass_context=True)
async def mail_invitation_job(context: JobContext, invitation_id: str, tries: int = 1) -> None:
    """Mail an invitation that is still open."""
    services: Services = context.additional_context["services"]
    await mail_invitation(services, UUID(invitation_id), tries)
