"""The verbs of test messages. A test may be anything and is approved by nobody, so it goes to few, and seldom."""

from __future__ import annotations

import asyncio
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.mails.actions import deliver
from gonfalon.accounts.mails.model import MailOutcome
from gonfalon.accounts.mails.rules import link_mail
from gonfalon.accounts.model import Permission
from gonfalon.accounts.rules import normalise_email
from gonfalon.accounts.store import count_try
from gonfalon.channels.contract import ChannelUnavailable, Message, Outcome, Provider, Verdict
from gonfalon.channels.offers import Order, channel_of
from gonfalon.content.templates.actions import sample_fields
from gonfalon.content.templates.store import find_template
from gonfalon.delivery.store import person_for_test
from gonfalon.delivery.suppression import address_hash
from gonfalon.delivery.trials import store
from gonfalon.delivery.trials.store import Question, TestAddress
from gonfalon.delivery.trials.words import WORDS
from gonfalon.kit.errors import Conflict, Forbidden, Invalid, NotFound, TooMany, Unavailable
from gonfalon.kit.ids import new_id
from gonfalon.kit.secrets import digest, random_token
from gonfalon.kit.services import Services
from gonfalon.people.addresses import EMAIL_ADDRESS
from gonfalon.people.offers import Addressed

AN_HOUR = 20
"""Tests, and questions whether an address takes them, that one actor may send in an hour."""
ASKED_A_DAY = 3
_PATIENCE = 30.0


async def send_test(
    ctx: Context,
    *,
    template: tuple[UUID, int],
    sender_identity_id: UUID,
    to: str,
    person_id: int | None = None,
) -> Outcome:
    """Send one rendered message, marked as a test, outside the ledger; its links count nothing.

    It goes to a member's address or one that has confirmed, never to a suppressed one.
    person_id: whose fields to render with; None: those of the made-up person that previews show.
    Raises Conflict, Forbidden, Invalid, NotFound, TemplateError, TooMany, Unavailable.
    """
    ctx.require(Permission.CONTENT_WRITE)
    if person_id is not None:
        ctx.require(Permission.PEOPLE_READ)
    async with ctx.transaction() as connection:
        about = await find_template(ctx, connection, template[0])
        channel = channel_of(ctx.services, about.channel)
        address = channel.address.normalise(to)
        await _check_suppression(ctx, connection, [channel.name], address)
        await _check_receiver(ctx, connection, address)
        await _count(ctx, connection)
        provider = await channel.provider(connection, ctx.services, ctx.workspace.id)
        order = Order(ctx.workspace.id, f"test-{new_id().hex}", template, sender_id=sender_identity_id, test=True)
        composition = await channel.compose(connection, ctx.services, provider, order)
        row = await person_for_test(connection, ctx.workspace.id, person_id, address, sample_fields(ctx)["person"])
        await ctx.audit(
            connection, "template.test_sent", "template", template[0], about.name, version=template[1], to=address
        )
    return await _hand_over(provider, composition.message(row, ctx.now))


async def ask_address(ctx: Context, given: str) -> TestAddress:
    """Mail somebody who is no member the question whether tests may come; their answer counts for the workspace.

    Raises Conflict, Invalid, TooMany, Unavailable.
    """
    ctx.require(Permission.CAMPAIGNS_LAUNCH)
    address = normalise_email(given)
    token = random_token()
    async with ctx.transaction() as connection:
        mailed = [each.name for each in ctx.services.offered(Addressed) if each.address is EMAIL_ADDRESS]
        await _check_suppression(ctx, connection, mailed, address)
        known = await store.find_address(connection, ctx.workspace.id, address)
        if known is not None and known.confirmed_at is not None:
            return known
        await _count(ctx, connection)
        key = f"test-address:{ctx.workspace.id}:{address}"
        if await count_try(connection, key, ctx.now, 86_400) > ASKED_A_DAY:
            raise TooMany(
                "test_asked_often",
                f"{address} was asked {ASKED_A_DAY} times today; wait for an answer.",
                3600,
                address=address,
                most=ASKED_A_DAY,
            )
        row = await store.ask(connection, ctx.workspace.id, address, digest(token))
        await ctx.audit(connection, "test_address.asked", "test_address", None, address)
    link = f"{ctx.services.settings.public_url}/confirm/{token}"
    names = {"workspace": ctx.workspace.name, "asker": ctx.actor.name}
    mail = link_mail("trial", WORDS, ctx.workspace.language, new_id().int, address, link, ctx.now, **names)
    outcome, detail = await deliver(ctx.services, ctx.workspace, mail)
    if outcome is MailOutcome.REFUSED:
        raise Invalid("test_refused", f"The mail server refused the question: {detail}", said=detail)
    if outcome is MailOutcome.NOT_SENT:
        raise Unavailable("provider_unreachable", detail, said=detail)
    return row


async def list_addresses(ctx: Context) -> list[TestAddress]:
    """Return addresses of no members that were asked, confirmed or not."""
    ctx.require(Permission.CONTENT_WRITE)
    async with ctx.reading() as connection:
        return await store.list_addresses(connection, ctx.workspace.id)


async def read_question(services: Services, token: str, *, confirm: bool = False) -> Question:
    """Return whose address a link is for and which workspace asks; `confirm`: the yes. Raises NotFound."""
    async with services.db.transaction() as connection:
        if confirm:
            await store.confirm(connection, digest(token))
        row = await store.find_asked(connection, digest(token))
    if row is None:
        raise NotFound("link_unknown", "This link does not work any more.")
    return row


async def _check_suppression(ctx: Context, connection: AsyncConnection, channels: list[str], address: str) -> None:
    hashes = [address_hash(ctx.services.secrets, channel, address) for channel in channels]
    reason = await store.suppression_reason(connection, ctx.workspace.id, channels, address, hashes)
    if reason is not None:
        raise Conflict(
            "test_suppressed",
            f"{address} is on the suppression list and gets nothing, tests included.",
            address=address,
            reason=reason,
        )


async def _check_receiver(ctx: Context, connection: AsyncConnection, address: str) -> None:
    if await store.is_member(connection, ctx.workspace.id, address):
        return
    known = await store.find_address(connection, ctx.workspace.id, address)
    if known is not None and known.confirmed_at is not None:
        return
    if ctx.may(Permission.CAMPAIGNS_LAUNCH):
        todo = "ask the address first; it confirms once" if known is None else "it was asked and has not confirmed yet"
        raise Conflict(
            "test_unconfirmed",
            f"{address} is no member's: {todo}.",
            address=address,
            asked="no" if known is None else "yes",
        )
    raise Forbidden(
        "test_stranger",
        f"{address} is no member's. Send the test to a member, or have somebody who may launch ask the address.",
        address=address,
    )


async def _count(ctx: Context, connection: AsyncConnection) -> None:
    key = f"tests:{ctx.workspace.id}:{ctx.actor.kind}:{ctx.actor.id}"
    if await count_try(connection, key, ctx.now, 3600) > AN_HOUR:
        raise TooMany(
            "tests_many", f"You have sent {AN_HOUR} tests within an hour; go on in a while.", 600, most=AN_HOUR
        )


async def _hand_over(provider: Provider, message: Message) -> Outcome:
    try:
        async with asyncio.timeout(_PATIENCE):
            line = await provider.connect()
            try:
                line.offer(message.envelope)
                outcome = await line.offered() or await line.deliver(message.payload)
            finally:
                await line.close()
    except (ChannelUnavailable, TimeoutError) as problem:
        sentence = getattr(problem, "detail", "The mail server did not answer in time; try again in a moment.")
        raise Unavailable("provider_unreachable", sentence, said=sentence) from problem
    if outcome.verdict is not Verdict.ACCEPTED:
        raise Invalid(
            "test_refused",
            f"The mail server refused the test: {outcome.code} {outcome.detail}".strip(),
            said=outcome.detail,
        )
    return outcome
