"""The verbs of delivery: control dispatches, suppress addresses. Launching is in launching.py, tests in trials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_things
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import Held
from gonfalon.channels.offers import Back, usual_channel
from gonfalon.delivery import reading, store
from gonfalon.delivery.model import (
    DispatchState,
    DomainOutcomes,
    MessageState,
    Outbox,
    Progress,
    StoredMessage,
    Suppression,
    SuppressionReason,
)
from gonfalon.delivery.offers import Prepares
from gonfalon.delivery.rules import (
    BOUNCES_IN_A_ROW,
    LEAST_BOUNCES,
    LEAST_COMPLAINTS,
    MOST_BOUNCES,
    MOST_COMPLAINTS,
)
from gonfalon.delivery.suppression import address_hash, suppression_key
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.errors import Conflict, Invalid, NotFound
from gonfalon.kit.services import Services
from gonfalon.kit.sql import run
from gonfalon.people.consent.actions import record_consent
from gonfalon.people.consent.model import ConsentSource, ConsentState, Statement
from gonfalon.people.offers import Addressed, Dead

_STOPPABLE = frozenset({DispatchState.RUNNING, DispatchState.PREPARING})
_RESUMABLE = frozenset({DispatchState.PAUSED, DispatchState.HELD})


async def read_progress(ctx: Context, touchpoint_id: UUID) -> Progress:
    """Return how a launched touchpoint stands; the sum of its states is the audience. Raises NotFound."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        seen = seen_things(ctx, Held.TOUCHPOINT, dispatches.c.touchpoint_id)
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
) -> list[StoredMessage]:
    """Read the touchpoint's messages by id, at most `limit` after the id `after`. Raises NotFound."""
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
    """Return what waits to leave in this workspace, and whether its provider takes messages."""
    ctx.require(Permission.REPORTS_READ)
    async with ctx.reading() as connection:
        return await reading.read_outbox(
            connection, ctx.workspace.id, seen_things(ctx, Held.TOUCHPOINT, dispatches.c.touchpoint_id)
        )


async def read_domains(ctx: Context) -> list[DomainOutcomes]:
    """Count how messages of the last 30 days fared by the receiver's domain, where some failed."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        return await reading.list_domains(connection, ctx.workspace.id)


async def list_suppressions(ctx: Context, search: str, after: int | None, limit: int) -> list[Suppression]:
    """Read suppressed addresses that contain `search`, the newest first."""
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


async def send_unknown_again(ctx: Context, touchpoint_id: UUID) -> Progress:
    """Send the messages of a touchpoint once more whose fate nobody knows: some people may get a second copy.

    Consent, suppression and limits are asked anew. Asked again it sends nothing. Raises Conflict, NotFound.
    """
    ctx.require(Permission.CAMPAIGNS_LAUNCH)
    async with ctx.transaction() as connection:
        dispatch = await store.find_dispatch(connection, ctx.workspace.id, touchpoint_id, lock=True)
        state = dispatch.state
        if state not in (DispatchState.RUNNING, DispatchState.PAUSED, DispatchState.FINISHED):
            raise Conflict(
                "dispatch_state",
                f"This touchpoint is {state.value}; nothing of it can be sent again.",
                state=state.value,
            )
        queued = await store.send_unknown_again(connection, ctx.workspace.id, dispatch)
        if queued:
            await ctx.audit(connection, "touchpoint.unknown_sent_again", "touchpoint", touchpoint_id, messages=queued)
    return await read_progress(ctx, touchpoint_id)


async def _change(
    ctx: Context, touchpoint_id: UUID, allowed: frozenset[DispatchState], to: DispatchState, action: str
) -> Progress:
    ctx.require(Permission.DELIVERY_CONTROL)
    workspace_id = ctx.workspace.id
    async with ctx.transaction() as connection:
        dispatch = await store.find_dispatch(connection, workspace_id, touchpoint_id, lock=True)
        state = dispatch.state
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
            elif to is DispatchState.PREPARING:
                for room in ctx.services.offered(Prepares):
                    await room.begin_again(ctx, connection, touchpoint_id)
            await ctx.audit(connection, action, "touchpoint", touchpoint_id)
    if to is DispatchState.CANCELLED:
        # After the commit: from then on no sender records an intent, so this finds all that is left.
        async with ctx.transaction() as connection:
            await store.cancel_queued(connection, workspace_id, dispatch.id)
    return await read_progress(ctx, touchpoint_id)


async def suppress_address(
    ctx: Context,
    channel: str | None,
    address: str,
    reason: SuppressionReason = SuppressionReason.MANUAL,
    note: str = "",
) -> Suppression:
    """Suppress an address: never again send anything to an address on a channel, without one on the first that is sent.

    Raises Invalid, Conflict.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    known = {each.name: each.address for each in ctx.services.offered(Addressed)}
    channel = channel or usual_channel(ctx.services).name
    if channel not in known:
        raise Invalid("channel_unknown", f"Nobody is reached by the channel {channel}.", channel=channel)
    plain = known[channel].normalise(address)
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


async def suppress_imported(ctx: Context, connection: AsyncConnection, dead: Dead) -> int:
    """Suppress what a file says bounced or is blocked elsewhere, in the importing transaction; how many are new."""
    reason = SuppressionReason.HARD_BOUNCE if dead.bounced else SuppressionReason.MANUAL
    return await store.suppress_many(
        connection, dead.addresses, dead.workspace_id, dead.channel.value,
        suppression_key(ctx.services.secrets), reason.value, dead.note,
    )  # fmt: skip


async def hear_back(connection: AsyncConnection, services: Services, workspace_id: int, backs: Sequence[Back]) -> None:
    """Write down what came back of accepted messages, and suppress who complained or is gone. Joins the transaction.

    Who unsubscribed at the provider has left the message's topic. A message that was in doubt and arrived is accepted.
    """
    if arrived := [back.message_id for back in backs if back.delivered]:
        await run(connection, __package__, "record_arrivals", workspace_id=workspace_id, messages=arrived)
    left = await store.list_topics(connection, workspace_id, [back.message_id for back in backs if back.unsubscribed])
    for (channel, topic), people in left.items():
        said = Statement(channel, ConsentState.WITHDRAWN, ConsentSource.ONE_CLICK, details={"by": "provider"})
        await record_consent(connection, workspace_id, people, [topic], said)
    backs = [back for back in backs if not back.delivered and not back.unsubscribed]
    await run(
        connection,
        __package__,
        "record_returns",
        workspace_id=workspace_id,
        key=suppression_key(services.secrets),
        in_a_row=BOUNCES_IN_A_ROW,
        messages=[back.message_id for back in backs],
        complaints=[back.complaint for back in backs],
        gone=[back.gone for back in backs],
        replies=[back.reply for back in backs],
    )


async def hold_unwelcome(services: Services) -> int:
    """Hold sends that too much comes back of, of all workspaces; returns how many. A rule holds a send once."""
    async with services.db.transaction() as connection:
        held = await run(
            connection,
            __package__,
            "hold_unwelcome",
            bounces=LEAST_BOUNCES,
            bounce_share=MOST_BOUNCES,
            complaints=LEAST_COMPLAINTS,
            complaint_share=MOST_COMPLAINTS,
        )
        return len(held.all())


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


async def forget(connection: AsyncConnection, workspace_id: int, people: Sequence[int]) -> None:
    """Leave of erased people's messages only what is counted; what had not left is withheld."""
    await run(connection, __package__, "forget_people", workspace_id=workspace_id, person_ids=people)
    await run(connection, __package__, "forget_test_addresses", workspace_id=workspace_id, person_ids=people)


async def move_messages(connection: AsyncConnection, workspace_id: int, merges: Mapping[int, int]) -> None:
    """Give the messages of people who turned out to be others to these. Nobody gets one twice."""
    gone = sorted(merges)
    kept = [merges[each] for each in gone]
    await run(connection, __package__, "move_messages", workspace_id=workspace_id, gone=gone, kept=kept)


async def return_messages(connection: AsyncConnection, workspace_id: int, merge_id: int) -> None:
    """Give the messages that a merge had moved to the other person again, but for those that have not left."""
    await run(connection, __package__, "return_messages", workspace_id=workspace_id, merge_id=merge_id)
