"""From a request to a Context: session cookie or API key, same-origin check, membership."""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Depends, Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts import store
from gonfalon.accounts.actions import SESSION_DAYS, open_session
from gonfalon.accounts.context import Context
from gonfalon.accounts.door import device_for
from gonfalon.accounts.keys.store import live_key, touch_key
from gonfalon.accounts.log.actions import note, note_denied
from gonfalon.accounts.log.model import LogKind
from gonfalon.accounts.model import Actor, Client, SessionUser, User
from gonfalon.accounts.rules import ROLE_PERMISSIONS, permissions_of_scopes
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import Forbidden, NotFound, Unauthenticated
from gonfalon.kit.log import log
from gonfalon.kit.secrets import digest
from gonfalon.kit.services import Services

DEVICE_DAYS = 365
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def services_of(request: Request) -> Services:
    """Return the process's services."""
    found: Services = request.app.state.services
    return found


ServicesDep = Annotated[Services, Depends(services_of)]


def cookie_name(services: Services) -> str:
    """Return the cookie's name: `__Host-` binds it to this host, but browsers take it over HTTPS only."""
    return "__Host-gonfalon" if services.settings.public_url.startswith("https://") else "gonfalon_session"


def _name(services: Services, name: str) -> str:
    return f"__Host-{name}" if services.settings.public_url.startswith("https://") else name


async def let_in(services: Services, response: Response, client: Client, user_id: UUID) -> None:
    """Open a session for somebody who has just proved who they are, and lets the browser remember that they did."""
    async with services.db.transaction() as connection:
        user = await store.find_user(connection, user_id)
        token = await open_session(connection, user_id, client.agent, client.ip)
        await note(connection, LogKind.SIGNED_IN, client, user_id=user_id)
    _set_cookie(services, response, cookie_name(services), token, SESSION_DAYS)
    remember_device(services, response, user)


def remember_device(services: Services, response: Response, user: User) -> None:
    """Let the browser show later on that the user has signed in with it."""
    _set_cookie(services, response, _name(services, "gonfalon_device"), device_for(services, user), DEVICE_DAYS)


def _set_cookie(services: Services, response: Response, name: str, value: str, days: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=days * 86400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=services.settings.public_url.startswith("https://"),
    )


def client_ip(request: Request) -> str:
    """Return the client's address (the server has already applied X-Forwarded-For of trusted proxies)."""
    return request.client.host if request.client else ""


def client_of(request: Request, services: ServicesDep) -> Client:
    """Return where the request comes from."""
    device = request.cookies.get(_name(services, "gonfalon_device"), "")
    return Client(client_ip(request), request.headers.get("user-agent", ""), device)


ClientDep = Annotated[Client, Depends(client_of)]


@dataclass(frozen=True)
class SignedIn:
    """A user with a live session."""

    services: Services
    user: SessionUser
    token: str

    @property
    def id(self) -> UUID:
        """The user's id."""
        return self.user.id


async def signed_in(request: Request, services: ServicesDep) -> SignedIn:
    """Return the user of the session cookie; refuses writes that another site's page sent."""
    token = _token(request, services)
    async with services.db.transaction() as connection:
        return await _session(services, connection, token)


def _token(request: Request, services: Services) -> str:
    """What the cookie holds; who has none costs no connection."""
    token = request.cookies.get(cookie_name(services))
    if not token:
        raise _ended()
    check_same_origin(request, services)
    return token


async def _session(services: Services, connection: AsyncConnection, token: str) -> SignedIn:
    user = await store.session_user(connection, digest(token))
    if user is None:
        raise _ended()
    if user.last_seen_at < utcnow() - timedelta(minutes=5):
        await store.touch_session(connection, user.session_id)
    return SignedIn(services, user, token)


def _ended() -> Unauthenticated:
    return Unauthenticated("session_ended", "Your session has ended; sign in again.")


async def identify(request: Request) -> None:
    """Return when this session or key is somebody's, else raises Unauthenticated; for what comes before a route."""
    services = services_of(request)
    key = bearer(request)
    if key is None:
        await signed_in(request, services)
    else:
        await key_context(services, key)


def check_same_origin(request: Request, services: Services) -> None:
    """Refuse cross-site request forgery: a cookie counts for a write only when our own pages sent it.

    Browsers say so in Sec-Fetch-Site; older ones in Origin. A client that says neither is no browser.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    if site in ("same-origin", "none"):
        return
    origin = request.headers.get("origin")
    own = {urlsplit(services.settings.public_url).netloc, request.headers.get("host")} - {"", None}
    if site is None and (origin is None or urlsplit(origin).netloc in own):
        return
    log.warning("cross_site_refused", client=client_ip(request), path=request.url.path, site=site, origin=origin)
    raise Forbidden("cross_site", "This request came from another site's page and was refused.")


async def context(request: Request, workspace: str, services: ServicesDep, client: ClientDep) -> AsyncIterator[Context]:
    """Yield who acts in the workspace of the path.

    A workspace one is not a member of answers exactly like one that does not exist. What is refused for want of a
    permission is written into the account log.
    """
    ctx = await _context(request, workspace, services)
    try:
        yield ctx
    except Forbidden as error:
        await note_denied(ctx, client, error)
        raise


async def _context(request: Request, workspace: str, services: Services) -> Context:
    key = bearer(request)
    if key is not None:
        ctx = await key_context(services, key)
        if ctx.workspace.slug != workspace:
            raise NotFound("workspace_unknown", "There is no such workspace, or you are not a member of it.")
        return ctx
    token = _token(request, services)
    async with services.db.transaction() as connection:  # one for both: it is half of what a small read costs
        who = await _session(services, connection, token)
        found = await store.membership(connection, who.id, workspace)
    if found is None:
        raise NotFound("workspace_unknown", "There is no such workspace, or you are not a member of it.")
    actor = Actor("member", str(who.id), who.user.name, ROLE_PERMISSIONS[found.role], found.role)
    return Context(services, actor, found.workspace)


Ctx = Annotated[Context, Depends(context)]
CurrentUser = Annotated[SignedIn, Depends(signed_in)]


def bearer(request: Request) -> str | None:
    """Return the API key of a request: `Authorization: Bearer`, or the user name of Basic (Segment's way)."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return None


async def key_context(services: Services, key: str) -> Context:
    """Return the context of an API key; raises Unauthenticated for one that is unknown or revoked."""
    async with services.db.transaction() as connection:
        found = await live_key(connection, digest(key))
        if found is None:
            raise Unauthenticated("api_key_unknown", "This API key is not known or has been revoked.")
        if found.last_used_at is None or found.last_used_at < utcnow() - timedelta(minutes=5):
            await touch_key(connection, found.id)
    actor = Actor("api_key", str(found.id), found.name, permissions_of_scopes(found.scopes))
    return Context(services, actor, found.workspace)
