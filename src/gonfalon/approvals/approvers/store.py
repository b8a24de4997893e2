"""Database calls of approvers: whom a step means, and who may decide for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Role
from gonfalon.accounts.tables import campaign_members, members, users
from gonfalon.approvals.model import ApproverKind, ApproverRef
from gonfalon.approvals.rules import Approver
from gonfalon.approvals.tables import approval_group_members, approval_groups, approval_stand_ins

VISIBLE_PART = "approves"

Places = list[tuple[UUID, list[tuple[UUID, date | None, date | None]]]]
"""Who a step means, each with who may stand in for them and from when to when; as a step keeps it (`plain_places`)."""


async def load_approvers(
    ctx: Context, connection: AsyncConnection, approver: ApproverRef, campaign_id: UUID | None
) -> list[Approver]:
    """Return everybody a step means, with who may decide for them today."""
    return await approvers_at(ctx, connection, await load_places(ctx, connection, approver, campaign_id), campaign_id)


async def load_places(
    ctx: Context, connection: AsyncConnection, approver: ApproverRef, campaign_id: UUID | None
) -> Places:
    """Return everybody a step means. A group remembers who left as long as a stand-in may decide for them."""
    if approver.kind is ApproverKind.GROUP:
        return await _group_places(ctx, connection, UUID(approver.ref))
    if approver.kind is ApproverKind.ROLE:
        condition = members.c.role == approver.ref
    else:
        condition = members.c.user_id.in_(
            select(campaign_members.c.user_id).where(
                campaign_members.c.workspace_id == ctx.workspace.id,
                campaign_members.c.campaign_id == campaign_id,
                campaign_members.c.part == VISIBLE_PART,
            )
        )
    return [(user_id, []) for user_id in await _present(ctx, connection, condition, campaign_id)]


async def _group_places(ctx: Context, connection: AsyncConnection, group_id: UUID) -> Places:
    in_group = select(approval_group_members.c.user_id).where(
        approval_group_members.c.workspace_id == ctx.workspace.id, approval_group_members.c.group_id == group_id
    )
    everybody = list((await connection.execute(in_group.order_by(approval_group_members.c.user_id))).scalars())
    found = await connection.execute(
        select(approval_stand_ins)
        .where(
            approval_stand_ins.c.workspace_id == ctx.workspace.id,
            approval_stand_ins.c.group_id == group_id,
            approval_stand_ins.c.for_user_id.in_(everybody),
        )
        .order_by(approval_stand_ins.c.id)
    )
    stand_ins = found.all()
    return [
        (user_id, [(each.user_id, each.starts_on, each.ends_on) for each in stand_ins if each.for_user_id == user_id])
        for user_id in everybody
    ]


async def approvers_at(
    ctx: Context, connection: AsyncConnection, places: Places, campaign_id: UUID | None
) -> list[Approver]:
    """Return the places with who may decide for each today. Somebody who left the workspace, or a guest without a part
    in the campaign, is not present."""
    today = ctx.today
    wanted = {user for user_id, deputies in places for user in (user_id, *(each[0] for each in deputies))}
    present = set(await _present(ctx, connection, members.c.user_id.in_(wanted), campaign_id))
    found = []
    for user_id, deputies in places:
        here = [each for each in deputies if each[0] in present]
        active = frozenset(who for who, start, end in here if (start or today) <= today <= (end or today))
        found.append(Approver(user_id, user_id in present, active, frozenset(who for who, _, _ in here) - active))
    return found


def plain_places(places: Places) -> list[Any]:
    """Return how a step keeps whom it meant when it was asked."""
    return [
        [str(seat), [[str(who), start and start.isoformat(), end and end.isoformat()] for who, start, end in deputies]]
        for seat, deputies in places
    ]


def places_of(kept: list[Any]) -> Places:
    """Return the places a step keeps."""

    def day(value: str | None) -> date | None:
        return None if value is None else date.fromisoformat(value)

    return [
        (UUID(seat), [(UUID(who), day(start), day(end)) for who, start, end in deputies]) for seat, deputies in kept
    ]


def joined_to(places: Places, now: Places) -> Places:
    """Return the places with whoever is meant now as well; nobody is taken away."""
    merged = {seat: list(deputies) for seat, deputies in places}
    for seat, deputies in now:
        kept = merged.setdefault(seat, [])
        kept += [each for each in deputies if each not in kept]
    return list(merged.items())


async def list_owners(ctx: Context, connection: AsyncConnection) -> list[UUID]:
    """Return the owners of the workspace."""
    return await _present(ctx, connection, members.c.role == Role.OWNER.value, None)


async def _present(
    ctx: Context, connection: AsyncConnection, condition: ColumnElement[bool], campaign_id: UUID | None
) -> list[UUID]:
    """Members of the workspace who may see the campaign."""
    invited = select(campaign_members.c.user_id).where(
        campaign_members.c.workspace_id == ctx.workspace.id, campaign_members.c.campaign_id == campaign_id
    )
    found = await connection.execute(
        select(members.c.user_id)
        .join(users, users.c.id == members.c.user_id)
        .where(
            members.c.workspace_id == ctx.workspace.id,
            users.c.disabled_at.is_(None),
            or_(members.c.role != Role.GUEST.value, members.c.user_id.in_(invited)),
            condition,
        )
        .order_by(members.c.user_id)
    )
    return list(found.scalars())


async def labels_of(
    ctx: Context, connection: AsyncConnection, approvers: Sequence[ApproverRef]
) -> dict[ApproverRef, str]:
    """Return the names of groups; of roles and parts, their word, which the interface translates."""
    names: dict[str, str] = {}
    if ids := [UUID(each.ref) for each in approvers if each.kind is ApproverKind.GROUP]:
        found = await connection.execute(
            select(approval_groups.c.id, approval_groups.c.name).where(
                approval_groups.c.workspace_id == ctx.workspace.id, approval_groups.c.id.in_(ids)
            )
        )
        names = {str(row.id): row.name for row in found}
    return {each: names.get(each.ref, "") if each.kind is ApproverKind.GROUP else each.ref for each in approvers}


async def names_of(connection: AsyncConnection, ids: set[UUID]) -> dict[UUID, str]:
    """Return the present names of users, those who left included."""
    if not ids:
        return {}
    found = await connection.execute(select(users.c.id, users.c.name).where(users.c.id.in_(ids)))
    return {row.id: row.name for row in found}
