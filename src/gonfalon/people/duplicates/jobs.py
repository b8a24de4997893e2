"""The job that looks for duplicates."""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy

from gonfalon.accounts.context import system_context
from gonfalon.accounts.store import workspace_by_id
from gonfalon.kit.jobs import jobs
from gonfalon.kit.services import Services
from gonfalon.people.duplicates.actions import search


@jobs.task(name="people.find_duplicates", pass_context=True, retry=RetryStrategy(max_attempts=5, wait=3))
async def find_duplicates_job(context: JobContext, workspace_id: int) -> None:
    """Look for people of a workspace who may be one; looking again finds the same."""
    services: Services = context.additional_context["services"]
    async with services.db.reading() as connection:
        workspace = await workspace_by_id(connection, workspace_id)
    await search(system_context(services, workspace, ""))
