"""HTTP manners shared by all rooms: problem details, security headers, body limits, idempotent requests."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gonfalon.kit import errors
from gonfalon.kit.db import Database
from gonfalon.kit.log import log
from gonfalon.kit.paging import MAX_LIMIT, PageRequest, decode_cursor
from gonfalon.kit.tables import idempotency_keys

STATUS: dict[type[errors.GonfalonError], int] = {
    errors.Invalid: 422,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooMany: 429,
    errors.TooLarge: 413,
    errors.Unavailable: 503,
}
BODY_LIMIT = 8 * 1024 * 1024
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class Problem(BaseModel):
    """RFC 9457 problem details. `detail` is a sentence for people, `code` is stable for programs."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str


PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "The request was refused; `code` and `detail` say why and what to do.",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}
TITLES = {
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    409: "Conflict",
    413: "Too large",
    422: "Not valid",
    429: "Too many requests",
    503: "Not available right now",
}


def problem(status: int, code: str, detail: str, **more: Any) -> JSONResponse:
    """A problem-details response."""
    title = TITLES.get(status, "Error")
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code} | more
    headers = {"Retry-After": str(more["retry_after"])} if "retry_after" in more else {}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Gives the application our error answers and response headers."""

    @app.exception_handler(errors.GonfalonError)
    async def expected(_: Request, error: errors.GonfalonError) -> Response:
        more = dict(error.details)
        if isinstance(error, errors.TooMany):
            more["retry_after"] = error.retry_after
        status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
        return problem(status, error.code, error.sentence, **more)

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, error: RequestValidationError) -> Response:
        issues = [
            {"field": ".".join(str(part) for part in issue["loc"] if part != "body"), "message": issue["msg"]}
            for issue in error.errors()
        ]
        first = issues[0]
        place = f"“{first['field']}”: " if first["field"] else ""
        return problem(422, "request_invalid", f"{place}{first['message']}.", errors=issues)

    @app.exception_handler(HTTPException)
    async def plain(_: Request, error: HTTPException) -> Response:
        return problem(error.status_code, f"http_{error.status_code}", str(error.detail))

    @app.exception_handler(DataError)
    async def unstorable(_: Request, __: DataError) -> Response:
        # The database's own judgement of a value: a number out of range, a NUL in a text. The transaction is undone.
        return problem(
            422,
            "value_invalid",
            "A number is out of range or a text holds a character that cannot be kept; correct it and try again.",
        )

    @app.exception_handler(UnicodeEncodeError)
    async def unwritable(_: Request, __: UnicodeEncodeError) -> Response:
        return problem(422, "value_invalid", "A text holds half a character that cannot be kept; correct it.")

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("request_failed", method=request.method, path=request.url.path, exc_info=error)
        return problem(500, "unexpected", "Something went wrong on our side; nothing was changed. Please try again.")

    app.add_middleware(_Manners)


class _Manners:
    """Caps request bodies and adds security headers; an ASGI class because it is on every request's path."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = scope["app"].state.body_limits.get(scope["path"].rsplit("/", 1)[-1], BODY_LIMIT)
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen > limit:
                    raise errors.TooLarge("body_too_large", f"The request is larger than {limit // 1048576} MiB.")
            return message

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in message["headers"]}
                for name, value in _HEADERS:
                    if name not in names:
                        message["headers"].append((name, value))
            await send(message)

        await self.app(scope, counted, answered)


_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
]


def paging(
    cursor: Annotated[str | None, Query(description="`next_cursor` of the previous page")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
) -> PageRequest:
    """Dependency of list routes."""
    return PageRequest(decode_cursor(cursor), limit)


async def idempotent(
    request: Request, db: Database, scope: str, answer: Callable[[], Awaitable[BaseModel]]
) -> Response:
    """Runs `answer` once per Idempotency-Key and repeats the first answer to the same request.

    Without the header it just runs. Raises Conflict (`idempotency_in_flight`) while the first is
    still running and Invalid (`idempotency_mismatch`) when the key was used for another request.
    A failed first attempt frees its key: nothing was changed, so a retry may try again.
    """
    key = request.headers.get("idempotency-key", "")
    if not key:
        return _json(200, (await answer()).model_dump_json().encode())
    if len(key) > 255:
        raise errors.Invalid("idempotency_key_long", "An Idempotency-Key may have at most 255 characters.")
    scope = f"{scope} {request.method} {request.url.path}"
    digest = hashlib.sha256(await request.body()).digest()
    mine = (idempotency_keys.c.scope == scope) & (idempotency_keys.c.key == key)
    async with db.transaction() as connection:
        await connection.execute(
            delete(idempotency_keys).where(
                mine, idempotency_keys.c.created_at < func.now() - text("interval '24 hours'")
            )
        )
        claimed = await connection.execute(
            upsert(idempotency_keys)
            .values(scope=scope, key=key, request_hash=digest)
            .on_conflict_do_nothing()
            .returning(idempotency_keys.c.key)
        )
        first = claimed.first() is not None
        kept = None if first else (await connection.execute(select(idempotency_keys).where(mine))).one()
    if kept is not None:
        if bytes(kept.request_hash) != digest:
            raise errors.Invalid("idempotency_mismatch", "This Idempotency-Key was already used for another request.")
        if kept.status is None:
            raise errors.Conflict(
                "idempotency_in_flight", "The first request with this Idempotency-Key is still running."
            )
        return _json(kept.status, bytes(kept.body))
    try:
        body = (await answer()).model_dump_json().encode()
    except BaseException:
        async with db.transaction() as connection:
            await connection.execute(delete(idempotency_keys).where(mine))
        raise
    async with db.transaction() as connection:
        await connection.execute(update(idempotency_keys).where(mine).values(status=200, body=body))
    return _json(200, body)


def _json(status: int, body: bytes) -> Response:
    return Response(body, status, media_type="application/json")


__all__ = ["PROBLEMS", "Problem", "idempotent", "install", "paging", "problem"]
