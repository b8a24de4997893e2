# ruff: noqa: E501
"""A person with consent, a message they got, and the addresses in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.content.tables import template_versions, templates
from gonfalon.kit.ids import new_id
from gonfalon.people.tables import consents, people, topics
from gonfalon.tracking.links.actions import store_links
from gonfalon.tracking.links.tokens import Claim, Keys
from gonfalon.tracking.links.urls import MessageUrls, UrlFactory
from tests.conftest import World


@dataclass
class Received:
    """What a recipient holds in their hands."""

    world: World
    public: httpx2.AsyncClient
    person_id: int
    message_id: int
    link_set_id: int
    topic_ids: list[int]
    urls: MessageUrls

    @property
    def factory(self) -> UrlFactory:
        """Signs with the installation's keys."""
        return UrlFactory("http://testserver", Keys.from_secrets(self.world.services.secrets))

    async def rows(self, sql: str, **values: Any) -> list[Any]:
        """Rows of the database, as they are now."""
        async with self.world.services.db.reading() as connection:
            return list(await connection.execute(text(sql), values))

    async def consents(self) -> dict[int, str]:
        """The person's email consent by topic."""
        async with self.world.services.db.reading() as connection:
            rows = await connection.execute(
                select(consents.c.topic_id, consents.c.state).where(
                    consents.c.person_id == self.person_id, consents.c.channel == "email"
                )
            )
            return {row.topic_id: row.state for row in rows}


async def _reader(connection: AsyncConnection, workspace: int) -> tuple[int, list[int]]:
    """Makes somebody who agreed to two topics; returns who, and the topics."""
    topic_ids = list(
        (
            await connection.execute(
                select(topics.c.id).where(topics.c.workspace_id == workspace).order_by(topics.c.position)
            )
        ).scalars()
    )
    if len(topic_ids) < 2:
        topic_ids += list(
            (
                await connection.execute(
                    insert(topics)
                    .values(workspace_id=workspace, key="second", name="<Second> & more", position=9)
                    .returning(topics.c.id)
                )
            ).scalars()
        )
    person_id = (
        await connection.execute(
            insert(people)
            .values(workspace_id=workspace, email="ada.reader@example.com", attributes={"first_name": "Ada"})
            .returning(people.c.id)
        )
    ).scalar_one()
    for topic_id in topic_ids:
        await connection.execute(
            insert(consents).values(
                workspace_id=workspace,
                person_id=person_id,
                channel="email",
                topic_id=topic_id,
                state="granted",
                at=datetime.now(UTC) - timedelta(days=9),
            )
        )
    return person_id, topic_ids


async def _accepted(connection: AsyncConnection, workspace: int, person_id: int, topic_id: int) -> tuple[int, int]:
    """Makes a message that was accepted an hour ago; returns it, and its links."""
    template_id, dispatch_id, touchpoint_id = new_id(), new_id(), new_id()
    await connection.execute(insert(templates).values(id=template_id, workspace_id=workspace, name="t", version=1))
    await connection.execute(
        insert(template_versions).values(
            template_id=template_id, number=1, workspace_id=workspace, subject="s", source="b", created_by="x"
        )
    )
    link_set_id = await store_links(
        connection,
        workspace,
        [
            (1, "https://shop.example/a?b=1#c", "A"),
            (2, "https://shop.example/ä", "B"),
            (3, "https://shop.example/c", "C"),
            (4, "{{ person.url }}", "D"),
        ],
    )
    await connection.execute(
        text(
            "insert into dispatches (id, workspace_id, touchpoint_id, campaign_id, channel, template_id, template_version,"
            " sender_identity_id, topic_id, link_set_id, state, launched_by)"
            " values (:id, :w, :tp, :tp, 'email', :t, 1, :t, :topic, :links, 'running', 'test')"
        ),
        {
            "id": dispatch_id,
            "w": workspace,
            "tp": touchpoint_id,
            "t": template_id,
            "topic": topic_id,
            "links": link_set_id,
        },
    )
    message_id = (
        await connection.execute(
            text(
                "insert into messages (workspace_id, dispatch_id, touchpoint_id, person_id, address, state, ended_at)"
                " values (:w, :d, :tp, :p, 'ada.reader@example.com', 'accepted', now() - interval '1 hour') returning id"
            ),
            {"w": workspace, "d": dispatch_id, "tp": touchpoint_id, "p": person_id},
        )
    ).scalar_one()
    return message_id, link_set_id


@pytest.fixture
async def receive(
    make_world: Callable[..., Awaitable[World]], client_of: Callable[..., httpx2.AsyncClient]
) -> Callable[..., Awaitable[Received]]:
    """Makes a message that was accepted an hour ago, straight in the tables below the tracking room."""

    async def make(**world_options: Any) -> Received:
        world = await make_world(**world_options)
        workspace = world.workspace.id
        async with world.services.db.transaction() as connection:
            person_id, topic_ids = await _reader(connection, workspace)
            message_id, link_set_id = await _accepted(connection, workspace, person_id, topic_ids[0])
        public = client_of(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
        received = Received(world, public, person_id, message_id, link_set_id, topic_ids, MessageUrls("", "", ""))
        received.urls = received.factory.for_message(Claim(workspace, message_id, person_id, link_set_id))
        return received

    return make


@pytest.fixture
async def received(receive: Callable[..., Awaitable[Received]]) -> Received:
    """One received message in a fresh workspace."""
    return await receive()
