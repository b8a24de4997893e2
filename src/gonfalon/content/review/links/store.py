"""Database calls of links for reviewers from outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import not_found
from gonfalon.content.review.tables import review_links, review_pins
from gonfalon.kit.ids import new_id
from gonfalon.kit.rows import all_of, first_of
from gonfalon.kit.secrets import digest, random_token
from gonfalon.teamwork.tables import comments


@dataclass(frozen=True, slots=True)
class ReviewLink:
    """A link that opens a review to somebody outside."""

    id: UUID
    workspace_id: int
    review_id: UUID
    name: str
    visitor: str
    made_by: str
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Said:
    """A remark made by a link, or a reply to one."""

    id: UUID
    parent_id: UUID | None
    author_name: str
    body: str
    created_at: datetime
    resolved: bool


async def add_link(
    ctx: Context, connection: AsyncConnection, review_id: UUID, name: str, expires_at: datetime
) -> tuple[UUID, str]:
    """Write a link; return its id and token, which is kept as a hash only."""
    link_id, token = new_id(), random_token()
    await connection.execute(
        insert(review_links).values(
            id=link_id, workspace_id=ctx.workspace.id, review_id=review_id, token_hash=digest(token), name=name,
            made_by=ctx.actor.name, expires_at=expires_at,
        )
    )  # fmt: skip
    return link_id, token


async def list_links(ctx: Context, connection: AsyncConnection, review_id: UUID) -> list[ReviewLink]:
    """Return the links of a review that still open it, the newest first."""
    query = select(review_links).where(
        review_links.c.review_id == review_id,
        review_links.c.workspace_id == ctx.workspace.id,
        review_links.c.revoked_at.is_(None),
        review_links.c.expires_at > func.now(),
    )
    return await all_of(connection, query.order_by(review_links.c.id.desc()), ReviewLink)


async def revoke_link(ctx: Context, connection: AsyncConnection, link_id: UUID) -> UUID:
    """Make a link open nothing any more; returns its review. Raises NotFound."""
    mine = (review_links.c.id == link_id) & (review_links.c.workspace_id == ctx.workspace.id)
    changed = await connection.execute(
        update(review_links)
        .where(mine)
        .values(revoked_at=func.coalesce(review_links.c.revoked_at, func.now()))
        .returning(review_links.c.review_id)
    )
    found: UUID | None = changed.scalar()
    if found is None:
        raise not_found("review link")
    return found


async def find_link(connection: AsyncConnection, token: str) -> ReviewLink | None:
    """Return the link of a token, if it still opens something; the token is the permission."""
    query = select(review_links).where(
        review_links.c.token_hash == digest(token),
        review_links.c.revoked_at.is_(None),
        review_links.c.expires_at > func.now(),
    )
    return await first_of(connection, query, ReviewLink)


async def mark_used(connection: AsyncConnection, link: ReviewLink, visitor: str) -> None:
    """Remember the name that the link's user gave; the first one stays."""
    mine = (review_links.c.id == link.id) & (review_links.c.workspace_id == link.workspace_id)
    unnamed = review_links.c.visitor == ""
    await connection.execute(update(review_links).where(mine, unnamed).values(visitor=visitor, used_at=func.now()))


async def own_pin(connection: AsyncConnection, link: ReviewLink, comment_id: UUID) -> None:
    """Remember that a remark was made by this link."""
    mine = (review_pins.c.comment_id == comment_id) & (review_pins.c.workspace_id == link.workspace_id)
    await connection.execute(update(review_pins).where(mine).values(link_id=link.id))


async def list_said(connection: AsyncConnection, link: ReviewLink) -> list[Said]:
    """Return the remarks that were made by a link with the replies to them, the oldest first, at most 500."""
    theirs = select(review_pins.c.comment_id).where(
        review_pins.c.link_id == link.id, review_pins.c.workspace_id == link.workspace_id
    )
    query = (
        select(comments, comments.c.resolved_at.is_not(None).label("resolved"))
        .where(
            comments.c.workspace_id == link.workspace_id,
            comments.c.removed_at.is_(None),
            comments.c.id.in_(theirs) | comments.c.parent_id.in_(theirs),
        )
        .order_by(comments.c.id)
        .limit(500)
    )
    return await all_of(connection, query, Said)
