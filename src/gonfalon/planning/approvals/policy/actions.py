"""The verbs of rules and groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Role, Workspace
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.approvals import progress, store
from gonfalon.planning.approvals.model import ApproverKind, StepRule
from gonfalon.planning.approvals.policy import store as policy
from gonfalon.planning.approvals.policy.suggestions import GROUPS, suggested_rules
from gonfalon.planning.approvals.rules import Rule
from gonfalon.planning.approvals.tables import (
    approval_group_members,
    approval_groups,
    approval_rules,
    approval_stand_ins,
)
from gonfalon.planning.store import not_found, save_version

MOST_RULES = 100
MOST_GROUPS = 100


@dataclass(frozen=True, slots=True)
class StandIn:
    """`user_id` may decide in place of `for_user_id` on these days, inclusive in the workspace's zone; None: open."""

    for_user_id: UUID
    user_id: UUID
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Members whose yes a step can ask for."""

    name: str
    members: tuple[UUID, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()


async def create_group(ctx: Context, group: Group) -> UUID:
    """A group; returns its id. Raises Conflict for a name that is taken."""
    ctx.require(Permission.APPROVALS_MANAGE)
    group_id = new_id()
    async with ctx.transaction() as connection:
        await _check_group(ctx, connection, group, None)
        if len(await policy.list_groups(ctx, connection)) >= MOST_GROUPS:
            raise Invalid("approval_groups_many", f"There can be at most {MOST_GROUPS} groups.")
        await connection.execute(
            insert(approval_groups).values(
                id=group_id, workspace_id=ctx.workspace.id, name=group.name.strip(), updated_by=ctx.actor.name
            )
        )
        await _fill_group(ctx, connection, group_id, group)
        await ctx.audit(connection, "approval_group.created", "approval_group", group_id, group.name.strip())
    return group_id


async def update_group(ctx: Context, group_id: UUID, version: int, group: Group) -> None:
    """Saves the group as it was at `version`. Requests that wait for it are decided by who is in it from now on."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        await save_version(ctx, connection, approval_groups, group_id, version, {"name": group.name.strip()})
        await _check_group(ctx, connection, group, group_id)
        await _fill_group(ctx, connection, group_id, group)
        await ctx.audit(
            connection,
            "approval_group.changed",
            "approval_group",
            group_id,
            group.name.strip(),
            members=[str(user) for user in group.members],
            stand_ins=[str(each.user_id) for each in group.stand_ins],
        )
        for row in await policy.waiting_for_group(ctx, connection, group_id):
            await progress.tell_approvers_again(ctx, connection, row)


async def delete_group(ctx: Context, group_id: UUID) -> None:
    """Deletes a group; raises Conflict while a rule or a waiting request names it."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        group = await policy.find_group(ctx, connection, group_id)
        rules = await policy.list_rules(ctx, connection)
        if any(step["ref"] == str(group_id) for rule in rules for step in rule.steps):
            raise Conflict("approval_group_used", f"A rule asks “{group.name}”; change the rule first.")
        if await policy.waiting_for_group(ctx, connection, group_id):
            raise Conflict("approval_group_used", f"A request waits for “{group.name}”; let it be decided first.")
        await connection.execute(
            delete(approval_groups).where(
                approval_groups.c.id == group_id, approval_groups.c.workspace_id == ctx.workspace.id
            )
        )
        await ctx.audit(connection, "approval_group.deleted", "approval_group", group_id, group.name)


async def create_rule(ctx: Context, rule: Rule, *, enabled: bool = True) -> UUID:
    """A rule, asked after the others; returns its id."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        return await _insert_rule(ctx, connection, rule, enabled)


async def update_rule(ctx: Context, rule_id: UUID, version: int, rule: Rule, *, enabled: bool) -> None:
    """Saves the rule as it was at `version`; what is approved already must satisfy it too from now on."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        await _check_steps(ctx, connection, rule.steps)
        await save_version(ctx, connection, approval_rules, rule_id, version, _values(rule) | {"enabled": enabled})
        await ctx.audit(connection, "approval_rule.changed", "approval_rule", rule_id, rule.kind.value, enabled=enabled)


async def order_rules(ctx: Context, ids: list[UUID]) -> None:
    """Puts the rules in this order, in which their steps are asked. Raises Invalid unless it names each of them."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        present = await policy.list_rules(ctx, connection)
        if {row.id for row in present} != set(ids) or len(ids) != len(present):
            raise Invalid("approval_rules_other", "The rules have changed meanwhile; load them again.")
        for position, rule_id in enumerate(ids):
            await connection.execute(
                update(approval_rules)
                .where(approval_rules.c.id == rule_id, approval_rules.c.workspace_id == ctx.workspace.id)
                .values(position=position)
            )
        await ctx.audit(connection, "approval_rule.ordered", "workspace", ctx.workspace.id, ctx.workspace.name)


async def delete_rule(ctx: Context, rule_id: UUID) -> None:
    """Deletes a rule; what waits because of it goes on."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        gone = await connection.execute(
            delete(approval_rules)
            .where(approval_rules.c.id == rule_id, approval_rules.c.workspace_id == ctx.workspace.id)
            .returning(approval_rules.c.kind)
        )
        kind = gone.scalar_one_or_none()
        if kind is None:
            raise not_found("approval rule")
        await ctx.audit(connection, "approval_rule.deleted", "approval_rule", rule_id, kind)


async def suggest(ctx: Context) -> None:
    """Adds the usual groups and rules that are not there yet; the rules are switched off until somebody wants them."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        groups = {row.name: row.id for row in await policy.list_groups(ctx, connection)}
        kept = [store.rule_of(row) for row in await policy.list_rules(ctx, connection)]
        await _add_suggestions(connection, ctx.workspace, groups, kept)
        await ctx.audit(connection, "approval_rule.suggested", "workspace", ctx.workspace.id, ctx.workspace.name)


async def new_workspace(connection: AsyncConnection, workspace: Workspace) -> None:
    """The same for a new workspace. Joins the transaction."""
    await _add_suggestions(connection, workspace, {}, [])


async def _add_suggestions(
    connection: AsyncConnection, workspace: Workspace, groups: dict[str, UUID], kept: list[Rule]
) -> None:
    for name in GROUPS:
        if name not in groups:
            groups[name] = new_id()
            await connection.execute(
                insert(approval_groups).values(id=groups[name], workspace_id=workspace.id, name=name)
            )
    missing = [rule for rule in suggested_rules(groups) if rule not in kept]
    for position, rule in enumerate(missing, start=len(kept)):
        values = _values(rule) | {"id": new_id(), "workspace_id": workspace.id}
        await connection.execute(insert(approval_rules).values(position=position, enabled=False, **values))


async def _insert_rule(ctx: Context, connection: AsyncConnection, rule: Rule, enabled: bool) -> UUID:
    await _check_steps(ctx, connection, rule.steps)
    present = await policy.list_rules(ctx, connection)
    if len(present) >= MOST_RULES:
        raise Invalid("approval_rules_many", f"There can be at most {MOST_RULES} rules.")
    rule_id = new_id()
    position = max((row.position for row in present), default=-1) + 1
    await connection.execute(
        insert(approval_rules).values(
            id=rule_id,
            workspace_id=ctx.workspace.id,
            position=position,
            enabled=enabled,
            updated_by=ctx.actor.name,
            **_values(rule),
        )
    )
    await ctx.audit(connection, "approval_rule.created", "approval_rule", rule_id, rule.kind.value, enabled=enabled)
    return rule_id


def _values(rule: Rule) -> dict[str, Any]:
    return {
        "kind": rule.kind.value,
        "over_minor": rule.over_minor,
        "over_people": rule.over_people,
        "channels": sorted(rule.channels),
        "categories": sorted(rule.categories),
        "risks": sorted(risk.value for risk in rule.risks),
        "steps": [store.plain_step(step) for step in rule.steps],
    }


async def _check_steps(ctx: Context, connection: AsyncConnection, steps: Iterable[StepRule]) -> None:
    approvers = [step.approver for step in steps]
    if not approvers:
        raise Invalid("approval_steps_missing", "Say whose approval it needs.")
    if len(set(approvers)) != len(approvers):
        raise Invalid("approval_steps_twice", "The same people are asked twice; once is enough.")
    groups = {str(row.id) for row in await policy.list_groups(ctx, connection)}
    for each in approvers:
        known = {
            ApproverKind.GROUP: groups,
            ApproverKind.ROLE: {role.value for role in Role if role is not Role.GUEST},
            ApproverKind.PART: {store.VISIBLE_PART},
        }[each.kind]
        if each.ref not in known:
            raise Invalid("approver_unknown", f"There is no such {each.kind.value} to ask; choose another one.")


async def _check_group(ctx: Context, connection: AsyncConnection, group: Group, group_id: UUID | None) -> None:
    if not group.name.strip():
        raise Invalid("name_missing", "Give the group a name.")
    same = await connection.execute(
        select(approval_groups.c.id).where(
            approval_groups.c.workspace_id == ctx.workspace.id,
            approval_groups.c.name == group.name.strip(),
            approval_groups.c.id != group_id if group_id else approval_groups.c.id.is_not(None),
        )
    )
    if same.first() is not None:
        raise Conflict("approval_group_name_taken", f"There is a group “{group.name.strip()}” already.")
    for each in group.stand_ins:
        if each.for_user_id not in group.members:
            raise Invalid("stand_in_for_nobody", "A stand-in stands in for somebody who is in the group.")
        if each.user_id == each.for_user_id:
            raise Invalid("stand_in_themselves", "Nobody can stand in for themselves.")
        if each.starts_on and each.ends_on and each.ends_on < each.starts_on:
            raise Invalid("stand_in_dates", "A stand-in ends before they begin.")
    before = set() if group_id is None else await policy.people_of(ctx, connection, group_id)
    wanted = {*group.members, *(each.user_id for each in group.stand_ins)} - before  # who left may stay named
    if wanted - await policy.members_among(ctx, connection, wanted):
        raise Invalid("member_unknown", "They are not a member of this workspace; invite them first.")


async def _fill_group(ctx: Context, connection: AsyncConnection, group_id: UUID, group: Group) -> None:
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
