"""Lists of requests: waiting for me, asked by me, all."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Text, and_, cast, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import members
from gonfalon.kit.paging import PageRequest
from gonfalon.planning.approvals import store
from gonfalon.planning.approvals.model import ApproverKind, SubjectKind
from gonfalon.planning.approvals.tables import (
    approval_decisions,
    approval_group_members,
    approval_requests,
    approval_stand_ins,
    approval_steps,
)
from gonfalon.planning.tables import campaign_members, campaigns


class View(StrEnum):
    """Whose requests."""

    WAITING = "waiting"
    ASKED = "asked"
    ALL = "all"


def decided_by(ctx: Context, user_id: UUID) -> ColumnElement[bool]:
    """That a member may decide the open step of a request and has not: what `rules.bench` says, in SQL."""
    today = ctx.today
    step = approval_steps
    gone = ~exists().where(
        members.c.workspace_id == ctx.workspace.id, members.c.user_id == approval_stand_ins.c.for_user_id
    )
    within = and_(
        func.coalesce(approval_stand_ins.c.starts_on, today) <= today,
        func.coalesce(approval_stand_ins.c.ends_on, today) >= today,
    )
    in_group = exists().where(
        approval_group_members.c.workspace_id == ctx.workspace.id,
        cast(approval_group_members.c.group_id, Text) == step.c.approver_ref,
        approval_group_members.c.user_id == user_id,
    )
    stands_in = exists().where(
        approval_stand_ins.c.workspace_id == ctx.workspace.id,
        cast(approval_stand_ins.c.group_id, Text) == step.c.approver_ref,
        approval_stand_ins.c.user_id == user_id,
        or_(within, step.c.escalated_at.is_not(None), gone),
    )
    has_part = exists().where(
        campaign_members.c.workspace_id == ctx.workspace.id,
        campaign_members.c.campaign_id == approval_requests.c.campaign_id,
        campaign_members.c.user_id == user_id,
        campaign_members.c.part == store.VISIBLE_PART,
    )
    role = ctx.actor.role.value if ctx.actor.role else ""
    return and_(
        approval_requests.c.state == "waiting",
        approval_requests.c.void_since.is_(None),
        or_(
            and_(step.c.approver_kind == ApproverKind.GROUP.value, or_(in_group, stands_in)),
            and_(step.c.approver_kind == ApproverKind.PART.value, has_part),
            and_(step.c.approver_kind == ApproverKind.ROLE.value, step.c.approver_ref == role),
        ),
        or_(approval_requests.c.asked_by.is_distinct_from(user_id), step.c.alone),
        ~exists().where(approval_decisions.c.step_id == step.c.id, approval_decisions.c.user_id == user_id),
    )


async def list_requests(
    ctx: Context,
    connection: AsyncConnection,
    page: PageRequest,
    *,
    view: View = View.ALL,
    standing: str | None = None,
    kind: SubjectKind | None = None,
    campaign_id: UUID | None = None,
    words: str = "",
) -> list[Row[Any]]:
    """The newest first, one more than the page holds: the request, its campaign's name, its open step, and `mine`."""
    me = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else UUID(int=0)
    mine = decided_by(ctx, me)
    step = approval_steps
    query: Select[Any] = (
        select(
            *approval_requests.c,
            campaigns.c.name.label("campaign_name"),
            step.c.label.label("step_label"),
            step.c.approver_kind.label("step_kind"),
            step.c.due_at,
            func.coalesce(mine, False).label("mine"),
        )
        .outerjoin(campaigns, campaigns.c.id == approval_requests.c.campaign_id)
        .join(step, and_(step.c.request_id == approval_requests.c.id, step.c.position == approval_requests.c.step))
        .where(store.seen(ctx))
        .order_by(approval_requests.c.id.desc())
        .limit(page.limit + 1)
    )
    if page.after:
        query = query.where(approval_requests.c.id < UUID(str(page.after[0])))
    if view is View.WAITING:
        query = query.where(mine)
    elif view is View.ASKED:
        query = query.where(approval_requests.c.asked_by == me)
    if standing == "void":
        query = query.where(approval_requests.c.void_since.is_not(None))
    elif standing is not None:
        query = query.where(approval_requests.c.state == standing, approval_requests.c.void_since.is_(None))
    if kind is not None:
        query = query.where(approval_requests.c.kind == kind.value)
    if campaign_id is not None:
        query = query.where(approval_requests.c.campaign_id == campaign_id)
    for word in words.split():
        query = query.where(
            approval_requests.c.title.icontains(word, autoescape=True)
            | campaigns.c.name.icontains(word, autoescape=True)
        )
    return list((await connection.execute(query)).all())
