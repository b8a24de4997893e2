"""A person's own rights over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from gonfalon.accounts.auth import Ctx
from gonfalon.people.privacy import actions

router = APIRouter(tags=["privacy"], prefix="/workspaces/{workspace}/people/{person_id}")


@router.delete("", operation_id="erase_person", status_code=204)
async def erase_person(person_id: int, ctx: Ctx) -> None:
    """Erase a person for good; an import cannot bring them back."""
    await actions.erase_person(ctx, person_id)


@router.post("/archive", operation_id="archive_person")
async def archive_person(person_id: int, ctx: Ctx, response: Response) -> dict[str, Any]:
    """Return everything kept of a person, to hand to them. A POST, because the audit trail notes who took it."""
    response.headers["content-disposition"] = f'attachment; filename="person-{person_id}.json"'
    return await actions.archive_person(ctx, person_id)
