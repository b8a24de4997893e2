"""Jobs of mail that comes back: looking into mailboxes, taking in what the sandbox returns."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.exceptions import AlreadyEnqueued

from gonfalon.channels.email.returns import store
from gonfalon.channels.email.returns.actions import look_into, take
from gonfalon.kit.jobs import jobs
from gonfalon.kit.services import Services


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="email.look_into_mailboxes", pass_context=True, queueing_lock="email.look_into_mailboxes")
async def look_into_mailboxes_job(context: JobContext, timestamp: int) -> None:
    """Have every mailbox looked into, each by a job of its own: one that hangs keeps nobody waiting."""
    services: Services = context.additional_context["services"]
    async with services.db.transaction() as connection:
        workspaces = await store.list_mailboxes(connection)
    for workspace_id in workspaces:
        lock = f"email.look_into_mailbox:{workspace_id}"
        try:
            await look_into_mailbox_job.configure(queueing_lock=lock, lock=lock).defer_async(workspace_id=workspace_id)
        except AlreadyEnqueued:
            continue


@jobs.task(name="email.look_into_mailbox", pass_context=True)
async def look_into_mailbox_job(context: JobContext, workspace_id: int) -> None:
    """Read what is new in one mailbox, until nothing is."""
    services: Services = context.additional_context["services"]
    while await look_into(services, workspace_id):
        pass


@jobs.task(name="email.take_returned", pass_context=True)
async def take_returned_job(context: JobContext, workspace_id: int, mail: str) -> None:
    """Take in a mail that the sandbox returns. mail: its octets as Latin-1."""
    services: Services = context.additional_context["services"]
    await take(services, workspace_id, [mail.encode("latin-1")])
