"""The door of teamwork for the rooms above: tell members, and keep who follows a thing.

These join the transaction of the action that calls them and write no audit line of their own: the action has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.jobs import defer
from gonfalon.teamwork import store
from gonfalon.teamwork.model import NOTICES, OF_MANY, Delivery, NoticeKind, Piece, Thing, ThingKind


async def notify(
    ctx: Context,
    connection: AsyncConnection,
    kind: NoticeKind,
    *,
    to: Iterable[UUID],
    thing: Thing,
    title: str,
    campaign_id: UUID | None = None,
    once: str | None = None,
    **values: Any,
) -> list[UUID]:
    """Tell members about a thing, in the product and by mail as each chose; returns who was told.

    Whoever acts is not told of their own doing, nor somebody who left, nor a guest outside the campaign.
    title: the thing's name for the sentence; values: see NoticeRule. once: a member is told the same (kind, thing,
    once) a single time, for jobs that may run again (e.g. the date a reminder is for).
    """
    _check(kind, values)
    about = Piece(thing, title, values, once)
    return await _tell(ctx, connection, kind, dict.fromkeys(to, about), campaign_id)


async def notify_of_many(
    ctx: Context,
    connection: AsyncConnection,
    kind: NoticeKind,
    theirs: Mapping[UUID, Sequence[Piece]],
    *,
    place: tuple[Thing, str],
    campaign_id: UUID | None = None,
) -> list[UUID]:
    """Tell each member of all that one deed gave or moved, in a single notice; returns who was told.

    theirs: what is whose, the first first. One thing is told of by itself; of several the notice is about `place`
    (where they are, and its name) and says how many there are and which comes first, with the values of that one.
    """
    if kind not in OF_MANY:
        raise TypeError(f"A notice “{kind.value}” has no sentence for many things")
    for things in theirs.values():
        _check(kind, things[0].values)
    about = {user_id: things[0] if len(things) == 1 else _together(things, place) for user_id, things in theirs.items()}
    return await _tell(ctx, connection, kind, about, campaign_id)


def _check(kind: NoticeKind, values: Mapping[str, Any]) -> None:
    missing = NOTICES[kind].needs - values.keys()
    if missing:
        raise TypeError(f"A notice “{kind.value}” needs {sorted(missing)}")


def _together(things: Sequence[Piece], place: tuple[Thing, str]) -> Piece:
    first = things[0]
    once = None
    if first.once is not None:  # the same only for the same things, for jobs that run again
        once = sha256("\n".join(f"{each.thing.id} {each.once}" for each in things).encode()).hexdigest()[:32]
    return Piece(*place, {**first.values, "count": len(things), "first": first.title}, once)


async def _tell(
    ctx: Context,
    connection: AsyncConnection,
    kind: NoticeKind,
    about: Mapping[UUID, Piece],
    campaign_id: UUID | None,
) -> list[UUID]:
    rule = NOTICES[kind]
    actor = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None
    told = await store.may_be_told(ctx, connection, set(about) - {actor}, campaign_id)
    if not told:
        return []
    chosen = await store.chosen_deliveries(ctx, connection, kind, told)
    rows = [
        {
            "workspace_id": ctx.workspace.id,
            "user_id": user_id,
            "thing_kind": about[user_id].thing.kind.value,
            "thing_id": about[user_id].thing.id,
            "campaign_id": campaign_id,
            "kind": kind.value,
            "actor_id": actor,
            "actor_name": ctx.actor.name,
            "title": about[user_id].title,
            "parameters": about[user_id].values,
            "delivery": chosen.get(user_id, rule.delivery.value),
            "once": about[user_id].once,
        }
        for user_id in told
    ]
    new = await store.insert_notices(connection, rows)
    if Delivery.NOW in new.values():
        from gonfalon.teamwork.mail.jobs import mail_notices_job

        await defer(connection, mail_notices_job, workspace_id=ctx.workspace.id)
    return list(new)


async def notify_followers(
    ctx: Context,
    connection: AsyncConnection,
    kind: NoticeKind,
    *,
    thing: Thing,
    title: str,
    campaign_id: UUID | None = None,
    but: Iterable[UUID] = (),
    **values: Any,
) -> list[UUID]:
    """Tell who follows the thing or its campaign. but: who has been told already in another way."""
    things = [thing, *([Thing(ThingKind.CAMPAIGN, campaign_id)] if campaign_id else [])]
    to = set(await store.followers_of(ctx, connection, *things)) - set(but)
    return await notify(ctx, connection, kind, to=to, thing=thing, title=title, campaign_id=campaign_id, **values)


async def follow(
    ctx: Context,
    connection: AsyncConnection,
    thing: Thing,
    user_ids: Iterable[UUID],
    *,
    campaign_id: UUID | None = None,
    chosen: bool = False,
) -> None:
    """Make members follow the thing; nobody who left it by choice, unless they choose (`chosen`) to come back."""
    pairs = [(thing, user_id) for user_id in set(user_ids)]
    await follow_each(ctx, connection, pairs, campaign_id=campaign_id, chosen=chosen)


async def follow_each(
    ctx: Context,
    connection: AsyncConnection,
    pairs: Iterable[tuple[Thing, UUID]],
    *,
    campaign_id: UUID | None = None,
    chosen: bool = False,
) -> None:
    """Let members follow many things, each by its member."""
    wanted = list(pairs)
    able = set(await store.may_be_told(ctx, connection, {user_id for _, user_id in wanted}, campaign_id))
    rows = [
        {
            "workspace_id": ctx.workspace.id,
            "thing_kind": thing.kind.value,
            "thing_id": thing.id,
            "campaign_id": campaign_id,
            "user_id": user_id,
        }
        for thing, user_id in wanted
        if user_id in able
    ]
    await store.insert_followers(connection, rows, chosen=chosen)


async def unfollow(ctx: Context, connection: AsyncConnection, thing: Thing, user_ids: Iterable[UUID]) -> None:
    """Stop members following the thing, so that nothing makes them follow it again by itself."""
    await store.mute_followers(ctx, connection, thing, list(user_ids))


async def forget_thing(ctx: Context, connection: AsyncConnection, thing: Thing) -> None:
    """Take away the notices and followers of a thing that is deleted; what was said about it stays out of sight."""
    await store.delete_traces(ctx, connection, thing)
