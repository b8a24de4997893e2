"""Requests and decisions over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.approvals import actions
from gonfalon.approvals.model import ApprovalRow, State, Subject, SubjectKind, View
from gonfalon.approvals.reading import list_requests, read_request, read_standing
from gonfalon.approvals.schemas import ApprovalAsk, ApprovalOut, DecisionIn, StandingOut
from gonfalon.kit.paging import ById, Page

router = APIRouter(tags=["approvals"])


@router.get("/workspaces/{workspace}/approvals", operation_id="list_approvals")
async def list_approvals(
    ctx: Ctx,
    page: ById,
    view: Annotated[View, Query(description="Waiting for you, asked by you, or all that you may see")] = View.ALL,
    state: State | None = None,
    kind: SubjectKind | None = None,
    campaign_id: UUID | None = None,
    q: Annotated[str, Query(max_length=200, description="Words in the title or the campaign's name")] = "",
) -> Page[ApprovalRow]:
    """Return requests for approval, the newest first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        rows = await list_requests(
            ctx, connection, page, view=view, standing=state, kind=kind, campaign_id=campaign_id, words=q
        )
    return page.as_read(rows)


@router.get("/workspaces/{workspace}/approvals/standing", operation_id="get_approval_standing")
async def get_standing(kind: SubjectKind, id: UUID, ctx: Ctx) -> StandingOut:
    """Return how the approval of something stands now, and whose it needs."""
    return await read_standing(ctx, Subject(kind, id))


@router.post("/workspaces/{workspace}/approvals", operation_id="ask_approval", status_code=201)
async def ask_approval(body: ApprovalAsk, ctx: Ctx) -> ApprovalOut:
    """Ask for an approval; asked again while it waits, it is the same request.

    409 when no rule needs one or it is given.
    """
    return await read_request(ctx, await actions.request_approval(ctx, Subject(body.kind, body.id), body.note))


@router.get("/workspaces/{workspace}/approvals/{request_id}", operation_id="get_approval")
async def get_approval(request_id: UUID, ctx: Ctx) -> ApprovalOut:
    """Return one request, with its state as of now."""
    return await read_request(ctx, request_id)


@router.post("/workspaces/{workspace}/approvals/{request_id}/decisions", operation_id="decide_approval")
async def decide_approval(request_id: UUID, body: DecisionIn, ctx: Ctx) -> ApprovalOut:
    """Approve, asks for changes or refuses, as a member who is asked or stands in for one; twice is once."""
    await actions.decide(ctx, request_id, body.step_id, body.verdict, body.reason)
    return await read_request(ctx, request_id)


@router.post("/workspaces/{workspace}/approvals/{request_id}/withdraw", operation_id="withdraw_approval")
async def withdraw_approval(request_id: UUID, ctx: Ctx) -> ApprovalOut:
    """Take a waiting request back."""
    await actions.withdraw_request(ctx, request_id)
    return await read_request(ctx, request_id)
