"""The verbs of delivery: expand and control dispatches, suppress addresses, send tests."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_touchpoints
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.rules import normalise_email
from gonfalon.channels.contract import ChannelUnavailable, Outcome, Verdict
from gonfalon.channels.email.provider import load_provider
from gonfalon.content.templates.actions import sample_fields
from gonfalon.content.templates.store import find_template
from gonfalon.delivery import store
from gonfalon.delivery.mailing import prepare
from gonfalon.delivery.model import (
    DispatchState,
    Expansion,
    MessageState,
    NewDispatch,
    Outbox,
    Progress,
    SuppressionReason,
)
from gonfalon.delivery.suppression import address_hash
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.errors import Conflict, Invalid, NotFound, Unavailable
from gonfalon.kit.ids import new_id
from gonfalon.kit.sql import run

_STOPPABLE = frozenset({DispatchState.RUNNING, DispatchState.PREPARING})
_RESUMABLE = frozenset({DispatchState.PAUSED, DispatchState.HELD})
_TEST_PATIENCE = 30.0


async def open_dispatch(connection: AsyncConnection, workspace_id: int, new: NewDispatch) -> UUID:
    """Register a launched touchpoint in the launcher's transaction; nothing is sent before `expand_dispatch`.

    From then on it can be paused and cancelled.
    The caller has checked permission and writes the audit line. IntegrityError when it was launched before.
    """
    return await store.insert_dispatch(connection, workspace_id, new)


async def expand_dispatch(connection: AsyncConnection, workspace_id: int, touchpoint_id: UUID) -> Expansion:
    """Write one message for everybody in the snapshot, withheld people included, and let the senders begin.

    Idempotent: asked again it adds nobody. One that was cancelled before stays empty, a paused one stays paused.
    About 3 s for 100,000 people. Raises NotFound.
    """
    dispatch = await store.find_dispatch(connection, workspace_id, touchpoint_id, lock=True)
    return await store.expand(connection, workspace_id, dispatch)


async def fill_dispatch(
    connection: AsyncConnection, workspace_id: int, touchpoint_id: UUID, snapshot_id: int, link_set_id: int | None
) -> None:
    """Say to whom a dispatch goes and where its links are, before it is expanded."""
    await store.fill(connection, workspace_id, touchpoint_id, snapshot_id, link_set_id)


async def withdraw_dispatch(connection: AsyncConnection, workspace_id: int, touchpoint_id: UUID) -> bool:
    """Take back a dispatch that could not be expanded; False when it was cancelled or expanded meanwhile, and stays."""
    return await store.remove_unsent(connection, workspace_id, touchpoint_id)


async def read_progress(ctx: Context, touchpoint_id: UUID) -> Progress:
    """How a launched touchpoint stands; the sum of its states is the audience. Raises NotFound."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        seen = seen_touchpoints(ctx, dispatches.c.touchpoint_id)
        dispatch = await store.find_dispatch(connection, ctx.workspace.id, touchpoint_id, seen=seen)
        return await store.progress(connection, ctx.workspace.id, dispatch)


async def list_messages(
    ctx: Context,
    touchpoint_id: UUID,
    *,
    state: MessageState | None = None,
    reason: str | None = None,
    search: str = "",
    after: int | None = None,
    limit: int = 50,
) -> list[Row[Any]]:
    """The touchpoint's messages by id, at most `limit` after the id `after`. Raises NotFound."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        dispatch = await store.find_dispatch(connection, ctx.workspace.id, touchpoint_id)
        return await store.page_messages(
            connection,
            ctx.workspace.id,
            dispatch.id,
            state=state,
            reason=reason,
            search=search.strip(),
            after=after,
            limit=limit,
        )


async def read_outbox(ctx: Context) -> Outbox:
    """What waits to leave in this workspace, and whether its provider takes messages."""
    ctx.require(Permission.REPORTS_READ)
    async with ctx.reading() as connection:
        return await store.outbox(connection, ctx.workspace.id)


async def list_suppressions(ctx: Context, search: str, after: int | None, limit: int) -> list[Row[Any]]:
    """Suppressed addresses that contain `search`, the newest first."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        return await store.page_suppressions(
            connection, ctx.workspace.id, search=search.strip(), after=after, limit=limit
        )


async def pause_dispatch(ctx: Context, touchpoint_id: UUID) -> Progress:
    """Stop sending within the second; what connections have in hand is finished. Raises Conflict, NotFound."""
    return await _change(ctx, touchpoint_id, _STOPPABLE, DispatchState.PAUSED, "touchpoint.paused")


async def resume_dispatch(ctx: Context, touchpoint_id: UUID) -> Progress:
    """Go on with a paused or held touchpoint. Raises Conflict, NotFound."""
    return await _change(ctx, touchpoint_id, _RESUMABLE, DispatchState.RUNNING, "touchpoint.resumed")


async def cancel_dispatch(ctx: Context, touchpoint_id: UUID) -> Progress:
    """End it for good: what was not sent is withheld as cancelled. Raises Conflict, NotFound."""
    return await _change(ctx, touchpoint_id, _STOPPABLE | _RESUMABLE, DispatchState.CANCELLED, "touchpoint.cancelled")


async def _change(
    ctx: Context, touchpoint_id: UUID, allowed: frozenset[DispatchState], to: DispatchState, action: str
) -> Progress:
    ctx.require(Permission.DELIVERY_CONTROL)
    workspace_id = ctx.workspace.id
    async with ctx.transaction() as connection:
        dispatch = await store.find_dispatch(connection, workspace_id, touchpoint_id, lock=True)
        state = DispatchState(dispatch.state)
        if to is DispatchState.RUNNING and dispatch.started_at is None:
            # It has no messages yet, and would be finished for want of any.
            to = DispatchState.PREPARING
        if state is not to:
            if state not in allowed:
                raise Conflict(
                    "dispatch_state",
                    f"This touchpoint is {state.value}; that can't be done to it any more.",
                    state=state.value,
                )
            await store.set_state(connection, dispatch.id, to)
            if to is DispatchState.RUNNING:
                await store.resume_batches(connection, dispatch.id)
            await ctx.audit(connection, action, "touchpoint", touchpoint_id)
    if to is DispatchState.CANCELLED:
        # After the commit: from then on no sender records an intent, so this finds all that is left.
        async with ctx.transaction() as connection:
            await store.cancel_queued(connection, workspace_id, dispatch.id)
    return await read_progress(ctx, touchpoint_id)


async def suppress_address(
    ctx: Context, channel: str, address: str, reason: SuppressionReason = SuppressionReason.MANUAL, note: str = ""
) -> Row[Any]:
    """Never again send anything to this address on this channel. Raises Invalid, Conflict."""
    ctx.require(Permission.PEOPLE_WRITE)
    plain = normalise_email(address) if channel == "email" else address.strip()
    if not plain:
        raise Invalid("address_missing", "Enter the address that is to get nothing.")
    async with ctx.transaction() as connection:
        row = await store.suppress(
            connection,
            {
                "workspace_id": ctx.workspace.id,
                "channel": channel,
                "address": plain,
                "address_hash": address_hash(ctx.services.secrets, channel, plain),
                "reason": reason.value,
                "note": note,
            },
        )
        if row is None:
            raise Conflict("already_suppressed", "This address is on the suppression list already.")
        await ctx.audit(
            connection, "suppression.added", "suppression", row.id, None, channel=channel, reason=reason.value
        )
        return row


async def remove_suppression(ctx: Context, suppression_id: int) -> None:
    """Allow sending to the address again; consent still decides. Raises NotFound, Conflict for erased people."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        row = await store.unsuppress(connection, ctx.workspace.id, suppression_id)
        if row is None:
            raise NotFound("suppression_unknown", "This address is not on the suppression list any more.")
        if row.reason in (SuppressionReason.ERASED, SuppressionReason.OBJECTION):
            raise Conflict("suppression_final", "This person asked not to be contacted; that can't be undone here.")
        await ctx.audit(
            connection, "suppression.removed", "suppression", row.id, None, channel=row.channel, reason=row.reason
        )


async def send_test(
    ctx: Context,
    *,
    template: tuple[UUID, int],
    sender_identity_id: UUID,
    to: str,
    person_id: int | None = None,
) -> Outcome:
    """Send one rendered message, marked as a test, outside the ledger; its links count nothing.

    person_id: whose fields to render with; None: those of the made-up person that previews show.
    Raises Invalid, NotFound, TemplateError, Unavailable.
    """
    ctx.require(Permission.CONTENT_WRITE)
    if person_id is not None:
        ctx.require(Permission.PEOPLE_READ)
    address = normalise_email(to)
    async with ctx.transaction() as connection:
        provider = await load_provider(connection, ctx.services, ctx.workspace.id)
        mailing = await prepare(
            connection,
            ctx.services,
            provider,
            workspace_id=ctx.workspace.id,
            link_set_id=0,
            reference=f"test-{new_id().hex}",
            feedback_id="",
            template=template,
            sender=sender_identity_id,
            test=True,
        )
        row = await store.person_for_test(
            connection, ctx.workspace.id, person_id, address, sample_fields(ctx)["person"]
        )
        name = (await find_template(connection, ctx.workspace.id, template[0])).name
        await ctx.audit(
            connection, "template.test_sent", "template", template[0], name, version=template[1], to=address
        )
    payload = mailing.mail(row, ctx.now)
    try:
        async with asyncio.timeout(_TEST_PATIENCE):
            line = await provider.connect()
            try:
                line.offer(mailing.envelope(provider, 0, address))
                outcome = await line.offered() or await line.deliver(payload)
            finally:
                await line.close()
    except (ChannelUnavailable, TimeoutError) as problem:
        sentence = getattr(problem, "detail", "The mail server did not answer in time; try again in a moment.")
        raise Unavailable("provider_unreachable", sentence) from problem
    if outcome.verdict is not Verdict.ACCEPTED:
        raise Invalid("test_refused", f"The mail server refused the test: {outcome.code} {outcome.detail}".strip())
    return outcome


async def forget(connection: AsyncConnection, workspace_id: int, person_id: int) -> None:
    """Leaves of an erased person's messages only what is counted; what had not left is withheld."""
    await run(connection, __package__, "forget_person", workspace_id=workspace_id, person_id=person_id)
