"""Planning touchpoints. Launching one is in `launch/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

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
from gonfalon.planning.campaigns.store import lock_campaign
from gonfalon.planning.store import check_reference, save_version
from gonfalon.planning.tables import touchpoints
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
) -> UUID:
    """A further touchpoint of the campaign, as a draft; returns its id. utm: own link tags, None for no tags."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    touchpoint_id = new_id()
    values = _values(
        name, channel, audience_id, template_id, sender_identity_id, topic_id, send_at, per_hour, holdout_percent, utm
    )
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        counted = await connection.execute(
            select(func.count()).select_from(touchpoints).where(touchpoints.c.campaign_id == campaign_id)
        )
        if counted.scalar_one() >= MOST_TOUCHPOINTS:
            raise Invalid("touchpoints_many", f"A campaign can have at most {MOST_TOUCHPOINTS} touchpoints.")
        await _check_references(ctx, connection, values, None)
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
    channel: str,
    audience_id: UUID | None,
    template_id: UUID | None,
    sender_identity_id: UUID | None,
    topic_id: int | None,
    send_at: datetime | None,
    per_hour: int | None,
    holdout_percent: int,
    utm: Mapping[str, str] | None,
) -> None:
    """Saves a draft as it was at `version`; a launched touchpoint is what was launched and cannot be changed."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(
        name, channel, audience_id, template_id, sender_identity_id, topic_id, send_at, per_hour, holdout_percent, utm
    )
    async with ctx.transaction() as connection:
        before = await lock_touchpoint(ctx, connection, touchpoint_id)
        _check_draft(before)
        await _check_references(ctx, connection, values, before)
        await save_version(ctx, connection, touchpoints, touchpoint_id, version, values)
        changed = {key: None if value is None else str(value) for key, value in values.items()}
        changed = {key: value for key, value in changed.items() if values[key] != getattr(before, key)}
        await ctx.audit(connection, "touchpoint.changed", "touchpoint", touchpoint_id, values["name"], changed=changed)


async def delete_touchpoint(ctx: Context, touchpoint_id: UUID) -> None:
    """Deletes a draft; what was launched stays."""
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


def _values(
    name: str,
    channel: str,
    audience_id: UUID | None,
    template_id: UUID | None,
    sender_identity_id: UUID | None,
    topic_id: int | None,
    send_at: datetime | None,
    per_hour: int | None,
    holdout_percent: int,
    utm: Mapping[str, str] | None,
) -> dict[str, Any]:
    if not name.strip():
        raise Invalid("name_missing", "Give the touchpoint a name.")
    return {
        "name": name.strip(),
        "channel": channel,
        "audience_id": audience_id,
        "template_id": template_id,
        "sender_identity_id": sender_identity_id,
        "topic_id": topic_id,
        "send_at": send_at,
        "per_hour": per_hour,
        "holdout_percent": holdout_percent,
        "utm": None if utm is None else {name: value for name, value in utm.items() if value},
    }


async def _check_references(
    ctx: Context, connection: AsyncConnection, values: dict[str, Any], before: Row[Any] | None
) -> None:
    # What was chosen earlier and has been archived since may stay: the launch check says so, saving need not.
    for key, table, noun in (
        ("audience_id", audiences, "audience"),
        ("template_id", templates, "template"),
        ("sender_identity_id", sender_identities, "sender"),
        ("topic_id", topics, "topic"),
    ):
        if before is None or values[key] != getattr(before, key):
            await check_reference(ctx, connection, table, values[key], noun)
