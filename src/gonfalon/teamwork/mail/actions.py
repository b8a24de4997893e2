"""Mailing notices. A job may be killed at any point and run again: no notice is mailed twice.

A notice points to its one mail; a mail is taken (committed) before it is handed over. Who dies in between leaves it
`handing_over`, which is marked `unknown` later and never handed over again: the notice is in the product anyway.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.mails.model import Mail, Mailer, MailOutcome
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.teamwork.mail import rules, store
from gonfalon.teamwork.mail.model import WaitingMail

MOST_TRIES = 100
"""A mail that could not be handed over waits for the next sweep; after so many (about eight hours) it is given up."""
PATIENCE = timedelta(minutes=15)
"""Longer than handing over can take: a mail still in hand after it belongs to a worker that died."""


async def mail_notices(ctx: Context) -> int:
    """Put the workspace's unread immediate notices into mails and hands over every mail that waits; how many went."""
    async with ctx.transaction() as connection:
        await store.gather_now(connection, ctx.workspace.id)
    return await _hand_over(ctx)


async def hold_mails(connection: AsyncConnection) -> int:
    """Send none of the mails that wait, in no workspace: the database turned out to be a restored or copied one, and
    they may have left. The notices are in the product. Returns how many mails."""
    return await store.hold_waiting(connection)


async def make_digests(services: Services, now: datetime) -> list[int]:
    """Make the digests that are due and settles what dead workers left; the workspaces that have mails waiting."""
    async with services.db.transaction() as connection:
        await store.give_up_on_the_dead(connection, now, PATIENCE)
        await store.gather_digests(connection, now)
        return await store.workspaces_waiting(connection)


async def _hand_over(ctx: Context) -> int:
    mailer = ctx.services.find(Mailer)  # type: ignore[type-abstract]
    if mailer is None:  # a process that sends no mail; the next sweep of one that does will
        return 0
    sent, after = 0, 0
    while True:
        async with ctx.transaction() as connection:
            waiting = await store.take_mail(connection, ctx.workspace.id, after)
            mail = None if waiting is None else await _compose(ctx, connection, waiting)
        if waiting is None:
            return sent
        after = waiting.id
        if mail is None:
            outcome, detail = "unneeded", "Everything in it was read or taken back before it left."
        else:
            found, detail = await mailer.deliver(ctx.workspace.id, ctx.workspace.name, mail)
            outcome = "waiting" if found is MailOutcome.NOT_SENT and waiting.tries < MOST_TRIES else found.value
            sent += found is MailOutcome.SENT
        async with ctx.transaction() as connection:
            await store.settle_mail(connection, waiting.id, outcome, detail)
        if outcome == "waiting":
            log.warning("notice_mail_deferred", workspace=ctx.workspace.slug, detail=detail)
            return sent


async def _compose(ctx: Context, connection: AsyncConnection, waiting: WaitingMail) -> Mail | None:
    lines, total = await store.notices_of(ctx.services, connection, waiting.id, rules.SHOWN)
    if not lines:
        return None
    to = await store.addressee(connection, waiting.user_id)
    place = rules.Place(
        ctx.workspace.name, f"{ctx.services.settings.public_url}/w/{ctx.workspace.slug}", ctx.workspace.time_zone
    )
    return rules.compose(
        waiting.id,
        to.email,
        to.language,
        place,
        lines,
        total,
        digest=waiting.digest_on is not None,
        at=waiting.created_at,
    )
