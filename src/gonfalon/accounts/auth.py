"""From a request to a Context: session cookie or API key, same-origin check, membership."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Depends, Request, Response
from sqlalchemy import Row, func, update

from gonfalon.accounts import store
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Actor, Role, Workspace
from gonfalon.accounts.rules import ROLE_PERMISSIONS, permissions_of_scopes
from gonfalon.accounts.tables import api_keys
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import Forbidden, NotFound, Unauthenticated
from gonfalon.kit.secrets import digest
from gonfalon.kit.services import Services

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def services_of(request: Request) -> Services:
    """The process's services."""
    found: Services = request.app.state.services
    return found


ServicesDep = Annotated[Services, Depends(services_of)]


def cookie_name(services: Services) -> str:
    """`__Host-` binds the cookie to this host, but browsers take it over HTTPS only."""
    return "__Host-gonfalon" if services.settings.public_url.startswith("https://") else "gonfalon_session"


def set_session_cookie(services: Services, response: Response, token: str) -> None:
    """Gives the browser its session."""
    response.set_cookie(
        cookie_name(services),
        token,
        max_age=30 * 86400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=services.settings.public_url.startswith("https://"),
    )


def client_ip(request: Request) -> str:
    """The client's address (the server has already applied X-Forwarded-For of trusted proxies)."""
    return request.client.host if request.client else ""


@dataclass(frozen=True)
class SignedIn:
    """A user with a live session."""

    services: Services
    user: Row[Any]
    token: str

    @property
    def id(self) -> UUID:
        """The user's id."""
        found: UUID = self.user.id
        return found


async def signed_in(request: Request, services: ServicesDep) -> SignedIn:
    """Dependency: the user of the session cookie; refuses writes that another site's page sent."""
    token = request.cookies.get(cookie_name(services))
    if token:
        check_same_origin(request, services)
        async with services.db.transaction() as connection:
            user = await store.session_user(connection, digest(token))
            if user is not None:
                if user.last_seen_at < utcnow() - timedelta(minutes=5):
                    await store.touch_session(connection, user.session_id)
                return SignedIn(services, user, token)
    raise Unauthenticated("session_ended", "Your session has ended; sign in again.")


def check_same_origin(request: Request, services: Services) -> None:
    """Cross-site request forgery: a cookie counts for a write only when our own pages sent it.

    Browsers say so in Sec-Fetch-Site; older ones in Origin. A client that says neither is no browser.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    if site in ("same-origin", "none"):
        return
    origin = request.headers.get("origin")
    own = {urlsplit(services.settings.public_url).netloc, request.headers.get("host")}
    if site is None and (origin is None or urlsplit(origin).netloc in own):
        return
    raise Forbidden("cross_site", "This request came from another site's page and was refused.")


async def context(request: Request, workspace: str, services: ServicesDep) -> Context:
    """Dependency of every workspace route: who acts in the workspace of the path.

    A workspace one is not a member of answers exactly like one that does not exist.
    """
    key = bearer(request)
    if key is not None:
        ctx = await key_context(services, key)
        if ctx.workspace.slug != workspace:
            raise NotFound("workspace_unknown", "There is no such workspace, or you are not a member of it.")
        return ctx
    who = await signed_in(request, services)
    async with services.db.transaction() as connection:
        found = await store.membership(connection, who.id, workspace)
    if found is None:
        raise NotFound("workspace_unknown", "There is no such workspace, or you are not a member of it.")
    place, role = found
    actor = Actor("member", str(who.id), who.user.name, ROLE_PERMISSIONS[Role(role)], Role(role))
    return Context(services, actor, place)


Ctx = Annotated[Context, Depends(context)]
User = Annotated[SignedIn, Depends(signed_in)]


def bearer(request: Request) -> str | None:
    """The API key of a request: `Authorization: Bearer`, or the user name of Basic (Segment's way)."""
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
    """The context of an API key; raises Unauthenticated for one that is unknown or revoked."""
    async with services.db.transaction() as connection:
        row = await store.live_key(connection, digest(key))
        if row is None:
            raise Unauthenticated("api_key_unknown", "This API key is not known or has been revoked.")
        if row.last_used_at is None or row.last_used_at < utcnow() - timedelta(minutes=5):
            await connection.execute(update(api_keys).where(api_keys.c.id == row.id).values(last_used_at=func.now()))
    place = Workspace(
        row.workspace_id,
        row.workspace_slug,
        row.workspace_name,
        row.workspace_time_zone,
        row.workspace_currency,
        row.workspace_language,
    )
    return Context(services, Actor("api_key", str(row.id), row.name, permissions_of_scopes(row.scopes)), place)
