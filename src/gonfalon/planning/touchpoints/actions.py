"""Planning touchpoints, and saying that one was carried out elsewhere. Launching an email is in `launch/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.audiences.tables import audiences
from gonfalon.channels.email.tables import sender_identities
from gonfalon.content.tables import templates
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.people.tables import topics
from gonfalon.planning.approvals.model import Subject, SubjectKind
from gonfalon.planning.approvals.subjects import check_approved, measure
from gonfalon.planning.campaigns.store import begin_campaign, lock_campaign
from gonfalon.planning.store import check_reference, save_version
from gonfalon.planning.tables import budget_lines, touchpoints
from gonfalon.planning.touchpoints.model import TouchpointChannel
from gonfalon.planning.touchpoints.rules import check_done
from gonfalon.planning.touchpoints.store import lock_touchpoint

MOST_TOUCHPOINTS = 200
_USUAL_TAGS: Mapping[str, str] = MappingProxyType({})


async def create_touchpoint(
    ctx: Context,
    campaign_id: UUID,
    *,
    name: str,
    channel: str = "email",
    audience_id: UUID | None = None,
    template_id: UUID | None = None,
    sender_identity_id: UUID | None = None,
    topic_id: int | None = None,
    send_at: datetime | None = None,
    per_hour: int | None = None,
    holdout_percent: int = 0,
    utm: Mapping[str, str] | None = _USUAL_TAGS,
    note: str = "",
    budget_line_id: UUID | None = None,
) -> UUID:
    """A further touchpoint of the campaign, as a draft; returns its id. utm: own link tags, None for no tags."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(
        name=name,
        channel=channel,
        audience_id=audience_id,
        template_id=template_id,
        sender_identity_id=sender_identity_id,
        topic_id=topic_id,
        send_at=send_at,
        per_hour=per_hour,
        holdout_percent=holdout_percent,
        utm=utm,
        note=note,
        budget_line_id=budget_line_id,
    )
    async with ctx.transaction() as connection:
        return await add_touchpoint(ctx, connection, campaign_id, values)


async def add_touchpoint(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, values: Mapping[str, Any]
) -> UUID:
    """The same in a transaction of the caller's, from values by column; writes the audit line. Returns the id."""
    touchpoint_id = new_id()
    campaign = await lock_campaign(ctx, connection, campaign_id)
    counted = await connection.execute(
        select(func.count()).select_from(touchpoints).where(touchpoints.c.campaign_id == campaign_id)
    )
    if counted.scalar_one() >= MOST_TOUCHPOINTS:
        raise Invalid("touchpoints_many", f"A campaign can have at most {MOST_TOUCHPOINTS} touchpoints.")
    await _check_references(ctx, connection, campaign_id, values, None)
    await connection.execute(
        insert(touchpoints).values(
            id=touchpoint_id,
            workspace_id=ctx.workspace.id,
            campaign_id=campaign_id,
            updated_by=ctx.actor.name,
            **values,
        )
    )
    await ctx.audit(
        connection, "touchpoint.created", "touchpoint", touchpoint_id, values["name"], campaign=campaign.name
    )
    return touchpoint_id


async def update_touchpoint(
    ctx: Context,
    touchpoint_id: UUID,
    version: int,
    *,
    name: str,
    channel: str | None,
    audience_id: UUID | None,
    template_id: UUID | None,
    sender_identity_id: UUID | None,
    topic_id: int | None,
    send_at: datetime | None,
    per_hour: int | None,
    holdout_percent: int,
    utm: Mapping[str, str] | None,
    note: str,
    budget_line_id: UUID | None,
) -> None:
    """Saves a draft as it was at `version`; what was launched or done cannot be changed. channel None: it stays."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        before = await lock_touchpoint(ctx, connection, touchpoint_id)
        values = _values(
            name=name,
            channel=before.channel if channel is None else channel,
            audience_id=audience_id,
            template_id=template_id,
            sender_identity_id=sender_identity_id,
            topic_id=topic_id,
            send_at=send_at,
            per_hour=per_hour,
            holdout_percent=holdout_percent,
            utm=utm,
            note=note,
            budget_line_id=budget_line_id,
        )
        _check_draft(before)
        await _check_references(ctx, connection, before.campaign_id, values, before)
        await save_version(ctx, connection, touchpoints, touchpoint_id, version, values)
        changed = {key: None if value is None else str(value) for key, value in values.items()}
        changed = {key: value for key, value in changed.items() if values[key] != getattr(before, key)}
        await ctx.audit(connection, "touchpoint.changed", "touchpoint", touchpoint_id, values["name"], changed=changed)


async def mark_done(
    ctx: Context, touchpoint_id: UUID, version: int, *, on: date, reached: int | None, cost_minor: int | None
) -> None:
    """Says that what Gonfalon does not send was carried out on a day, or corrects what was said; sets a planned
    campaign running.

    Raises Conflict for an email (`channel_sent_here`), and while an approval that the launch needs is missing.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    today = ctx.now.astimezone(ZoneInfo(ctx.workspace.time_zone)).date()
    subject = Subject(SubjectKind.LAUNCH, touchpoint_id)
    measured = await measure(ctx, subject)
    async with ctx.transaction() as connection:
        row = await lock_touchpoint(ctx, connection, touchpoint_id)
        check_done(row.name, TouchpointChannel(row.channel), on, today)
        if row.done_on is None:
            await check_approved(ctx, connection, subject, measured)
            await begin_campaign(ctx, connection, row.campaign_id)
        values = {"done_on": on, "done_by": ctx.actor.name, "reached": reached, "cost_minor": cost_minor}
        await save_version(ctx, connection, touchpoints, touchpoint_id, version, values)
        await ctx.audit(
            connection,
            "touchpoint.done",
            "touchpoint",
            touchpoint_id,
            row.name,
            channel=row.channel,
            on=on.isoformat(),
            reached=reached,
            cost_minor=cost_minor,
        )


async def take_back_done(ctx: Context, touchpoint_id: UUID) -> None:
    """Makes a touchpoint that was marked as done a draft again; raises Conflict for one that was not."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        row = await lock_touchpoint(ctx, connection, touchpoint_id)
        if row.done_on is None:
            raise Conflict("touchpoint_open", f"“{row.name}” is not marked as done.")
        values = {"done_on": None, "done_by": "", "reached": None, "cost_minor": None}
        await save_version(ctx, connection, touchpoints, touchpoint_id, row.version, values)
        await ctx.audit(
            connection,
            "touchpoint.reopened",
            "touchpoint",
            touchpoint_id,
            row.name,
            on=row.done_on.isoformat(),
            reached=row.reached,
            cost_minor=row.cost_minor,
        )


async def delete_touchpoint(ctx: Context, touchpoint_id: UUID) -> None:
    """Deletes a draft; what was launched or done stays."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        present = await lock_touchpoint(ctx, connection, touchpoint_id)
        _check_draft(present)
        await connection.execute(
            delete(touchpoints).where(touchpoints.c.id == touchpoint_id, touchpoints.c.workspace_id == ctx.workspace.id)
        )
        await ctx.audit(connection, "touchpoint.deleted", "touchpoint", touchpoint_id, present.name)


def _check_draft(row: Row[Any]) -> None:
    if row.launched_at is not None:
        raise Conflict(
            "touchpoint_launched",
            f"“{row.name}” has been launched and cannot be changed any more; pause or cancel it, or plan another one.",
        )
    if row.done_on is not None:
        raise Conflict("touchpoint_done", f"“{row.name}” is marked as done; take that back before changing it.")


def _values(*, name: str, channel: str, utm: Mapping[str, str] | None, **others: Any) -> dict[str, Any]:
    if not name.strip():
        raise Invalid("name_missing", "Give the touchpoint a name.")
    tags = None if utm is None else {key: value for key, value in utm.items() if value}
    return {"name": name.strip(), "channel": TouchpointChannel(channel).value, "utm": tags, **others}


async def _check_references(
    ctx: Context,
    connection: AsyncConnection,
    campaign_id: UUID,
    values: Mapping[str, Any],
    before: Row[Any] | None,
) -> None:
    # What was chosen earlier and has been archived since may stay: the launch check says so, saving need not.
    for key, table, noun in (
        ("audience_id", audiences, "audience"),
        ("template_id", templates, "template"),
        ("sender_identity_id", sender_identities, "sender"),
        ("topic_id", topics, "topic"),
    ):
        wanted = values.get(key)
        if before is None or wanted != getattr(before, key):
            await check_reference(ctx, connection, table, wanted, noun)
    line = values.get("budget_line_id")
    if line is not None and (before is None or line != before.budget_line_id):
        found = await connection.execute(
            select(budget_lines.c.id).where(
                budget_lines.c.id == line,
                budget_lines.c.campaign_id == campaign_id,
                budget_lines.c.workspace_id == ctx.workspace.id,
            )
        )
        if found.first() is None:
            raise Invalid("budget_line_unknown", "The chosen budget line does not exist any more; choose another one.")
