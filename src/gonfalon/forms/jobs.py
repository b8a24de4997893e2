"""Jobs of forms: the mails to visitors, and the daily clean-up."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.forms.answers import store
from gonfalon.forms.answers.mails import mail_visitor
from gonfalon.forms.model import AnswerState
from gonfalon.kit.jobs import defer, jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services


@jobs.task(name="forms.mail_visitor", pass_context=True)
async def mail_visitor_job(context: JobContext, answer_id: int, state: str, tries: int = 1) -> None:
    """Mail the visitor of an answer, if it is still in this state; go on trying while nobody takes the mail."""
    services: Services = context.additional_context["services"]
    wait = await mail_visitor(services, answer_id, AnswerState(state), tries)
    if wait is not None:
        async with services.db.transaction() as connection:
            again = {"answer_id": answer_id, "state": state, "tries": tries + 1}
            await defer(connection, mail_visitor_job, after=wait, **again)


@jobs.periodic(cron="37 3 * * *")
@jobs.task(name="forms.expire_answers", pass_context=True, queueing_lock="forms.expire_answers")
async def expire_answers_job(context: JobContext, timestamp: int) -> None:
    """Delete what visitors wrote and never confirmed; of the whole installation."""
    services: Services = context.additional_context["services"]
    async with services.db.transaction() as connection:
        log.info("form_answers_expired", rows=await store.expire(connection))
