"""The mails to visitors: the one that asks to confirm an answer, and the form's own once it counts."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from gonfalon.accounts.mails.actions import deliver, pause
from gonfalon.accounts.mails.layout import Block, Button, Page, lay_out
from gonfalon.accounts.mails.model import Mail, MailOutcome
from gonfalon.forms.answers import store
from gonfalon.forms.answers.actions import address_of, token_of
from gonfalon.forms.answers.model import Shown
from gonfalon.forms.model import AnswerState, FormAnswer
from gonfalon.forms.words import say
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

PATIENCE = timedelta(hours=12)
"""How long a mail that nobody takes is tried."""


async def mail_visitor(services: Services, answer_id: int, state: AnswerState, tries: int) -> timedelta | None:
    """Mail the visitor of an answer that is still in this state; return how long to wait when nobody takes the mail.

    WAITING: the link that confirms it. TAKEN: what the form says to those whose answers count, if anything.
    """
    async with services.db.reading() as connection:
        answer = await store.read_answer(connection, answer_id)
        if answer is None or answer.state is not state:
            return None
        shown = await store.find_shown(connection, answer.form_id, number=answer.number)
    if shown is None or not address_of(shown, answer):
        return None
    waits = state is AnswerState.WAITING
    mail = confirmation_mail(services, shown, answer) if waits else thanks_mail(shown, answer)
    return await _send(services, shown, mail, tries) if mail else None


async def _send(services: Services, shown: Shown, mail: Mail, tries: int) -> timedelta | None:
    outcome, detail = await deliver(services, shown.workspace, mail)
    log.info("form_mailed", series=mail.series, answer=mail.key, outcome=outcome.value, detail=detail)
    return pause(tries, PATIENCE) if outcome is MailOutcome.NOT_SENT else None


def confirmation_mail(services: Services, shown: Shown, answer: FormAnswer) -> Mail:
    """Write the mail that asks to confirm, in the language of the form."""
    words = partial(say, shown.definition.language)
    link = f"{services.settings.public_url}/forms/confirm/{token_of(services, answer.id)}"
    block = Block(
        words("mail.lead", form=shown.name, workspace=shown.workspace.name), button=Button(words("mail.action"), link)
    )
    foot = (words("mail.until"), words("mail.other"))
    return _mail(
        shown,
        answer,
        Page(shown.definition.language, words("mail.subject", form=shown.name), "", [block], foot=foot),
        "form",
    )


def thanks_mail(shown: Shown, answer: FormAnswer) -> Mail | None:
    """Write the form's own mail; None where it has none."""
    mail = shown.definition.mail
    if mail is None:
        return None
    blocks = [Block(part) for part in mail.text.split("\n") if part.strip()]
    return _mail(shown, answer, Page(shown.definition.language, mail.subject, "", blocks), "form-thanks")


def _mail(shown: Shown, answer: FormAnswer, page: Page, series: str) -> Mail:
    text, html = lay_out(Page(page.language, page.subject, shown.workspace.name, page.blocks, foot=page.foot))
    return Mail(answer.id, address_of(shown, answer), page.subject, text, html, answer.at, series=series)
