"""The collector (/v1/…) and lists of events. The hot routes decode with msgspec and answer plain bytes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from gonfalon.accounts.auth import Ctx, bearer
from gonfalon.accounts.model import Permission
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import Forbidden, Invalid, TooLarge, Unauthenticated
from gonfalon.kit.http import paging, problem
from gonfalon.kit.paging import Page, PageRequest, encode_cursor
from gonfalon.tracking.collector import rules, store
from gonfalon.tracking.collector.intake import Intake
from gonfalon.tracking.collector.schemas import BODIES, EventName, EventOut

public = APIRouter(prefix="/v1", tags=["collector"])
router = APIRouter(prefix="/workspaces/{workspace}/events", tags=["events"])

# Events come from the pages of other sites; the key in the request is the permission, never a cookie.
_CORS = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "authorization, content-type",
    "access-control-allow-methods": "POST, OPTIONS",
    "access-control-max-age": "86400",
    "cross-origin-resource-policy": "cross-origin",
}


def _refusal(error: Invalid) -> Response:
    answer = problem(400, error.code, error.sentence)  # Segment's libraries know 400, not 422
    answer.headers.update(_CORS)
    return answer


async def _take(request: Request, kind: str) -> Response:
    intake: Intake = request.app.state.services.get(Intake)
    body = await request.body()
    limit = rules.BATCH_BYTES if kind == "batch" else rules.MESSAGE_BYTES
    if len(body) > limit:
        raise TooLarge("body_too_large", f"A {kind} request may have at most {limit // 1024} KB.")
    try:
        decoded = rules.decode_batch(body) if kind == "batch" else rules.decode_message(body)
        key = bearer(request) or decoded.write_key
        if not key:
            raise Unauthenticated(
                "api_key_missing", "Send an API key with the scope “track”: Basic user name or Bearer."
            )
        ctx = await intake.context(key)
        if not ctx.may(Permission.EVENTS_WRITE):
            raise Forbidden("permission_missing", "This API key may not send events; make one with the scope “track”.")
        received, currency = utcnow(), ctx.workspace.currency
        if isinstance(decoded, rules.Batch):
            told, rejected = rules.understand_batch(decoded, received, currency)
        else:
            told, rejected = [rules.understand(decoded, kind, received, currency)], []
        kept = await intake.keep(ctx.workspace.id, told) if told else None
    except Invalid as error:
        return _refusal(error)
    answer: dict[str, Any] = {
        "success": True,
        "accepted": kept.accepted if kept else 0,
        "duplicates": kept.duplicates if kept else 0,
    }
    if rejected:
        answer["rejected"] = [asdict(each) for each in rejected]
    return Response(msgspec.json.encode(answer), media_type="application/json", headers=_CORS)


async def preflight() -> Response:
    """What browsers ask before a page of another site may send."""
    return Response(status_code=204, headers=_CORS)


def _route(kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def take(request: Request) -> Response:
        return await _take(request, kind)

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
    public.add_api_route(f"/{_kind}", preflight, methods=["OPTIONS"], include_in_schema=False)


@router.get("", operation_id="list_events")
async def list_events(
    ctx: Ctx,
    page: Annotated[PageRequest, Depends(paging)],
    person_id: Annotated[int | None, Query(description="Only this person's, by when they happened")] = None,
    name: Annotated[str | None, Query(max_length=200)] = None,
) -> Page[EventOut]:
    """What people did, the newest first."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        rows = await store.list_events(connection, ctx.workspace.id, page, person_id=person_id, name=name)
    shown = [EventOut.model_validate(row) for row in rows[: page.limit]]
    more = len(rows) > page.limit
    last = rows[page.limit - 1] if more else None
    cursor = None if last is None else encode_cursor(last.id) if person_id is None else encode_cursor(last.at, last.id)
    return Page(items=shown, next_cursor=cursor)


@router.get("/names", operation_id="list_event_names")
async def list_event_names(ctx: Ctx) -> list[EventName]:
    """The names events have, the commonest first."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        found = await store.names(connection, ctx.workspace.id)
    return [EventName(name=name, count=count) for name, count in found]
