"""Rules and groups over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.approvals import rules as pure
from gonfalon.approvals import store
from gonfalon.approvals.approvers import store as approvers
from gonfalon.approvals.policy import actions
from gonfalon.approvals.policy import store as policy
from gonfalon.approvals.policy.model import ApprovalGroup
from gonfalon.approvals.policy.schemas import (
    ApprovalGroupIn,
    ApprovalGroupSave,
    ApprovalRuleIn,
    ApprovalRuleOut,
    ApprovalRuleSave,
    DeciderOut,
    RuleOrder,
    TriedStep,
    TryIn,
    TryOut,
    rule_out,
    step_out,
)

router = APIRouter(tags=["approvals"])


async def _groups(ctx: Context, only: UUID | None = None) -> list[ApprovalGroup]:
    async with ctx.reading() as connection:
        groups = await policy.load_groups(ctx, connection, only)
    return list(groups)


async def _rules(ctx: Context, only: UUID | None = None) -> list[ApprovalRuleOut]:
    async with ctx.reading() as connection:
        if only is None:
            kept = await policy.list_rules(ctx, connection)
        else:
            kept = [await policy.find_rule(ctx, connection, only)]
        labels = await approvers.labels_of(
            ctx, connection, [step.approver for each in kept for step in each.rule.steps]
        )
    return [rule_out(each, labels) for each in kept]


@router.get("/workspaces/{workspace}/approval-groups", operation_id="list_approval_groups")
async def list_groups(ctx: Ctx) -> list[ApprovalGroup]:
    """Return the groups of approvers by name (at most 100)."""
    ctx.require(Permission.SETTINGS_READ)
    return await _groups(ctx)


@router.post("/workspaces/{workspace}/approval-groups", operation_id="create_approval_group", status_code=201)
async def create_group(body: ApprovalGroupIn, ctx: Ctx) -> ApprovalGroup:
    """Make a group of approvers."""
    return (await _groups(ctx, await actions.create_group(ctx, body)))[0]


@router.put("/workspaces/{workspace}/approval-groups/{group_id}", operation_id="update_approval_group")
async def update_group(group_id: UUID, body: ApprovalGroupSave, ctx: Ctx) -> ApprovalGroup:
    """Save a group; whoever is in it decides what waits for it. 409 when somebody saved since `version`."""
    await actions.update_group(ctx, group_id, body.version, body)
    return (await _groups(ctx, group_id))[0]


@router.delete(
    "/workspaces/{workspace}/approval-groups/{group_id}", operation_id="delete_approval_group", status_code=204
)
async def delete_group(group_id: UUID, ctx: Ctx) -> None:
    """Delete a group; 409 while a rule or a waiting request needs it."""
    await actions.delete_group(ctx, group_id)


@router.get("/workspaces/{workspace}/approval-rules", operation_id="list_approval_rules")
async def list_rules(ctx: Ctx) -> list[ApprovalRuleOut]:
    """Return the rules in the order in which their steps are asked (at most 100)."""
    ctx.require(Permission.SETTINGS_READ)
    return await _rules(ctx)


@router.post("/workspaces/{workspace}/approval-rules", operation_id="create_approval_rule", status_code=201)
async def create_rule(body: ApprovalRuleIn, ctx: Ctx) -> ApprovalRuleOut:
    """Make a rule, asked after the others."""
    return (await _rules(ctx, await actions.create_rule(ctx, body.rule(), enabled=body.enabled)))[0]


@router.put("/workspaces/{workspace}/approval-rules/{rule_id}", operation_id="update_approval_rule")
async def update_rule(rule_id: UUID, body: ApprovalRuleSave, ctx: Ctx) -> ApprovalRuleOut:
    """Save a rule; 409 when somebody saved since `version`."""
    await actions.update_rule(ctx, rule_id, body.version, body.rule(), enabled=body.enabled)
    return (await _rules(ctx, rule_id))[0]


@router.delete("/workspaces/{workspace}/approval-rules/{rule_id}", operation_id="delete_approval_rule", status_code=204)
async def delete_rule(rule_id: UUID, ctx: Ctx) -> None:
    """Delete a rule; what waits because of it goes on."""
    await actions.delete_rule(ctx, rule_id)


@router.put("/workspaces/{workspace}/approval-rules", operation_id="order_approval_rules")
async def order_rules(body: RuleOrder, ctx: Ctx) -> list[ApprovalRuleOut]:
    """Put the rules in another order."""
    await actions.order_rules(ctx, body.ids)
    return await _rules(ctx)


@router.post("/workspaces/{workspace}/approval-rules/suggested", operation_id="add_suggested_approval_rules")
async def suggest(ctx: Ctx) -> list[ApprovalRuleOut]:
    """Add the usual groups and rules that are not there yet, switched off; answers with all rules."""
    await actions.suggest(ctx)
    return await _rules(ctx)


@router.post("/workspaces/{workspace}/approval-rules/try", operation_id="try_approval_rules")
async def try_rules(body: TryIn, ctx: Ctx) -> TryOut:
    """Return what something would need by the rules in force. Changes nothing."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        in_force, _ = (await store.load_rules(ctx, connection, [body.kind])).of(body.kind)
        needs = pure.needed(in_force, body.kind, body.facts())
        labels = await approvers.labels_of(ctx, connection, [step.approver for step in needs])
        steps = []
        for step in needs:
            named = await approvers.load_approvers(ctx, connection, step.approver, None)
            people = pure.approvers(named, None, escalated=False).deciders
            names = await approvers.names_of(connection, set(people))
            shown = [DeciderOut(id=user, name=names[user]) for user in sorted(people, key=names.__getitem__)]
            steps.append(TriedStep(**step_out(step, labels[step.approver]).model_dump(), people=shown))
    return TryOut(steps=steps)
