"""Getting a new password over HTTP."""

from __future__ import annotations

from fastapi import APIRouter, Response

from gonfalon.accounts.auth import ClientDep, ServicesDep, remember_device
from gonfalon.accounts.recovery import actions
from gonfalon.accounts.recovery.schemas import LinkState, LinkWanted, NewPassword

router = APIRouter(tags=["accounts"], prefix="/password-links")


@router.post("", operation_id="ask_for_password_link", status_code=204)
async def ask_for_password_link(body: LinkWanted, services: ServicesDep, client: ClientDep) -> None:
    """Mail a link for a new password, if the address is a member's; the answer is the same if it is not."""
    await actions.ask_for_link(services, body.email, client.ip)


@router.get("", operation_id="get_password_link")
async def get_password_link(token: str, services: ServicesDep) -> LinkState:
    """Return whether a link still works, and whose password it sets."""
    email = await actions.read_link(services, token)
    return LinkState(open=email is not None, email=email or "")


@router.post("/use", operation_id="use_password_link", status_code=204)
async def use_password_link(body: NewPassword, response: Response, services: ServicesDep, client: ClientDep) -> None:
    """Set a new password, once for each link; every session of the user ends."""
    remember_device(services, response, await actions.set_password(services, client, body.token, body.password))
