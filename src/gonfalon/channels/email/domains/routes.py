"""What the DNS says of domains, over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.channels.email.domains import actions
from gonfalon.channels.email.domains.model import DomainCheck

router = APIRouter(tags=["email"], prefix="/workspaces/{workspace}/email")


@router.post("/domains/check", operation_id="check_email_domains")
async def check_email_domains(ctx: Ctx) -> list[DomainCheck]:
    """Ask the DNS about the domains that mail is from. Changes nothing."""
    return await actions.check_domains(ctx)
