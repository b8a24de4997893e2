"""Jobs of reviews: what time and later versions do to them."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.accounts.context import system_context
from gonfalon.accounts.store import workspace_by_id
from gonfalon.content.review import actions, store
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import GonfalonError
from gonfalon.kit.jobs import jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services


@jobs.periodic(cron="* * * * *")
@jobs.task(name="content.follow_up_reviews", pass_context=True, queueing_lock="content.follow_up_reviews")
async def follow_up_reviews_job(context: JobContext, timestamp: int) -> None:
    """Open passed reviews again of which a later version was saved, and remind of what is due."""
    await follow_up_reviews(context.additional_context["services"])


async def follow_up_reviews(services: Services) -> None:
    """Do the same for whoever has the services; one review that fails keeps none of the others waiting."""
    async with services.db.reading() as connection:
        reopened = await store.list_reopened(connection)
        due = await store.list_due(connection, utcnow())
        ids = {each.workspace_id for each in reopened} | {each.workspace_id for each in due}
        workspaces = {each: await workspace_by_id(connection, each) for each in ids}
    for found in reopened:
        try:
            await actions.reopen(system_context(services, workspaces[found.workspace_id]), found.id)
        except GonfalonError as error:
            log.warning("review_not_reopened", review=str(found.id), problem=error.sentence)
    for step in due:
        await actions.remind(system_context(services, workspaces[step.workspace_id]), step)
