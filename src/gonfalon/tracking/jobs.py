"""Jobs of tracking: the day's receipts, the catalogue of events, and what has fallen silent."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from procrastinate import JobContext

from gonfalon.accounts.context import system_context
from gonfalon.accounts.store import list_workspaces
from gonfalon.kit.errors import GonfalonError
from gonfalon.kit.jobs import defer, jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.tracking.catalogue.actions import tell_of_events
from gonfalon.tracking.catalogue.store import MOST, learn, trim_days
from gonfalon.tracking.live.store import expire_receipts
from gonfalon.tracking.sources.actions import tell_of_sources

A_WHILE: Final = timedelta(seconds=15)
"""Within it, transactions that were under way have usually ended."""


@jobs.periodic(cron="13 * * * *")
@jobs.task(name="tracking.expire_receipts", pass_context=True, queueing_lock="tracking.expire_receipts")
async def expire_receipts_job(context: JobContext, timestamp: int) -> None:
    """Delete what came more than a day ago, and days that are no part of a rhythm; of the whole installation."""
    services: Services = context.additional_context["services"]
    async with services.db.transaction() as connection:
        log.info("receipts_expired", rows=await expire_receipts(connection))
        await trim_days(connection)


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="tracking.learn_events", pass_context=True, queueing_lock="tracking.learn_events")
async def learn_events_job(context: JobContext, timestamp: int) -> None:
    """Note how far events have come, and learn those that were noted; of the whole installation."""
    services: Services = context.additional_context["services"]
    async with services.db.transaction() as connection:
        step = await learn(connection)
        if step.more:
            await defer(connection, learn_noted_job, after=A_WHILE)


@jobs.task(name="tracking.learn_noted", pass_context=True)
async def learn_noted_job(context: JobContext) -> None:
    """Learn what was noted a while ago, when all of it is there; go on where more came than one step takes."""
    services: Services = context.additional_context["services"]
    async with services.db.transaction() as connection:
        step = await learn(connection)
        if step.more and step.upto - step.after >= MOST:
            await defer(connection, learn_noted_job, after=A_WHILE)


@jobs.periodic(cron="23 * * * *")
@jobs.task(name="tracking.tell_of_silence", pass_context=True, queueing_lock="tracking.tell_of_silence")
async def tell_of_silence_job(context: JobContext, timestamp: int) -> None:
    """Tell members of events that have stopped or changed, and of sources that have fallen silent."""
    services: Services = context.additional_context["services"]
    async with services.db.reading() as connection:
        workspaces = await list_workspaces(connection)
    for workspace in workspaces:
        # One workspace that cannot be looked at keeps none of the others waiting.
        try:
            ctx = system_context(services, workspace)
            told = await tell_of_events(ctx) + await tell_of_sources(ctx)
        except GonfalonError as error:
            log.warning("not_told_of_silence", workspace=workspace.slug, problem=error.sentence)
            continue
        if told:
            log.info("told_of_silence", workspace=workspace.slug, notices=told)
