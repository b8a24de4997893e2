"""Database calls of launching: what is frozen and locked, and which launches somebody should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, cast, exists, func, literal, not_, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import known
from gonfalon.audiences.model import AudienceKind
from gonfalon.audiences.tables import audiences
from gonfalon.content.tables import template_versions, templates
from gonfalon.delivery.model import SendingTrouble
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.rows import all_of, first_of
from gonfalon.metrics.model import Category
from gonfalon.planning.tables.budget import budget_lines
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.planning.touchpoints.model import Touchpoint
from gonfalon.planning.touchpoints.store import GOES_AT
from gonfalon.teamwork.model import NoticeKind, ThingKind
from gonfalon.teamwork.tables import notices


@dataclass(frozen=True, slots=True)
class SentVersion:
    """A version of a template, with the template's name and channel."""

    template_id: UUID
    number: int
    name: str
    channel: str
    subject: str
    preheader: str
    source: str
    text: str | None


@dataclass(frozen=True, slots=True)
class MadeOf:
    """An audience that something is sent to, or that such a one is made of."""

    id: UUID
    kind: AudienceKind
    rule: Any
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stake:
    """What a launch risks: its campaign's category and planned money, and whether nothing else used the channel."""

    category: Category
    planned_minor: int
    first_use: bool


@dataclass(frozen=True, slots=True)
class Led:
    """A touchpoint's name, and who leads its campaign."""

    name: str
    leader_id: UUID | None


@dataclass(frozen=True, slots=True)
class Due:
    """A launch that should have begun."""

    workspace_id: int
    touchpoint_id: UUID


async def same_audience(ctx: Context, connection: AsyncConnection, one: Touchpoint, near: timedelta) -> tuple[str, ...]:
    """Name other launched touchpoints to the same audience that go out at about the same time."""
    if one.audience_id is None:
        return ()
    at = one.send_at or ctx.now
    found = await connection.execute(
        select(touchpoints.c.name)
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .where(
            touchpoints.c.workspace_id == ctx.workspace.id,
            touchpoints.c.audience_id == one.audience_id,
            touchpoints.c.id != one.id,
            touchpoints.c.launched_at.is_not(None),
            func.coalesce(dispatches.c.state, "") != "cancelled",
            GOES_AT.between(at - near, at + near),
        )
        .order_by(GOES_AT.desc())
        .limit(10)
    )
    return tuple(found.scalars())


async def find_version(
    ctx: Context,
    connection: AsyncConnection,
    template_id: UUID | None,
    number: int | None = None,
    *,
    lock: bool = False,
) -> SentVersion | None:
    """Find a version of a template, without a number the newest.

    lock: nobody saves the template anew until the transaction ends; None where somebody just did.
    """
    if template_id is None:
        return None
    query: Select[Any] = (
        select(template_versions, templates.c.name, templates.c.channel)
        .join(templates, templates.c.id == template_versions.c.template_id)
        .where(
            template_versions.c.template_id == template_id,
            template_versions.c.workspace_id == ctx.workspace.id,
            template_versions.c.number == (templates.c.version if number is None else number),
        )
    )
    return await first_of(connection, query.with_for_update(read=True, of=templates) if lock else query, SentVersion)


async def audiences_of(
    ctx: Context, connection: AsyncConnection, audience_id: UUID | None, *, lock: bool = False
) -> list[MadeOf]:
    """Read the audience and, one level after the other, those that its rule speaks of."""
    known: dict[UUID, MadeOf] = {}
    wanted = [] if audience_id is None else [audience_id]
    while wanted:
        query = (
            select(audiences.c.id, audiences.c.kind, audiences.c.rule, audiences.c.references)
            .where(audiences.c.workspace_id == ctx.workspace.id, audiences.c.id.in_(wanted))
            .order_by(audiences.c.id)
        )
        rows = await all_of(connection, query.with_for_update(read=True) if lock else query, MadeOf)
        known |= {row.id: row for row in rows}
        spoken = {word.removeprefix("audience:") for row in rows for word in row.references if "audience:" in word}
        wanted = [UUID(each) for each in sorted(spoken) if UUID(each) not in known]
    return list(known.values())


async def find_stake(ctx: Context, connection: AsyncConnection, one: Touchpoint) -> Stake:
    """Return what rules of approvals ask about a touchpoint's launch; raises NotFound where its campaign is unseen."""
    sent = exists().where(
        dispatches.c.workspace_id == ctx.workspace.id,
        dispatches.c.channel == one.channel.value,
        dispatches.c.touchpoint_id != one.id,
        dispatches.c.state != "cancelled",
    )
    done = exists().where(
        touchpoints.c.workspace_id == ctx.workspace.id,
        touchpoints.c.channel == one.channel.value,
        touchpoints.c.id != one.id,
        touchpoints.c.done_on.is_not(None),
    )
    planned = select(cast(func.coalesce(func.sum(budget_lines.c.planned_minor), 0), BigInteger)).where(
        budget_lines.c.campaign_id == campaigns.c.id, budget_lines.c.workspace_id == ctx.workspace.id
    )
    query = select(
        campaigns.c.category, planned.scalar_subquery().label("planned_minor"), not_(or_(sent, done)).label("first_use")
    ).where(
        campaigns.c.id == one.campaign_id,
        campaigns.c.workspace_id == ctx.workspace.id,
        seen_campaigns(ctx, campaigns.c.id),
    )
    return known(await first_of(connection, query, Stake), "campaign")


async def list_due(connection: AsyncConnection, task: str) -> list[Due]:
    """List launches of all workspaces that should have begun a minute ago and that no job of this name waits for."""
    due = text(
        "select d.workspace_id, d.touchpoint_id from dispatches d "
        "where d.state = 'preparing' and d.started_at is null "
        "and greatest(d.state_at, case when not d.frozen then d.send_at end) < now() - interval '1 minute' "
        "and not exists (select from procrastinate_jobs j where j.task_name = :task "
        "and j.status in ('todo', 'doing') and j.args ->> 'touchpoint_id' = d.touchpoint_id::text)"
    )
    return await all_of(connection, due.bindparams(task=task), Due)


async def list_failed(connection: AsyncConnection) -> list[SendingTrouble]:
    """List launches of all workspaces that came to nothing within the last day."""
    t = touchpoints.c
    query = select(
        t.workspace_id,
        t.id.label("touchpoint_id"),
        t.campaign_id,
        literal("failed").label("trouble"),
        t.launch_problem["code"].astext.label("reason"),
        func.concat("failed ", t.version).label("once"),
    ).where(
        t.launched_at.is_(None), t.launch_problem.is_not(None), t.updated_at > func.now() - text("interval '1 day'")
    )
    return await all_of(connection, query, SendingTrouble)


async def list_told(connection: AsyncConnection, ids: set[UUID], kinds: Sequence[NoticeKind]) -> set[tuple[UUID, str]]:
    """List what was told of these touchpoints by notices of these kinds: the touchpoint and the event's name."""
    found = await connection.execute(
        select(notices.c.thing_id, notices.c.once).where(
            notices.c.thing_kind == ThingKind.TOUCHPOINT.value,
            notices.c.thing_id.in_(ids),
            notices.c.kind.in_([kind.value for kind in kinds]),
        )
    )
    return {(row.thing_id, row.once) for row in found}


async def find_led(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID) -> Led | None:
    """Find a touchpoint's name and its campaign's leader."""
    query = (
        select(touchpoints.c.name, campaigns.c.leader_id)
        .join(campaigns, campaigns.c.id == touchpoints.c.campaign_id)
        .where(touchpoints.c.id == touchpoint_id, touchpoints.c.workspace_id == ctx.workspace.id)
    )
    return await first_of(connection, query, Led)
