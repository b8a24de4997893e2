"""Database calls of reviews."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import false, func, insert, select, true, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Role
from gonfalon.accounts.tables import members, users, workspaces
from gonfalon.accounts.versions import known
from gonfalon.content.assets.store import find_asset
from gonfalon.content.review.model import (
    Content,
    ContentKind,
    Course,
    DueStep,
    PassedReview,
    Review,
    ReviewStanding,
    ReviewState,
    ReviewStepKind,
    Seat,
    Step,
)
from gonfalon.content.review.tables import review_seats, review_settings, review_steps, reviews
from gonfalon.content.tables import template_versions
from gonfalon.content.templates.store import find_template
from gonfalon.kit.errors import Invalid
from gonfalon.kit.ids import new_id
from gonfalon.kit.rows import all_of, first_of, one_of, shaped
from gonfalon.kit.sql import run


async def find_content(
    ctx: Context, connection: AsyncConnection, kind: ContentKind, content_id: UUID, *, lock: bool = False
) -> Content:
    """Return what is reviewed in its newest version; raises NotFound. lock: nobody saves another one meanwhile."""
    if kind is ContentKind.ASSET:
        asset = await find_asset(ctx, connection, content_id)
        return Content(kind, asset.id, asset.name, 1)
    found = await find_template(ctx, connection, content_id, lock=lock)
    return Content(kind, found.id, found.name, found.version)


async def find_review(ctx: Context, connection: AsyncConnection, review_id: UUID, *, lock: bool = False) -> Review:
    """Return a review; raises NotFound. lock: until the transaction ends, after its content."""
    query = select(reviews).where(reviews.c.id == review_id, reviews.c.workspace_id == ctx.workspace.id)
    return known(await first_of(connection, query.with_for_update() if lock else query, Review), "review")


async def newest_review(
    ctx: Context, connection: AsyncConnection, kind: ContentKind, content_id: UUID, *, lock: bool = False
) -> Review | None:
    """Return the last review of a content; None where nobody asked for one."""
    query = (
        select(reviews)
        .where(
            reviews.c.workspace_id == ctx.workspace.id, reviews.c.kind == kind.value, reviews.c.content_id == content_id
        )
        .order_by(reviews.c.id.desc())
        .limit(1)
    )
    return await first_of(connection, query.with_for_update() if lock else query, Review)


async def load_course(ctx: Context, connection: AsyncConnection, review: Review) -> Course:
    """Return how far a review has come, with its steps and seats."""
    mine = (review_steps.c.review_id == review.id) & (review_steps.c.workspace_id == ctx.workspace.id)
    steps = await all_of(connection, select(review_steps).where(mine).order_by(review_steps.c.position), Step)
    held = (
        select(review_seats)
        .join(review_steps, review_steps.c.id == review_seats.c.step_id)
        .where(mine)
        .order_by(review_seats.c.place)
    )
    seats = await all_of(connection, held, Seat)
    return Course(
        review.state,
        tuple(replace(step, seats=tuple(each for each in seats if each.step_id == step.id)) for step in steps),
        review.step,
        review.passed_version,
    )


async def add_review(ctx: Context, connection: AsyncConnection, review_id: UUID, course: Course, **values: Any) -> None:
    """Write a new review with its steps."""
    asked = {"asked_by": UUID(ctx.actor.id) if ctx.actor.id else None, "asked_by_name": ctx.actor.name}
    row = {"id": review_id, "workspace_id": ctx.workspace.id, "state": course.state.value}
    await connection.execute(insert(reviews).values(**row, **asked, **values))
    await save_course(ctx, connection, review_id, course)


async def save_course(ctx: Context, connection: AsyncConnection, review_id: UUID, course: Course) -> None:
    """Write how far a review has come: itself, its steps, their seats."""
    await connection.execute(
        update(reviews)
        .where(reviews.c.id == review_id, reviews.c.workspace_id == ctx.workspace.id)
        .values(state=course.state.value, step=course.step, passed_version=course.passed_version, changed_at=func.now())
    )
    steps, seats = [], []
    for step in course.steps:
        row = _row(ctx, step) | {"review_id": review_id}
        del row["seats"]
        steps.append(row)
        seats += [_row(ctx, each) | {"step_id": row["id"], "place": at} for at, each in enumerate(step.seats)]
    for table, rows in ((review_steps, steps), (review_seats, seats)):
        if rows:
            wish = upsert(table).values(rows)
            changed = {name: wish.excluded[name] for name in rows[0] if name not in ("id", "workspace_id")}
            await connection.execute(wish.on_conflict_do_update(index_elements=["id"], set_=changed))


def _row(ctx: Context, value: Step | Seat) -> dict[str, Any]:
    plain = {name: one.value if isinstance(one, StrEnum) else one for name, one in asdict(value).items()}
    return plain | {"id": value.id or new_id(), "workspace_id": ctx.workspace.id}


async def end_review(ctx: Context, connection: AsyncConnection, review_id: UUID) -> None:
    """Close a review for good."""
    await connection.execute(
        update(reviews)
        .where(reviews.c.id == review_id, reviews.c.workspace_id == ctx.workspace.id)
        .values(state=ReviewState.ENDED.value, ended_by=ctx.actor.name, changed_at=func.now())
    )


async def names_of(connection: AsyncConnection, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return what users are called."""
    if not ids:
        return {}
    found = await connection.execute(select(users.c.id, users.c.name).where(users.c.id.in_(list(ids))))
    return {row.id: row.name for row in found}


async def check_reviewers(ctx: Context, connection: AsyncConnection, ids: Collection[UUID]) -> None:
    """Raise Invalid unless all are members of the workspace who see its contents: guests review by a link."""
    found = await connection.execute(
        select(func.count())
        .select_from(members)
        .join(users, users.c.id == members.c.user_id)
        .where(
            members.c.workspace_id == ctx.workspace.id,
            members.c.user_id.in_(list(ids)),
            members.c.role != Role.GUEST.value,
            users.c.disabled_at.is_(None),
        )
    )
    if found.scalar_one() < len(set(ids)):
        raise Invalid(
            "reviewer_unknown", "Somebody you named is no member here any more, or a guest; give guests a link instead."
        )


async def is_alone(ctx: Context, connection: AsyncConnection) -> bool:
    """Return whether the workspace has one member beside guests."""
    found = await connection.execute(
        select(func.count())
        .select_from(members)
        .join(users, users.c.id == members.c.user_id)
        .where(
            members.c.workspace_id == ctx.workspace.id,
            members.c.role != Role.GUEST.value,
            users.c.disabled_at.is_(None),
        )
    )
    return bool(found.scalar_one() == 1)


async def has_written(ctx: Context, connection: AsyncConnection, review: Review, version: int, user_id: UUID) -> bool:
    """Return whether a member asked for the review, or saved a version of the content that it is about."""
    if review.asked_by == user_id:
        return True
    if review.kind is not ContentKind.TEMPLATE:
        return False
    found = await connection.execute(
        select(template_versions.c.number)
        .where(
            template_versions.c.template_id == review.content_id,
            template_versions.c.workspace_id == ctx.workspace.id,
            template_versions.c.created_by_id == user_id,
            template_versions.c.number.between(review.from_version, version),
        )
        .limit(1)
    )
    return found.first() is not None


async def list_reopened(connection: AsyncConnection) -> list[PassedReview]:
    """Return passed reviews of which a later version was saved, of every workspace."""
    return shaped(await run(connection, __package__, "list_reopened"), PassedReview)


async def list_due(connection: AsyncConnection, now: datetime) -> list[DueStep]:
    """Return open steps that are due within a day, or overdue, and of which nobody was told; of every workspace."""
    return shaped(await run(connection, __package__, "list_due", now=now), DueStep)


async def mark_reminded(connection: AsyncConnection, workspace_id: int, step_id: UUID, reminded: int) -> None:
    """Remember that a step's people were told that it is due soon (1), or overdue (2)."""
    mine = (review_steps.c.id == step_id) & (review_steps.c.workspace_id == workspace_id)
    await connection.execute(update(review_steps).where(mine).values(reminded=reminded))


async def is_required(ctx: Context, connection: AsyncConnection) -> bool:
    """Return whether the workspace uses no content without a review."""
    query = select(review_settings.c.required).where(review_settings.c.workspace_id == ctx.workspace.id)
    return bool((await connection.execute(query)).scalar())


async def set_required(ctx: Context, connection: AsyncConnection, *, required: bool) -> None:
    """Write whether content needs a review."""
    values = {"required": required, "set_by": ctx.actor.name}
    await connection.execute(
        upsert(review_settings)
        .values(workspace_id=ctx.workspace.id, **values)
        .on_conflict_do_update(index_elements=["workspace_id"], set_=values | {"set_at": func.now()})
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the workspace asks for, and the newest review of a content."""

    required: bool
    review: Review | None


async def review_standing(
    ctx: Context, connection: AsyncConnection, kind: ContentKind, content_id: UUID, version: int
) -> ReviewStanding:
    """Return how the review of a content stands, of which `version` is to be used; binds the workspace alone."""
    c = reviews.c
    newest = select(reviews).where(c.workspace_id == ctx.workspace.id, c.kind == kind.value, c.content_id == content_id)
    found = newest.order_by(c.id.desc()).limit(1).subquery()
    settings = review_settings.c.workspace_id == workspaces.c.id
    query = (
        select(
            func.coalesce(review_settings.c.required, false()).label("required"),
            *(column.label(f"review_{column.name}") for column in found.c),
        )
        .select_from(workspaces.outerjoin(review_settings, settings).outerjoin(found, true()))
        .where(workspaces.c.id == ctx.workspace.id)
    )
    standing = await one_of(connection, query, _Standing)
    required, review = standing.required, standing.review
    if review is None:
        return ReviewStanding(required, version)
    waits: Sequence[str] = ()
    if review.state is ReviewState.OPEN:
        step = (await load_course(ctx, connection, review)).current
        ids = {each.user_id for each in step.waits_for(version) if each.user_id}
        names = await names_of(connection, ids)
        waits = sorted(names.values()) if step.kind is ReviewStepKind.REVIEW else (review.asked_by_name,)
    return ReviewStanding(required, version, review.id, review.state, review.passed_version, tuple(waits))
