"""Mail that comes back, over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from gonfalon.accounts.auth import Ctx
from gonfalon.channels.email.providers.reading import lowered
from gonfalon.channels.email.returns import actions
from gonfalon.channels.email.returns.events import hear_events
from gonfalon.channels.email.returns.model import MOST_BYTES, Returned
from gonfalon.channels.email.returns.schemas import (
    EventsTaken,
    MailboxIn,
    MailboxOut,
    MailboxTest,
    ReturnsOut,
    Taken,
)
from gonfalon.kit.bodies import accepts
from gonfalon.kit.paging import ByNumber, Page

router = APIRouter(tags=["email"], prefix="/workspaces/{workspace}/email")
public = APIRouter()


@router.get("/returns", operation_id="get_returns")
async def get_returns(ctx: Ctx) -> ReturnsOut:
    """Return how the workspace hears of mail that comes back."""
    return _shown(await actions.read_returns(ctx))


@router.get("/returns/mails", operation_id="list_returned_mails")
async def list_returned_mails(ctx: Ctx, page: ByNumber) -> Page[Returned]:
    """List mail that came back, the newest first."""
    return page.as_read(await actions.list_returned(ctx, page.after[0] if page.after else None, page.fetch))


@router.put("/returns/mailbox", operation_id="save_return_mailbox")
async def save_return_mailbox(body: MailboxIn, ctx: Ctx) -> ReturnsOut:
    """Read a mailbox for mail that comes back."""
    return _shown(await actions.save_mailbox(ctx, body))


@router.post("/returns/mailbox/test", operation_id="try_return_mailbox")
async def try_return_mailbox(body: MailboxIn, ctx: Ctx) -> MailboxTest:
    """Look into a mailbox and leave it as it is."""
    return await actions.try_mailbox(ctx, body)


@router.delete("/returns/mailbox", operation_id="remove_return_mailbox")
async def remove_return_mailbox(ctx: Ctx) -> ReturnsOut:
    """Stop reading the mailbox."""
    return _shown(await actions.remove_mailbox(ctx))


@public.post("/in/mail/{token}", include_in_schema=False)
@accepts(MOST_BYTES, strangers=MOST_BYTES)
async def take_mail(token: str, request: Request) -> Taken:
    """Take in one mail, whole, as the request's body."""
    return Taken(kind=await actions.take_in(request.app.state.services, token, await request.body()))


@public.post("/in/events/{token}", include_in_schema=False)
@accepts(MOST_BYTES, strangers=MOST_BYTES)
async def take_events(token: str, request: Request) -> EventsTaken:
    """Take in a provider's events, as the request's body."""
    headers = lowered(request.headers.items())
    return EventsTaken(events=await hear_events(request.app.state.services, token, headers, await request.body()))


@public.post("/in/events/{token}/{relay_id}", include_in_schema=False)
@accepts(MOST_BYTES, strangers=MOST_BYTES)
async def take_relay_events(token: str, relay_id: UUID, request: Request) -> EventsTaken:
    """Take in the events of a further relay's provider, as the request's body."""
    headers = lowered(request.headers.items())
    heard = await hear_events(request.app.state.services, token, headers, await request.body(), relay_id)
    return EventsTaken(events=heard)


def _shown(returns: actions.Returns) -> ReturnsOut:
    mailbox = returns.mailbox and MailboxOut.model_validate(returns.mailbox, from_attributes=True)
    return ReturnsOut(address=returns.address, events=returns.events, mailbox=mailbox, counts=returns.counts)
