"""Followers, presence and activity over HTTP."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.kit.days import Day
from gonfalon.kit.errors import Invalid
from gonfalon.kit.paging import Page, PageRequest, paging
from gonfalon.teamwork.comments.rules import mentioned
from gonfalon.teamwork.comments.store import count_comments, writers
from gonfalon.teamwork.model import Thing, ThingKind
from gonfalon.teamwork.store import see_thing
from gonfalon.teamwork.together import actions, store
from gonfalon.teamwork.together.schemas import (
    Activity,
    ActivitySummary,
    Following,
    MemberRef,
    Presence,
    ThingOut,
    activity_out,
)

router = APIRouter(tags=["together"])
MOST_DAYS = 731


@router.get("/workspaces/{workspace}/things/{kind}/{thing_id}", operation_id="get_thing")
async def get_thing(kind: ThingKind, thing_id: UUID, ctx: Ctx) -> ThingOut:
    """Return a thing by its name, and who follows it."""
    thing = Thing(kind, thing_id)
    async with ctx.reading() as connection:
        seen = await see_thing(ctx, connection, thing)
        followers = await store.list_followers(ctx, connection, thing)
        comments, open_threads = await count_comments(ctx, connection, thing)
    return ThingOut(
        kind=kind,
        id=thing_id,
        title=seen.title,
        campaign_id=seen.campaign_id,
        comments=comments,
        open_threads=open_threads,
        following=any(str(row.id) == ctx.actor.id for row in followers) if ctx.actor.kind == "member" else None,
        followers=[MemberRef.model_validate(each, from_attributes=True) for each in followers],
    )


@router.put("/workspaces/{workspace}/things/{kind}/{thing_id}/following", operation_id="follow_thing", status_code=204)
async def follow_thing(kind: ThingKind, thing_id: UUID, body: Following, ctx: Ctx) -> None:
    """Follow a thing, or leaves it."""
    await actions.choose_following(ctx, Thing(kind, thing_id), body.following)


@router.post("/workspaces/{workspace}/things/{kind}/{thing_id}/presence", operation_id="be_there")
async def be_there(kind: ThingKind, thing_id: UUID, ctx: Ctx) -> Presence:
    """Say that one looks at a thing, every 20 seconds; answers who else does. After 45 seconds one is gone."""
    others = await actions.be_there(ctx, Thing(kind, thing_id))
    return Presence(others=[MemberRef.model_validate(each, from_attributes=True) for each in others])


@router.delete("/workspaces/{workspace}/things/{kind}/{thing_id}/presence", operation_id="go_away", status_code=204)
async def go_away(kind: ThingKind, thing_id: UUID, ctx: Ctx) -> None:
    """Say that one looks elsewhere now."""
    await actions.go_away(ctx, Thing(kind, thing_id))


@router.get("/workspaces/{workspace}/campaigns/{campaign_id}/activity", operation_id="list_activity")
async def list_activity(
    campaign_id: UUID, ctx: Ctx, page: Annotated[PageRequest, Depends(paging(datetime, str, str))]
) -> Page[Activity]:
    """Return what happened in a campaign, comments included, the newest first."""
    async with ctx.reading() as connection:
        await see_thing(ctx, connection, Thing(ThingKind.CAMPAIGN, campaign_id))
        rows = await store.page_activity(ctx, connection, campaign_id, page)
        shown = page.shown(rows)
        ids = {user_id for row in shown for user_id in mentioned(row.body or "")}
        names = {row.id: row.name for row in await writers(ctx, connection, ids)}
    items = [
        activity_out(row, [MemberRef(id=one, name=names[one]) for one in mentioned(row.body or "") if one in names])
        for row in shown
    ]
    return Page(items=items, next_cursor=page.next_cursor(rows, "at", "source", "key"))


@router.get("/workspaces/{workspace}/activity", operation_id="sum_activity")
async def sum_activity(
    ctx: Ctx,
    first: Annotated[Day, Query(description="The first day, in the workspace's zone")],
    last: Annotated[Day, Query(description="The last day, included")],
) -> ActivitySummary:
    """Return how much happened in each campaign from one day to another, for reviews."""
    ctx.require(Permission.REPORTS_READ)
    if not MOST_DAYS >= (last - first).days >= 0:
        raise Invalid("days_invalid", "The last day must not be before the first, nor more than two years after it.")
    zone = ctx.zone
    since = datetime.combine(first, time.min, zone)
    until = datetime.combine(last, time.max, zone)
    async with ctx.reading() as connection:
        rows = await store.sum_activity(ctx, connection, since, until)
    return ActivitySummary(
        first=first,
        last=last,
        campaigns=list(rows),
    )
