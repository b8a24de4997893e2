"""Jobs of lessons: remind owners of those about to expire."""

from __future__ import annotations

from datetime import timedelta

from procrastinate import JobContext

from gonfalon.accounts.context import system_context
from gonfalon.accounts.store import workspace_by_id
from gonfalon.kit.clock import utcnow
from gonfalon.kit.jobs import jobs
from gonfalon.kit.services import Services
from gonfalon.planning.playbook.lessons import actions, store
from gonfalon.planning.playbook.lessons.rules import WARNED


@jobs.periodic(cron="20 5 * * *")
@jobs.task(name="planning.remind_of_lessons", pass_context=True, queueing_lock="planning.remind_of_lessons")
async def remind_of_lessons_job(context: JobContext, timestamp: int) -> None:
    """Tell owners of lessons that expire within a month, once for each day of expiry."""
    await remind_all(context.additional_context["services"])


async def remind_all(services: Services) -> None:
    """Tell owners of all workspaces whose lessons expire within a month."""
    # A day more than the warning asks for: zones ahead of UTC are a day further.
    before = utcnow().date() + WARNED + timedelta(days=1)
    async with services.db.reading() as connection:
        rows = await store.list_due(connection, before)
        workspaces = {each: await workspace_by_id(connection, each) for each in {row.workspace_id for row in rows}}
    for row in rows:
        ctx = system_context(services, workspaces[row.workspace_id])
        if row.expires_on <= ctx.today + WARNED:
            await actions.remind_owner(ctx, row.id, row.title, row.expires_on, row.owner_id)
