"""Mailing notices. A job may be killed at any point and run again: no notice is mailed twice.

A notice points to its one mail; a mail is taken (committed) before it is handed over. Who dies in between leaves it
`handing_over`, which is marked `unknown` later and never handed over again: the notice is in the product anyway.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.letters.model import Fate, Letter, Post
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.teamwork.mail import rules, store
from gonfalon.teamwork.model import NoticeKind

MOST_TRIES = 100
"""A mail that could not be handed over waits for the next sweep; after so many (about eight hours) it is given up."""
PATIENCE = timedelta(minutes=15)
"""Longer than handing over can take: a mail still in hand after it belongs to a worker that died."""


async def mail_notices(ctx: Context) -> int:
    """Puts the workspace's unread immediate notices into mails and hands over every mail that waits; how many went."""
    async with ctx.transaction() as connection:
        await store.gather_now(connection, ctx.workspace.id)
    return await _hand_over(ctx)


async def make_digests(services: Services, now: datetime) -> list[int]:
    """Makes the digests that are due and settles what dead workers left; the workspaces that have mails waiting."""
    async with services.db.transaction() as connection:
        await store.give_up_on_the_dead(connection, now, PATIENCE)
        await store.gather_digests(connection, now)
        return await store.workspaces_waiting(connection)


async def _hand_over(ctx: Context) -> int:
    post = ctx.services.find(Post)  # type: ignore[type-abstract]
    if post is None:  # a process that sends no mail; the next sweep of one that does will
        return 0
    sent, after = 0, 0
    while True:
        async with ctx.transaction() as connection:
            mail = await store.take_mail(connection, ctx.workspace.id, after)
            letter = None if mail is None else await _letter(ctx, connection, mail)
        if mail is None:
            return sent
        after = mail.id
        if letter is None:
            fate, detail = "unneeded", "Everything in it was read or taken back before it left."
        else:
            found, detail = await post.carry(ctx.workspace.id, ctx.workspace.name, letter)
            fate = "waiting" if found is Fate.NOT_SENT and mail.tries < MOST_TRIES else found.value
            sent += found is Fate.SENT
        async with ctx.transaction() as connection:
            await store.settle_mail(connection, mail.id, fate, detail)
        if fate == "waiting":
            log.warning("notice_mail_deferred", workspace=ctx.workspace.slug, detail=detail)
            return sent


async def _letter(ctx: Context, connection: AsyncConnection, mail: Row[Any]) -> Letter | None:
    rows, total = await store.notices_of(connection, mail.id, rules.SHOWN)
    if not rows:
        return None
    to = await store.addressee(connection, mail.user_id)
    place = rules.Place(ctx.workspace.name, f"{ctx.services.settings.public_url}/w/{ctx.workspace.slug}")
    lines = [
        rules.Line(NoticeKind(row.kind), row.actor, row.title, row.thing_kind, row.thing_id, row.parameters)
        for row in rows
    ]
    return rules.compose(
        mail.id, to.email, to.language, place, lines, total, digest=mail.digest_on is not None, at=mail.created_at
    )
