"""Setting up, signing in, and looking after oneself and the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts import rules, store
from gonfalon.accounts.context import Context, operator_context
from gonfalon.accounts.currency import check_no_money
from gonfalon.accounts.door import open_again, prove_password
from gonfalon.accounts.log.actions import note
from gonfalon.accounts.log.model import LogKind
from gonfalon.accounts.model import Actor, Client, Permission, Role, User, Workspace
from gonfalon.accounts.offers import Adopted, Credential, Holding, NewWorkspace
from gonfalon.accounts.passwords import hash_password
from gonfalon.accounts.rules import ROLE_PERMISSIONS
from gonfalon.kit.errors import Conflict, Invalid, NotFound, Unauthenticated
from gonfalon.kit.ids import new_id
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.money import check_currency
from gonfalon.kit.secrets import digest, random_token
from gonfalon.kit.services import Services
from gonfalon.kit.words import LANGUAGES

SESSION_DAYS = 30


async def issue_setup_token(services: Services) -> str | None:
    """Return a one-time token for making the first workspace; None when there is already an owner.

    An earlier unused token stops working, so only the newest link is good.
    """
    async with services.db.transaction() as connection:
        if await store.has_users(connection):
            return None
        token = random_token()
        await store.replace_setup_token(connection, digest(token))
        return token


async def setup_is_open(services: Services, token: str) -> bool:
    """Return whether the set-up link can still be used."""
    async with services.db.reading() as connection:
        return await store.setup_token_is_good(connection, digest(token))


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
) -> tuple[UUID, Workspace, str]:
    """Make the first workspace and its owner; the token works once. Raises Conflict when it is spent.

    Returns the owner's id, the workspace, and the slug of a demo that waited for its owner ("" for none).
    """
    address = rules.normalise_email(email)
    rules.check_password(password, address)
    hashed = await hash_password(password)
    async with services.db.transaction() as connection:
        if not await store.use_setup_token(connection, digest(token)):
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
        await store.insert_user(
            connection,
            user_id,
            email=address,
            name=owner_name.strip(),
            language=language,
            password_hash=hashed,
        )
        await store.insert_member(connection, workspace.id, user_id, Role.OWNER)
        demo = await adopt_workspaces(services, connection)
    return user_id, workspace, demo


async def adopt_workspaces(services: Services, connection: AsyncConnection) -> str:
    """Make the installation's first user the owner of workspaces without a member (a demo loaded before set-up).

    Returns the slug of one of them, "" where there was none.
    """
    ids = await store.adopt_orphans(connection)
    for workspace_id in ids:
        for room in services.offered(Adopted):
            await room.begin(connection, workspace_id)
    return (await store.workspace_by_id(connection, ids[0])).slug if ids else ""


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
    """Insert a workspace with what every room puts into a new one; the caller adds its owner.

    maker: whom the audit trail names; the operator when there is none. settings: what rooms note about it.
    """
    values = _workspace_values(name, time_zone, currency, language) | {"settings": settings or {}}
    await one_at_a_time(connection, "workspaces")
    slug = await store.free_slug(connection, rules.slug_of(name))
    workspace_id = await store.insert_workspace(connection, {"slug": slug} | values)
    workspace = Workspace(workspace_id, slug, values["name"], time_zone, values["currency"], language)
    for new in services.offered(NewWorkspace):
        await new.fill(connection, workspace)
    ctx = operator_context(services, workspace) if maker is None else Context(services, maker, workspace)
    await ctx.audit(connection, "workspace.created", "workspace", workspace.id, workspace.name)
    return workspace


async def add_workspace(
    services: Services, user_id: UUID, name: str, *, time_zone: str, currency: str, language: str
) -> Workspace:
    """Return a further workspace, for somebody who owns one already."""
    async with services.db.transaction() as connection:
        owner = await store.owner_name(connection, user_id)
        if owner is None:
            raise Invalid("owner_only", "Only an owner of a workspace can make another one.")
        workspace = await create_workspace(
            services,
            connection,
            name,
            time_zone=time_zone,
            currency=currency,
            language=language,
            maker=_owner(user_id, owner),
        )
        await store.insert_member(connection, workspace.id, user_id, Role.OWNER)
        return workspace


def _owner(user_id: UUID, name: str) -> Actor:
    return Actor("member", str(user_id), name.strip(), ROLE_PERMISSIONS[Role.OWNER], Role.OWNER)


def _workspace_values(name: str, time_zone: str, currency: str, language: str) -> dict[str, Any]:
    if not name.strip():
        raise Invalid("name_missing", "Give the workspace a name.")
    if time_zone not in available_timezones():
        raise Invalid(
            "time_zone_unknown",
            f"“{time_zone}” is not a time zone; use one such as Europe/Stockholm.",
            time_zone=time_zone,
        )
    if language not in LANGUAGES:
        raise Invalid("language_unknown", "Choose one of the languages en, fr, sv or zh.")
    return {
        "name": name.strip(),
        "time_zone": time_zone,
        "currency": check_currency(currency),
        "language": language,
    }


async def update_workspace(ctx: Context, *, name: str, time_zone: str, currency: str, language: str) -> Workspace:
    """Change the workspace's name, zone, currency and language; its URL name stays.

    Raises Conflict for another currency when there are amounts: they would become other ones.
    """
    ctx.require(Permission.WORKSPACE_MANAGE)
    values = _workspace_values(name, time_zone, currency, language)
    async with ctx.transaction() as connection:
        if values["currency"] != await store.lock_currency(connection, ctx.workspace.id):
            await check_no_money(connection, ctx.workspace.id, ctx.services.offered(Holding))
        await store.update_workspace(connection, ctx.workspace.id, values)
        await ctx.audit(connection, "workspace.changed", "workspace", ctx.workspace.id, values["name"], **values)
        return await store.find_workspace(connection, ctx.workspace.slug)


async def sign_in(services: Services, client: Client, email: str, password: str) -> UUID:
    """Return whose address and password these are. A wrong address and a wrong password get the same answer in the same
    time.

    Raises Unauthenticated, or TooMany (`door.prove_password`).
    """
    address = email.strip().lower()
    async with services.db.reading() as connection:
        user = await store.user_of(connection, address)
    if not await prove_password(services, client, address, user, password) or user is None:
        raise Unauthenticated("sign_in_refused", "The email address or the password is not right.", field="password")
    return user.id


async def open_session(connection: AsyncConnection, user_id: UUID, user_agent: str, ip: str) -> str:
    """Return a new session for a user whose identity has just been proved."""
    token = random_token()
    await store.insert_session(connection, token, SESSION_DAYS, user_id=user_id, user_agent=user_agent[:300], ip=ip)
    return token


async def sign_out(services: Services, token: str) -> None:
    """End the session of this token."""
    async with services.db.transaction() as connection:
        await store.delete_sessions(connection, token=token)


async def change_password(services: Services, client: Client, user_id: UUID, present: str, new: str) -> None:
    """Set a new password and ends every session of the user, this one included."""
    async with services.db.reading() as connection:
        user = await store.find_user(connection, user_id)
    if not await prove_password(services, client, user.email, user, present, session=str(user_id)):
        raise Invalid("password_wrong", "The present password is not right.", field="present")
    rules.check_password(new, user.email)
    hashed = await hash_password(new)
    async with services.db.transaction() as connection:
        await replace_password(services, connection, client, user, hashed, LogKind.PASSWORD_CHANGED)


async def replace_password(
    services: Services, connection: AsyncConnection, client: Client, user: User, hashed: str, how: LogKind
) -> None:
    """Store the new hash. Ends all sessions, links for a new password and what else opens something in the user's name
    (offers of Credential), and writes it down in every workspace of the user."""
    await store.update_user(connection, user.id, password_hash=hashed)
    await store.delete_sessions(connection, user_id=user.id)
    await store.delete_password_links(connection, user.id)
    for credential in services.offered(Credential):
        await credential.end(connection, user.id, None)
    await open_again(connection, user.email)
    await note(connection, how, client, user_id=user.id)
    action = f"member.{how.value}"
    for each in await store.memberships(connection, user.id):
        actor = Actor("member", str(user.id), user.name, ROLE_PERMISSIONS[each.role], each.role)
        await Context(services, actor, each.workspace).audit(connection, action, "member", user.id, user.name)


async def update_profile(services: Services, user_id: UUID, *, name: str, language: str, theme: str) -> None:
    """Change how the user is named and sees the product."""
    if language not in LANGUAGES:
        raise Invalid("language_unknown", "Choose one of the languages en, fr, sv or zh.")
    async with services.db.transaction() as connection:
        await store.update_user(connection, user_id, name=name.strip(), language=language, theme=theme)


async def end_session(services: Services, user_id: UUID, session_id: UUID) -> None:
    """Sign one of the user's own sessions out; raises NotFound for somebody else's."""
    async with services.db.transaction() as connection:
        if not await store.delete_sessions(connection, user_id=user_id, session_id=session_id):
            raise NotFound("session_unknown", "This session has already ended.")
