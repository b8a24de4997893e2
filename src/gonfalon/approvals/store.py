"""Database calls that approvals share: rules, approvers, requests with their steps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, insert, literal, select, tuple_, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import api_keys
from gonfalon.accounts.versions import known
from gonfalon.approvals.model import (
    ApproverKind,
    Decision,
    Facts,
    Request,
    Step,
    StepRule,
    Subject,
    SubjectKind,
)
from gonfalon.approvals.rules import KeptRule, Rule
from gonfalon.approvals.tables import (
    approval_decisions,
    approval_requests,
    approval_rules,
    approval_steps,
    past_approval_rules,
)
from gonfalon.kit.ids import new_id
from gonfalon.kit.rows import all_of, first_of
from gonfalon.kit.sql import run

HOURS_BINDING = 24
"""How long a rule that was changed, switched off or deleted still asks for an owner's yes."""
DAYS_LATELY = 7
"""How far back rules look for the highest amount and other categories of a campaign."""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules in force, in their order, and those that were until they were changed in the last HOURS_BINDING hours."""

    in_force: tuple[Rule, ...]
    past: tuple[Rule, ...]

    def of(self, kind: SubjectKind) -> tuple[list[Rule], list[Rule]]:
        """Return those of one kind: in force, and past."""
        return [each for each in self.in_force if each.kind is kind], [each for each in self.past if each.kind is kind]


@dataclass(frozen=True, slots=True)
class _Bound(KeptRule):
    over: bool


_RULE = ("kind", "over_minor", "over_people", "channels", "categories", "risks", "steps")


async def load_rules(ctx: Context, connection: AsyncConnection, kinds: Collection[SubjectKind]) -> RuleBook:
    """Read the rules of some kinds."""
    now, past, asked = approval_rules.c, past_approval_rules.c, [kind.value for kind in kinds]
    kept = await all_of(
        connection,
        union_all(
            select(*(now[name] for name in _RULE), literal(False).label("over"), now.position, now.id).where(
                now.workspace_id == ctx.workspace.id, now.kind.in_(asked), now.enabled
            ),
            select(*(past[name] for name in _RULE), literal(True), literal(0), past.id).where(
                past.workspace_id == ctx.workspace.id,
                past.kind.in_(asked),
                past.until > ctx.now - timedelta(hours=HOURS_BINDING),
            ),
        ).order_by("position", "id"),
        _Bound,
    )
    return RuleBook(tuple(each.rule for each in kept if not each.over), tuple(each.rule for each in kept if each.over))


async def asks_for_part(ctx: Context, connection: AsyncConnection) -> bool:
    """Return whether a rule asks who approves in a campaign, or did until lately."""
    rules = await _all_rules(ctx, connection)
    return any(step.approver.kind is ApproverKind.PART for rule in rules for step in rule.steps)


async def asks_for_amounts(ctx: Context, connection: AsyncConnection) -> bool:
    """Return whether a rule asks only above an amount, or did until lately."""
    return any(rule.over_minor is not None for rule in await _all_rules(ctx, connection))


async def _all_rules(ctx: Context, connection: AsyncConnection) -> list[Rule]:
    book = await load_rules(ctx, connection, list(SubjectKind))
    return [*book.in_force, *book.past]


async def with_lately(
    ctx: Context, connection: AsyncConnection, known: Mapping[Subject, Facts]
) -> dict[Subject, Facts]:
    """Return the facts with the highest amount, and the further categories, that their campaigns had in the last
    days."""
    campaigns = {facts.campaign_id for facts in known.values() if facts.campaign_id is not None}
    if not campaigns:
        return dict(known)
    found = await run(
        connection,
        __package__,
        "facts_lately",
        campaigns=sorted(campaigns),
        workspace=ctx.workspace.id,
        days=DAYS_LATELY,
    )
    lately = {row.campaign_id: row for row in found}

    def told(facts: Facts) -> Facts:
        if facts.campaign_id is None:
            return facts
        row = lately[facts.campaign_id]
        peak = row.at_stake_minor if facts.peak_minor is None else facts.peak_minor
        return replace(facts, peak_minor=peak, lately=frozenset(row.categories or ()))

    return {subject: told(facts) for subject, facts in known.items()}


async def asker_of(ctx: Context, connection: AsyncConnection) -> UUID | None:
    """Return the member behind the actor: themselves, or who made the API key, so that a key gives nobody a second pair
    of eyes. None for the operator and the system."""
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
    """Return the requests of the workspace that the actor may see: guests those of their campaigns."""
    visible = seen_campaigns(ctx, approval_requests.c.campaign_id)
    return and_(approval_requests.c.workspace_id == ctx.workspace.id, visible)


async def find_request(ctx: Context, connection: AsyncConnection, request_id: UUID, *, lock: bool = False) -> Request:
    """Return one request; raises NotFound."""
    query = select(approval_requests).where(approval_requests.c.id == request_id, seen(ctx))
    return known(await first_of(connection, query.with_for_update() if lock else query, Request), "approval")


async def newest_request(
    ctx: Context, connection: AsyncConnection, subject: Subject, *, lock: bool = False, before: UUID | None = None
) -> Request | None:
    """Return the newest request for the subject that was not withdrawn; before: older than this one, replaced ones
    too."""
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
    return await first_of(connection, query.with_for_update() if lock else query, Request)


async def newest_requests(
    ctx: Context, connection: AsyncConnection, subjects: Collection[Subject]
) -> dict[Subject, Request]:
    """Return the newest request for each of the subjects that was not withdrawn or replaced."""
    r = approval_requests.c
    query = (
        select(approval_requests)
        .where(
            r.workspace_id == ctx.workspace.id,
            tuple_(r.kind, r.subject_id).in_([(subject.kind.value, subject.id) for subject in subjects]),
            r.state.not_in(("withdrawn", "replaced")),
        )
        .order_by(r.id)
    )
    return {Subject(each.kind, each.subject_id): each for each in await all_of(connection, query, Request)}


async def list_waiting(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Request]:
    """Return the requests of a campaign that wait to be decided."""
    return await all_of(
        connection,
        select(approval_requests)
        .where(
            approval_requests.c.workspace_id == ctx.workspace.id,
            approval_requests.c.campaign_id == campaign_id,
            approval_requests.c.state == "waiting",
        )
        .order_by(approval_requests.c.id)
        .with_for_update(),
        Request,
    )


async def list_steps(connection: AsyncConnection, request_id: UUID) -> list[Step]:
    """Return the steps of a request in order."""
    return await all_of(
        connection,
        select(approval_steps).where(approval_steps.c.request_id == request_id).order_by(approval_steps.c.position),
        Step,
    )


async def rules_of_steps(connection: AsyncConnection, request_ids: Collection[UUID]) -> dict[UUID, list[StepRule]]:
    """Return what the steps of requests ask, in order."""
    s = approval_steps.c
    query = select(approval_steps).where(s.request_id.in_(request_ids)).order_by(s.request_id, s.position)
    found: dict[UUID, list[StepRule]] = {each: [] for each in request_ids}
    for step in await all_of(connection, query, Step):
        found[step.request_id].append(step.rule)
    return found


async def deciders_of(connection: AsyncConnection, request_ids: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Return who decided on requests, by name, in the order they did."""
    d = approval_decisions.c
    query = select(d.request_id, d.user_name).where(d.request_id.in_(request_ids)).order_by(d.at, d.id)
    found: dict[UUID, tuple[str, ...]] = {}
    for row in await connection.execute(query):
        found[row.request_id] = (*found.get(row.request_id, ()), row.user_name)
    return found


async def list_decisions(connection: AsyncConnection, request_id: UUID) -> list[Decision]:
    """Return the decisions of a request in the order they were made."""
    return await all_of(
        connection,
        select(approval_decisions)
        .where(approval_decisions.c.request_id == request_id)
        .order_by(approval_decisions.c.at, approval_decisions.c.id),
        Decision,
    )


def with_measure(facts: Facts, request: Request) -> Facts:
    """Return the facts as rules shall see them while an approval holds: a size within its growth is the approved one,
    so that an audience drifting over a rule's threshold does not undo a yes."""
    if facts.audience_size is None or request.audience_size is None:
        return facts
    return replace(facts, audience_size=min(facts.audience_size, request.audience_size))


async def replace_requests(ctx: Context, connection: AsyncConnection, subject: Subject) -> None:
    """End the requests for the subject that wait or were approved: another one takes their place."""
    await connection.execute(
        update(approval_requests)
        .where(
            approval_requests.c.workspace_id == ctx.workspace.id,
            approval_requests.c.kind == subject.kind.value,
            approval_requests.c.subject_id == subject.id,
            approval_requests.c.state.in_(("waiting", "approved")),
        )
        .values(state="replaced")
    )


async def insert_request(
    ctx: Context,
    connection: AsyncConnection,
    subject: Subject,
    facts: Facts,
    note: str,
    steps: Iterable[dict[str, Any]],
) -> UUID:
    """Write a request for what the facts say, with its steps in order; return its id."""
    request_id = new_id()
    await connection.execute(
        insert(approval_requests).values(
            id=request_id,
            workspace_id=ctx.workspace.id,
            campaign_id=facts.campaign_id,
            kind=subject.kind.value,
            subject_id=subject.id,
            title=facts.title,
            note=note,
            asked_by=await asker_of(ctx, connection),
            asked_by_name=ctx.actor.name,
            state="waiting",
            content=dict(facts.content),
            fingerprint=facts.fingerprint,
            amount_minor=facts.amount_minor,
            audience_size=facts.audience_size,
            channel=facts.channel,
            category=facts.category,
            risks=sorted(risk.value for risk in facts.risks),
        )
    )
    here = {"workspace_id": ctx.workspace.id, "request_id": request_id}
    await connection.execute(
        insert(approval_steps),
        [here | {"id": new_id(), "position": position} | step for position, step in enumerate(steps)],
    )
    return request_id


async def insert_decision(
    ctx: Context, connection: AsyncConnection, request_id: UUID, step_id: UUID, user_id: UUID, **values: Any
) -> None:
    """Write what a member decided in a step."""
    await connection.execute(
        insert(approval_decisions).values(
            id=new_id(),
            workspace_id=ctx.workspace.id,
            request_id=request_id,
            step_id=step_id,
            user_id=user_id,
            user_name=ctx.actor.name,
            **values,
        )
    )


async def update_request(connection: AsyncConnection, request_id: UUID, **values: Any) -> None:
    """Change columns of a request."""
    await connection.execute(update(approval_requests).where(approval_requests.c.id == request_id).values(**values))


async def update_step(connection: AsyncConnection, step_id: UUID, **values: Any) -> None:
    """Change columns of a step."""
    await connection.execute(update(approval_steps).where(approval_steps.c.id == step_id).values(**values))


async def list_open(connection: AsyncConnection) -> list[tuple[int, UUID]]:
    """Return workspace and id of every request that waits or whose approval may become void; of all workspaces."""
    found = await connection.execute(
        select(approval_requests.c.workspace_id, approval_requests.c.id)
        .where(approval_requests.c.state.in_(("waiting", "approved")), approval_requests.c.settled_at.is_(None))
        .order_by(approval_requests.c.workspace_id, approval_requests.c.id)
    )
    return [(row.workspace_id, row.id) for row in found]
