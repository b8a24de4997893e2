"""What of the truth the analytics copy holds for audiences (and for reports on the same people)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gonfalon.kit.db import plain_url
from gonfalon.kit.engine import Copied, Engine, Followed, Latest, Unfolded
from gonfalon.kit.services import Services

from .segments.layout import ATTRIBUTE_PREFIX, LATEST_EVENTS

_WORKSPACE = Copied("workspace_id", "INTEGER")
_PERSON = Copied("person_id", "BIGINT")
ORDER_ID = "nullif(btrim(coalesce(properties ->> 'order_id', properties ->> 'orderId')), '')"
"""Which order an event is about, as shops' libraries name it (Segment's specification says `order_id`)."""

FOLLOWED: tuple[Followed, ...] = (
    Followed(
        "people",
        (
            _WORKSPACE,
            Copied("email", "VARCHAR"),
            Copied("phone", "VARCHAR"),
            Copied("external_id", "VARCHAR"),
            Copied("tags", "VARCHAR[]"),
            Copied("attributes", "JSON"),
            Copied("created_at", "TIMESTAMP"),
            Copied("erased_at", "TIMESTAMP"),
        ),
        order=("id",),
        unfolded=Unfolded(
            by="workspace_id",
            column="attributes",
            keys="select w.id, coalesce(d.key, ''), coalesce(d.type, '') from workspaces w"
            " left join attribute_definitions d on d.workspace_id = w.id and d.deleted_at is null",
            types=(
                ("text", "VARCHAR"),
                ("choice", "VARCHAR"),
                ("number", "DOUBLE"),
                ("money", "DOUBLE"),
                ("date", "DATE"),
                ("boolean", "BOOLEAN"),
            ),
            prefix=ATTRIBUTE_PREFIX,
        ),
    ),
    Followed(
        "consents",
        (
            _WORKSPACE,
            _PERSON,
            Copied("channel", "VARCHAR"),
            Copied("topic_id", "INTEGER"),
            Copied("state", "VARCHAR"),
            Copied("at", "TIMESTAMP"),
        ),
        order=("workspace_id", "channel", "topic_id", "person_id"),
    ),
    Followed(
        "suppressions",
        (_WORKSPACE, Copied("channel", "VARCHAR"), Copied("address", "VARCHAR")),
        order=("workspace_id", "channel"),
    ),
    Followed(
        "list_members",
        (_WORKSPACE, _PERSON, Copied("audience_id", "UUID")),
        order=("audience_id", "person_id"),
    ),
    Followed(
        "person_scores",
        (_WORKSPACE, _PERSON, Copied("score_id", "UUID"), Copied("total", "INTEGER"), Copied("stage", "VARCHAR")),
        order=("score_id", "person_id"),
    ),
    Followed(
        "companies",
        (_WORKSPACE, Copied("name", "VARCHAR"), Copied("properties", "JSON")),
        order=("id",),
    ),
    Followed(
        "company_members",
        (_WORKSPACE, _PERSON, Copied("company_id", "BIGINT")),
        order=("company_id", "person_id"),
    ),
    Followed(
        "events",
        (
            _WORKSPACE,
            _PERSON,
            Copied("name", "VARCHAR"),
            Copied("at", "TIMESTAMP"),
            Copied("properties", "JSON"),
            Copied("amount_minor", "BIGINT"),
            Copied("currency", "VARCHAR"),
            Copied("order_id", "VARCHAR", ORDER_ID),
            Copied("arrival", "JSON"),
        ),
        order=("workspace_id", "name", "at"),
        latest=Latest(by=("workspace_id", "name", "person_id"), column="at", keep=LATEST_EVENTS),
    ),
    Followed(
        "messages",
        (
            _WORKSPACE,
            _PERSON,
            Copied("dispatch_id", "UUID"),
            Copied("touchpoint_id", "UUID"),
            Copied("state", "VARCHAR"),
            Copied("reason", "VARCHAR"),
            Copied("ended_at", "TIMESTAMP"),
        ),
        order=("workspace_id", "touchpoint_id", "person_id"),
    ),
    Followed(
        "hits",
        (
            _WORKSPACE,
            Copied("kind", "VARCHAR"),
            Copied("message_id", "BIGINT"),
            Copied("link_set_id", "BIGINT"),
            Copied("link_number", "SMALLINT"),
            Copied("at", "TIMESTAMP"),
            Copied("verdict", "VARCHAR"),
        ),
        order=("workspace_id", "at"),
    ),
)


@asynccontextmanager
async def analytics_copy(services: Services) -> AsyncIterator[Engine]:
    """Own the analytics copy for as long as the block runs; only one process of an installation may.

    The first load goes on in the background: until it ends, PostgreSQL answers.
    """
    engine = Engine(services.settings.folder / "engine", plain_url(services.db.url), FOLLOWED)
    engine.start()
    services.put(Engine, engine)
    try:
        yield engine
    finally:
        await asyncio.to_thread(engine.stop)
