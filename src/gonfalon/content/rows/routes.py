"""Shared rows over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from gonfalon.accounts.auth import Ctx
from gonfalon.content.rows import actions
from gonfalon.content.rows.schemas import MailRow, MailRowIn, MailRowSave

router = APIRouter(tags=["mail rows"], prefix="/workspaces/{workspace}/mail-rows")


class MailRowMade(BaseModel):
    """The id of a new row."""

    id: UUID


class MailRowSaved(BaseModel):
    """In how many other mails the row was changed."""

    mails: int


@router.get("", operation_id="list_mail_rows")
async def list_rows(ctx: Ctx) -> list[MailRow]:
    """Return the rows that are kept once for all mails."""
    return await actions.list_rows(ctx)


@router.post("", operation_id="create_mail_row", status_code=201)
async def create_row(body: MailRowIn, ctx: Ctx) -> MailRowMade:
    """Keep rows for all mails."""
    return MailRowMade(id=await actions.create_row(ctx, body.name, body.rows))


@router.put("/{mail_row_id}", operation_id="save_mail_row")
async def save_row(mail_row_id: UUID, body: MailRowSave, ctx: Ctx) -> MailRowSaved:
    """Change it in every mail that holds it; each gets a new version. 409 when somebody else has saved since."""
    mails = await actions.save_row(ctx, mail_row_id, body.version, body.name, body.rows, body.beside)
    return MailRowSaved(mails=mails)


@router.delete("/{mail_row_id}", operation_id="remove_mail_row", status_code=204)
async def remove_row(mail_row_id: UUID, ctx: Ctx) -> None:
    """Offer it no longer; mails that hold it keep it."""
    await actions.remove_row(ctx, mail_row_id)
