"""Database calls of the accounts room that more than one action needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import ceil
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, delete, func, insert, literal, or_, select, text, true, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.model import Membership, Role, Session, SessionUser, User, Workspace
from gonfalon.accounts.passwords import NO_ENTRY
from gonfalon.accounts.tables import (
    account_log,
    invitations,
    members,
    password_links,
    sessions,
    setup_tokens,
    users,
    workspaces,
)
from gonfalon.kit.errors import NotFound
from gonfalon.kit.ids import new_id
from gonfalon.kit.rows import all_of, first_of, one_of
from gonfalon.kit.secrets import digest
from gonfalon.kit.tables import idempotency_keys, rate_buckets

_WORKSPACE = (
    workspaces.c.id,
    workspaces.c.slug,
    workspaces.c.name,
    workspaces.c.time_zone,
    workspaces.c.currency,
    workspaces.c.language,
)

IN_WORKSPACE = tuple(column.label(f"workspace_{column.name}") for column in _WORKSPACE)
"""The columns of a `Workspace` beside those of something that is in it."""

UNUSED = text("interval '14 days'")
"""A session that was not used for so long has ended."""

LOG_DAYS = 90
LOG_KEPT = text(f"interval '{LOG_DAYS} days'")


async def find_workspace(connection: AsyncConnection, slug: str) -> Workspace:
    """Return the workspace with this URL name; raises NotFound."""
    found = await first_of(connection, select(*_WORKSPACE).where(workspaces.c.slug == slug), Workspace)
    if found is None:
        raise NotFound("workspace_unknown", "There is no such workspace, or you are not a member of it.")
    return found


async def list_workspaces(connection: AsyncConnection) -> list[Workspace]:
    """Return all workspaces of the installation, oldest first."""
    return await all_of(connection, select(*_WORKSPACE).order_by(workspaces.c.id), Workspace)


async def workspace_by_id(connection: AsyncConnection, workspace_id: int) -> Workspace:
    """Return the workspace with this id, for jobs; raises NotFound."""
    found = await first_of(connection, select(*_WORKSPACE).where(workspaces.c.id == workspace_id), Workspace)
    if found is None:
        raise NotFound("workspace_unknown", "This workspace no longer exists.")
    return found


async def free_slug(connection: AsyncConnection, wished: str) -> str:
    """Return `wished`, or `wished-2`, `wished-3` … when it is taken."""
    taken = set(
        (await connection.execute(select(workspaces.c.slug).where(workspaces.c.slug.startswith(wished)))).scalars()
    )
    if wished not in taken:
        return wished
    return next(slug for number in range(2, 10_000) if (slug := f"{wished}-{number}") not in taken)


async def session_user(connection: AsyncConnection, token_hash: bytes) -> SessionUser | None:
    """Return the signed-in user (with `session_id`, `last_seen_at`) of a session token that is still good."""
    return await first_of(
        connection,
        select(users, sessions.c.id.label("session_id"), sessions.c.last_seen_at)
        .join(sessions, sessions.c.user_id == users.c.id)
        .where(
            sessions.c.token_hash == token_hash,
            sessions.c.expires_at > func.now(),
            sessions.c.last_seen_at > func.now() - UNUSED,
            users.c.disabled_at.is_(None),
        ),
        SessionUser,
    )


async def touch_session(connection: AsyncConnection, session_id: UUID) -> None:
    """Note that the session was used just now."""
    await connection.execute(update(sessions).where(sessions.c.id == session_id).values(last_seen_at=func.now()))


async def membership(connection: AsyncConnection, user_id: UUID, slug: str) -> Membership | None:
    """Return the workspace and the user's role in it, or None."""
    return await first_of(
        connection,
        select(*IN_WORKSPACE, members.c.role)
        .join(members, members.c.workspace_id == workspaces.c.id)
        .where(workspaces.c.slug == slug, members.c.user_id == user_id),
        Membership,
    )


async def memberships(connection: AsyncConnection, user_id: UUID) -> list[Membership]:
    """Return every workspace the user is a member of, with the role."""
    return await all_of(
        connection,
        select(*IN_WORKSPACE, members.c.role)
        .join(members, members.c.workspace_id == workspaces.c.id)
        .where(members.c.user_id == user_id)
        .order_by(workspaces.c.name),
        Membership,
    )


async def delete_ended(connection: AsyncConnection) -> int:
    """Delete what cannot be used any more: sessions and password links past their end, invitations that ended three
    months ago, counts of tries in windows that are over, answers kept for repeated requests, and lines of the account
    log older than LOG_DAYS. How many rows went.
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
        await connection.execute(delete(account_log).where(account_log.c.at < func.now() - LOG_KEPT)),
        await connection.execute(delete(password_links).where(password_links.c.expires_at < func.now())),
        await connection.execute(
            delete(idempotency_keys).where(idempotency_keys.c.created_at < func.now() - text("interval '24 hours'"))
        ),
    ]
    return sum(each.rowcount for each in gone)


async def forget_tries(connection: AsyncConnection, key: str) -> None:
    """Begin the count of `key` anew, and those of its parts (`key part`), after a success."""
    parts = rate_buckets.c.key.startswith(f"{key} ", autoescape=True)
    await connection.execute(delete(rate_buckets).where(or_(rate_buckets.c.key == key, parts)))


async def count_try(connection: AsyncConnection, key: str, now: datetime, seconds: int) -> int:
    """Add one to `key`'s count and returns how many there were in the last `seconds`.

    Counted in windows of that length; of the window before, as large a part counts as lies in the last `seconds`,
    rounded up, so that no boundary lets twice as many through.
    """
    window = int(now.timestamp()) // seconds * seconds
    before, left = window - seconds, seconds - (now.timestamp() - window)
    mine = rate_buckets.c.key == key
    await connection.execute(rate_buckets.delete().where(mine, rate_buckets.c.window < before))
    earlier = await connection.execute(select(rate_buckets.c.count).where(mine, rate_buckets.c.window == before))
    counted = await connection.execute(
        upsert(rate_buckets)
        .values(key=key, window=window, count=1)
        .on_conflict_do_update(index_elements=["key", "window"], set_={"count": rate_buckets.c.count + 1})
        .returning(rate_buckets.c.count)
    )
    return int(counted.scalar_one()) + ceil((earlier.scalar() or 0) * left / seconds)


async def read_settings(connection: AsyncConnection, workspace_id: int) -> dict[str, Any]:
    """Return the settings that rooms keep with the workspace, each under a key of its own."""
    found = await connection.execute(select(workspaces.c.settings).where(workspaces.c.id == workspace_id))
    return dict(found.scalar_one_or_none() or {})


async def change_setting(
    connection: AsyncConnection, workspace_id: int, key: str, value: dict[str, Any] | None
) -> None:
    """Replace what one room keeps with the workspace, None takes it out; the others' stay."""
    if value is None:
        settings = workspaces.c.settings.op("-")(cast(key, Text))
    else:
        settings = workspaces.c.settings.op("||")(func.jsonb_build_object(key, cast(value, JSONB)))
    await connection.execute(update(workspaces).where(workspaces.c.id == workspace_id).values(settings=settings))


async def list_sessions(connection: AsyncConnection, user_id: UUID) -> list[Session]:
    """Return where a user is signed in, the latest first."""
    return await all_of(
        connection,
        select(sessions).where(sessions.c.user_id == user_id).order_by(sessions.c.last_seen_at.desc()),
        Session,
    )


async def insert_workspace(connection: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Write a workspace; return its id."""
    made = await connection.execute(insert(workspaces).values(**values).returning(workspaces.c.id))
    return int(made.scalar_one())


async def lock_currency(connection: AsyncConnection, workspace_id: int) -> str:
    """Return the workspace's currency, which nobody else changes until the transaction ends."""
    found = await connection.execute(
        select(workspaces.c.currency).where(workspaces.c.id == workspace_id).with_for_update()
    )
    return str(found.scalar_one())


async def update_workspace(connection: AsyncConnection, workspace_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a workspace."""
    await connection.execute(update(workspaces).where(workspaces.c.id == workspace_id).values(**values))


async def adopt_orphans(connection: AsyncConnection) -> list[int]:
    """Make the installation's first user the owner of workspaces without a member; return which."""
    first = select(users.c.id).order_by(users.c.created_at, users.c.id).limit(1).subquery()
    orphans = (
        select(workspaces.c.id, first.c.id, literal(Role.OWNER.value))
        .select_from(workspaces.join(first, true()))
        .where(~select(members.c.user_id).where(members.c.workspace_id == workspaces.c.id).exists())
    )
    adopted = await connection.execute(
        insert(members).from_select(["workspace_id", "user_id", "role"], orphans).returning(members.c.workspace_id)
    )
    return list(adopted.scalars())


async def held(connection: AsyncConnection, conditions: Mapping[str, ColumnElement[bool]]) -> set[str]:
    """Return the names of those conditions that are true."""
    row = (await connection.execute(select(*(each.label(name) for name, each in conditions.items())))).one()
    return {name for name, true in zip(conditions, row, strict=True) if true}


async def replace_setup_token(connection: AsyncConnection, token_hash: bytes) -> None:
    """Keep the token of the newest set-up link, so that no other is good."""
    await connection.execute(delete(setup_tokens))
    await connection.execute(insert(setup_tokens).values(token_hash=token_hash))


async def setup_token_is_good(connection: AsyncConnection, token_hash: bytes) -> bool:
    """Return whether the set-up link of this token can still be used."""
    good = select(setup_tokens.c.token_hash).where(
        setup_tokens.c.token_hash == token_hash, setup_tokens.c.used_at.is_(None)
    )
    return (await connection.execute(good)).first() is not None


async def use_setup_token(connection: AsyncConnection, token_hash: bytes) -> bool:
    """Spend the token of a set-up link; False when it is spent or replaced."""
    spent = await connection.execute(
        update(setup_tokens)
        .where(setup_tokens.c.token_hash == token_hash, setup_tokens.c.used_at.is_(None))
        .values(used_at=func.now())
    )
    return spent.rowcount > 0


async def has_users(connection: AsyncConnection) -> bool:
    """Return whether anybody can sign in here."""
    return (await connection.execute(select(users.c.id).limit(1))).first() is not None


async def find_user(connection: AsyncConnection, user_id: UUID) -> User:
    """Return one user who is there."""
    return await one_of(connection, select(users).where(users.c.id == user_id), User)


async def user_of(connection: AsyncConnection, email: str, *, disabled: bool = False) -> User | None:
    """Return who has the address, None for nobody; disabled: also somebody who may not sign in any more."""
    query = select(users).where(users.c.email == email)
    return await first_of(connection, query if disabled else query.where(users.c.disabled_at.is_(None)), User)


async def owner_name(connection: AsyncConnection, user_id: UUID) -> str | None:
    """Return the name of somebody who owns a workspace, None for who owns none."""
    found = await connection.execute(
        select(users.c.name)
        .join(members, members.c.user_id == users.c.id)
        .where(members.c.user_id == user_id, members.c.role == Role.OWNER.value)
    )
    name: str | None = found.scalars().first()
    return name


async def insert_user(
    connection: AsyncConnection, user_id: UUID, *, email: str, name: str, language: str, password_hash: str
) -> None:
    """Write a user whose address has no account yet."""
    await connection.execute(
        insert(users).values(id=user_id, email=email, name=name, language=language, password_hash=password_hash)
    )


async def insert_made_up(connection: AsyncConnection, *, email: str, name: str, language: str) -> UUID | None:
    """Write a user who cannot sign in; return their id, None when the address has an account already."""
    made = await connection.execute(
        upsert(users)
        .values(id=new_id(), email=email, name=name, language=language, password_hash=NO_ENTRY)
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(users.c.id)
    )
    user_id: UUID | None = made.scalar()
    return user_id


async def update_user(connection: AsyncConnection, user_id: UUID, **values: Any) -> None:
    """Change columns of a user."""
    await connection.execute(update(users).where(users.c.id == user_id).values(**values))


async def insert_member(connection: AsyncConnection, workspace_id: int, user_id: UUID, role: Role) -> None:
    """Make a user a member; who is one already stays what they are."""
    await connection.execute(
        upsert(members).values(workspace_id=workspace_id, user_id=user_id, role=role.value).on_conflict_do_nothing()
    )


async def insert_session(connection: AsyncConnection, token: str, days: int, **values: Any) -> None:
    """Write a session of so many days, opened by the token."""
    ends = func.now() + text(f"interval '{days} days'")
    await connection.execute(insert(sessions).values(id=new_id(), token_hash=digest(token), expires_at=ends, **values))


async def delete_sessions(
    connection: AsyncConnection,
    *,
    token: str | None = None,
    user_id: UUID | None = None,
    session_id: UUID | None = None,
) -> int:
    """End the sessions with this token, of this user, or of this id (all that are given); return how many."""
    given = (
        (sessions.c.token_hash, None if token is None else digest(token)),
        (sessions.c.user_id, user_id),
        (sessions.c.id, session_id),
    )
    wanted = [column == value for column, value in given if value is not None]
    if not wanted:
        raise TypeError("Say which sessions end")
    return (await connection.execute(delete(sessions).where(*wanted))).rowcount


async def delete_password_links(connection: AsyncConnection, user_id: UUID) -> None:
    """Make all links for a new password of a user useless."""
    await connection.execute(delete(password_links).where(password_links.c.user_id == user_id))
