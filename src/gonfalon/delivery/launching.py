"""Launching: a dispatch is registered, and when its time comes its people, links and messages are written down.

Whoever plans something decides that it may be launched, registers it in that transaction, and has `write_messages`
called when it begins.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.audiences.actions import take_snapshot
from gonfalon.channels.offers import channel_of
from gonfalon.content.templates.actions import find_links
from gonfalon.delivery import store
from gonfalon.delivery.model import Dispatch, DispatchState, Expansion, NewDispatch
from gonfalon.kit.services import Services
from gonfalon.tracking.links.actions import store_links
from gonfalon.tracking.links.utm import Utm

CLOCKS = timedelta(seconds=5)
"""How far the clocks of two machines may be apart."""


async def open_dispatch(services: Services, connection: AsyncConnection, workspace_id: int, new: NewDispatch) -> UUID:
    """Register what is launched in the launcher's transaction; nothing is sent before `write_messages`.

    Whom it is from is frozen as it is now. From then on it can be paused and cancelled.
    The caller has checked permission and writes the audit line. IntegrityError when it was launched before.
    """
    channel = channel_of(services, new.channel)
    return await store.insert_dispatch(connection, workspace_id, new, channel.senders)


def is_due(dispatch: Dispatch, *, launched: datetime, now: datetime) -> bool:
    """Return whether the messages of a dispatch that has none yet are to be written now."""
    return dispatch.started_at is None and begins(
        dispatch.state, frozen=dispatch.frozen, launched=launched, due=dispatch.send_at, now=now
    )


def begins(state: str, *, frozen: bool, launched: datetime, due: datetime, now: datetime) -> bool:
    """Return whether the messages of a launched touchpoint that has none yet are to be written now.

    What is held waits, whatever else. So does what was paused before its time: its audience is taken when it goes on.
    One without a time begins with its launch; paused in the same moment, it waits with its messages.
    """
    if state in (DispatchState.CANCELLED, DispatchState.HELD):
        return False
    if frozen or due <= launched:
        return True
    return state != DispatchState.PAUSED and due <= now + CLOCKS


async def write_messages(ctx: Context, connection: AsyncConnection, dispatch: Dispatch, audience_id: UUID) -> Expansion:
    """Write down who is in the audience now, store the links, and write one message for everybody.

    In the caller's transaction, so it happens wholly or not at all, and asked again it adds nobody. A dispatch that was
    cancelled meanwhile gets no messages.
    """
    workspace_id = ctx.workspace.id
    template = (dispatch.template_id, dispatch.template_version)
    links = await find_links(ctx, connection, *template, Utm(**dispatch.utm).parameters())
    link_set_id = await store_links(connection, workspace_id, links) if links else None
    taken = await take_snapshot(ctx, connection, audience_id)
    # Locked only now: asking the audience takes seconds, in which a pause or an end acts at once.
    locked = await store.fill(connection, workspace_id, dispatch.id, taken.id, link_set_id)
    return await store.expand(connection, workspace_id, locked)


async def withdraw_dispatch(connection: AsyncConnection, workspace_id: int, touchpoint_id: UUID) -> bool:
    """Take back a dispatch that could not be expanded; False when it was cancelled or expanded meanwhile, and stays."""
    return await store.remove_unsent(connection, workspace_id, touchpoint_id)
