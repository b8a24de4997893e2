"""Recording and withdrawing consent, and looking after topics.

Two doors. `record_consent` and `withdraw_all` join the transaction of whoever calls them, for people who speak for
themselves (unsubscribe, preference page, collector) and for other rooms: the proof ledger is their record.
`set_consent` and `set_tracking` are members' actions with permission and audit line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Workspace
from gonfalon.kit.errors import Conflict, Invalid, NotFound
from gonfalon.people.consent import rules, store
from gonfalon.people.consent.model import TRACKING, ConsentSource, ConsentState, LegalBasis, Statement, Topic
from gonfalon.people.model import Channel
from gonfalon.people.rules import key_of


async def record_consent(
    connection: AsyncConnection,
    workspace_id: int,
    person_ids: Sequence[int],
    topic_ids: Sequence[int],
    statement: Statement,
) -> int:
    """Record one statement of many people on some topics; returns how many states changed.

    Nothing changes, and no proof is added, where the state is already so: it may be repeated. A withdrawal counts
    always, from a file unless the person agreed later; a grant after a withdrawal counts when it was said later and
    does not come from a file.
    Unknown and erased people and topics of other workspaces are left out silently.
    """
    return await store.write_statement(connection, workspace_id, person_ids, topic_ids, statement)


async def withdraw_all(
    connection: AsyncConnection, workspace_id: int, person_ids: Sequence[int], statement: Statement
) -> int:
    """Withdraw the statement's channel for every topic of the workspace; returns how many states changed."""
    withdrawal = replace(statement, state=ConsentState.WITHDRAWN)
    return await store.write_statement(connection, workspace_id, person_ids, None, withdrawal)


async def set_tracking_consent(
    connection: AsyncConnection,
    workspace_id: int,
    person_id: int,
    allowed: bool,
    source: ConsentSource,
    wording: str = "",
    details: Mapping[str, Any] | None = None,
) -> bool:
    """Record whether a person's opens and clicks may be measured; whether that changed anything.

    Its proof has the channel TRACKING and no topic. wording: the exact text that was agreed to.
    """
    return await store.write_tracking_consent(
        connection, workspace_id, person_id, allowed, source, wording, details or {}
    )


async def set_consent(
    ctx: Context,
    person_id: int,
    channel: Channel,
    topic_ids: Sequence[int],
    state: ConsentState,
    wording: str = "",
    *,
    basis: LegalBasis = LegalBasis.CONSENT,
    expires_at: datetime | None = None,
) -> int:
    """Return a member or API key records what one person said; returns how many states changed. Raises NotFound."""
    ctx.require(Permission.PEOPLE_WRITE)
    source, details = recorder(ctx)
    if expires_at is not None and expires_at <= ctx.now:
        raise Invalid("consent_expired", "This consent would have ended already; give a day to come, or none.")
    statement = Statement(channel, state, source, wording=wording, details=details, basis=basis, expires_at=expires_at)
    async with ctx.transaction() as connection:
        await _check_known(ctx, connection, person_id)
        for topic_id in topic_ids:
            await store.find_topic(connection, ctx.workspace.id, topic_id)
        changed = await record_consent(connection, ctx.workspace.id, [person_id], topic_ids, statement)
        if changed:
            await ctx.audit(
                connection,
                f"consent.{state.value}",
                "person",
                person_id,
                channel=channel.value,
                topics=list(topic_ids),
            )
    return changed


async def set_tracking(ctx: Context, person_id: int, allowed: bool, wording: str = "") -> bool:
    """Return a member or API key records whether one person may be measured; whether that changed it. Raises
    NotFound."""
    ctx.require(Permission.PEOPLE_WRITE)
    source, details = recorder(ctx)
    async with ctx.transaction() as connection:
        await _check_known(ctx, connection, person_id)
        w = ctx.workspace.id
        changed = await set_tracking_consent(connection, w, person_id, allowed, source, wording, details)
        if changed:
            state = ConsentState.GRANTED if allowed else ConsentState.WITHDRAWN
            await ctx.audit(connection, f"consent.{state.value}", "person", person_id, channel=TRACKING)
    return changed


def recorder(ctx: Context) -> tuple[ConsentSource, dict[str, Any]]:
    """Return how the actor's word on somebody else's consent is noted in the proof."""
    source = ConsentSource.API if ctx.actor.kind == "api_key" else ConsentSource.MEMBER
    return source, {"actor": ctx.actor.name, "actor_id": ctx.actor.id}


async def _check_known(ctx: Context, connection: AsyncConnection, person_id: int) -> None:
    if not await store.is_known(ctx, connection, person_id):
        raise NotFound("person_unknown", "There is no such person in this workspace.")


async def create_topic(ctx: Context, name: str, description: str = "") -> Topic:
    """Return a new topic, last in the order."""
    ctx.require(Permission.WORKSPACE_MANAGE)
    async with ctx.transaction() as connection:
        topic = await store.add_topic(
            connection, ctx.workspace.id, key_of(name, "topic"), _named(name), description.strip()
        )
        await ctx.audit(connection, "topic.created", "topic", topic.id, topic.name)
    return topic


async def update_topic(
    ctx: Context, topic_id: int, name: str, description: str, position: int, *, lasts_months: int | None = None
) -> Topic:
    """Rename, describes and moves a topic, and says how long consent to it holds; its key stays.

    Consent that was given before then holds as long from when it was given, unless it has an end of its own. What has
    ended stays ended.
    """
    ctx.require(Permission.WORKSPACE_MANAGE)
    async with ctx.transaction() as connection:
        present = await store.find_topic(connection, ctx.workspace.id, topic_id)
        await store.update_topic(
            ctx,
            connection,
            topic_id,
            name=_named(name),
            description=description.strip(),
            position=position,
            lasts_months=lasts_months,
        )
        if lasts_months != present.lasts_months:
            await store.renew_expiry(connection, ctx.workspace.id, topic_id, present.lasts_months, lasts_months)
        await ctx.audit(connection, "topic.changed", "topic", topic_id, _named(name), before=present.name)
        return await store.find_topic(connection, ctx.workspace.id, topic_id)


async def archive_topic(ctx: Context, topic_id: int) -> None:
    """Take a topic off every page and form; what people said about it stays. The last open topic cannot go."""
    ctx.require(Permission.WORKSPACE_MANAGE)
    async with ctx.transaction() as connection:
        present = await store.find_topic(connection, ctx.workspace.id, topic_id)
        if present.archived_at is not None:
            return
        if len(await store.list_topics(connection, ctx.workspace.id)) == 1:
            raise Conflict("topic_last", "A workspace needs a topic that people can agree to; make another one first.")
        await store.update_topic(ctx, connection, topic_id, archived_at=func.now())
        await ctx.audit(connection, "topic.archived", "topic", topic_id, present.name)


async def restore_topic(ctx: Context, topic_id: int) -> None:
    """Bring an archived topic back."""
    ctx.require(Permission.WORKSPACE_MANAGE)
    async with ctx.transaction() as connection:
        present = await store.find_topic(connection, ctx.workspace.id, topic_id)
        await store.update_topic(ctx, connection, topic_id, archived_at=None)
        if present.archived_at is not None:
            await ctx.audit(connection, "topic.restored", "topic", topic_id, present.name)


async def new_workspace(connection: AsyncConnection, workspace: Workspace) -> None:
    """Write the topics a new workspace begins with, in its language."""
    for key, name in rules.DEFAULT_TOPICS[workspace.language]:
        await store.add_topic(connection, workspace.id, key, name, "")


def _named(name: str) -> str:
    found = name.strip()
    if not found:
        raise Invalid("name_missing", "Give the topic a name.")
    return found
