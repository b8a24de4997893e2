"""Setting up, signing in, and looking after oneself and the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy import Row, delete, func, insert, literal, select, text, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts import rules, store
from gonfalon.accounts.context import Context, operator_context
from gonfalon.accounts.model import Actor, Permission, Role, Workspace
from gonfalon.accounts.passwords import hash_password, verify_password
from gonfalon.accounts.rules import ROLE_PERMISSIONS
from gonfalon.accounts.tables import members, password_links, sessions, setup_tokens, users, workspaces
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import Conflict, Invalid, NotFound, TooMany, Unauthenticated
from gonfalon.kit.ids import new_id
from gonfalon.kit.money import check_currency
from gonfalon.kit.secrets import digest, random_token
from gonfalon.kit.services import Services

SESSION_DAYS = 30
TRIES_PER_ADDRESS = 10
TRIES_PER_CLIENT = 60
TRY_WINDOW = 900
NEW_WORKSPACE_HOOKS: list[Any] = []
"""Called as `hook(connection, workspace)` in the creating transaction; the entry room fills it from the rooms above."""


async def issue_setup_token(services: Services) -> str | None:
    """A one-time token for making the first workspace; None when there is already an owner.

    An earlier unused token stops working, so only the newest link is good.
    """
    async with services.db.transaction() as connection:
        if (await connection.execute(select(users.c.id).limit(1))).first() is not None:
            return None
        await connection.execute(delete(setup_tokens))
        token = random_token()
        await connection.execute(insert(setup_tokens).values(token_hash=digest(token)))
        return token


async def setup_is_open(services: Services, token: str) -> bool:
    """Whether the set-up link can still be used."""
    async with services.db.reading() as connection:
        found = await connection.execute(
            select(setup_tokens.c.token_hash).where(
                setup_tokens.c.token_hash == digest(token), setup_tokens.c.used_at.is_(None)
            )
        )
        return found.first() is not None


async def set_up(
    services: Services,
    token: str,
    *,
    workspace_name: str,
    time_zone: str,
    currency: str,
    language: str,
    owner_name: str,
    email: str,
    password: str,
) -> tuple[UUID, Workspace]:
    """Makes the first workspace and its owner; the token works once. Raises Conflict when it is spent."""
    address = rules.normalise_email(email)
    rules.check_password(password, address)
    hashed = await hash_password(password)
    async with services.db.transaction() as connection:
        spent = await connection.execute(
            update(setup_tokens)
            .where(setup_tokens.c.token_hash == digest(token), setup_tokens.c.used_at.is_(None))
            .values(used_at=func.now())
        )
        if spent.rowcount == 0:
            raise Conflict("setup_link_spent", "This set-up link has been used or replaced; sign in, or start again.")
        user_id = new_id()
        workspace = await create_workspace(
            services,
            connection,
            workspace_name,
            time_zone=time_zone,
            currency=currency,
            language=language,
            maker=_owner(user_id, owner_name),
        )
        await connection.execute(
            insert(users).values(
                id=user_id, email=address, name=owner_name.strip(), language=language, password_hash=hashed
            )
        )
        await connection.execute(
            insert(members).values(workspace_id=workspace.id, user_id=user_id, role=Role.OWNER.value)
        )
        await adopt_workspaces(connection)
    return user_id, workspace


async def adopt_workspaces(connection: AsyncConnection) -> None:
    """Makes the installation's first user the owner of workspaces without a member (a demo loaded before set-up)."""
    first = select(users.c.id).order_by(users.c.created_at, users.c.id).limit(1).subquery()
    orphans = (
        select(workspaces.c.id, first.c.id, literal(Role.OWNER.value))
        .select_from(workspaces.join(first, true()))
        .where(~select(members.c.user_id).where(members.c.workspace_id == workspaces.c.id).exists())
    )
    await connection.execute(insert(members).from_select(["workspace_id", "user_id", "role"], orphans))


async def create_workspace(
    services: Services,
    connection: AsyncConnection,
    name: str,
    *,
    time_zone: str,
    currency: str,
    language: str,
    maker: Actor | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Workspace:
    """Inserts a workspace with what every room puts into a new one; the caller adds its owner.

    maker: whom the audit trail names; the operator when there is none. settings: what rooms note about it.
    """
    values = _workspace_values(name, time_zone, currency, language) | {"settings": settings or {}}
    slug = await store.free_slug(connection, rules.slug_of(name))
    made = await connection.execute(insert(workspaces).values(slug=slug, **values).returning(workspaces.c.id))
    workspace = Workspace(made.scalar_one(), slug, values["name"], time_zone, values["currency"], language)
    for hook in NEW_WORKSPACE_HOOKS:
        await hook(connection, workspace)
    ctx = operator_context(services, workspace) if maker is None else Context(services, maker, workspace)
    await ctx.audit(connection, "workspace.created", "workspace", workspace.id, workspace.name)
    return workspace


async def add_workspace(
    services: Services, user_id: UUID, name: str, *, time_zone: str, currency: str, language: str
) -> Workspace:
    """A further workspace, for somebody who owns one already."""
    async with services.db.transaction() as connection:
        owned = await connection.execute(
            select(users.c.name)
            .join(members, members.c.user_id == users.c.id)
            .where(members.c.user_id == user_id, members.c.role == Role.OWNER.value)
        )
        owner = owned.first()
        if owner is None:
            raise Invalid("owner_only", "Only an owner of a workspace can make another one.")
        workspace = await create_workspace(
            services,
            connection,
            name,
            time_zone=time_zone,
            currency=currency,
            language=language,
            maker=_owner(user_id, owner.name),
        )
        await connection.execute(
            insert(members).values(workspace_id=workspace.id, user_id=user_id, role=Role.OWNER.value)
        )
        return workspace


def _owner(user_id: UUID, name: str) -> Actor:
    return Actor("member", str(user_id), name.strip(), ROLE_PERMISSIONS[Role.OWNER], Role.OWNER)


def _workspace_values(name: str, time_zone: str, currency: str, language: str) -> dict[str, Any]:
    if not name.strip():
        raise Invalid("name_missing", "Give the workspace a name.")
    if time_zone not in available_timezones():
        raise Invalid("time_zone_unknown", f"“{time_zone}” is not a time zone; use one such as Europe/Stockholm.")
    if language not in rules.LANGUAGES:
        raise Invalid("language_unknown", "Choose one of the languages en, fr, sv or zh.")
    return {
        "name": name.strip(),
        "time_zone": time_zone,
        "currency": check_currency(currency),
        "language": language,
    }


async def update_workspace(ctx: Context, *, name: str, time_zone: str, currency: str, language: str) -> Workspace:
    """Changes the workspace's name, zone, currency and language; its URL name stays."""
    ctx.require(Permission.WORKSPACE_MANAGE)
    values = _workspace_values(name, time_zone, currency, language)
    async with ctx.transaction() as connection:
        await connection.execute(update(workspaces).where(workspaces.c.id == ctx.workspace.id).values(**values))
        await ctx.audit(connection, "workspace.changed", "workspace", ctx.workspace.id, values["name"], **values)
        return await store.find_workspace(connection, ctx.workspace.slug)


async def sign_in(services: Services, email: str, password: str, user_agent: str, ip: str) -> str:
    """A session token. Wrong address and wrong password get the same answer in the same time.

    Raises Unauthenticated, or TooMany after 10 tries for an address (60 for a client) in 15 minutes.
    """
    address = email.strip().lower()
    now = utcnow()
    async with services.db.transaction() as connection:
        for key, most in ((f"sign-in:{address[:200]}", TRIES_PER_ADDRESS), (f"sign-in-ip:{ip}", TRIES_PER_CLIENT)):
            if await store.count_try(connection, key, now, TRY_WINDOW) > most:
                raise TooMany(
                    "sign_in_limited", "Too many tries to sign in; wait 15 minutes and try again.", TRY_WINDOW
                )
        user = (
            await connection.execute(select(users).where(users.c.email == address, users.c.disabled_at.is_(None)))
        ).first()
    if not await verify_password(user.password_hash if user else None, password) or user is None:
        raise Unauthenticated("sign_in_refused", "The email address or the password is not right.")
    async with services.db.transaction() as connection:
        await store.forget_tries(connection, f"sign-in:{address[:200]}")
        return await open_session(connection, user.id, user_agent, ip)


async def open_session(connection: AsyncConnection, user_id: UUID, user_agent: str, ip: str) -> str:
    """A new session for a user whose identity has just been proved."""
    token = random_token()
    await connection.execute(
        insert(sessions).values(
            id=new_id(),
            user_id=user_id,
            token_hash=digest(token),
            expires_at=func.now() + text(f"interval '{SESSION_DAYS} days'"),
            user_agent=user_agent[:300],
            ip=ip,
        )
    )
    return token


async def sign_out(services: Services, token: str) -> None:
    """Ends the session of this token."""
    async with services.db.transaction() as connection:
        await connection.execute(delete(sessions).where(sessions.c.token_hash == digest(token)))


async def change_password(services: Services, user_id: UUID, present: str, new: str) -> None:
    """Sets a new password and ends every session of the user, this one included."""
    async with services.db.reading() as connection:
        user = (await connection.execute(select(users).where(users.c.id == user_id))).one()
    if not await verify_password(user.password_hash, present):
        raise Invalid("password_wrong", "The present password is not right.")
    rules.check_password(new, user.email)
    hashed = await hash_password(new)
    async with services.db.transaction() as connection:
        await replace_password(services, connection, user, hashed, "member.password_changed")


async def replace_password(
    services: Services, connection: AsyncConnection, user: Row[Any], hashed: str, action: str
) -> None:
    """The new hash; ends all sessions and links for a new password, and notes it in every workspace of the user."""
    await connection.execute(update(users).where(users.c.id == user.id).values(password_hash=hashed))
    await connection.execute(delete(sessions).where(sessions.c.user_id == user.id))
    await connection.execute(delete(password_links).where(password_links.c.user_id == user.id))
    for workspace, role in await store.memberships(connection, user.id):
        actor = Actor("member", str(user.id), user.name, ROLE_PERMISSIONS[Role(role)], Role(role))
        await Context(services, actor, workspace).audit(connection, action, "member", user.id, user.name)


async def update_profile(services: Services, user_id: UUID, *, name: str, language: str, theme: str) -> None:
    """Changes how the user is named and sees the product."""
    if language not in rules.LANGUAGES:
        raise Invalid("language_unknown", "Choose one of the languages en, fr, sv or zh.")
    async with services.db.transaction() as connection:
        await connection.execute(
            update(users).where(users.c.id == user_id).values(name=name.strip(), language=language, theme=theme)
        )


async def end_session(services: Services, user_id: UUID, session_id: UUID) -> None:
    """Signs one of the user's own sessions out; raises NotFound for somebody else's."""
    async with services.db.transaction() as connection:
        ended = await connection.execute(
            delete(sessions).where(sessions.c.id == session_id, sessions.c.user_id == user_id)
        )
        if ended.rowcount == 0:
            raise NotFound("session_unknown", "This session has already ended.")
