"""Reading rules and groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, literal, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import members, users
from gonfalon.accounts.versions import known
from gonfalon.approvals.model import ApproverKind, Request
from gonfalon.approvals.policy.model import ApprovalGroup, ApprovalRule, GroupMember, StandIn
from gonfalon.approvals.policy.schemas import ApprovalGroupIn
from gonfalon.approvals.rules import Rule, plain_step
from gonfalon.approvals.store import HOURS_BINDING
from gonfalon.approvals.tables import (
    approval_group_members,
    approval_groups,
    approval_requests,
    approval_rules,
    approval_stand_ins,
    approval_steps,
    past_approval_rules,
)
from gonfalon.kit.ids import new_id
from gonfalon.kit.rows import all_of, first_of


async def list_groups(ctx: Context, connection: AsyncConnection) -> list[ApprovalGroup]:
    """Return the groups by name, without who is in them."""
    return await all_of(
        connection,
        select(approval_groups)
        .where(approval_groups.c.workspace_id == ctx.workspace.id)
        .order_by(approval_groups.c.name, approval_groups.c.id),
        ApprovalGroup,
    )


async def find_group(ctx: Context, connection: AsyncConnection, group_id: UUID) -> ApprovalGroup:
    """Return a group without who is in it; raises NotFound."""
    return known(
        await first_of(
            connection,
            select(approval_groups).where(
                approval_groups.c.id == group_id, approval_groups.c.workspace_id == ctx.workspace.id
            ),
            ApprovalGroup,
        ),
        "approval group",
    )


async def load_groups(ctx: Context, connection: AsyncConnection, only: UUID | None = None) -> list[ApprovalGroup]:
    """Return the groups by name with everybody in them; only: this one, raises NotFound."""
    if only is None:
        groups = await list_groups(ctx, connection)
    else:
        groups = [await find_group(ctx, connection, only)]
    people = await _group_members(ctx, connection)
    stand_ins = await _stand_ins(ctx, connection)
    return [
        replace(
            group,
            members=tuple(each for each in people if each.group_id == group.id),
            stand_ins=tuple(each for each in stand_ins if each.group_id == group.id),
        )
        for group in groups
    ]


async def _group_members(ctx: Context, connection: AsyncConnection) -> list[GroupMember]:
    return await all_of(
        connection,
        select(
            approval_group_members.c.group_id,
            users.c.id,
            users.c.name,
            members.c.user_id.is_not(None).label("present"),
        )
        .join(users, users.c.id == approval_group_members.c.user_id)
        .outerjoin(members, (members.c.user_id == users.c.id) & (members.c.workspace_id == ctx.workspace.id))
        .where(approval_group_members.c.workspace_id == ctx.workspace.id)
        .order_by(users.c.name, users.c.id),
        GroupMember,
    )


async def _stand_ins(ctx: Context, connection: AsyncConnection) -> list[StandIn]:
    return await all_of(
        connection,
        select(approval_stand_ins, users.c.name)
        .join(users, users.c.id == approval_stand_ins.c.user_id)
        .where(approval_stand_ins.c.workspace_id == ctx.workspace.id)
        .order_by(approval_stand_ins.c.starts_on, approval_stand_ins.c.id),
        StandIn,
    )


async def list_rules(ctx: Context, connection: AsyncConnection) -> list[ApprovalRule]:
    """Return the rules in their order."""
    return await all_of(
        connection,
        select(approval_rules)
        .where(approval_rules.c.workspace_id == ctx.workspace.id)
        .order_by(approval_rules.c.position, approval_rules.c.id),
        ApprovalRule,
    )


async def find_rule(ctx: Context, connection: AsyncConnection, rule_id: UUID) -> ApprovalRule:
    """Return one rule; raises NotFound."""
    return known(
        await first_of(
            connection,
            select(approval_rules).where(
                approval_rules.c.id == rule_id, approval_rules.c.workspace_id == ctx.workspace.id
            ),
            ApprovalRule,
        ),
        "approval rule",
    )


async def waiting_for_group(ctx: Context, connection: AsyncConnection, group_id: UUID) -> list[Request]:
    """Return the requests that wait and have the group in a step."""
    return await all_of(
        connection,
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
        .order_by(approval_requests.c.id),
        Request,
    )


async def people_of(ctx: Context, connection: AsyncConnection, group_id: UUID) -> set[UUID]:
    """Return everybody a group names, stand-ins too."""
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


async def insert_group(connection: AsyncConnection, workspace_id: int, name: str, by: str = "") -> UUID:
    """Write a group that nobody is in yet; return its id."""
    group_id = new_id()
    await connection.execute(
        insert(approval_groups).values(id=group_id, workspace_id=workspace_id, name=name, updated_by=by)
    )
    return group_id


async def fill_group(ctx: Context, connection: AsyncConnection, group_id: UUID, group: ApprovalGroupIn) -> None:
    """Replace who is in the group."""
    for table in (approval_group_members, approval_stand_ins):
        await connection.execute(
            delete(table).where(table.c.group_id == group_id, table.c.workspace_id == ctx.workspace.id)
        )
    here = {"group_id": group_id, "workspace_id": ctx.workspace.id}
    if group.members:
        rows = [here | {"user_id": user_id} for user_id in dict.fromkeys(group.members)]
        await connection.execute(insert(approval_group_members), rows)
    if group.stand_ins:
        await connection.execute(
            insert(approval_stand_ins),
            [
                here
                | {
                    "id": new_id(),
                    "for_user_id": each.for_user_id,
                    "user_id": each.user_id,
                    "starts_on": each.starts_on,
                    "ends_on": each.ends_on,
                }
                for each in group.stand_ins
            ],
        )


async def delete_group(ctx: Context, connection: AsyncConnection, group_id: UUID) -> None:
    """Delete a group with everybody in it."""
    await connection.execute(
        delete(approval_groups).where(
            approval_groups.c.id == group_id, approval_groups.c.workspace_id == ctx.workspace.id
        )
    )


async def group_named(ctx: Context, connection: AsyncConnection, name: str, but: UUID | None) -> bool:
    """Return whether a group beside `but` has the name."""
    query = select(approval_groups.c.id).where(
        approval_groups.c.workspace_id == ctx.workspace.id, approval_groups.c.name == name
    )
    if but is not None:
        query = query.where(approval_groups.c.id != but)
    return (await connection.execute(query)).first() is not None


async def insert_rule(
    connection: AsyncConnection, workspace_id: int, rule: Rule, position: int, *, enabled: bool, by: str = ""
) -> UUID:
    """Write a rule; return its id."""
    rule_id = new_id()
    await connection.execute(
        insert(approval_rules).values(
            id=rule_id,
            workspace_id=workspace_id,
            position=position,
            enabled=enabled,
            updated_by=by,
            **rule_values(rule),
        )
    )
    return rule_id


async def move_rule(ctx: Context, connection: AsyncConnection, rule_id: UUID, position: int) -> None:
    """Give a rule its place in the order."""
    await connection.execute(
        update(approval_rules)
        .where(approval_rules.c.id == rule_id, approval_rules.c.workspace_id == ctx.workspace.id)
        .values(position=position)
    )


async def delete_rule(ctx: Context, connection: AsyncConnection, rule_id: UUID) -> str:
    """Delete a rule; return its kind. Raises NotFound."""
    gone = await connection.execute(
        delete(approval_rules)
        .where(approval_rules.c.id == rule_id, approval_rules.c.workspace_id == ctx.workspace.id)
        .returning(approval_rules.c.kind)
    )
    kind: str | None = gone.scalar_one_or_none()
    return known(kind, "approval rule")


async def keep_past(ctx: Context, connection: AsyncConnection, rule_id: UUID) -> None:
    """Keep the rule as it is in force until now; forgets those that bind nobody any more."""
    rule, past = approval_rules.c, past_approval_rules.c
    kept = ("workspace_id", "kind", "over_minor", "over_people", "channels", "categories", "risks", "steps")
    await connection.execute(
        delete(past_approval_rules).where(
            past.workspace_id == ctx.workspace.id, past.until < ctx.now - timedelta(hours=HOURS_BINDING)
        )
    )
    await connection.execute(
        insert(past_approval_rules).from_select(
            ["id", "until", *kept],
            select(literal(new_id()), literal(ctx.now), *(rule[name] for name in kept)).where(
                rule.id == rule_id, rule.workspace_id == ctx.workspace.id, rule.enabled
            ),
        )
    )


def rule_values(rule: Rule) -> dict[str, Any]:
    """Return the columns that keep a rule."""
    return {
        "kind": rule.kind.value,
        "over_minor": rule.over_minor,
        "over_people": rule.over_people,
        "channels": sorted(rule.channels),
        "categories": sorted(rule.categories),
        "risks": sorted(risk.value for risk in rule.risks),
        "steps": [plain_step(step) for step in rule.steps],
    }
