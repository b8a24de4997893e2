"""Makes workspaces with people and launched touchpoints, straight in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.audiences.tables import audience_snapshots, audiences
from gonfalon.channels.email.tables import email_settings, sender_identities
from gonfalon.content.tables import template_versions, templates
from gonfalon.delivery import store
from gonfalon.delivery.launching import open_dispatch
from gonfalon.delivery.model import Expansion, NewDispatch
from gonfalon.delivery.tables import messages
from gonfalon.kit.ids import new_id
from gonfalon.kit.jobs import defer
from gonfalon.kit.services import Services
from gonfalon.people.tables import topics
from gonfalon.teamwork.mail.jobs import mail_notices_job
from tests.conftest import eventually

BODY = (
    "<html><body><p>Hello {{ person.first_name | default: 'you' }}</p>"
    '<p><a href="{{ unsubscribe_url }}">unsubscribe</a></p></body></html>'
)


@dataclass(frozen=True)
class Sending:
    """A launched touchpoint and where its mail goes."""

    workspace_id: int
    touchpoint_id: UUID
    dispatch_id: UUID
    topic_id: int
    expansion: Expansion


async def email_goes_to(connection: AsyncConnection, workspace_id: int, port: int, *, connections: int = 10) -> None:
    """The workspace's mail goes to an SMTP server on loopback."""
    await connection.execute(
        insert(email_settings).values(
            workspace_id=workspace_id,
            provider="smtp",
            host="127.0.0.1",
            port=port,
            security="none",
            connections=connections,
        )
    )


async def make_topic(connection: AsyncConnection, workspace_id: int) -> int:
    """A topic of the workspace."""
    made = await connection.execute(
        insert(topics).values(workspace_id=workspace_id, key=f"t{new_id().hex}", name="News").returning(topics.c.id)
    )
    return int(made.scalar_one())


async def make_people(connection: AsyncConnection, workspace_id: int, topic_id: int, count: int) -> None:
    """`count` people p1@…, p2@… who consented to the topic."""
    await connection.execute(
        text(
            "with p as (insert into people (workspace_id, email, attributes) "
            "select :w, 'p' || n || '@w' || :w || '.example', jsonb_build_object('first_name', 'Name ' || n) "
            "from generate_series(1, :n) n returning id) "
            "insert into consents (workspace_id, person_id, channel, topic_id, state, at) "
            "select :w, id, 'email', :t, 'granted', now() from p"
        ),
        {"w": workspace_id, "n": count, "t": topic_id},
    )


async def launch(
    services: Services,
    workspace_id: int,
    topic_id: int,
    *,
    body: str = BODY,
    subject: str = "News for {{ person.first_name }}",
    per_hour: int | None = None,
    holdout_percent: int = 0,
    campaign_id: UUID | None = None,
) -> Sending:
    """Launches a touchpoint to everybody in the workspace."""
    async with services.db.transaction() as connection:
        audience, template, identity = new_id(), new_id(), new_id()
        await connection.execute(
            insert(audiences).values(id=audience, workspace_id=workspace_id, kind="segment", name="All", created_by="t")
        )
        snapshot = (
            await connection.execute(
                insert(audience_snapshots)
                .values(workspace_id=workspace_id, audience_id=audience, size=0)
                .returning(audience_snapshots.c.id)
            )
        ).scalar_one()
        await connection.execute(
            text("insert into snapshot_members select :s, id from people where workspace_id = :w"),
            {"s": snapshot, "w": workspace_id},
        )
        await connection.execute(insert(templates).values(id=template, workspace_id=workspace_id, name="T", version=1))
        await connection.execute(
            insert(template_versions).values(
                template_id=template, number=1, workspace_id=workspace_id, subject=subject, source=body, created_by="t"
            )
        )
        await connection.execute(
            insert(sender_identities).values(
                id=identity, workspace_id=workspace_id, from_name="Shop", from_address="shop@shop.example"
            )
        )
        new = NewDispatch(
            touchpoint_id=new_id(),
            campaign_id=campaign_id or new_id(),
            channel="email",
            snapshot_id=snapshot,
            template_id=template,
            template_version=1,
            sender_identity_id=identity,
            topic_id=topic_id,
            launched_by="t",
            per_hour=per_hour,
            holdout_percent=holdout_percent,
        )
        dispatch_id = await open_dispatch(services, connection, workspace_id, new)
        expansion = await expand(connection, workspace_id, new.touchpoint_id)
    return Sending(workspace_id, new.touchpoint_id, dispatch_id, topic_id, expansion)


async def expand(connection: AsyncConnection, workspace_id: int, touchpoint_id: UUID) -> Expansion:
    """Writes the messages of a launched touchpoint whose snapshot is taken."""
    dispatch = await store.find_dispatch(connection, workspace_id, touchpoint_id, lock=True)
    return await store.expand(connection, workspace_id, dispatch)


async def states(services: Services, dispatch_id: UUID) -> dict[tuple[str, str], int]:
    """(state, reason) → number of messages."""
    async with services.db.transaction() as connection:
        rows = await connection.execute(
            text("select state, reason, count(*) from messages where dispatch_id = :d group by 1, 2"),
            {"d": dispatch_id},
        )
        return {(state, reason): count for state, reason, count in rows}


async def addresses(services: Services, dispatch_id: UUID, state: str) -> set[str]:
    """Addresses of the dispatch's messages in a state."""
    async with services.db.transaction() as connection:
        rows = await connection.execute(
            select(messages.c.address).where(messages.c.dispatch_id == dispatch_id, messages.c.state == state)
        )
        return set(rows.scalars())


async def is_finished(services: Services, sending: Sending) -> bool:
    """Whether the dispatch is finished."""
    async with services.db.transaction() as connection:
        row: Any = await store.find_dispatch(connection, sending.workspace_id, sending.touchpoint_id)
        return bool(row.state == "finished")


async def all_goes_on(world: Any, other: Any, server: Any) -> None:
    """How every storm ends: another workspace is answered and its messages leave, and a job runs.

    A sender and the application must be running. server: a FakeSmtp.
    """
    services: Services = world.services
    assert (await other.http.get(f"{other.path}/delivery")).status_code == 200
    async with services.db.transaction() as connection:
        topic = await make_topic(connection, other.workspace.id)
        await make_people(connection, other.workspace.id, topic, 3)
        await email_goes_to(connection, other.workspace.id, server.port)
    sending = await launch(services, other.workspace.id, topic)
    await eventually(lambda: is_finished(services, sending))
    assert await states(services, sending.dispatch_id) == {("accepted", ""): 3}
    async with services.db.transaction() as connection:
        job = await defer(connection, mail_notices_job, workspace_id=other.workspace.id)

    async def done() -> bool:
        async with services.db.reading() as connection:
            left = await connection.execute(text("select 1 from procrastinate_jobs where id = :id"), {"id": job})
            return left.first() is None  # a job that succeeded is deleted

    await eventually(done)
