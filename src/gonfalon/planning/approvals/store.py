"""Database calls that approvals share: rules, who sits where, requests with their steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Role
from gonfalon.accounts.tables import api_keys, members, users
from gonfalon.planning.approvals.model import (
    Approver,
    ApproverKind,
    Facts,
    Quorum,
    Risk,
    StepRule,
    Subject,
    SubjectKind,
)
from gonfalon.planning.approvals.rules import Rule, Seat
from gonfalon.planning.approvals.tables import (
    approval_decisions,
    approval_group_members,
    approval_groups,
    approval_requests,
    approval_rules,
    approval_stand_ins,
    approval_steps,
)
from gonfalon.planning.store import not_found
from gonfalon.planning.tables import campaign_members

VISIBLE_PART = "approves"


def step_of(value: Mapping[str, Any]) -> StepRule:
    """A step of a rule as its row keeps it."""
    return StepRule(Approver(ApproverKind(value["kind"]), value["ref"]), Quorum(value["quorum"]), value["days"])


def plain_step(step: StepRule) -> dict[str, Any]:
    """How a rule's row keeps a step."""
    return {
        "kind": step.approver.kind.value,
        "ref": step.approver.ref,
        "quorum": step.quorum.value,
        "days": step.days,
    }


def rule_of(row: Row[Any]) -> Rule:
    """A rule as a value."""
    return Rule(
        SubjectKind(row.kind),
        tuple(step_of(step) for step in row.steps),
        row.over_minor,
        row.over_people,
        frozenset(row.channels),
        frozenset(row.categories),
        frozenset(Risk(risk) for risk in row.risks),
    )


async def load_rules(ctx: Context, connection: AsyncConnection, kind: SubjectKind) -> list[Rule]:
    """The rules of the kind that are in force, in their order."""
    found = await connection.execute(
        select(approval_rules)
        .where(
            approval_rules.c.workspace_id == ctx.workspace.id,
            approval_rules.c.kind == kind.value,
            approval_rules.c.enabled,
        )
        .order_by(approval_rules.c.position, approval_rules.c.id)
    )
    return [rule_of(row) for row in found]


async def load_seats(
    ctx: Context, connection: AsyncConnection, approver: Approver, campaign_id: UUID | None
) -> list[Seat]:
    """Everybody a step means, with who may speak for them today.

    Somebody who left the workspace, or a guest without a part in the campaign, is not present; a group remembers who
    left as long as a stand-in may speak for them.
    """
    if approver.kind is ApproverKind.GROUP:
        return await _group_seats(ctx, connection, UUID(approver.ref), campaign_id)
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
    return [Seat(user_id) for user_id in await _present(ctx, connection, condition, campaign_id)]


async def _group_seats(
    ctx: Context, connection: AsyncConnection, group_id: UUID, campaign_id: UUID | None
) -> list[Seat]:
    in_group = select(approval_group_members.c.user_id).where(
        approval_group_members.c.workspace_id == ctx.workspace.id, approval_group_members.c.group_id == group_id
    )
    everybody = list((await connection.execute(in_group.order_by(approval_group_members.c.user_id))).scalars())
    today = ctx.today
    stand_ins = (
        await connection.execute(
            select(
                approval_stand_ins.c.for_user_id,
                approval_stand_ins.c.user_id,
                and_(
                    func.coalesce(approval_stand_ins.c.starts_on, today) <= today,
                    func.coalesce(approval_stand_ins.c.ends_on, today) >= today,
                ).label("active"),
            ).where(
                approval_stand_ins.c.workspace_id == ctx.workspace.id,
                approval_stand_ins.c.group_id == group_id,
                approval_stand_ins.c.for_user_id.in_(everybody),
            )
        )
    ).all()
    wanted = {*everybody, *(row.user_id for row in stand_ins)}
    present = set(await _present(ctx, connection, members.c.user_id.in_(wanted), campaign_id))
    return [
        Seat(
            user_id,
            user_id in present,
            frozenset(s.user_id for s in stand_ins if s.for_user_id == user_id and s.active and s.user_id in present),
            frozenset(
                s.user_id for s in stand_ins if s.for_user_id == user_id and not s.active and s.user_id in present
            ),
        )
        for user_id in everybody
    ]


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


async def labels_of(ctx: Context, connection: AsyncConnection, approvers: Sequence[Approver]) -> dict[Approver, str]:
    """The names of groups; of roles and parts, their word, which the interface translates."""
    ids = [UUID(each.ref) for each in approvers if each.kind is ApproverKind.GROUP]
    found = await connection.execute(
        select(approval_groups.c.id, approval_groups.c.name).where(
            approval_groups.c.workspace_id == ctx.workspace.id, approval_groups.c.id.in_(ids)
        )
    )
    names = {str(row.id): row.name for row in found}
    return {each: names.get(each.ref, "") if each.kind is ApproverKind.GROUP else each.ref for each in approvers}


async def names_of(connection: AsyncConnection, ids: set[UUID]) -> dict[UUID, str]:
    """The present names of users, those who left included."""
    if not ids:
        return {}
    found = await connection.execute(select(users.c.id, users.c.name).where(users.c.id.in_(ids)))
    return {row.id: row.name for row in found}


async def asker_of(ctx: Context, connection: AsyncConnection) -> UUID | None:
    """The member behind the actor: themselves, or who made the API key, so that a key gives nobody a second pair of
    eyes. None for the operator and the system."""
    if ctx.actor.id is None:
        return None
    if ctx.actor.kind == "member":
        return UUID(ctx.actor.id)
    if ctx.actor.kind != "api_key":
        return None
    made = await connection.execute(select(api_keys.c.created_by).where(api_keys.c.id == UUID(ctx.actor.id)))
    found: UUID | None = made.scalar_one_or_none()
    return found


def seen(ctx: Context) -> ColumnElement[bool]:
    """The requests of the workspace that the actor may see: guests those of their campaigns."""
    visible = seen_campaigns(ctx, approval_requests.c.campaign_id)
    return and_(approval_requests.c.workspace_id == ctx.workspace.id, visible)


async def find_request(ctx: Context, connection: AsyncConnection, request_id: UUID, *, lock: bool = False) -> Row[Any]:
    """One request; raises NotFound."""
    query = select(approval_requests).where(approval_requests.c.id == request_id, seen(ctx))
    row = (await connection.execute(query.with_for_update() if lock else query)).first()
    if row is None:
        raise not_found("approval")
    return row


async def newest_request(
    ctx: Context, connection: AsyncConnection, subject: Subject, *, lock: bool = False, before: UUID | None = None
) -> Row[Any] | None:
    """The newest request for the subject that was not withdrawn; before: older than this one, replaced ones too."""
    query = (
        select(approval_requests)
        .where(
            approval_requests.c.workspace_id == ctx.workspace.id,
            approval_requests.c.kind == subject.kind.value,
            approval_requests.c.subject_id == subject.id,
        )
        .order_by(approval_requests.c.id.desc())
        .limit(1)
    )
    if before is None:
        query = query.where(approval_requests.c.state.not_in(("withdrawn", "replaced")))
    else:
        query = query.where(approval_requests.c.id < before)
    return (await connection.execute(query.with_for_update() if lock else query)).first()


async def list_steps(connection: AsyncConnection, request_id: UUID) -> list[Row[Any]]:
    """The steps of a request in order."""
    found = await connection.execute(
        select(approval_steps).where(approval_steps.c.request_id == request_id).order_by(approval_steps.c.position)
    )
    return list(found.all())


async def list_decisions(connection: AsyncConnection, request_id: UUID) -> list[Row[Any]]:
    """The decisions of a request in the order they were made."""
    found = await connection.execute(
        select(approval_decisions)
        .where(approval_decisions.c.request_id == request_id)
        .order_by(approval_decisions.c.at, approval_decisions.c.id)
    )
    return list(found.all())


def step_rule(row: Row[Any]) -> StepRule:
    """A step of a request as a value."""
    return StepRule(Approver(ApproverKind(row.approver_kind), row.approver_ref), Quorum(row.quorum), row.days)


def steps_of(rows: Sequence[Row[Any]]) -> tuple[StepRule, ...]:
    """The steps of a request as values."""
    return tuple(step_rule(row) for row in rows)


def with_measure(facts: Facts, row: Row[Any]) -> Facts:
    """The facts as rules shall see them while an approval holds: a size within its growth is the approved one, so
    that an audience drifting over a rule's threshold does not undo a yes."""
    if facts.audience_size is None or row.audience_size is None:
        return facts
    return replace(facts, audience_size=min(facts.audience_size, row.audience_size))
