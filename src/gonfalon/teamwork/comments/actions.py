"""The verbs of comments. Who may read a thing may comment on it; a comment belongs to who wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import changed_meanwhile
from gonfalon.kit.errors import Conflict, Forbidden, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.teamwork.actions import follow, notify
from gonfalon.teamwork.comments import rules, store
from gonfalon.teamwork.comments.model import Comment
from gonfalon.teamwork.model import NoticeKind, Seen, Thing, ThingKind
from gonfalon.teamwork.store import followers_of, may_be_told, member_names, see_thing


async def add_comment(ctx: Context, thing: Thing, body: str, parent_id: UUID | None = None) -> UUID:
    """Return a comment on the thing, or a reply in a thread, which opens it again; returns its id.

    Tells who is mentioned, who wrote in the thread, and who follows the thing or its campaign.
    Raises Invalid (empty, too long, a mention of somebody who left or may not see it), NotFound, Forbidden.
    """
    _may_write(ctx)
    body = rules.check_body(body)
    comment_id = new_id()
    author = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None
    async with ctx.transaction() as connection:
        seen = await see_thing(ctx, connection, thing)
        root = None if parent_id is None else await _thread(ctx, connection, thing, parent_id)
        wanted = rules.mentioned(body)
        names = await _check_mentions(ctx, connection, wanted, seen)
        await store.insert_comment(
            ctx,
            connection,
            thing,
            id=comment_id,
            campaign_id=seen.campaign_id,
            parent_id=root,
            author_id=author,
            author_name=ctx.actor.name,
            body=body,
        )
        if author is not None:
            await follow(ctx, connection, thing, [author], campaign_id=seen.campaign_id)
        line = {"note": rules.excerpt(body, names), "comment": str(comment_id)}
        await _tell_mentioned(ctx, connection, thing, seen, wanted, line)
        listeners = await _listeners(ctx, connection, thing, seen, root) - set(wanted)
        await notify(
            ctx,
            connection,
            NoticeKind.COMMENTED,
            to=listeners,
            thing=thing,
            title=seen.title,
            campaign_id=seen.campaign_id,
            **line,
        )
        await _audit(ctx, connection, "comment.added", thing, seen, comment_id)
    return comment_id


async def edit_comment(ctx: Context, comment_id: UUID, version: int, body: str) -> None:
    """Replace one's own words; who is mentioned for the first time is told.

    Raises Forbidden for somebody else's, Conflict when it was removed or changed since `version`.
    """
    _may_write(ctx)
    body = rules.check_body(body)
    async with ctx.transaction() as connection:
        comment, thing, seen = await _own(ctx, connection, comment_id)
        if comment.version != version:
            raise changed_meanwhile("comment", comment.version)
        # Somebody mentioned before may have left since; that is no reason to refuse a correction.
        added = [user_id for user_id in rules.mentioned(body) if user_id not in rules.mentioned(comment.body)]
        names = await _check_mentions(ctx, connection, added, seen)
        await store.edit_comment(ctx, connection, comment_id, body)
        line = {"note": rules.excerpt(body, names), "comment": str(comment_id)}
        await _tell_mentioned(ctx, connection, thing, seen, added, line)
        await _audit(ctx, connection, "comment.changed", thing, seen, comment_id)


async def remove_comment(ctx: Context, comment_id: UUID) -> None:
    """Empty a comment; its place in the thread stays. One's own, or anybody's for who manages the workspace."""
    _may_write(ctx)
    async with ctx.transaction() as connection:
        _, thing, seen = await _own(ctx, connection, comment_id, but=Permission.WORKSPACE_MANAGE)
        await store.empty_comment(ctx, connection, comment_id)
        await _audit(ctx, connection, "comment.removed", thing, seen, comment_id)


async def resolve_thread(ctx: Context, comment_id: UUID, resolved: bool) -> None:
    """Mark a thread as settled, or opens it again. Raises Invalid for a reply."""
    _may_write(ctx)
    async with ctx.transaction() as connection:
        comment = await store.find_comment(ctx, connection, comment_id, lock=True)
        thing = comment.thing
        seen = await see_thing(ctx, connection, thing)
        if comment.parent_id is not None:
            raise Invalid("not_a_thread", "A whole thread is resolved, not one reply in it.")
        if (comment.resolved_at is not None) == resolved:
            return
        await store.resolve_thread(ctx, connection, comment_id, resolved=resolved)
        await _audit(ctx, connection, "comment.resolved" if resolved else "comment.reopened", thing, seen, comment_id)


def _may_write(ctx: Context) -> None:
    # Reading is enough for members; a key that may only read must not speak.
    if ctx.actor.kind == "api_key":
        ctx.require(Permission.CAMPAIGNS_WRITE)


async def _thread(ctx: Context, connection: AsyncConnection, thing: Thing, parent_id: UUID) -> UUID:
    """The first comment of the thread a reply goes to, opened again."""
    parent = await store.find_comment(ctx, connection, parent_id, lock=True)
    if parent.thing != thing:
        raise Invalid("thread_elsewhere", "The comment you answer belongs to something else; open it there.")
    root = parent.parent_id or parent.id
    await store.reopen_thread(ctx, connection, root)
    return root


async def _check_mentions(ctx: Context, connection: AsyncConnection, wanted: list[UUID], seen: Seen) -> dict[UUID, str]:
    """The names of the mentioned; raises Invalid when one is no member any more or may not see the thing."""
    names = await member_names(ctx, connection, wanted)
    gone = [user_id for user_id in wanted if user_id not in names]
    if gone:
        raise Invalid(
            "mention_unknown",
            "Somebody you mention is not a member of this workspace any more; take the mention out.",
            members=[str(user_id) for user_id in gone],
        )
    told = await may_be_told(ctx, connection, wanted, seen.campaign_id)
    outside = [names[user_id] for user_id in wanted if user_id not in told]
    if outside:
        raise Invalid(
            "mention_outside",
            f"{outside[0]} is a guest and cannot see this campaign; invite them to it, or take the mention out.",
            name=outside[0],
        )
    return names


async def _tell_mentioned(
    ctx: Context, connection: AsyncConnection, thing: Thing, seen: Seen, wanted: Iterable[UUID], line: dict[str, str]
) -> None:
    wanted = list(wanted)
    await follow(ctx, connection, thing, wanted, campaign_id=seen.campaign_id)
    await notify(
        ctx,
        connection,
        NoticeKind.MENTIONED,
        to=wanted,
        thing=thing,
        title=seen.title,
        campaign_id=seen.campaign_id,
        **line,
    )


async def _listeners(
    ctx: Context, connection: AsyncConnection, thing: Thing, seen: Seen, root: UUID | None
) -> set[UUID]:
    things = [thing, *([Thing(ThingKind.CAMPAIGN, seen.campaign_id)] if seen.campaign_id else [])]
    found = set(await followers_of(ctx, connection, *things))
    return found if root is None else found | await store.authors_of(ctx, connection, root)


async def _own(
    ctx: Context, connection: AsyncConnection, comment_id: UUID, but: Permission | None = None
) -> tuple[Comment, Thing, Seen]:
    """A comment that the actor wrote and may still see, locked. but: the permission that also is enough."""
    comment = await store.find_comment(ctx, connection, comment_id, lock=True)
    thing = comment.thing
    seen = await see_thing(ctx, connection, thing)
    mine = ctx.actor.kind == "member" and str(comment.author_id) == ctx.actor.id
    if not mine and not (but is not None and ctx.may(but)):
        raise Forbidden(
            "not_your_comment",
            f"Only {comment.author} can change this comment; answer it instead.",
            author=comment.author,
        )
    if comment.removed_at is not None:
        raise Conflict("comment_removed", "This comment was removed; write a new one.")
    return comment, thing, seen


async def _audit(
    ctx: Context, connection: AsyncConnection, action: str, thing: Thing, seen: Seen, comment_id: UUID
) -> None:
    await ctx.audit(
        connection,
        action,
        thing.kind.value,
        thing.id,
        seen.title,
        campaign_id=seen.campaign_id,
        comment=str(comment_id),
    )


async def forget(connection: AsyncConnection, workspace_id: int, people: Sequence[int]) -> None:
    """Take an erased person's addresses out of what members wrote. Joins the transaction."""
    await store.forget_people(connection, workspace_id, people)
