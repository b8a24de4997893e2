"""What the DNS says of domains, over HTTP."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from gonfalon.accounts.auth import Ctx
from gonfalon.channels.email.domains import actions
from gonfalon.channels.email.domains.model import RecordKind, RecordStanding, Why

router = APIRouter(tags=["email"], prefix="/workspaces/{workspace}/email")


class RecordOut(BaseModel):
    """One record of a domain."""

    kind: RecordKind
    standing: RecordStanding
    name: str = Field(description="Where it stands, or is to be published.")
    why: Why | None = Field(description="What there is to say; null: nothing.")
    found: list[str]
    wanted: str = Field(description="What to publish; empty: nothing, or nobody can say.")


class DomainOut(BaseModel):
    """What the DNS says of one domain."""

    domain: str
    records: list[RecordOut]


@router.post("/domains/check", operation_id="check_email_domains")
async def check_email_domains(ctx: Ctx) -> list[DomainOut]:
    """Ask the DNS about the domains that mail is from. Changes nothing."""
    found = await actions.check_domains(ctx)
    return [DomainOut.model_validate(each, from_attributes=True) for each in found]
