"""The jobs that count scores, and that forget how they changed long ago."""

from __future__ import annotations

from uuid import UUID

from procrastinate import JobContext

from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

from .counting import count_all, count_score, forget_old


@jobs.task(name="scores.count", pass_context=True)
async def count_score_job(context: JobContext, score_id: str, workspace_id: int) -> None:
    """Count one score that was switched on or changed."""
    services: Services = context.additional_context["services"]
    await count_score(services, workspace_id, UUID(score_id))


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="scores.count_all", pass_context=True, queueing_lock="scores.count_all")
async def count_scores_job(context: JobContext, timestamp: int) -> None:
    """Count every score that runs."""
    services: Services = context.additional_context["services"]
    log.info("scores_counted", scores=await count_all(services))


@jobs.periodic(cron="20 4 * * *")
@jobs.task(name="scores.forget_changes", pass_context=True, queueing_lock="scores.forget_changes")
async def forget_changes_job(context: JobContext, timestamp: int) -> None:
    """Forget how scores changed more than half a year ago; of the whole installation."""
    services: Services = context.additional_context["services"]
    log.info("score_changes_forgotten", moves=await forget_old(services))
