"""Links over HTTP: made and revoked by members; opened by whoever holds one. GET shows, only POST changes."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.content.review.links import actions, pages, store
from gonfalon.content.review.links.actions import Visit
from gonfalon.content.review.links.schemas import ReviewLinkIn, ReviewLinkMade, ReviewLinkOut
from gonfalon.content.review.links.words import WORDS
from gonfalon.content.review.model import ReviewAnswer
from gonfalon.content.review.reading import read_version
from gonfalon.content.review.remarks.schemas import PlaceIn
from gonfalon.content.review.store import find_review
from gonfalon.content.templates.routes import PREVIEW_POLICY
from gonfalon.kit.errors import Conflict, GonfalonError, Invalid, TooMany
from gonfalon.kit.services import Services
from gonfalon.tracking.links.routes import anything_else, nothing_here
from gonfalon.tracking.preferences.words import pick_language

router = APIRouter(tags=["reviews"], prefix="/workspaces/{workspace}")
public = APIRouter()

_MOST_FIELDS = 20
_FAILED = {"changed_meanwhile": "failed.version", "remark_version": "failed.version", "review_step_over": "failed.over"}


@router.post("/content-reviews/{review_id}/links", operation_id="make_review_link", status_code=201)
async def make_link(review_id: UUID, body: ReviewLinkIn, ctx: Ctx) -> ReviewLinkMade:
    """Make a link by which somebody outside sees the content's versions, remarks and answers."""
    link_id, url, until = await actions.make_link(ctx, review_id, body.name, body.days)
    return ReviewLinkMade(id=link_id, url=url, expires_at=until)


@router.get("/content-reviews/{review_id}/links", operation_id="list_review_links")
async def list_links(review_id: UUID, ctx: Ctx) -> list[ReviewLinkOut]:
    """Return the links that still open a review, the newest first; not their addresses."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        await find_review(ctx, connection, review_id)
        found = await store.list_links(ctx, connection, review_id)
    return [ReviewLinkOut.model_validate(each) for each in found]


@router.delete("/review-links/{review_link_id}", operation_id="revoke_review_link", status_code=204)
async def revoke_link(review_link_id: UUID, ctx: Ctx) -> None:
    """Make a link open nothing any more; what was said by it stays."""
    await actions.revoke_link(ctx, review_link_id)


def _language(request: Request, otherwise: str) -> str:
    return pick_language(request.headers.get("accept-language", ""), otherwise)


async def _visit(request: Request) -> Visit | None:
    services: Services = request.app.state.services
    return await actions.open_link(
        services, str(request.path_params["token"])[:100], request.client.host if request.client else ""
    )


async def review(request: Request) -> Response:
    """Show a version and what was said by GET; take a name, a remark or an answer by POST."""
    try:
        visit = await _visit(request)
    except TooMany as error:
        return HTMLResponse(error.sentence, 429, {"retry-after": str(error.retry_after)})
    if visit is None:
        return nothing_here(request)
    outcome = ""
    if request.method == "POST":
        outcome = await _act(request, visit)
        visit = await _visit(request) or visit
    language = _language(request, visit.ctx.workspace.language)
    if not visit.link.visitor:
        return HTMLResponse(pages.name_page(language, visit), 200, pages.headers())
    asked = _number(request.query_params.get("v", ""))
    shown = asked if 0 < asked <= visit.content.version else visit.content.version
    async with visit.ctx.reading() as connection:
        said = await store.list_said(connection, visit.link)
    base = f"/r/{request.path_params['token']}"
    body = pages.review_page(language, visit, shown, said, outcome, base=base)
    return HTMLResponse(body, 422 if outcome.startswith("failed") else 200, pages.headers())


async def _act(request: Request, visit: Visit) -> str:
    """Do what the form says; returns what to tell."""
    try:
        form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    except Exception:
        return "failed.empty"
    fields = {name: str(value) for name, value in form.items()}
    try:
        return await _take(visit, fields)
    except TooMany:
        return "failed.limited"
    except (Conflict, Invalid) as error:
        return _FAILED.get(error.code, "failed.empty")


async def _take(visit: Visit, fields: dict[str, str]) -> str:
    if not visit.link.visitor:
        await actions.give_name(visit, fields.get("name", ""))
        return ""
    version = _number(fields.get("version", ""))
    if version < 1:
        return "failed.version"
    if fields.get("do") == "answer":
        said = ReviewAnswer.CHANGES if fields.get("answer") == "changes" else ReviewAnswer.YES
        await actions.answer(visit, _number(fields.get("step", "")), version, said, fields.get("note", ""))
        return "done.answer"
    await actions.remark(visit, fields.get("remark", ""), PlaceIn(version=version, quote=fields.get("quote", "")[:300]))
    return "done.remark"


async def show_version(request: Request) -> Response:
    """Show one version of the link's content in a frame, with nothing in it that can run."""
    number = _number(str(request.path_params["number"]))
    try:
        visit = await _visit(request)
        if visit is None or not visit.link.visitor or not 0 < number <= visit.content.version:
            return nothing_here(request)
        found = await read_version(visit.ctx, visit.review.id, number)
    except GonfalonError:
        language = _language(request, "en")
        return HTMLResponse(WORDS[language]("failed.shown"), 422, {"content-security-policy": PREVIEW_POLICY})
    language = _language(request, visit.ctx.workspace.language)
    body = found.html or pages.picture_page(language, found.subject, found.picture)
    kept = {"cache-control": "no-store, private", "referrer-policy": "no-referrer", "x-robots-tag": "noindex"}
    return HTMLResponse(body, 200, {"content-security-policy": PREVIEW_POLICY} | kept)


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0


public.add_route("/r/{token}", review, methods=["GET", "HEAD", "POST"], include_in_schema=False)
public.add_route("/r/{token}/v/{number}", show_version, methods=["GET", "HEAD"], include_in_schema=False)
public.add_route("/r/{rest:path}", anything_else, methods=["GET", "HEAD", "POST"], include_in_schema=False)
