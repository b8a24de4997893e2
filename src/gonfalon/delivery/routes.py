"""Delivery over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.delivery import actions, caps, export
from gonfalon.delivery.model import DomainOutcomes, MessageState, Outbox, Progress, StoredMessage, Suppression
from gonfalon.delivery.schemas import (
    ContactLimitBody,
    ContactLimits,
    MessagesExportIn,
    ProgressOut,
    ReasonOut,
    SuppressionIn,
)
from gonfalon.kit.paging import ByNumber, Page, encode_cursor

router = APIRouter(tags=["delivery"], prefix="/workspaces/{workspace}")


@router.get("/delivery", operation_id="get_outbox")
async def get_outbox(ctx: Ctx) -> Outbox:
    """Return what waits to leave, and whether the provider takes it."""
    return await actions.read_outbox(ctx)


@router.get("/delivery/domains", operation_id="list_delivery_domains")
async def list_domains(ctx: Ctx) -> list[DomainOutcomes]:
    """Return how messages of the last 30 days fared by the receiver's domain, where some failed; the most failures
    first."""
    return await actions.read_domains(ctx)


@router.get("/contact-limits", operation_id="get_contact_limits")
async def get_contact_limits(ctx: Ctx) -> ContactLimits:
    """Return how often one person may be written to."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        limit = await caps.read_limit(connection, ctx.workspace.id)
    return ContactLimits(limit=None if limit is None else ContactLimitBody.model_validate(limit))


@router.put("/contact-limits", operation_id="set_contact_limits")
async def set_contact_limits(body: ContactLimits, ctx: Ctx) -> ContactLimits:
    """Change it for every message that has not left yet."""
    await caps.change_limit(ctx, None if body.limit is None else caps.ContactLimit(**body.limit.model_dump()))
    return body


@router.get("/touchpoints/{touchpoint_id}/delivery", operation_id="get_delivery")
async def get_delivery(touchpoint_id: UUID, ctx: Ctx) -> ProgressOut:
    """Return how a launched touchpoint stands; poll it while it runs."""
    return _progress(await actions.read_progress(ctx, touchpoint_id))


@router.post("/touchpoints/{touchpoint_id}/pause", operation_id="pause_touchpoint")
async def pause_touchpoint(touchpoint_id: UUID, ctx: Ctx) -> ProgressOut:
    """Stop sending within the second."""
    return _progress(await actions.pause_dispatch(ctx, touchpoint_id))


@router.post("/touchpoints/{touchpoint_id}/resume", operation_id="resume_touchpoint")
async def resume_touchpoint(touchpoint_id: UUID, ctx: Ctx) -> ProgressOut:
    """Go on with a paused or held touchpoint."""
    return _progress(await actions.resume_dispatch(ctx, touchpoint_id))


@router.post("/touchpoints/{touchpoint_id}/cancel", operation_id="cancel_touchpoint")
async def cancel_touchpoint(touchpoint_id: UUID, ctx: Ctx) -> ProgressOut:
    """End it for good; what was not sent is withheld."""
    return _progress(await actions.cancel_dispatch(ctx, touchpoint_id))


@router.post("/touchpoints/{touchpoint_id}/unknown/send", operation_id="send_unknown_again")
async def send_unknown_again(touchpoint_id: UUID, ctx: Ctx) -> ProgressOut:
    """Send the messages in doubt once more. Any of them may have arrived the first time; asked again it sends none."""
    return _progress(await actions.send_unknown_again(ctx, touchpoint_id))


@router.get("/touchpoints/{touchpoint_id}/messages", operation_id="list_messages")
async def list_messages(
    touchpoint_id: UUID,
    ctx: Ctx,
    page: ByNumber,
    state: MessageState | None = None,
    reason: Annotated[str | None, Query(max_length=32)] = None,
    search: Annotated[str, Query(max_length=254, description="Part of the address")] = "",
) -> Page[StoredMessage]:
    """Return the people behind the numbers."""
    after = page.after[0] if page.after else None
    rows = await actions.list_messages(
        ctx, touchpoint_id, state=state, reason=reason, search=search, after=after, limit=page.limit
    )
    cursor = encode_cursor(rows[-1].id) if len(rows) == page.limit else None
    return Page(items=list(rows), next_cursor=cursor)


@router.post(
    "/touchpoints/{touchpoint_id}/messages/exports",
    operation_id="export_messages",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}, "description": "A line per message, UTF-8."}},
)
async def export_messages(touchpoint_id: UUID, body: MessagesExportIn, ctx: Ctx) -> StreamingResponse:
    """Return CSV of the people behind the numbers; safe to open in a spreadsheet.

    A POST although it changes nothing but the audit trail: what leaves the product is written down.
    """
    parts = await export.export_messages(ctx, touchpoint_id, state=body.state, reason=body.reason, search=body.search)
    return StreamingResponse(
        parts,
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="messages.csv"'},
    )


@router.get("/suppressions", operation_id="list_suppressions")
async def list_suppressions(
    ctx: Ctx, page: ByNumber, search: Annotated[str, Query(max_length=254)] = ""
) -> Page[Suppression]:
    """Return addresses that get nothing, the newest first."""
    after = page.after[0] if page.after else None
    rows = await actions.list_suppressions(ctx, search, after, page.limit)
    cursor = encode_cursor(rows[-1].id) if len(rows) == page.limit else None
    return Page(items=rows, next_cursor=cursor)


@router.post("/suppressions", operation_id="add_suppression", status_code=201)
async def add_suppression(body: SuppressionIn, ctx: Ctx) -> Suppression:
    """Suppress an address: nothing is sent to it again to the address."""
    return await actions.suppress_address(ctx, body.channel, body.address, note=body.note)


@router.delete("/suppressions/{suppression_id}", operation_id="remove_suppression", status_code=204)
async def remove_suppression(suppression_id: int, ctx: Ctx) -> None:
    """Allow sending to the address again; consent still decides."""
    await actions.remove_suppression(ctx, suppression_id)


def _progress(progress: Progress) -> ProgressOut:
    counts = {state.value: count for state, count in progress.by_state.items()}
    reasons = [
        ReasonOut(state=state, reason=reason, count=count)
        for state, found in progress.reasons.items()
        for reason, count in sorted(found.items(), key=lambda item: -item[1])
    ]
    return ProgressOut(
        touchpoint_id=progress.touchpoint_id,
        state=progress.state,
        state_reason=progress.state_reason,
        state_detail=progress.state_detail,
        send_at=progress.send_at,
        started_at=progress.started_at,
        finished_at=progress.finished_at,
        per_hour=progress.per_hour,
        frozen=progress.frozen,
        planned=progress.planned,
        total=progress.total,
        sending=progress.sending,
        bounced=None,
        reasons=reasons,
        blocked_until=progress.blocked_until,
        blocked_code=progress.blocked_code,
        blocked_reason=progress.blocked_reason,
        **counts,
    )
