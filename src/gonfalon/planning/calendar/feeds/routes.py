"""Calendar feeds over HTTP: the API that makes them, and the secret addresses themselves."""

from __future__ import annotations

import hashlib
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from gonfalon.accounts.auth import Ctx, client_ip, services_of
from gonfalon.accounts.model import Permission
from gonfalon.kit.clock import utcnow
from gonfalon.planning.calendar.feeds import actions, store
from gonfalon.planning.calendar.feeds.limits import Asked
from gonfalon.planning.calendar.feeds.reading import read_feed
from gonfalon.planning.calendar.feeds.schemas import FeedIn, FeedMade, FeedOut

router = APIRouter(tags=["calendar"])
public = APIRouter()
_BASE = "/workspaces/{workspace}/calendar/feeds"
_HEADERS = {"x-robots-tag": "noindex", "referrer-policy": "no-referrer"}
LONGEST_TOKEN = 100


@router.get(_BASE, operation_id="list_calendar_feeds")
async def list_calendar_feeds(ctx: Ctx) -> list[FeedOut]:
    """List your own feeds that work, the newest first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        feeds = await store.list_feeds(ctx, connection, actions.member_of(ctx))
    return [FeedOut.model_validate(feed, from_attributes=True) for feed in feeds]


@router.post(_BASE, operation_id="create_calendar_feed", status_code=201)
async def create_calendar_feed(body: FeedIn, ctx: Ctx) -> FeedMade:
    """Make a secret address for other calendars; this answer is the only time it is shown."""
    feed_id, address = await actions.create_feed(ctx, body.name, body.filters.filters())
    return FeedMade(id=feed_id, address=address)


@router.delete(_BASE + "/{feed_id}", operation_id="revoke_calendar_feed", status_code=204)
async def revoke_calendar_feed(feed_id: UUID, ctx: Ctx) -> None:
    """Make the address answer as if it had never been there."""
    await actions.revoke_feed(ctx, feed_id)


async def feed(request: Request) -> Response:
    """Return a feed as iCalendar; not found for every address that does not work, whatever the reason."""
    services = services_of(request)
    asked = services.find(Asked)
    if asked is None:
        asked = Asked()
        services.put(Asked, asked)
    client = client_ip(request)
    asked.check(client, utcnow())
    token = request.path_params.get("token", "")
    body = await read_feed(services, token) if 0 < len(token) <= LONGEST_TOKEN and token.isascii() else None
    if body is None:
        asked.missed(client)
        return Response("There is no calendar here.\n", 404, _HEADERS, "text/plain")
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {**_HEADERS, "etag": etag, "cache-control": "private, no-cache"}
    if etag in [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(
        body, headers={**headers, "content-disposition": 'inline; filename="gonfalon.ics"'}, media_type="text/calendar"
    )


for _path in ("/cal/{token}.ics", "/cal/{rest:path}"):
    public.add_route(_path, feed, methods=["GET", "HEAD"], include_in_schema=False)
