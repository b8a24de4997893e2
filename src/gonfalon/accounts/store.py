"""Database calls of the accounts room that more than one action needs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Text, cast, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.model import Workspace
from gonfalon.accounts.tables import (
    api_keys,
    invitations,
    members,
    password_links,
    sessions,
    users,
    workspaces,
)
from gonfalon.kit.errors import NotFound
from gonfalon.kit.tables import idempotency_keys, rate_buckets

_WORKSPACE = (
    workspaces.c.id,
    workspaces.c.slug,
    workspaces.c.name,
    workspaces.c.time_zone,
    workspaces.c.currency,
    workspaces.c.language,
)

UNUSED = text("interval '14 days'")
"""A session that was not used for so long has ended."""


async def find_workspace(connection: AsyncConnection, slug: str) -> Workspace:
    """The workspace with this URL name; raises NotFound."""
    row = (await connection.execute(select(*_WORKSPACE).where(workspaces.c.slug == slug))).first()
    if row is None:
        raise NotFound("workspace_unknown", "There is no such workspace, or you are not a member of it.")
    return Workspace(*row)


async def list_workspaces(connection: AsyncConnection) -> list[Workspace]:
    """All workspaces of the installation, oldest first."""
    return [Workspace(*row) for row in await connection.execute(select(*_WORKSPACE).order_by(workspaces.c.id))]


async def workspace_by_id(connection: AsyncConnection, workspace_id: int) -> Workspace:
    """The workspace with this id, for jobs; raises NotFound."""
    row = (await connection.execute(select(*_WORKSPACE).where(workspaces.c.id == workspace_id))).first()
    if row is None:
        raise NotFound("workspace_unknown", "This workspace no longer exists.")
    return Workspace(*row)


async def free_slug(connection: AsyncConnection, wished: str) -> str:
    """`wished`, or `wished-2`, `wished-3` … when it is taken."""
    taken = set(
        (await connection.execute(select(workspaces.c.slug).where(workspaces.c.slug.startswith(wished)))).scalars()
    )
    if wished not in taken:
        return wished
    return next(slug for number in range(2, 10_000) if (slug := f"{wished}-{number}") not in taken)


async def session_user(connection: AsyncConnection, token_hash: bytes) -> Row[Any] | None:
    """The signed-in user (with `session_id`, `last_seen_at`) of a session token that is still good."""
    found = await connection.execute(
        select(users, sessions.c.id.label("session_id"), sessions.c.last_seen_at)
        .join(sessions, sessions.c.user_id == users.c.id)
        .where(
            sessions.c.token_hash == token_hash,
            sessions.c.expires_at > func.now(),
            sessions.c.last_seen_at > func.now() - UNUSED,
            users.c.disabled_at.is_(None),
        )
    )
    return found.first()


async def touch_session(connection: AsyncConnection, session_id: UUID) -> None:
    """Notes that the session was used just now."""
    await connection.execute(update(sessions).where(sessions.c.id == session_id).values(last_seen_at=func.now()))


async def membership(connection: AsyncConnection, user_id: UUID, slug: str) -> tuple[Workspace, str] | None:
    """The workspace and the user's role in it, or None."""
    row = (
        await connection.execute(
            select(*_WORKSPACE, members.c.role)
            .join(members, members.c.workspace_id == workspaces.c.id)
            .where(workspaces.c.slug == slug, members.c.user_id == user_id)
        )
    ).first()
    return None if row is None else (Workspace(*row[:-1]), row.role)


async def memberships(connection: AsyncConnection, user_id: UUID) -> list[tuple[Workspace, str]]:
    """Every workspace the user is a member of, with the role."""
    rows = await connection.execute(
        select(*_WORKSPACE, members.c.role)
        .join(members, members.c.workspace_id == workspaces.c.id)
        .where(members.c.user_id == user_id)
        .order_by(workspaces.c.name)
    )
    return [(Workspace(*row[:-1]), row.role) for row in rows]


async def live_key(connection: AsyncConnection, key_hash: bytes) -> Row[Any] | None:
    """The API key row (joined with its workspace's slug) if the key has not been revoked."""
    found = await connection.execute(
        select(api_keys, *(column.label(f"workspace_{column.name}") for column in _WORKSPACE[1:]))
        .join(workspaces, workspaces.c.id == api_keys.c.workspace_id)
        .where(api_keys.c.key_hash == key_hash, api_keys.c.revoked_at.is_(None))
    )
    return found.first()


async def open_invitation(connection: AsyncConnection, token_hash: bytes) -> Row[Any] | None:
    """The invitation of this token if it can still be accepted, with the workspace's name and slug."""
    found = await connection.execute(
        select(invitations, workspaces.c.name.label("workspace_name"), workspaces.c.slug.label("workspace_slug"))
        .join(workspaces, workspaces.c.id == invitations.c.workspace_id)
        .where(
            invitations.c.token_hash == token_hash,
            invitations.c.accepted_at.is_(None),
            invitations.c.revoked_at.is_(None),
            invitations.c.expires_at > func.now(),
        )
    )
    return found.first()


async def delete_ended(connection: AsyncConnection) -> int:
    """Deletes what cannot be used any more: sessions and password links past their end, invitations that ended three
    months ago, counts of tries in windows that are over, and answers kept for repeated requests. How many rows went.
    """
    ended = func.coalesce(invitations.c.accepted_at, invitations.c.revoked_at, invitations.c.expires_at)
    yesterday = func.extract("epoch", func.now() - text("interval '1 day'"))
    gone = [
        await connection.execute(
            delete(sessions).where(
                or_(sessions.c.expires_at < func.now(), sessions.c.last_seen_at < func.now() - UNUSED)
            )
        ),
        await connection.execute(delete(invitations).where(ended < func.now() - text("interval '90 days'"))),
        await connection.execute(delete(rate_buckets).where(rate_buckets.c.window < yesterday)),
        await connection.execute(delete(password_links).where(password_links.c.expires_at < func.now())),
        await connection.execute(
            delete(idempotency_keys).where(idempotency_keys.c.created_at < func.now() - text("interval '24 hours'"))
        ),
    ]
    return sum(each.rowcount for each in gone)


async def forget_tries(connection: AsyncConnection, key: str) -> None:
    """Begins `key`'s count anew, after a success."""
    await connection.execute(delete(rate_buckets).where(rate_buckets.c.key == key))


async def count_try(connection: AsyncConnection, key: str, now: datetime, seconds: int) -> int:
    """Adds one to `key`'s count in the present window of `seconds` and returns the count."""
    window = int(now.timestamp()) // seconds * seconds
    await connection.execute(rate_buckets.delete().where(rate_buckets.c.key == key, rate_buckets.c.window < window))
    counted = await connection.execute(
        upsert(rate_buckets)
        .values(key=key, window=window, count=1)
        .on_conflict_do_update(index_elements=["key", "window"], set_={"count": rate_buckets.c.count + 1})
        .returning(rate_buckets.c.count)
    )
    return int(counted.scalar_one())


async def read_settings(connection: AsyncConnection, workspace_id: int) -> dict[str, Any]:
    """The settings that rooms keep with the workspace, each under a key of its own."""
    found = await connection.execute(select(workspaces.c.settings).where(workspaces.c.id == workspace_id))
    return dict(found.scalar_one_or_none() or {})


async def change_setting(
    connection: AsyncConnection, workspace_id: int, key: str, value: dict[str, Any] | None
) -> None:
    """Replaces what one room keeps with the workspace, None takes it out; the others' stay."""
    if value is None:
        settings = workspaces.c.settings.op("-")(cast(key, Text))
    else:
        settings = workspaces.c.settings.op("||")(func.jsonb_build_object(key, cast(value, JSONB)))
    await connection.execute(update(workspaces).where(workspaces.c.id == workspace_id).values(settings=settings))
