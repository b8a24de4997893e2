"""The jobs that measure personas and ask for their review."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

from .actions import ask_for_reviews, measure_all


@jobs.periodic(cron="22 * * * *")
@jobs.task(name="audiences.measure_personas", pass_context=True, queueing_lock="audiences.measure_personas")
async def measure_personas_job(context: JobContext, timestamp: int) -> None:
    """Measure the personas of workspaces whose week has begun."""
    services: Services = context.additional_context["services"]
    log.info("personas_measured", personas=await measure_all(services))


@jobs.periodic(cron="40 6 * * *")
@jobs.task(name="audiences.ask_for_personas", pass_context=True, queueing_lock="audiences.ask_for_personas")
async def ask_for_personas_job(context: JobContext, timestamp: int) -> None:
    """Tell owners of personas that are due for a review."""
    services: Services = context.additional_context["services"]
    log.info("persona_reviews_asked", told=await ask_for_reviews(services))
