"""Database calls of the delivery room that belong to actions; a sender's own are in ledger.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.offers import Order, Senders
from gonfalon.delivery.model import (
    Dispatch,
    DispatchState,
    Expansion,
    MessageState,
    NewDispatch,
    Progress,
    SendingTrouble,
    StoredMessage,
    Suppression,
)
from gonfalon.delivery.reading import read_blocked
from gonfalon.delivery.rules import FEWER_THAN, STALL_PATIENCE, batch_size
from gonfalon.delivery.tables import dispatches, messages, send_batches, suppressions
from gonfalon.kit.errors import NotFound
from gonfalon.kit.ids import new_id
from gonfalon.kit.rows import all_of, first_of, one_of, shaped
from gonfalon.kit.sql import run, statement
from gonfalon.people.model import Channel
from gonfalon.people.tables import IDENTITIES, people
from gonfalon.tracking.links.utm import Utm

_ROOM = "gonfalon.delivery"
_MANY = 10_000
"""Messages in one expansion that are worth a tenth of a second of sorting."""


async def list_topics(
    connection: AsyncConnection, workspace_id: int, message_ids: Sequence[int]
) -> dict[tuple[Channel, int], list[int]]:
    """Return the people whom messages went to, by the channel and topic they went on."""
    if not message_ids:
        return {}
    found = await connection.execute(
        select(dispatches.c.channel, dispatches.c.topic_id, func.array_agg(messages.c.person_id.distinct()))
        .join(messages, messages.c.dispatch_id == dispatches.c.id)
        .where(messages.c.workspace_id == workspace_id, messages.c.id.in_(message_ids))
        .group_by(dispatches.c.channel, dispatches.c.topic_id)
    )
    return {(Channel(channel), topic): list(people) for channel, topic, people in found}


async def insert_dispatch(
    connection: AsyncConnection, workspace_id: int, new: NewDispatch, senders: Senders | None
) -> UUID:
    """Write the dispatch as `preparing`; IntegrityError when the touchpoint was launched before.

    Whom it is from is kept as it is now: what was checked and approved is what leaves, whoever edits it later.
    """
    dispatch_id = new_id()
    values: dict[str, Any] = {
        "id": dispatch_id,
        "workspace_id": workspace_id,
        "touchpoint_id": new.touchpoint_id,
        "campaign_id": new.campaign_id,
        "channel": new.channel,
        "snapshot_id": new.snapshot_id,
        "template_id": new.template_id,
        "template_version": new.template_version,
        "sender_identity_id": new.sender_identity_id,
        "sender": _frozen(senders, workspace_id, new.sender_identity_id),
        "topic_id": new.topic_id,
        "link_set_id": new.link_set_id,
        "state": DispatchState.PREPARING.value,
        "per_hour": new.per_hour,
        "holdout_percent": new.holdout_percent,
        "launched_by": new.launched_by,
        "utm": asdict(new.utm),
        "frozen": new.frozen,
        "planned": new.planned,
    }
    if new.send_at is not None:
        values["send_at"] = new.send_at
    await connection.execute(insert(dispatches).values(values))
    return dispatch_id


def _frozen(senders: Senders | None, workspace_id: int, sender_id: UUID | None) -> Any:
    if senders is None or sender_id is None:
        return {}
    kept = select(senders.frozen).where(senders.table.c.id == sender_id, senders.table.c.workspace_id == workspace_id)
    return func.coalesce(kept.scalar_subquery(), text("'{}'::jsonb"))


async def expand(connection: AsyncConnection, workspace_id: int, dispatch: Dispatch) -> Expansion:
    """Write the dispatch's messages; one that was being prepared is then running, or finished when nobody gets any.

    A cancelled one gets no messages.
    """
    if dispatch.state is DispatchState.CANCELLED:
        return Expansion(0, 0)
    found = await run(
        connection,
        _ROOM,
        "expand_dispatch",
        dispatch_id=dispatch.id,
        workspace_id=workspace_id,
        batch_size=batch_size(dispatch.per_hour),
    )
    audience, queued, _ = tuple(found.one())
    if audience >= _MANY:
        # Or the analytics copy reads all of them again and again, until autovacuum comes by.
        await connection.execute(text("select brin_summarize_new_values('ix_messages_xid')"))
        await connection.execute(text("analyze messages"))
    values: dict[str, Any] = {"started_at": func.coalesce(dispatches.c.started_at, func.now())}
    if dispatch.state is DispatchState.PREPARING:
        state = DispatchState.RUNNING if queued else DispatchState.FINISHED
        values |= state_values(state, "" if queued else "nobody_reachable")
    await connection.execute(update(dispatches).where(dispatches.c.id == dispatch.id).values(values))
    return Expansion(audience, queued)


async def fill(
    connection: AsyncConnection, workspace_id: int, dispatch_id: UUID, snapshot_id: int, link_set_id: int | None
) -> Dispatch:
    """Write down to whom the dispatch goes and where its links are; returns it locked."""
    filling = (
        update(dispatches)
        .where(dispatches.c.workspace_id == workspace_id, dispatches.c.id == dispatch_id)
        .values(snapshot_id=snapshot_id, link_set_id=link_set_id)
        .returning(*dispatches.c)
    )
    return await one_of(connection, filling, Dispatch)


async def load_order(connection: AsyncConnection, dispatch_id: UUID) -> Order:
    """Read what a dispatch sends as its channel takes it, as it was frozen at its launch; of any workspace."""
    found = await one_of(connection, select(dispatches).where(dispatches.c.id == dispatch_id), Dispatch)
    return Order(
        found.workspace_id,
        found.id.hex,
        (found.template_id, found.template_version),
        sender_id=found.sender_identity_id,
        sender=found.sender,
        link_set_id=found.link_set_id or 0,
        utm=Utm(**found.utm),
        campaign=found.campaign_id.hex,
        touchpoint=found.touchpoint_id.hex,
    )


async def remove_unsent(connection: AsyncConnection, workspace_id: int, touchpoint_id: UUID) -> bool:
    """Delete a dispatch that has no messages yet and was not cancelled; whether there was one."""
    gone = await connection.execute(
        delete(dispatches).where(
            dispatches.c.workspace_id == workspace_id,
            dispatches.c.touchpoint_id == touchpoint_id,
            dispatches.c.started_at.is_(None),
            dispatches.c.state != DispatchState.CANCELLED.value,
        )
    )
    return gone.rowcount > 0


async def find_dispatch(
    connection: AsyncConnection,
    workspace_id: int,
    touchpoint_id: UUID,
    *,
    lock: bool = False,
    seen: ColumnElement[bool] | None = None,
) -> Dispatch:
    """Find the dispatch of a touchpoint; raises NotFound, also for one that `seen` leaves out."""
    query = select(dispatches).where(
        dispatches.c.workspace_id == workspace_id, dispatches.c.touchpoint_id == touchpoint_id
    )
    if seen is not None:
        query = query.where(seen)
    found = await first_of(connection, query.with_for_update() if lock else query, Dispatch)
    if found is None:
        raise NotFound("dispatch_unknown", "This touchpoint has not been launched.")
    return found


def state_values(state: DispatchState, reason: str = "") -> dict[str, Any]:
    """Return what is written of a dispatch that comes into a state."""
    values: dict[str, Any] = {"state": state.value, "state_reason": reason, "state_detail": "", "state_at": func.now()}
    if state in (DispatchState.CANCELLED, DispatchState.FINISHED):
        values["finished_at"] = func.now()
    return values


async def set_state(connection: AsyncConnection, dispatch_id: UUID, state: DispatchState) -> None:
    """Write the dispatch's state."""
    await connection.execute(update(dispatches).where(dispatches.c.id == dispatch_id).values(state_values(state)))


async def cancel_queued(connection: AsyncConnection, workspace_id: int, dispatch_id: UUID) -> int:
    """Withhold what the dispatch has not sent; returns how many."""
    done = await run(connection, _ROOM, "cancel_queued", workspace_id=workspace_id, dispatch_id=dispatch_id)
    return done.rowcount


async def resume_batches(connection: AsyncConnection, dispatch_id: UUID) -> None:
    """Let a resumed dispatch start at its pace from now, instead of catching up, and forgives its batches."""
    await connection.execute(
        update(dispatches)
        .where(dispatches.c.id == dispatch_id)
        .values(next_lease_at=case((dispatches.c.per_hour.is_not(None), func.now())), progressed_at=func.now())
    )
    await connection.execute(
        update(send_batches).where(send_batches.c.dispatch_id == dispatch_id, send_batches.c.tries > 0).values(tries=0)
    )


async def progress(connection: AsyncConnection, workspace_id: int, dispatch: Dispatch) -> Progress:
    """Return how the dispatch stands, from the messages themselves."""
    by_state = dict.fromkeys(MessageState, 0)
    reasons: dict[MessageState, dict[str, int]] = {}
    counted = await run(connection, _ROOM, "count_messages", workspace_id=workspace_id, dispatch_id=dispatch.id)
    for state, reason, count in map(tuple, counted):
        by_state[MessageState(state)] += count
        if reason:
            reasons.setdefault(MessageState(state), {})[reason] = count
    sending = (
        await connection.execute(
            text(
                "select count(*) from send_batches b cross join lateral unnest(b.message_ids) as x (id) "
                "join messages m on m.id = x.id and m.state in ('queued', 'deferred') "
                "where b.dispatch_id = :dispatch and b.workspace_id = :workspace and b.lease is not null"
            ),
            {"dispatch": dispatch.id, "workspace": workspace_id},
        )
    ).scalar_one()
    blocked = await read_blocked(connection, workspace_id, dispatch.channel)
    return Progress(
        dispatch_id=dispatch.id,
        touchpoint_id=dispatch.touchpoint_id,
        campaign_id=dispatch.campaign_id,
        state=dispatch.state,
        state_reason=dispatch.state_reason,
        state_detail=dispatch.state_detail,
        send_at=dispatch.send_at,
        started_at=dispatch.started_at,
        finished_at=dispatch.finished_at,
        per_hour=dispatch.per_hour,
        frozen=dispatch.frozen,
        planned=dispatch.planned,
        total=sum(by_state.values()),
        sending=sending,
        by_state=by_state,
        reasons=reasons,
        blocked_until=blocked.open_until,
        blocked_code=blocked.code,
        blocked_reason=blocked.reason,
    )


async def send_unknown_again(connection: AsyncConnection, workspace_id: int, dispatch: Dispatch) -> int:
    """Queue what is in doubt once more; returns how many. A finished dispatch runs again."""
    found = await run(
        connection,
        _ROOM,
        "send_unknown_again",
        workspace_id=workspace_id,
        dispatch_id=dispatch.id,
        batch_size=batch_size(dispatch.per_hour),
    )
    queued = int(found.scalar_one())
    if queued and dispatch.state is DispatchState.FINISHED:
        await connection.execute(
            update(dispatches)
            .where(dispatches.c.id == dispatch.id)
            .values(
                state=DispatchState.RUNNING.value,
                state_reason="",
                state_at=func.now(),
                finished_at=None,
                progressed_at=func.now(),
            )
        )
    return queued


async def list_troubles(
    connection: AsyncConnection, workspace_id: int | None = None, campaign_ids: Sequence[UUID] | None = None
) -> list[SendingTrouble]:
    """List touchpoints whose sending needs somebody, with what it is; see list_troubles.sql."""
    found = await run(
        connection,
        _ROOM,
        "list_troubles",
        workspace=workspace_id,
        campaigns=None if campaign_ids is None else list(campaign_ids),
        patience=STALL_PATIENCE,
        share=FEWER_THAN,
    )
    return shaped(found, SendingTrouble)


async def page_messages(
    connection: AsyncConnection,
    workspace_id: int,
    dispatch_id: UUID,
    *,
    state: MessageState | None,
    reason: str | None,
    search: str,
    after: int | None,
    limit: int,
) -> list[StoredMessage]:
    """Read messages of a dispatch whose address contains `search`, by id, at most `limit` after `after`."""
    query = select(messages).where(messages.c.workspace_id == workspace_id, messages.c.dispatch_id == dispatch_id)
    if state is not None:
        query = query.where(messages.c.state == state.value)
    if reason:
        query = query.where(messages.c.reason == reason)
    if search:
        query = query.where(messages.c.address.icontains(search, autoescape=True))
    if after is not None:
        query = query.where(messages.c.id > after)
    return await all_of(connection, query.order_by(messages.c.id).limit(limit), StoredMessage)


async def person_for_test(
    connection: AsyncConnection, workspace_id: int, person_id: int | None, address: str, sample: dict[str, Any]
) -> SimpleNamespace:
    """Return a row as load_batch gives it for a test message: the person's fields (or a made-up one's), the address."""
    found = None
    if person_id is not None:
        found = (
            await connection.execute(
                select(people).where(people.c.workspace_id == workspace_id, people.c.id == person_id)
            )
        ).first()
        if found is None:
            raise NotFound("person_unknown", "There is no such person; choose another one to render the test for.")
    fields: Any = found._mapping if found else {"attributes": sample, "tags": [], **sample}
    return SimpleNamespace(
        id=0,
        person_id=0,
        address=address,
        attempts=0,
        attributes=fields["attributes"],
        tags=fields["tags"],
        **{identity.name: fields.get(identity.name) for identity in IDENTITIES},
    )


async def suppress(connection: AsyncConnection, values: dict[str, Any]) -> Suppression | None:
    """Write a suppression; None when the address is suppressed already."""
    writing = upsert(suppressions).values(values).on_conflict_do_nothing().returning(*suppressions.c)
    return await first_of(connection, writing, Suppression)


async def suppress_many(
    connection: AsyncConnection, addresses: str, workspace_id: int, channel: str, key: bytes, reason: str, note: str
) -> int:
    """Write suppressions of the addresses that one of our own queries finds; how many are new."""
    written = await connection.exec_driver_sql(
        statement(_ROOM, "suppress_many").replace("{addresses}", addresses),
        {"workspace_id": workspace_id, "channel": channel, "key": key, "reason": reason, "note": note},
    )
    return written.rowcount


async def unsuppress(connection: AsyncConnection, workspace_id: int, suppression_id: int) -> Suppression | None:
    """Remove a suppression; None when there is none."""
    removing = (
        delete(suppressions)
        .where(suppressions.c.workspace_id == workspace_id, suppressions.c.id == suppression_id)
        .returning(*suppressions.c)
    )
    return await first_of(connection, removing, Suppression)


async def page_suppressions(
    connection: AsyncConnection, workspace_id: int, *, search: str, after: int | None, limit: int
) -> list[Suppression]:
    """Read suppressions, the newest first."""
    query = select(suppressions).where(suppressions.c.workspace_id == workspace_id)
    if search:
        query = query.where(suppressions.c.address.contains(search.lower(), autoescape=True))
    if after is not None:
        query = query.where(suppressions.c.id < after)
    return await all_of(connection, query.order_by(suppressions.c.id.desc()).limit(limit), Suppression)
