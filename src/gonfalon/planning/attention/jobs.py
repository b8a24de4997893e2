"""Jobs of attention: the day's reminders."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.accounts.context import system_context
from gonfalon.accounts.store import list_workspaces
from gonfalon.kit.errors import GonfalonError
from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.planning.attention.reminders import remind_of_due


@jobs.periodic(cron="5 * * * *")
@jobs.task(name="planning.remind_of_due", pass_context=True, queueing_lock="planning.remind_of_due")
async def remind_of_due_job(context: JobContext, timestamp: int) -> None:
    """Remind every workspace's people once a day. Every hour, because workspaces have clocks of their own."""
    services: Services = context.additional_context["services"]
    async with services.db.reading() as connection:
        workspaces = await list_workspaces(connection)
    for workspace in workspaces:
        # One workspace that cannot be looked at keeps none of the others waiting.
        try:
            told = await remind_of_due(system_context(services, workspace))
        except GonfalonError as error:
            log.warning("not_reminded_of_due", workspace=workspace.slug, problem=error.sentence)
            continue
        if told:
            log.info("reminded_of_due", workspace=workspace.slug, notices=told)
