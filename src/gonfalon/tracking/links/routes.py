"""Clicks and opens. Plain Starlette routes: they are on the hottest path and belong to no API."""

from __future__ import annotations

import contextlib
from contextlib import suppress
from html import escape
from urllib.parse import quote

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import Unavailable
from gonfalon.kit.numbers import read_whole
from gonfalon.tracking.links import policy
from gonfalon.tracking.links.addresses import clean_address
from gonfalon.tracking.links.model import Hit, HitKind
from gonfalon.tracking.links.rules import judge
from gonfalon.tracking.links.tokens import Claim, Purpose, open_destination, verify
from gonfalon.tracking.links.tracker import Tracker
from gonfalon.tracking.preferences.pages import not_found_page, page_headers, pick_language

router = APIRouter()
api = APIRouter(tags=["tracking"], prefix="/workspaces/{workspace}/tracking")

PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
_HEADERS = {"cache-control": "no-store, private", "x-robots-tag": "noindex", "referrer-policy": "no-referrer"}
_WEB = ("https://", "http://")
# Everything else, line ends above all, is percent-encoded in the Location header.
_URL_SIGNS = "!#$%&'()*+,/:;=?@[]~"


def _tracker(request: Request) -> Tracker:
    found: Tracker = request.app.state.services.get(Tracker)
    return found


async def click(request: Request) -> Response:
    """Redirect to the link's destination once the hit is durable."""
    tracker = _tracker(request)
    token, number = request.path_params["token"], read_whole(request.path_params["number"])
    claim = verify(tracker.keys, Purpose.click_open, token)
    if claim is None or number is None or not 0 <= number <= 32_767:
        return nothing_here(request)
    sealed = request.path_params.get("sealed")
    if sealed is not None:
        url = open_destination(tracker.keys, token, number, sealed)
    else:
        url = await tracker.destination(claim, number)
    if url is None or not url.startswith(_WEB):
        return nothing_here(request)
    if not url.isascii():  # stored before addresses were cleaned
        with contextlib.suppress(ValueError):
            url = clean_address(url)
    try:
        await _record(request, tracker, claim, HitKind.click, number)
    except Unavailable:
        # The click cannot be counted, but nobody who wanted to read on is left standing.
        body = f'<!doctype html><title>…</title><p><a rel="noreferrer" href="{escape(url)}">{escape(url)}</a></p>'
        return HTMLResponse(body, 503, {**_HEADERS, "retry-after": "5"})
    return Response(status_code=302, headers={**_HEADERS, "location": quote(url, safe=_URL_SIGNS)})


async def open_pixel(request: Request) -> Response:
    """Return the picture of one point; the hit is durable before it is answered."""
    tracker = _tracker(request)
    claim = verify(tracker.keys, Purpose.click_open, request.path_params["token"])
    if claim is None:
        return nothing_here(request)
    try:
        await _record(request, tracker, claim, HitKind.open, None)
    except Unavailable:
        return Response(status_code=503, headers={**_HEADERS, "retry-after": "5"})
    return Response(PIXEL, media_type="image/gif", headers=_HEADERS)


async def _record(request: Request, tracker: Tracker, claim: Claim, kind: HitKind, number: int | None) -> None:
    if claim.message == 0:  # a test message is nobody's
        return
    judgement = judge(kind, request.method, request.headers)
    await tracker.writer.put(
        Hit(
            claim.workspace,
            kind,
            claim.message,
            claim.link_set,
            number,
            utcnow(),
            request.method,
            request.client.host if request.client else "",
            request.headers.get("user-agent", "")[:500].replace("\0", ""),
            judgement,
        )
    )


async def note_page(request: Request, claim: Claim) -> None:
    """Note that the page for leaving was asked for, by which scanners are known; that it cannot be is no harm."""
    with suppress(Unavailable):
        await _record(request, _tracker(request), claim, HitKind.page, None)


def nothing_here(request: Request) -> Response:
    """Return one answer for everything that is not a genuine link."""
    language = pick_language(request.headers.get("accept-language", ""), "en")
    return HTMLResponse(not_found_page(language), 404, page_headers())


for _path in ("/c/{token}/{number}", "/c/{token}/{number}/{sealed}"):
    router.add_route(_path, click, methods=["GET", "HEAD"], include_in_schema=False)
router.add_route("/o/{token}.gif", open_pixel, methods=["GET", "HEAD"], include_in_schema=False)


async def anything_else(request: Request) -> Response:
    """Cut and invented addresses below ours; they must not fall through to the product's own pages."""
    return nothing_here(request)


for _path in ("/c/{rest:path}", "/o/{rest:path}"):
    router.add_route(_path, anything_else, methods=["GET", "HEAD", "POST"], include_in_schema=False)


class PolicyBody(BaseModel):
    """What of a message is followed, and of whom; a person's refusal always counts."""

    model_config = ConfigDict(from_attributes=True)

    clicks: bool = True
    opens: bool = True
    consent_required: bool = Field(default=False, description="Follow only people who agreed to tracking.")


@api.get("", operation_id="get_tracking")
async def get_tracking(ctx: Ctx) -> PolicyBody:
    """Return whether opens and clicks are followed."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        return PolicyBody.model_validate(await policy.read_policy(connection, ctx.workspace.id))


@api.put("", operation_id="set_tracking")
async def set_tracking(body: PolicyBody, ctx: Ctx) -> PolicyBody:
    """Change it for messages that are rendered from now on."""
    wanted = policy.TrackingPolicy(body.clicks, body.opens, body.consent_required)
    return PolicyBody.model_validate(await policy.change_policy(ctx, wanted))
