"""The workspace of the send benchmark: people, template, links, and a way to launch to the first N of them."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import insert

from benchmarks.send_mail import LINKS, html, person, text
from gonfalon.accounts.actions import create_workspace
from gonfalon.channels.email.mailing import prepare_mailing
from gonfalon.channels.email.provider import load_provider
from gonfalon.channels.email.tables import sender_identities
from gonfalon.channels.offers import Order
from gonfalon.content.tables import template_versions, templates
from gonfalon.entry.rooms import open_services
from gonfalon.kit.config import Settings
from gonfalon.kit.ids import new_id
from gonfalon.kit.sql import statement
from gonfalon.people.tables import topics


@dataclass(frozen=True)
class World:
    """Ids that a launch needs; mail_bytes is the size of one mail on the wire."""

    workspace_id: int
    topic_id: int
    template_id: UUID
    sender_id: UUID
    link_set_id: int
    mail_bytes: int


def make_world(url: str, home: Path, secret: str, people: int) -> World:
    """A workspace with `people` people who consented."""
    world = asyncio.run(_make(url, home, secret))
    with psycopg.connect(url, autocommit=True) as database:
        with database.cursor().copy("copy people (workspace_id, email, attributes) from stdin") as copy:
            for number in range(1, people + 1):
                copy.write_row((world.workspace_id, f"p{number}@w.example", json.dumps(person(number))))
        database.execute(
            "insert into consents (workspace_id, person_id, channel, topic_id, state, at) "
            "select workspace_id, id, 'email', %s, 'granted', now() from people",
            [world.topic_id],
        )
        database.execute("vacuum analyze")
    return world


async def _make(url: str, home: Path, secret: str) -> World:
    services = open_services(Settings(home=home, secret_key=secret, base_url="https://m.example.com"), url)
    template, sender = new_id(), new_id()
    async with services.db.transaction() as connection:
        workspace = await create_workspace(
            services, connection, "Bench", time_zone="UTC", currency="EUR", language="en"
        )
        topic = await connection.execute(
            insert(topics).values(workspace_id=workspace.id, key="bench", name="Bench").returning(topics.c.id)
        )
        await connection.execute(insert(templates).values(id=template, workspace_id=workspace.id, name="B", version=1))
        await connection.execute(
            insert(template_versions).values(
                template_id=template,
                number=1,
                workspace_id=workspace.id,
                subject="News for {{ person.first_name }}",
                source=html(),
                text=text(),
                created_by="bench",
            )
        )
        await connection.execute(
            insert(sender_identities).values(
                id=sender, workspace_id=workspace.id, from_name="Shop", from_address="shop@shop.example"
            )
        )
        links = await connection.exec_driver_sql(
            "insert into link_sets (workspace_id) values (%(w)s) returning id", {"w": workspace.id}
        )
        link_set = links.scalar_one()
        await connection.exec_driver_sql(
            "insert into links (link_set_id, number, workspace_id, url) "
            "select %(s)s, n, %(w)s, 'https://shop.example/' || n from generate_series(1, %(n)s) n",
            {"s": link_set, "w": workspace.id, "n": LINKS},
        )
        provider = await load_provider(connection, services, workspace.id)
        order = Order(
            workspace.id, "bench", (template, 1), sender_id=sender, link_set_id=link_set, campaign="a", touchpoint="b"
        )
        mailing = await prepare_mailing(connection, services, provider, order)
    row: Any = SimpleNamespace(
        id=1, person_id=1, address="p1@w.example", attempts=0, email="p1@w.example", phone=None, external_id=None,
        attributes=person(1), tags=[],
    )  # fmt: skip
    size = len(b"".join(mailing.message(row, datetime.now(UTC)).payload))
    await services.close()
    return World(workspace.id, topic.scalar_one(), template, sender, link_set, size)


def launch(
    database: psycopg.Connection[Any], world: World, port: int, connections: int, count: int, *, state: str
) -> None:
    """Expands a dispatch to the first `count` people; it is in `state` then."""
    database.execute(
        "insert into email_settings (workspace_id, provider, host, port, security, connections) "
        "values (%(w)s, 'smtp', '127.0.0.1', %(p)s, 'none', %(c)s) "
        "on conflict (workspace_id) do update set port = excluded.port",
        {"w": world.workspace_id, "p": port, "c": connections},
    )
    audience, dispatch = new_id(), new_id()
    with database.transaction():
        database.execute(
            "insert into audiences (id, workspace_id, kind, name, created_by) values (%s, %s, 'segment', 'All', 'b')",
            [audience, world.workspace_id],
        )
        snapshot = database.execute(
            "insert into audience_snapshots (workspace_id, audience_id, size) values (%s, %s, %s) returning id",
            [world.workspace_id, audience, count],
        ).fetchone()
        assert snapshot is not None
        database.execute(
            "insert into snapshot_members select %s, id from people order by id limit %s", [snapshot[0], count]
        )
        database.execute(
            "insert into dispatches (id, workspace_id, touchpoint_id, campaign_id, channel, snapshot_id, template_id, "
            "template_version, sender_identity_id, topic_id, link_set_id, state, launched_by) "
            "values (%s, %s, %s, %s, 'email', %s, %s, 1, %s, %s, %s, 'preparing', 'bench')",
            [
                dispatch,
                world.workspace_id,
                new_id(),
                new_id(),
                snapshot[0],
                world.template_id,
                world.sender_id,
                world.topic_id,
                world.link_set_id,
            ],
        )
        database.execute(
            statement("gonfalon.delivery", "expand_dispatch"),
            {"dispatch_id": dispatch, "workspace_id": world.workspace_id, "batch_size": 500},
        )
        database.execute("update dispatches set state = %s where id = %s", [state, dispatch])
