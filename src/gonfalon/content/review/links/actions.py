"""Making and revoking links, and what their users do: give a name, remark, answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Actor, Permission
from gonfalon.accounts.rules import network_of
from gonfalon.accounts.store import count_try, workspace_by_id
from gonfalon.content.review import actions as reviews
from gonfalon.content.review import rules
from gonfalon.content.review import store as review_store
from gonfalon.content.review.links import store
from gonfalon.content.review.links.store import ReviewLink
from gonfalon.content.review.links.words import WORDS
from gonfalon.content.review.model import Content, Course, Review, ReviewAnswer, Seat
from gonfalon.content.review.remarks.actions import add_remark
from gonfalon.content.review.remarks.schemas import PlaceIn
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import Invalid, TooMany
from gonfalon.kit.services import Services

HOUR = 3600
PER_LINK = 60
"""What the user of a link may write in an hour."""
PER_NETWORK = 600
"""How many pages a network may open in an hour, by whichever tokens: none is found by trying."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a link opens: the context of its user, the review, and what is reviewed."""

    ctx: Context
    link: ReviewLink
    review: Review
    content: Content
    course: Course


async def make_link(ctx: Context, review_id: UUID, name: str, days: int) -> tuple[UUID, str, datetime]:
    """Make a link that opens a review to somebody outside; returns its id, address and end. Raises NotFound."""
    ctx.require(Permission.SETTINGS_READ)
    ctx.require(Permission.CONTENT_WRITE)
    until = ctx.now + timedelta(days=days)
    async with ctx.transaction() as connection:
        review = await review_store.find_review(ctx, connection, review_id)
        link_id, token = await store.add_link(ctx, connection, review_id, name.strip() or "–", until)
        await ctx.audit(connection, "review.link_made", review.kind.value, review.content_id, review.title, to=name)
    return link_id, f"{ctx.services.settings.public_url}/r/{token}", until


async def revoke_link(ctx: Context, link_id: UUID) -> None:
    """Make a link open nothing any more; what was said by it stays."""
    ctx.require(Permission.SETTINGS_READ)
    ctx.require(Permission.CONTENT_WRITE)
    async with ctx.transaction() as connection:
        review = await review_store.find_review(ctx, connection, await store.revoke_link(ctx, connection, link_id))
        await ctx.audit(connection, "review.link_revoked", review.kind.value, review.content_id, review.title)


async def open_link(services: Services, token: str, ip: str) -> Visit | None:
    """Return what a token opens; None for one that opens nothing (any more). Raises TooMany."""
    async with services.db.transaction() as connection:
        tries = await count_try(connection, f"review-link-ip:{network_of(ip)}", utcnow(), HOUR)
    if tries > PER_NETWORK:
        raise _limited()
    async with services.db.reading() as connection:
        link = await store.find_link(connection, token)
        if link is None:
            return None
        workspace = await workspace_by_id(connection, link.workspace_id)
        name = WORDS[workspace.language]("by_link", name=link.visitor or link.name)
        may = frozenset({Permission.CONTENT_READ, Permission.SETTINGS_READ})
        ctx = Context(services, Actor("link", None, name, may), workspace)
        return await _visit(ctx, connection, link)


async def _visit(ctx: Context, connection: AsyncConnection, link: ReviewLink) -> Visit:
    review = await review_store.find_review(ctx, connection, link.review_id)
    content = await review_store.find_content(ctx, connection, review.kind, review.content_id)
    course = rules.reopen(await review_store.load_course(ctx, connection, review), content.version)
    return Visit(ctx, link, review, content, course)


async def give_name(visit: Visit, name: str) -> None:
    """Keep the name that the link's user gives, once."""
    named = " ".join(name.replace("\0", "").split())[:100]
    if not named:
        raise Invalid("comment_empty", "Write something first; a comment cannot be empty.")
    async with visit.ctx.transaction() as connection:
        await _count(connection, visit)
        await store.mark_used(connection, visit.link, named)


async def remark(visit: Visit, body: str, place: PlaceIn) -> None:
    """Add a remark on the content. Nobody is mentioned from outside."""
    async with visit.ctx.transaction() as connection:
        await _count(connection, visit)
    comment_id = await add_remark(visit.ctx, visit.content, body.replace("\0", "").replace("<@", "@"), place)
    async with visit.ctx.transaction() as connection:
        await store.own_pin(connection, visit.link, comment_id)


async def answer(visit: Visit, step: int, version: int, said: ReviewAnswer, note: str) -> None:
    """Answer the newest version in the open review step. Changes bind; a yes is shown and passes nothing alone."""
    async with visit.ctx.transaction() as connection:
        await _count(connection, visit)
    seat = Seat(None, None, link_id=visit.link.id)
    note = note.replace("\0", "")[:2_000]
    await reviews.answer_as(visit.ctx, visit.review.id, step, version, said, note, seat)


async def _count(connection: AsyncConnection, visit: Visit) -> None:
    if await count_try(connection, f"review-link:{visit.link.id}", utcnow(), HOUR) > PER_LINK:
        raise _limited()


def _limited() -> TooMany:
    return TooMany("review_link_limited", "That was a lot at once; wait an hour and go on.", HOUR)
