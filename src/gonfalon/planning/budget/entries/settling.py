"""Settle what something costs that is carried out elsewhere, as one entry that says what is true now."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.budget import rules, store
from gonfalon.planning.budget.entries import store as entries
from gonfalon.planning.budget.entries.actions import load_booking, reversal_of
from gonfalon.planning.budget.model import EntryDraft, Source
from gonfalon.planning.campaigns.store import lock_campaign


async def settle_cost(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, key: str, draft: EntryDraft | None
) -> None:
    """Make the one entry of something (`key`, e.g. "touchpoint:" and its id) say what the draft says; None: nothing.

    A former entry that says something else is taken back by a counter-entry; the same again changes nothing. Joins the
    caller's transaction, whose audit line tells of it. Raises Conflict for a campaign whose money is closed.
    """
    count, standing = await entries.find_standing(ctx, connection, campaign_id, key)
    if standing is None and draft is None:
        return
    row = None
    if draft is not None:
        booking = await load_booking(ctx, connection, campaign_id, [draft])
        row = booking.values(ctx, replace(draft, external_id=f"{key}:{count + 1}"), Source.MANUAL)
        if standing is not None and all(
            getattr(standing, name) == row[name] for name in ("line_id", "day", "net_minor", "currency")
        ):
            return
    campaign = await lock_campaign(ctx, connection, campaign_id)
    rules.check_open(campaign.state)
    written = [] if row is None else [row]
    if standing is not None:
        written.append(reversal_of(ctx, standing, standing.note))
    # One by one: their columns differ.
    for each in written:
        await entries.insert_entries(connection, [each])
    await store.recount(ctx, connection, [each["line_id"] for each in written])
