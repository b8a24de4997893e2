"""Test messages over HTTP, and the page of those who are asked to take them."""

from __future__ import annotations

from html import escape
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gonfalon.accounts.auth import Ctx
from gonfalon.delivery.trials import actions
from gonfalon.delivery.trials.schemas import TestAddressIn, TestIn, TestOut
from gonfalon.delivery.trials.store import TestAddress
from gonfalon.delivery.trials.words import WORDS
from gonfalon.kit.errors import NotFound
from gonfalon.tracking.links.routes import nothing_here
from gonfalon.tracking.preferences.pages import page, page_headers, pick_language

router = APIRouter(tags=["delivery"], prefix="/workspaces/{workspace}")
public = APIRouter()


@router.post("/templates/{template_id}/test", operation_id="send_test")
async def send_test(template_id: UUID, body: TestIn, ctx: Ctx) -> TestOut:
    """Send one rendered message to a member or a confirmed address, marked as a test; it is in no report."""
    outcome = await actions.send_test(
        ctx,
        template=(template_id, body.version),
        sender_identity_id=body.sender_identity_id,
        to=body.to,
        person_id=body.person_id,
    )
    return TestOut(reply=f"{outcome.code} {outcome.detail}")


@router.get("/test-addresses", operation_id="list_test_addresses")
async def list_test_addresses(ctx: Ctx) -> list[TestAddress]:
    """Return addresses of no members that were asked whether tests may come."""
    rows = await actions.list_addresses(ctx)
    return list(rows)


@router.post("/test-addresses", operation_id="ask_test_address", status_code=201)
async def ask_test_address(body: TestAddressIn, ctx: Ctx) -> TestAddress:
    """Mail an address the question whether tests may come; it takes them once it has said yes."""
    return await actions.ask_address(ctx, body.address)


async def confirm(request: Request) -> Response:
    """Ask by GET; POST is the yes."""
    said = request.method == "POST"
    try:
        row = await actions.read_question(request.app.state.services, request.path_params["token"], confirm=said)
    except NotFound:
        return nothing_here(request)
    language = pick_language(request.headers.get("accept-language", ""), row.language)
    names = {"workspace": escape(row.name), "address": escape(row.address)}
    words = {key: WORDS[language](key, **names) for key in WORDS[language] if key.startswith("page.")}
    done = said or row.confirmed_at is not None
    body = f'<h1>{words["page.title"]}</h1><p role="status">{words["page.done" if done else "page.ask"]}</p>'
    if not done:
        body += f'<form method="post"><div class="actions"><button>{words["page.yes"]}</button></div></form>'
    title = WORDS[language]("page.title", workspace=row.name)
    return HTMLResponse(page(language, row.name, title, body), 200, page_headers())


public.add_route("/confirm/{token}", confirm, methods=["GET", "POST"], include_in_schema=False)
