"""The verbs of rules and groups."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.members.store import check_members
from gonfalon.accounts.model import Permission, Role, Workspace
from gonfalon.accounts.versions import save_version
from gonfalon.approvals import progress
from gonfalon.approvals.approvers.store import VISIBLE_PART
from gonfalon.approvals.model import ApproverKind, StepRule
from gonfalon.approvals.policy import store as policy
from gonfalon.approvals.policy.schemas import ApprovalGroupIn
from gonfalon.approvals.policy.suggestions import GROUPS, suggested_rules
from gonfalon.approvals.rules import Rule
from gonfalon.approvals.tables import (
    approval_groups,
    approval_rules,
)
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.locks import one_at_a_time

MOST_RULES = 100
MOST_GROUPS = 100


async def create_group(ctx: Context, group: ApprovalGroupIn) -> UUID:
    """Return a group; returns its id. Raises Conflict for a name that is taken."""
    ctx.require(Permission.APPROVALS_MANAGE)
    name = group.name.strip()
    async with ctx.transaction() as connection:
        await one_at_a_time(connection, "approval groups", ctx.workspace.id)
        await _check_group(ctx, connection, group, None)
        if len(await policy.list_groups(ctx, connection)) >= MOST_GROUPS:
            raise Invalid("approval_groups_many", f"There can be at most {MOST_GROUPS} groups.", most=MOST_GROUPS)
        group_id = await policy.insert_group(connection, ctx.workspace.id, name, ctx.actor.name)
        await policy.fill_group(ctx, connection, group_id, group)
        await ctx.audit(connection, "approval_group.created", "approval_group", group_id, name)
    return group_id


async def update_group(ctx: Context, group_id: UUID, version: int, group: ApprovalGroupIn) -> None:
    """Save the group as it was at `version`.

    Requests that wait for it go on to be decided by who was in it when they were asked, and by whom an owner who did
    not ask for them puts in now.
    """
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        await save_version(ctx, connection, approval_groups, group_id, version, {"name": group.name.strip()})
        await _check_group(ctx, connection, group, group_id)
        await policy.fill_group(ctx, connection, group_id, group)
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
            await progress.let_join(ctx, connection, row)
            await progress.tell_approvers_again(ctx, connection, row)


async def delete_group(ctx: Context, group_id: UUID) -> None:
    """Delete a group; raises Conflict while a rule or a waiting request names it."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        group = await policy.find_group(ctx, connection, group_id)
        rules = await policy.list_rules(ctx, connection)
        if any(step["ref"] == str(group_id) for rule in rules for step in rule.steps):
            raise Conflict(
                "approval_group_used", f"A rule asks “{group.name}”; change the rule first.", name=group.name
            )
        if await policy.waiting_for_group(ctx, connection, group_id):
            raise Conflict(
                "approval_group_used", f"A request waits for “{group.name}”; let it be decided first.", name=group.name
            )
        await policy.delete_group(ctx, connection, group_id)
        await ctx.audit(connection, "approval_group.deleted", "approval_group", group_id, group.name)


async def create_rule(ctx: Context, rule: Rule, *, enabled: bool = True) -> UUID:
    """Return a rule, asked after the others; returns its id."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        return await _insert_rule(ctx, connection, rule, enabled)


async def update_rule(ctx: Context, rule_id: UUID, version: int, rule: Rule, *, enabled: bool) -> None:
    """Save the rule as it was at `version`; what is approved already must satisfy it too from now on.

    For a day, what it would have asked before and does not ask any more needs an owner's yes: nobody switches a rule
    off, launches, and switches it on.
    """
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        await _check_steps(ctx, connection, rule.steps)
        await policy.keep_past(ctx, connection, rule_id)
        await save_version(
            ctx, connection, approval_rules, rule_id, version, policy.rule_values(rule) | {"enabled": enabled}
        )
        await ctx.audit(connection, "approval_rule.changed", "approval_rule", rule_id, rule.kind.value, enabled=enabled)


async def order_rules(ctx: Context, ids: list[UUID]) -> None:
    """Put the rules in this order, in which their steps are asked. Raises Invalid unless it names each of them."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        present = await policy.list_rules(ctx, connection)
        if {row.id for row in present} != set(ids) or len(ids) != len(present):
            raise Invalid("approval_rules_other", "The rules have changed meanwhile; load them again.")
        for position, rule_id in enumerate(ids):
            await policy.move_rule(ctx, connection, rule_id, position)
        await ctx.audit(connection, "approval_rule.ordered", "workspace", ctx.workspace.id, ctx.workspace.name)


async def delete_rule(ctx: Context, rule_id: UUID) -> None:
    """Delete a rule; what waits because of it goes on. For a day, what it would have asked needs an owner's yes."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        await policy.keep_past(ctx, connection, rule_id)
        kind = await policy.delete_rule(ctx, connection, rule_id)
        await ctx.audit(connection, "approval_rule.deleted", "approval_rule", rule_id, kind)


async def suggest(ctx: Context) -> None:
    """Add the usual groups and rules that are not there yet; the rules are switched off until somebody wants them."""
    ctx.require(Permission.APPROVALS_MANAGE)
    async with ctx.transaction() as connection:
        groups = {row.name: row.id for row in await policy.list_groups(ctx, connection)}
        kept = [each.rule for each in await policy.list_rules(ctx, connection)]
        await _add_suggestions(connection, ctx.workspace, groups, kept)
        await ctx.audit(connection, "approval_rule.suggested", "workspace", ctx.workspace.id, ctx.workspace.name)


async def new_workspace(connection: AsyncConnection, workspace: Workspace) -> None:
    """Do the same for a new workspace. Joins the transaction."""
    await _add_suggestions(connection, workspace, {}, [])


async def _add_suggestions(
    connection: AsyncConnection, workspace: Workspace, groups: dict[str, UUID], kept: list[Rule]
) -> None:
    for name in GROUPS:
        if name not in groups:
            groups[name] = await policy.insert_group(connection, workspace.id, name)
    missing = [rule for rule in suggested_rules(groups) if rule not in kept]
    for position, rule in enumerate(missing, start=len(kept)):
        await policy.insert_rule(connection, workspace.id, rule, position, enabled=False)


async def _insert_rule(ctx: Context, connection: AsyncConnection, rule: Rule, enabled: bool) -> UUID:
    await one_at_a_time(connection, "approval rules", ctx.workspace.id)
    await _check_steps(ctx, connection, rule.steps)
    present = await policy.list_rules(ctx, connection)
    if len(present) >= MOST_RULES:
        raise Invalid("approval_rules_many", f"There can be at most {MOST_RULES} rules.", most=MOST_RULES)
    position = max((each.position for each in present), default=-1) + 1
    rule_id = await policy.insert_rule(connection, ctx.workspace.id, rule, position, enabled=enabled, by=ctx.actor.name)
    await ctx.audit(connection, "approval_rule.created", "approval_rule", rule_id, rule.kind.value, enabled=enabled)
    return rule_id


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
            ApproverKind.PART: {VISIBLE_PART},
        }[each.kind]
        if each.ref not in known:
            raise Invalid(
                "approver_unknown",
                f"There is no such {each.kind.value} to ask; choose another one.",
                kind=each.kind.value,
            )


async def _check_group(
    ctx: Context, connection: AsyncConnection, group: ApprovalGroupIn, group_id: UUID | None
) -> None:
    if not group.name.strip():
        raise Invalid("name_missing", "Give the group a name.")
    if await policy.group_named(ctx, connection, group.name.strip(), group_id):
        raise Conflict(
            "approval_group_name_taken", f"There is a group “{group.name.strip()}” already.", name=group.name.strip()
        )
    for each in group.stand_ins:
        if each.for_user_id not in group.members:
            raise Invalid("stand_in_for_nobody", "A stand-in stands in for somebody who is in the group.")
        if each.user_id == each.for_user_id:
            raise Invalid("stand_in_themselves", "Nobody can stand in for themselves.")
        if each.starts_on and each.ends_on and each.ends_on < each.starts_on:
            raise Invalid("stand_in_dates", "A stand-in ends before they begin.")
    before = set() if group_id is None else await policy.people_of(ctx, connection, group_id)
    wanted = {*group.members, *(each.user_id for each in group.stand_ins)} - before  # who left may stay named
    await check_members(ctx, connection, wanted, "member")
