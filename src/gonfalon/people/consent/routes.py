"""Topics and consent over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gonfalon.accounts.access import seen_things
from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import Held
from gonfalon.people.consent import actions, store
from gonfalon.people.consent.model import Topic
from gonfalon.people.consent.schemas import (
    Changed,
    ConsentIn,
    ConsentsOut,
    TopicIn,
    TopicUpdate,
    TrackingConsentIn,
)
from gonfalon.people.profiles.store import find_person
from gonfalon.people.tables import topics

router = APIRouter(tags=["consent"], prefix="/workspaces/{workspace}")


@router.get("/topics", operation_id="list_topics")
async def list_topics(
    ctx: Ctx, archived: Annotated[bool, Query(description="Also those that were archived")] = False
) -> list[Topic]:
    """Return what people can agree to hear about, in the order of the preference page. Guests: of their campaigns."""
    ctx.require(Permission.WORKSPACE_READ)
    async with ctx.reading() as connection:
        seen = seen_things(ctx, Held.TOPIC, topics.c.id)
        return await store.list_topics(connection, ctx.workspace.id, archived, seen=seen)


@router.post("/topics", operation_id="create_topic", status_code=201)
async def create_topic(body: TopicIn, ctx: Ctx) -> Topic:
    """Make a topic."""
    return await actions.create_topic(ctx, body.name, body.description)


@router.put("/topics/{topic_id}", operation_id="update_topic")
async def update_topic(topic_id: int, body: TopicUpdate, ctx: Ctx) -> Topic:
    """Rename, describes or moves a topic."""
    return await actions.update_topic(
        ctx, topic_id, body.name, body.description, body.position, lasts_months=body.lasts_months
    )


@router.delete("/topics/{topic_id}", operation_id="archive_topic", status_code=204)
async def archive_topic(topic_id: int, ctx: Ctx) -> None:
    """Take a topic off every page; what people said about it stays."""
    await actions.archive_topic(ctx, topic_id)


@router.post("/topics/{topic_id}/restore", operation_id="restore_topic", status_code=204)
async def restore_topic(topic_id: int, ctx: Ctx) -> None:
    """Bring an archived topic back."""
    await actions.restore_topic(ctx, topic_id)


@router.get("/people/{person_id}/consents", operation_id="list_consents")
async def list_consents(person_id: int, ctx: Ctx) -> ConsentsOut:
    """Return what a person allows now, with the proofs."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        await find_person(connection, ctx.workspace.id, person_id)
        consents = await store.consents_of(connection, ctx.workspace.id, person_id)
        proofs = await store.proofs_of(connection, ctx.workspace.id, person_id)
    return ConsentsOut(
        consents=consents,
        proofs=proofs,
    )


@router.post("/people/{person_id}/consents", operation_id="set_consent")
async def set_consent(person_id: int, body: ConsentIn, ctx: Ctx) -> Changed:
    """Record what a person said, with the proof."""
    changed = await actions.set_consent(
        ctx,
        person_id,
        body.channel,
        body.topic_ids,
        body.state,
        body.wording,
        basis=body.basis,
        expires_at=body.expires_at,
    )
    return Changed(changed=changed)


@router.post("/people/{person_id}/tracking-consent", operation_id="set_tracking_consent")
async def set_tracking_consent(person_id: int, body: TrackingConsentIn, ctx: Ctx) -> Changed:
    """Record whether a person lets their opens and clicks be measured, with the proof."""
    return Changed(changed=int(await actions.set_tracking(ctx, person_id, body.allowed, body.wording)))
