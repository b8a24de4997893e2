"""Reading rules and groups."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import members, users
from gonfalon.planning.approvals.model import ApproverKind
from gonfalon.planning.approvals.tables import (
    approval_group_members,
    approval_groups,
    approval_requests,
    approval_rules,
    approval_stand_ins,
    approval_steps,
)
from gonfalon.planning.store import NOUNS, not_found


async def list_groups(ctx: Context, connection: AsyncConnection) -> list[Row[Any]]:
    """The groups by name."""
    found = await connection.execute(
        select(approval_groups)
        .where(approval_groups.c.workspace_id == ctx.workspace.id)
        .order_by(approval_groups.c.name, approval_groups.c.id)
    )
    return list(found.all())


async def find_group(ctx: Context, connection: AsyncConnection, group_id: UUID) -> Row[Any]:
    """One group; raises NotFound."""
    found = await connection.execute(
        select(approval_groups).where(
            approval_groups.c.id == group_id, approval_groups.c.workspace_id == ctx.workspace.id
        )
    )
    row = found.first()
    if row is None:
        raise not_found("approval group")
    return row


async def list_group_members(ctx: Context, connection: AsyncConnection) -> list[Row[Any]]:
    """Of all groups: group_id, user_id, name, and whether they still are members of the workspace."""
    found = await connection.execute(
        select(
            approval_group_members.c.group_id,
            users.c.id.label("user_id"),
            users.c.name,
            members.c.user_id.is_not(None).label("present"),
        )
        .join(users, users.c.id == approval_group_members.c.user_id)
        .outerjoin(members, (members.c.user_id == users.c.id) & (members.c.workspace_id == ctx.workspace.id))
        .where(approval_group_members.c.workspace_id == ctx.workspace.id)
        .order_by(users.c.name, users.c.id)
    )
    return list(found.all())


async def list_stand_ins(ctx: Context, connection: AsyncConnection) -> list[Row[Any]]:
    """Of all groups."""
    found = await connection.execute(
        select(approval_stand_ins, users.c.name)
        .join(users, users.c.id == approval_stand_ins.c.user_id)
        .where(approval_stand_ins.c.workspace_id == ctx.workspace.id)
        .order_by(approval_stand_ins.c.starts_on, approval_stand_ins.c.id)
    )
    return list(found.all())


async def list_rules(ctx: Context, connection: AsyncConnection) -> list[Row[Any]]:
    """The rules in their order."""
    found = await connection.execute(
        select(approval_rules)
        .where(approval_rules.c.workspace_id == ctx.workspace.id)
        .order_by(approval_rules.c.position, approval_rules.c.id)
    )
    return list(found.all())


async def find_rule(ctx: Context, connection: AsyncConnection, rule_id: UUID) -> Row[Any]:
    """One rule; raises NotFound."""
    found = await connection.execute(
        select(approval_rules).where(approval_rules.c.id == rule_id, approval_rules.c.workspace_id == ctx.workspace.id)
    )
    row = found.first()
    if row is None:
        raise not_found("approval rule")
    return row


async def waiting_for_group(ctx: Context, connection: AsyncConnection, group_id: UUID) -> list[Row[Any]]:
    """The requests that wait and have the group in a step."""
    found = await connection.execute(
        select(approval_requests)
        .where(
            approval_requests.c.workspace_id == ctx.workspace.id,
            approval_requests.c.state == "waiting",
            approval_requests.c.id.in_(
                select(approval_steps.c.request_id).where(
                    approval_steps.c.workspace_id == ctx.workspace.id,
                    approval_steps.c.approver_kind == ApproverKind.GROUP.value,
                    approval_steps.c.approver_ref == str(group_id),
                )
            ),
        )
        .order_by(approval_requests.c.id)
    )
    return list(found.all())


async def people_of(ctx: Context, connection: AsyncConnection, group_id: UUID) -> set[UUID]:
    """Everybody a group names, stand-ins too."""
    found = await connection.execute(
        union(
            select(approval_group_members.c.user_id).where(
                approval_group_members.c.workspace_id == ctx.workspace.id,
                approval_group_members.c.group_id == group_id,
            ),
            select(approval_stand_ins.c.user_id).where(
                approval_stand_ins.c.workspace_id == ctx.workspace.id, approval_stand_ins.c.group_id == group_id
            ),
        )
    )
    return set(found.scalars())


async def members_among(ctx: Context, connection: AsyncConnection, ids: Collection[UUID]) -> set[UUID]:
    """Those of the users who are members of the workspace."""
    found = await connection.execute(
        select(members.c.user_id).where(members.c.workspace_id == ctx.workspace.id, members.c.user_id.in_(ids))
    )
    return set(found.scalars())


NOUNS[approval_groups] = "approval group"
NOUNS[approval_rules] = "approval rule"
