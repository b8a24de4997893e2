"""The collector (/v1/…) and lists of events. The hot routes decode with msgspec and answer plain bytes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from gonfalon.accounts.auth import Ctx, bearer
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.bodies import accepts
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import Forbidden, GonfalonError, Invalid, TooMany, Unauthenticated
from gonfalon.kit.http import STATUS, problem
from gonfalon.kit.paging import Page, PageRequest, paging
from gonfalon.tracking.collector import rules, store
from gonfalon.tracking.collector.bodies import read_body
from gonfalon.tracking.collector.intake import Intake
from gonfalon.tracking.collector.model import Event, Rejected
from gonfalon.tracking.collector.schemas import BODIES, EventName, EventProperty

public = APIRouter(prefix="/v1", tags=["collector"])
router = APIRouter(prefix="/workspaces/{workspace}/events", tags=["events"])

# Events come from the pages of other sites; the key in the request is the permission, never a cookie.
_CORS = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "authorization, content-encoding, content-type, x-retry-count",
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-max-age": "86400",
    "access-control-expose-headers": "retry-after",
    "cross-origin-resource-policy": "cross-origin",
}
SHORT = {"t": "track", "i": "identify", "p": "page", "s": "screen", "g": "group", "a": "alias", "b": "batch"}
"""The addresses that Segment's library for browsers sends to, and what each takes."""


def _refusal(error: GonfalonError) -> Response:
    """Answer with the problem, readable for a page of another site too; else it sees a network error only."""
    # Segment's libraries know 400, not 422.
    status = 400 if isinstance(error, Invalid) else next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    wait = {"retry_after": error.retry_after} if isinstance(error, TooMany) else {}
    answer = problem(status, error.code, error.sentence, **error.details, **wait)
    answer.headers.update(_CORS)
    return answer


def _answer(body: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(body), media_type="application/json", headers=_CORS)


async def _context(intake: Intake, key: str | None) -> Context:
    """Return the workspace a key sends to; raises Unauthenticated or Forbidden."""
    if not key:
        raise Unauthenticated("api_key_missing", "Send an API key with the scope “track”: Basic user name or Bearer.")
    ctx = await intake.context(key)
    if not ctx.may(Permission.EVENTS_WRITE):
        raise Forbidden("permission_missing", "This API key may not send events; make one with the scope “track”.")
    return ctx


async def _take(request: Request, kind: str) -> Response:
    services = request.app.state.services
    intake: Intake = services.get(Intake)
    ctx: Context | None = None
    try:
        body = await read_body(request, rules.BATCH_BYTES if kind == "batch" else rules.MESSAGE_BYTES, kind)
        decoded = rules.decode_batch(body) if kind == "batch" else rules.decode_message(body)
        ctx = await _context(intake, bearer(request) or decoded.write_key)
        heard = rules.read(decoded, kind, utcnow(), ctx.workspace)
        kept = await intake.keep(ctx, heard)
        if heard.rejected and isinstance(decoded, rules.Message):
            only = heard.rejected[0]
            raise Invalid(only.code, only.sentence, **only.details)
    except GonfalonError as error:
        await _note_unread(intake, request, ctx, kind, error)
        return _refusal(error)
    answer: dict[str, Any] = {"success": True, "accepted": kept.accepted, "duplicates": kept.duplicates}
    rejected = heard.rejected + [
        Rejected(place, each.code, each.sentence, each.details) for place, each in kept.refused
    ]
    if rejected:
        answer["rejected"] = [
            {"index": each.index, "code": each.code, "sentence": each.sentence}
            for each in sorted(rejected, key=lambda each: each.index)
        ]
    return _answer(answer)


async def _note_unread(intake: Intake, request: Request, ctx: Context | None, kind: str, error: GonfalonError) -> None:
    """Let who looks on see a body that could not be read, where the request says in its head whose it is."""
    key = bearer(request)
    if ctx is not None or not key or isinstance(error, Unauthenticated | Forbidden):
        return
    with suppress(GonfalonError):
        intake.journal.note_unread(await _context(intake, key), kind, error)


@public.get("/projects/{key}/settings", include_in_schema=False)
async def library_settings(key: str, request: Request) -> Response:
    """Answer what Segment's library for browsers asks for before it sends: that all goes to this collector."""
    services = request.app.state.services
    try:
        await _context(services.get(Intake), key)
    except GonfalonError as error:
        return _refusal(error)
    protocol, _, host = services.settings.public_url.partition("://")
    collector = {"apiKey": key, "apiHost": f"{host}/v1", "protocol": protocol, "addBundledMetadata": False}
    return _answer({"integrations": {"Segment.io": collector}, "plan": {}, "metrics": {"sampleRate": 0}})


@public.post("/m", include_in_schema=False)
async def ignore_measurements() -> Response:
    """Take what Segment's library measures of itself, and keep nothing of it."""
    return _answer({"success": True})


async def preflight() -> Response:
    """Return what browsers ask before a page of another site may send."""
    return Response(status_code=204, headers=_CORS)


def _route(kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def take(request: Request) -> Response:
        return await _take(request, kind)

    # A key may stand in the message, so anybody may send as much as a message may be; `read_body` knows how much.
    accepts(rules.BATCH_BYTES, strangers=rules.BATCH_BYTES)(take)
    take.__doc__ = f"Takes `{kind}` messages in Segment's shape; answers when they are durable."
    return take


for _kind, _schema in BODIES.items():
    public.add_api_route(
        f"/{_kind}",
        _route(_kind),
        methods=["POST"],
        operation_id=f"collect_{_kind}",
        summary=f"Collect {_kind}",
        openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": _schema}}}},
    )
for _short, _kind in SHORT.items():
    public.add_api_route(f"/{_short}", _route(_kind), methods=["POST"], include_in_schema=False)
for _path in (*BODIES, *SHORT, "m", "projects/{key}/settings"):
    public.add_api_route(f"/{_path}", preflight, methods=["OPTIONS"], include_in_schema=False)


@router.get("", operation_id="list_events")
async def list_events(
    ctx: Ctx,
    page: Annotated[PageRequest, Depends(paging(datetime, int))],
    person_id: Annotated[int | None, Query(description="Only this person's, by when they happened")] = None,
    name: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[Event]:
    """Return what people did, the newest first."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        rows = await store.list_events(connection, ctx.workspace.id, page, person_id=person_id, name=name)
    return page.as_read(rows, "at", "id")


@router.get("/names", operation_id="list_event_names")
async def list_event_names(ctx: Ctx) -> list[EventName]:
    """Return the names events have, the commonest first."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        found = await store.names(connection, ctx.workspace.id)
    return [EventName(name=name, count=count) for name, count in found]


@router.get("/properties", operation_id="list_event_properties")
async def list_event_properties(
    ctx: Ctx, name: Annotated[str, Query(min_length=1, max_length=200)]
) -> list[EventProperty]:
    """Return the properties of events with a name, the commonest first."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        found = await store.properties(connection, ctx.workspace.id, name)
    return [EventProperty.model_validate({"property": key, "type": type_}) for key, type_ in found]
