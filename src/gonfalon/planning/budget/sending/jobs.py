"""The job that enters what sent messages cost."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.accounts.context import system_context
from gonfalon.accounts.store import list_workspaces
from gonfalon.kit.errors import GonfalonError
from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.planning.budget.sending.actions import enter_costs


@jobs.periodic(cron="11 * * * *")
@jobs.task(name="planning.enter_costs", pass_context=True, queueing_lock="planning.enter_costs")
async def enter_costs_job(context: JobContext, timestamp: int) -> None:
    """Enter what every workspace's messages cost. Every hour, because workspaces have midnights of their own."""
    services: Services = context.additional_context["services"]
    async with services.db.reading() as connection:
        workspaces = await list_workspaces(connection)
    for workspace in workspaces:
        # One workspace that cannot be looked at keeps none of the others waiting.
        try:
            await enter_costs(system_context(services, workspace))
        except GonfalonError as error:
            log.warning("costs_not_entered", workspace=workspace.slug, problem=error.sentence)
