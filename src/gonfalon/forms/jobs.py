"""Jobs of forms: the mails to visitors, and the daily clean-up."""

from __future__ import annotations

from procrastinate import JobContext

from gonfalon.forms.answers import store
from gonfalon.forms.answers.mails import mail_confirmation, mail_thanks
from gonfalon.kit.jobs import defer, jobs
from gonfalon.kit.log import log
from gonfalon.kit.services import Services


@jobs.task(name="forms.mail_confirmation", pass_context=True)
async def mail_confirmation_job(context: JobContext, answer_id: int, tries: int = 1) -> None:
    """Mail the visitor the link that confirms an answer, if it still waits."""
    services: Services = context.additional_context["services"]
    wait = await mail_confirmation(services, answer_id, tries)
    if wait is not None:
        async with services.db.transaction() as connection:
            await defer(connection, mail_confirmation_job, after=wait, answer_id=answer_id, tries=tries + 1)


@jobs.task(name="forms.mail_thanks", pass_context=True)
async def mail_thanks_job(context: JobContext, answer_id: int, tries: int = 1) -> None:
    """Mail the visitor of an answer that counts what the form says to them."""
    services: Services = context.additional_context["services"]
    wait = await mail_thanks(services, answer_id, tries)
    if wait is not None:
        async with services.db.transaction() as connection:
            await defer(connection, mail_thanks_job, after=wait, answer_id=answer_id, tries=tries + 1)


@jobs.periodic(cron="37 3 * * *")
@jobs.task(name="forms.expire_answers", pass_context=True, queueing_lock="forms.expire_answers")
async def expire_answers_job(context: JobContext, timestamp: int) -> None:
    """Delete what visitors wrote and never confirmed; of the whole installation."""
    services: Services = context.additional_context["services"]
    async with services.db.transaction() as connection:
        log.info("form_answers_expired", rows=await store.expire(connection))
