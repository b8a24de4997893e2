"""The job of an import."""

from __future__ import annotations

import asyncio
from uuid import UUID

from procrastinate import JobContext, RetryStrategy

from gonfalon.accounts.context import system_context
from gonfalon.accounts.store import workspace_by_id
from gonfalon.kit.clock import utcnow
from gonfalon.kit.jobs import jobs
from gonfalon.kit.services import Services
from gonfalon.people.imports import store, upload
from gonfalon.people.imports.actions import run_import


@jobs.task(name="people.run_import", pass_context=True, retry=RetryStrategy(max_attempts=20, wait=3))
async def run_import_job(context: JobContext, workspace_id: int, import_id: str) -> None:
    """Runs a started import; repeats it from the start after a crash, which had changed nothing."""
    services: Services = context.additional_context["services"]
    async with services.db.reading() as connection:
        workspace = await workspace_by_id(connection, workspace_id)
        found = await store.find_import(connection, workspace_id, UUID(import_id))
    await run_import(system_context(services, workspace, found.created_by), found.id)


@jobs.periodic(cron="47 * * * *")
@jobs.task(name="people.clear_uploads", pass_context=True, queueing_lock="people.clear_uploads")
async def clear_uploads_job(context: JobContext, timestamp: int) -> None:
    """Removes files that nobody will import: never started for three days, or left by an upload that was killed."""
    services: Services = context.additional_context["services"]
    async with services.db.transaction() as connection:
        gone = await store.forget_abandoned(connection, None)
    for path in gone:
        await asyncio.to_thread(upload.discard, path)
    await asyncio.to_thread(upload.clear_parts, services.settings.folder, utcnow().timestamp())
