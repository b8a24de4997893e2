"""Relays over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.channels.email.relays import actions
from gonfalon.channels.email.relays.schemas import RelayIn, RelayOut
from gonfalon.channels.email.schemas import ConnectionTest

router = APIRouter(tags=["email"], prefix="/workspaces/{workspace}/email/relays")


@router.get("", operation_id="list_email_relays")
async def list_email_relays(ctx: Ctx) -> list[RelayOut]:
    """List the workspace's further ways out, oldest first."""
    return [_shown(each) for each in await actions.list_relays(ctx)]


@router.post("", operation_id="create_email_relay", status_code=201)
async def create_email_relay(body: RelayIn, ctx: Ctx) -> RelayOut:
    """Add a way out."""
    return _shown(await actions.create_relay(ctx, body))


@router.post("/test", operation_id="try_email_relay")
async def try_email_relay(body: RelayIn, ctx: Ctx, relay_id: UUID | None = None) -> ConnectionTest:
    """Try to reach a server or provider; with the stored password of a relay where none is given. Sends nothing."""
    return await actions.try_relay(ctx, relay_id, body)


@router.put("/{relay_id}", operation_id="change_email_relay")
async def change_email_relay(relay_id: UUID, body: RelayIn, ctx: Ctx) -> RelayOut:
    """Change a way out."""
    return _shown(await actions.change_relay(ctx, relay_id, body))


@router.delete("/{relay_id}", operation_id="remove_email_relay", status_code=204)
async def remove_email_relay(relay_id: UUID, ctx: Ctx) -> None:
    """Remove a way out."""
    await actions.remove_relay(ctx, relay_id)


def _shown(each: actions.Shown) -> RelayOut:
    shown = RelayOut.model_validate(each.relay, from_attributes=True)
    return shown.model_copy(update={"events": each.events})
