"""Problem details: what went wrong, as one sentence for people and one code for programs, whatever it was."""

from __future__ import annotations

from errno import ENAMETOOLONG
from typing import Any

import psycopg
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import DataError, IntegrityError
from starlette.exceptions import HTTPException

from gonfalon.kit import errors
from gonfalon.kit.days import OUT_OF_RANGE
from gonfalon.kit.log import log

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
    """Return a problem-details response."""
    title = TITLES.get(status, "Error")
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code} | more
    headers = {"Retry-After": str(more["retry_after"])} if "retry_after" in more else {}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def nothing_there() -> Response:
    """Return the answer for an address that leads to nothing."""
    return problem(404, "not_found", "There is nothing at this address; it may be mistyped, or what it led to is gone.")


async def _expected(_: Request, error: errors.GonfalonError) -> Response:
    more = dict(error.details)
    if field := more.pop("field", None):
        more["errors"] = [{"field": field, "message": error.sentence}]
    if isinstance(error, errors.TooMany):
        more["retry_after"] = error.retry_after
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return problem(status, error.code, error.sentence, **more)


async def _malformed(_: Request, error: RequestValidationError) -> Response:
    issues = [
        {"field": ".".join(str(part) for part in issue["loc"] if part != "body"), "message": issue["msg"]}
        for issue in error.errors()
    ]
    if any(issue["loc"][0] == "path" for issue in error.errors()):  # no thing can have such an address
        return nothing_there()
    first = issues[0]
    if error.errors()[0]["type"] == OUT_OF_RANGE:
        return problem(422, OUT_OF_RANGE, f"{first['message']}.", errors=issues)
    place = f"“{first['field']}”: " if first["field"] else ""
    return problem(422, "request_invalid", f"{place}{first['message']}.", errors=issues)


async def _plain(request: Request, error: HTTPException) -> Response:
    cause = error.__cause__  # the framework's word for whatever ends the reading of a body
    if isinstance(cause, errors.GonfalonError):
        return await _expected(request, cause)
    if isinstance(cause, RecursionError):
        return await _unfathomable(request, cause)
    if error.status_code == 404:
        return nothing_there()
    return problem(error.status_code, f"http_{error.status_code}", f"{str(error.detail).rstrip('.')}.")


async def _unstorable(_: Request, __: Exception) -> Response:
    # The database's own judgement of a value: a number out of range, a NUL in a text. The transaction is undone.
    return problem(
        422,
        "value_invalid",
        "A number is out of range or a text holds a character that cannot be kept; correct it and try again.",
    )


async def _contested(request: Request, error: IntegrityError) -> Response:
    # What an action finds free may be taken a moment later: the constraint decides, and the transaction is undone.
    cause = error.orig
    constraint = (cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None) or ""
    log.warning("constraint_said_no", method=request.method, path=request.url.path, constraint=constraint)
    known = request.app.state.conflicts.get(constraint)
    return await _expected(request, errors.Conflict(*known) if known else _general(cause))


async def _unwritable(_: Request, __: Exception) -> Response:
    return problem(422, "value_invalid", "A text holds half a character that cannot be kept; correct it.")


async def _boundless(request: Request, error: Exception) -> Response:
    log.warning("value_unbounded", method=request.method, path=request.url.path, exc_info=error)
    return await _unstorable(request, error)


async def _unfathomable(request: Request, _: Exception) -> Response:
    log.warning("nesting_unbounded", method=request.method, path=request.url.path)
    return problem(422, "nested_too_deeply", "This is nested too deeply to be understood; make it flatter.")


async def _unnameable(request: Request, error: OSError) -> Response:
    return nothing_there() if error.errno == ENAMETOOLONG else await _unexpected(request, error)


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("request_failed", method=request.method, path=request.url.path, exc_info=error)
    return problem(500, "unexpected", "Something went wrong on our side; nothing was changed. Please try again.")


def _general(cause: object) -> errors.Conflict:
    match cause:
        case psycopg.errors.UniqueViolation() | psycopg.errors.ExclusionViolation():
            return errors.Conflict(
                "exists_already", "This exists already, or somebody made it at the same moment; load the page again."
            )
        case psycopg.errors.ForeignKeyViolation():
            return errors.Conflict(
                "gone_meanwhile", "Something this belongs to has just been removed; load the page again."
            )
        case _:
            return errors.Conflict(
                "rule_broken", "Together, these values break a rule; load the page again and correct them."
            )


HANDLERS: dict[type[Exception], Any] = {
    errors.GonfalonError: _expected,
    RequestValidationError: _malformed,
    HTTPException: _plain,
    DataError: _unstorable,
    IntegrityError: _contested,
    UnicodeError: _unwritable,
    OverflowError: _boundless,
    RecursionError: _unfathomable,
    OSError: _unnameable,
    Exception: _unexpected,
}
"""What each kind of error is to those who asked; the nearest kind counts."""
