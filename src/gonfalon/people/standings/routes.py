"""How far consent reaches, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.kit.days import Day
from gonfalon.people.profiles.store import find_person
from gonfalon.people.standings import actions, store
from gonfalon.people.standings.model import ConsentStanding, Demands, PastConsent, PastStanding
from gonfalon.people.standings.schemas import EndingIn, ListedOut

router = APIRouter(tags=["consent"], prefix="/workspaces/{workspace}")


@router.get("/consent/standings", operation_id="list_standings")
async def list_standings(
    ctx: Ctx,
    proof: Annotated[bool, Query(description="What if the exact wording had to be known?")] = False,
    months: Annotated[int | None, Query(ge=1, le=120, description="What if a consent held for so long only?")] = None,
    confirmed: Annotated[
        bool, Query(description="What if people had to have confirmed it from their mailbox?")
    ] = False,
    days: Annotated[int, Query(ge=1, le=365, description="How soon “soon” is")] = 30,
) -> list[ConsentStanding]:
    """Return how many people stand where by topic and channel, and how many stricter rules would lose."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        return await store.weigh(connection, ctx.workspace.id, Demands(proof, months, confirmed), days)


@router.get("/consent/past", operation_id="list_past_standings")
async def list_past_standings(on: Day, ctx: Ctx) -> list[PastStanding]:
    """Return how many people agreed at the end of a past day, by the log alone; of those who are here today."""
    ctx.require(Permission.PEOPLE_READ)
    until = actions.end_of(ctx, on)
    async with ctx.reading() as connection:
        return await store.count_past(connection, ctx.workspace.id, until)


@router.post("/consent/ending", operation_id="list_ending_consents")
async def list_ending(body: EndingIn, ctx: Ctx) -> ListedOut:
    """Put those on a list whose consent ends soon, to ask them again."""
    return ListedOut(added=await actions.list_ending(ctx, body.audience_id, body.topic_id, body.channel, body.days))


@router.get("/people/{person_id}/consents/past", operation_id="list_past_consents")
async def list_past_consents(person_id: int, on: Day, ctx: Ctx) -> list[PastConsent]:
    """Return what a person's consent stood at, at the end of a past day, by the log alone."""
    ctx.require(Permission.PEOPLE_READ)
    until = actions.end_of(ctx, on)
    async with ctx.reading() as connection:
        await find_person(connection, ctx.workspace.id, person_id)
        return await store.past_of(connection, ctx.workspace.id, person_id, until)
