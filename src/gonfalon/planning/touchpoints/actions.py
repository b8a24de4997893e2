"""Planning touchpoints, and saying that one was carried out elsewhere. Launching is in `launch/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import FromClause
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import check_reference, insert_row, save_version, values_of
from gonfalon.approvals.model import Subject, SubjectKind
from gonfalon.approvals.subjects import check_approved, measure
from gonfalon.audiences.tables import audiences
from gonfalon.channels.offers import all_senders, sent_here, usual_channel
from gonfalon.content.tables import templates
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.people.tables import topics
from gonfalon.planning.budget.entries.settling import settle_cost
from gonfalon.planning.budget.model import EntryDraft, EntryKind
from gonfalon.planning.campaigns.store import begin_campaign, lock_campaign
from gonfalon.planning.model import TouchpointChannel
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.planning.touchpoints.model import Touchpoint, TouchpointDone, TouchpointDraft
from gonfalon.planning.touchpoints.rules import check_done
from gonfalon.planning.touchpoints.store import count_touchpoints, find_touchpoint, has_line, lock_touchpoint

MOST_TOUCHPOINTS = 200
_PLATFORMS = (TouchpointChannel.ADS.value, TouchpointChannel.SOCIAL.value)
"""Channels whose costs a platform charges."""


def _references(ctx: Context) -> tuple[tuple[str, FromClause, str], ...]:
    return (
        ("audience_id", audiences, "audience"),
        ("template_id", templates, "template"),
        ("sender_identity_id", all_senders(ctx.services), "sender"),
        ("topic_id", topics, "topic"),
    )


async def create_touchpoint(ctx: Context, campaign_id: UUID, draft: TouchpointDraft) -> UUID:
    """Plan a further touchpoint of the campaign, as a draft; returns its id. Without a channel it is of the first that
    Gonfalon sends."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(draft, usual_channel(ctx.services).name)
    async with ctx.transaction() as connection:
        return await add_touchpoint(ctx, connection, campaign_id, values)


async def add_touchpoint(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, values: Mapping[str, Any]
) -> UUID:
    """Do the same in a transaction of the caller's, from values by column; writes the audit line. Returns the id."""
    await _check_room(ctx, connection, campaign_id)
    await _check_references(ctx, connection, campaign_id, values, None)
    touchpoint_id = await insert_row(ctx, connection, touchpoints, campaign_id=campaign_id, **values)
    await ctx.audit(
        connection, "touchpoint.created", "touchpoint", touchpoint_id, values["name"], campaign_id=campaign_id
    )
    return touchpoint_id


async def update_touchpoint(ctx: Context, touchpoint_id: UUID, version: int, draft: TouchpointDraft) -> None:
    """Save a draft as it was at `version`; what was launched or done cannot be changed."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        before = await lock_touchpoint(ctx, connection, touchpoint_id)
        values = _values(draft, before.channel)
        _check_draft(before)
        await _check_references(ctx, connection, before.campaign_id, values, before)
        await save_version(ctx, connection, touchpoints, touchpoint_id, version, values)
        changed = {key: None if value is None else str(value) for key, value in values.items()}
        changed = {key: value for key, value in changed.items() if values[key] != getattr(before, key)}
        await ctx.audit(
            connection,
            "touchpoint.changed",
            "touchpoint",
            touchpoint_id,
            values["name"],
            campaign_id=before.campaign_id,
            changed=changed,
        )


async def rename_touchpoint(ctx: Context, touchpoint_id: UUID, version: int, name: str) -> None:
    """Give a touchpoint another name, one that was launched too: its links keep the tags they were sent with."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        before = await lock_touchpoint(ctx, connection, touchpoint_id)
        if before.name == name:
            return
        await save_version(ctx, connection, touchpoints, touchpoint_id, version, {"name": name})
        await ctx.audit(connection, "touchpoint.renamed", "touchpoint", touchpoint_id, name, before=before.name)


async def mark_done(ctx: Context, touchpoint_id: UUID, version: int, done: TouchpointDone) -> None:
    """Say that what Gonfalon does not send was carried out on a day, or corrects what was said; sets a planned
    campaign running. What it cost is entered as spent on the budget line that pays for it, if it has one.

    Raises Conflict for what Gonfalon sends (`channel_sent_here`), and while an approval is missing that the launch
    needs.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    today = ctx.today
    subject = Subject(SubjectKind.LAUNCH, touchpoint_id)
    measured = await measure(ctx, subject)
    async with ctx.transaction() as connection:
        row = await lock_touchpoint(ctx, connection, touchpoint_id)
        check_done(row.name, row.channel in sent_here(ctx.services), done.on, today)
        if row.done_on is None:
            await check_approved(ctx, connection, subject, measured)
            await begin_campaign(ctx, connection, row.campaign_id)
        line = done.budget_line_id or row.budget_line_id
        if line is not None and line != row.budget_line_id:
            await _check_line(ctx, connection, row.campaign_id, line)
        values = {
            "done_on": done.on,
            "done_by": ctx.actor.name,
            "reached": done.reached,
            "cost_minor": done.cost_minor,
            "told_conversions": done.told_conversions,
            "told_revenue_minor": done.told_revenue_minor,
            "budget_line_id": line,
        }
        await save_version(ctx, connection, touchpoints, touchpoint_id, version, values)
        await _enter_cost(ctx, connection, row, line, done.on, done.cost_minor)
        await ctx.audit(
            connection,
            "touchpoint.done",
            "touchpoint",
            touchpoint_id,
            row.name,
            campaign_id=row.campaign_id,
            channel=row.channel,
            on=done.on.isoformat(),
            reached=done.reached,
            cost_minor=done.cost_minor,
            told_conversions=done.told_conversions,
            told_revenue_minor=done.told_revenue_minor,
            budget_line=line and str(line),
        )


async def take_back_done(ctx: Context, touchpoint_id: UUID) -> None:
    """Make a touchpoint that was marked as done a draft again, and takes its cost back; raises Conflict for one that
    was not."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        row = await lock_touchpoint(ctx, connection, touchpoint_id)
        if row.done_on is None:
            raise Conflict("touchpoint_open", f"“{row.name}” is not marked as done.", name=row.name)
        values = {"done_on": None, "done_by": "", "reached": None, "cost_minor": None}
        values |= {"told_conversions": None, "told_revenue_minor": None}
        await save_version(ctx, connection, touchpoints, touchpoint_id, row.version, values)
        await _enter_cost(ctx, connection, row, None, row.done_on, None)
        await ctx.audit(
            connection,
            "touchpoint.reopened",
            "touchpoint",
            touchpoint_id,
            row.name,
            campaign_id=row.campaign_id,
            on=row.done_on.isoformat(),
            reached=row.reached,
            cost_minor=row.cost_minor,
        )


async def _enter_cost(
    ctx: Context, connection: AsyncConnection, row: Touchpoint, line: UUID | None, on: date, cost_minor: int | None
) -> None:
    kind = EntryKind.MEDIA if row.channel in _PLATFORMS else EntryKind.INVOICE
    entry = (
        EntryDraft(line, kind, on, cost_minor, ctx.workspace.currency, note=row.name) if line and cost_minor else None
    )
    await settle_cost(ctx, connection, row.campaign_id, f"touchpoint:{row.id}", entry)


async def duplicate_touchpoint(ctx: Context, touchpoint_id: UUID, name: str) -> UUID:
    """Return a draft like a touchpoint of any state, without time, results or numbers; returns its id.

    What it used and is archived since is left open.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if not name.strip():
        raise Invalid("name_missing", "Give the touchpoint a name.")
    async with ctx.transaction() as connection:
        row = await find_touchpoint(ctx, connection, touchpoint_id)
        kept = values_of(row, TouchpointDraft)
        values = kept | {"name": name.strip(), "send_at": None}
        for key, table, noun in _references(ctx):
            try:
                await check_reference(ctx, connection, table, values[key], noun)
            except Invalid:
                values[key] = None
        return await add_touchpoint(ctx, connection, row.campaign_id, values)


async def archive_touchpoint(ctx: Context, touchpoint_id: UUID, *, archived: bool = True) -> None:
    """Take a draft out of every list and plan, or back; what was launched or done stays where it is."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        present = await lock_touchpoint(ctx, connection, touchpoint_id, archived=True)
        _check_draft(present)
        if (present.archived_at is not None) == archived:
            return
        if not archived:
            await _check_room(ctx, connection, present.campaign_id)
        values = {"archived_at": ctx.now if archived else None}
        await save_version(ctx, connection, touchpoints, touchpoint_id, present.version, values)
        verb = "touchpoint.archived" if archived else "touchpoint.restored"
        await ctx.audit(connection, verb, "touchpoint", touchpoint_id, present.name, campaign_id=present.campaign_id)


async def _check_room(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> None:
    await lock_campaign(ctx, connection, campaign_id)
    if await count_touchpoints(connection, campaign_id) >= MOST_TOUCHPOINTS:
        raise Invalid(
            "touchpoints_many", f"A campaign can have at most {MOST_TOUCHPOINTS} touchpoints.", most=MOST_TOUCHPOINTS
        )


def _check_draft(row: Touchpoint) -> None:
    if row.launched_at is not None:
        raise Conflict(
            "touchpoint_launched",
            f"“{row.name}” has been launched and cannot be changed any more; pause or cancel it, or plan another one.",
            name=row.name,
        )
    if row.done_on is not None:
        raise Conflict(
            "touchpoint_done", f"“{row.name}” is marked as done; take that back before changing it.", name=row.name
        )


def _values(draft: TouchpointDraft, channel: str) -> dict[str, Any]:
    if not draft.name.strip():
        raise Invalid("name_missing", "Give the touchpoint a name.")
    tags = None if draft.utm is None else {key: value for key, value in asdict(draft.utm).items() if value}
    changed = {"name": draft.name.strip(), "channel": draft.channel.value if draft.channel else channel, "utm": tags}
    return values_of(draft, TouchpointDraft) | changed


async def _check_references(
    ctx: Context,
    connection: AsyncConnection,
    campaign_id: UUID,
    values: Mapping[str, Any],
    before: Touchpoint | None,
) -> None:
    # What was chosen earlier and has been archived since may stay: the launch check says so, saving need not.
    for key, table, noun in _references(ctx):
        wanted = values.get(key)
        if before is None or wanted != getattr(before, key):
            await check_reference(ctx, connection, table, wanted, noun)
    line = values.get("budget_line_id")
    if line is not None and (before is None or line != before.budget_line_id):
        await _check_line(ctx, connection, campaign_id, line)


async def _check_line(ctx: Context, connection: AsyncConnection, campaign_id: UUID, line: UUID) -> None:
    if not await has_line(ctx, connection, campaign_id, line):
        raise Invalid("budget_line_unknown", "The chosen budget line does not exist any more; choose another one.")
