"""Database calls of consent."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

from sqlalchemy import ColumnElement, func, insert, select, true, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit import sql
from gonfalon.kit.errors import NotFound
from gonfalon.kit.locks import one_at_a_time
from gonfalon.people.consent.model import (
    RETRACTED,
    TRACKING,
    ConsentProof,
    ConsentSource,
    ConsentState,
    LegalBasis,
    Preferences,
    Statement,
    Topic,
    TopicConsent,
)
from gonfalon.people.consent.rules import LAST_POSITION, check_wording, repeats
from gonfalon.people.model import Channel
from gonfalon.people.rules import free_key
from gonfalon.people.tables import consent_proofs, consent_wordings, consents, people, topics

PeopleQuery = LiteralString
"""The text of a query for ids of people, and when each said it or null: written in our code, never made of anything
from outside."""

_TOPIC = (
    topics.c.id,
    topics.c.key,
    topics.c.name,
    topics.c.description,
    topics.c.position,
    topics.c.archived_at,
    topics.c.lasts_months,
)


async def wording_id(connection: AsyncConnection, workspace_id: int, wording: str) -> int | None:
    """Return the id of an exact wording, kept once per workspace; None for an empty one."""
    found = check_wording(wording)
    if not found:
        return None
    kept = await connection.execute(
        upsert(consent_wordings)
        .values(workspace_id=workspace_id, text=found)
        # An update that changes nothing: it makes the row come back whether it is new or not.
        .on_conflict_do_update(index_elements=["workspace_id", func.md5(consent_wordings.c.text)], set_={"text": found})
        .returning(consent_wordings.c.id)
    )
    return int(kept.scalar_one())


async def write_statement(
    connection: AsyncConnection,
    workspace_id: int,
    person_ids: Sequence[int] | PeopleQuery | tuple[str, Mapping[str, object]],
    topic_ids: Sequence[int] | None,
    statement: Statement,
) -> int:
    """Apply one statement of many people to topics (None: every topic); how many states changed.

    The people are given by id or, where they are in the database already, by one of our own queries for their ids and
    when each said it, or for their ids alone, with its values.
    """
    params: dict[str, Any] = {}
    match person_ids:
        case str():
            query = person_ids
        case (str() as ids, Mapping() as bound):
            query = " ".join(["select q.id, null::timestamptz from (", ids, ") as q (id)"])
            params = dict(bound)
        case _:
            query, params = (
                "select unnest(%(person_ids)s::bigint[]), null::timestamptz",
                {"person_ids": list(person_ids)},
            )
    written = await connection.exec_driver_sql(
        sql.statement(__package__, "record_consent").replace("{people}", query),
        params
        | {
            "workspace_id": workspace_id,
            "topic_ids": None if topic_ids is None else list(topic_ids),
            "channel": statement.channel.value,
            "state": statement.state.value,
            "source": statement.source.value,
            "at": statement.at,
            "repeated": repeats(statement),
            "wording_id": await wording_id(connection, workspace_id, statement.wording),
            "details": json.dumps(statement.details),
            "basis": statement.basis.value,
            "expires_at": statement.expires_at,
        },
    )
    return int(written.rowcount)


async def write_tracking_consent(
    connection: AsyncConnection,
    workspace_id: int,
    person_id: int,
    allowed: bool,
    source: ConsentSource,
    wording: str,
    details: Mapping[str, Any],
) -> bool:
    """Return whether a person may be measured, with the proof; whether that changed anything."""
    written = await sql.run(
        connection,
        __package__,
        "record_tracking_consent",
        workspace_id=workspace_id,
        person_id=person_id,
        allowed=allowed,
        source=source.value,
        wording_id=await wording_id(connection, workspace_id, wording),
        details=json.dumps(details),
    )
    return written.rowcount == 1


async def list_topics(
    connection: AsyncConnection, workspace_id: int, archived: bool = False, *, seen: ColumnElement[bool] | None = None
) -> list[Topic]:
    """Return topics in their order; archived ones only when asked for. seen: a further condition."""
    query = select(*_TOPIC).where(topics.c.workspace_id == workspace_id, true() if seen is None else seen)
    if not archived:
        query = query.where(topics.c.archived_at.is_(None))
    return [Topic(*row) for row in await connection.execute(query.order_by(topics.c.position, topics.c.id))]


async def find_topic(connection: AsyncConnection, workspace_id: int, topic_id: int) -> Topic:
    """Return one topic; raises NotFound."""
    found = await connection.execute(
        select(*_TOPIC).where(topics.c.workspace_id == workspace_id, topics.c.id == topic_id)
    )
    row = found.first()
    if row is None:
        raise NotFound("topic_unknown", "There is no such topic in this workspace.")
    return Topic(*row)


async def add_topic(connection: AsyncConnection, workspace_id: int, key: str, name: str, description: str) -> Topic:
    """Return a new topic at the end; a taken key gets a number."""
    await one_at_a_time(connection, "topics", workspace_id)
    taken = set((await connection.execute(select(topics.c.key).where(topics.c.workspace_id == workspace_id))).scalars())
    last = select(func.least(func.coalesce(func.max(topics.c.position) + 1, 0), LAST_POSITION)).where(
        topics.c.workspace_id == workspace_id
    )
    made = await connection.execute(
        insert(topics)
        .values(
            workspace_id=workspace_id,
            key=free_key(key, taken),
            name=name,
            description=description,
            position=last.scalar_subquery(),
        )
        .returning(*_TOPIC)
    )
    return Topic(*made.one())


async def consents_of(connection: AsyncConnection, workspace_id: int, person_id: int) -> list[TopicConsent]:
    """Return everything the person has said that holds now, in the order of topics."""
    rows = await connection.execute(
        select(
            *_TOPIC,
            consents.c.channel,
            consents.c.state,
            consents.c.at,
            consents.c.basis,
            consents.c.expires_at,
        )
        .join(topics, topics.c.id == consents.c.topic_id)
        .where(consents.c.person_id == person_id, consents.c.workspace_id == workspace_id)
        .order_by(topics.c.position, topics.c.id, consents.c.channel)
    )
    return [_topic_consent(row) for row in rows]


async def proofs_of(
    connection: AsyncConnection, workspace_id: int, person_id: int, limit: int = 200
) -> list[ConsentProof]:
    """Return the person's proof ledger, the newest first."""
    rows = await connection.execute(
        select(consent_proofs, topics.c.name, func.coalesce(consent_wordings.c.text, "").label("wording"))
        .outerjoin(topics, topics.c.id == consent_proofs.c.topic_id)
        .outerjoin(consent_wordings, consent_wordings.c.id == consent_proofs.c.wording_id)
        .where(consent_proofs.c.person_id == person_id, consent_proofs.c.workspace_id == workspace_id)
        .order_by(consent_proofs.c.id.desc())
        .limit(limit)
    )
    return [
        ConsentProof(
            row.id,
            TRACKING if row.channel == TRACKING else Channel(row.channel),
            row.topic_id or None,
            row.name,
            RETRACTED if row.state == RETRACTED else ConsentState(row.state),
            row.at,
            row.recorded_at,
            ConsentSource(row.source),
            row.wording,
            row.details,
            LegalBasis(row.basis),
            row.expires_at,
        )
        for row in rows
    ]


async def preferences_of(connection: AsyncConnection, workspace_id: int, person_id: int) -> Preferences | None:
    """Return what a preference page shows of a person; None for one who is unknown or erased."""
    found = await connection.execute(
        select(people.c.email, people.c.phone, people.c.tracking_consent).where(
            people.c.id == person_id, people.c.workspace_id == workspace_id, people.c.erased_at.is_(None)
        )
    )
    person = found.first()
    if person is None:
        return None
    states = {(each.topic.id, each.channel): each for each in await consents_of(connection, workspace_id, person_id)}
    open_channels = [
        channel for channel, address in ((Channel.EMAIL, person.email), (Channel.SMS, person.phone)) if address
    ]
    shown = [
        states.get((topic.id, channel)) or TopicConsent(topic, channel, None, None)
        for topic in await list_topics(connection, workspace_id)
        for channel in open_channels
    ]
    return Preferences(person_id, person.email, person.phone, shown, person.tracking_consent)


def _topic_consent(row: Any) -> TopicConsent:
    return TopicConsent(
        Topic(*row[: len(_TOPIC)]),
        Channel(row.channel),
        ConsentState(row.state),
        row.at,
        LegalBasis(row.basis),
        row.expires_at,
    )


async def states_of(
    ctx: Context, connection: AsyncConnection, person_ids: Sequence[int]
) -> dict[tuple[int, str, int], str]:
    """Return the states of consent of these people by person, channel and topic."""
    rows = await connection.execute(
        select(consents.c.person_id, consents.c.channel, consents.c.topic_id, consents.c.state).where(
            consents.c.workspace_id == ctx.workspace.id, consents.c.person_id.in_(person_ids)
        )
    )
    return {(row.person_id, row.channel, row.topic_id): row.state for row in rows}


async def is_known(ctx: Context, connection: AsyncConnection, person_id: int) -> bool:
    """Return whether the person is there and not erased."""
    known = await connection.execute(
        select(people.c.id).where(
            people.c.id == person_id, people.c.workspace_id == ctx.workspace.id, people.c.erased_at.is_(None)
        )
    )
    return known.first() is not None


async def update_topic(ctx: Context, connection: AsyncConnection, topic_id: int, **values: Any) -> None:
    """Change columns of a topic."""
    await connection.execute(
        update(topics).where(topics.c.id == topic_id, topics.c.workspace_id == ctx.workspace.id).values(**values)
    )


async def renew_expiry(
    connection: AsyncConnection, workspace_id: int, topic_id: int, before: int | None, after: int | None
) -> None:
    """Let consent to a topic end as it says now, where it ended as the topic said before; months, None for never."""
    await sql.run(
        connection,
        __package__,
        "renew_expiry",
        workspace_id=workspace_id,
        topic_id=topic_id,
        before=before,
        after=after,
    )


async def expire(connection: AsyncConnection, most: int) -> int:
    """End consent whose time is up, with proof, of the whole installation; return how many, at most so many."""
    return (await sql.run(connection, __package__, "expire_consents", most=most)).rowcount
