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
from gonfalon.people.imports.running import run_import
from gonfalon.people.imports.trials import run_trial
from gonfalon.people.imports.undoing import run_undo


@jobs.task(name="people.run_import", pass_context=True, retry=RetryStrategy(max_attempts=20, wait=3))
async def run_import_job(context: JobContext, workspace_id: int, import_id: str) -> None:
    """Run a started import; repeats it from the start after a crash, which had changed nothing."""
    services: Services = context.additional_context["services"]
    async with services.db.reading() as connection:
        workspace = await workspace_by_id(connection, workspace_id)
        found = await store.find_import(connection, workspace_id, UUID(import_id))
    await run_import(system_context(services, workspace, found.created_by), found.id)


@jobs.task(name="people.run_trial", pass_context=True, retry=RetryStrategy(max_attempts=20, wait=3))
async def run_trial_job(context: JobContext, workspace_id: int, import_id: str, trial_id: str, actor: str) -> None:
    """Find out what an import would do; repeats it after a crash."""
    services: Services = context.additional_context["services"]
    async with services.db.reading() as connection:
        workspace = await workspace_by_id(connection, workspace_id)
    await run_trial(system_context(services, workspace, actor), UUID(import_id), UUID(trial_id))


@jobs.task(name="people.run_undo", pass_context=True, retry=RetryStrategy(max_attempts=20, wait=3))
async def run_undo_job(context: JobContext, workspace_id: int, import_id: str) -> None:
    """Undo an import; repeats it after a crash, which had changed nothing."""
    services: Services = context.additional_context["services"]
    async with services.db.reading() as connection:
        workspace = await workspace_by_id(connection, workspace_id)
        found = await store.find_import(connection, workspace_id, UUID(import_id))
    await run_undo(system_context(services, workspace, found.undo.by if found.undo else ""), found.id)


@jobs.periodic(cron="47 * * * *")
@jobs.task(name="people.clear_uploads", pass_context=True, queueing_lock="people.clear_uploads")
async def clear_uploads_job(context: JobContext, timestamp: int) -> None:
    """Remove files that nobody will import: never started for three days, or left by an upload that was killed.

    What imports changed goes, too, once they are too old to be undone.
    """
    services: Services = context.additional_context["services"]
    async with services.db.transaction() as connection:
        gone = await store.forget_abandoned(connection, None)
        await store.forget_old_changes(connection)
    for path in gone:
        await asyncio.to_thread(upload.discard, path)
    await asyncio.to_thread(upload.clear_parts, services.settings.folder, utcnow().timestamp())
