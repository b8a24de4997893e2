"""The job that asks for the quarterly review of audiences."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

from .actions import ask_for_reviews


@jobs.periodic(cron="35 6 * * *")
@jobs.task(name="audiences.ask_for_reviews", pass_context=True, queueing_lock="audiences.ask_for_reviews")
async def ask_for_reviews_job(context: JobContext, timestamp: int) -> None:
    """Tell owners of audiences that are due for a review."""
    services: Services = context.additional_context["services"]
    log.info("reviews_asked", told=await ask_for_reviews(services))
