"""Attributes over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission, Role
from gonfalon.people.attributes import actions, store
from gonfalon.people.attributes.model import Attribute
from gonfalon.people.attributes.schemas import AttributeIn, AttributeUpdate

router = APIRouter(tags=["attributes"], prefix="/workspaces/{workspace}/attributes")


@router.get("", operation_id="list_attributes")
async def list_attributes(ctx: Ctx) -> list[Attribute]:
    """Return what is declared about people, in the order it was declared. Guests: what rules of their audiences ask
    about."""
    ctx.require(Permission.CONTENT_READ)
    async with ctx.reading() as connection:
        found = await store.attributes_of(connection, ctx.workspace.id)
        asked = await store.keys_asked_about(ctx, connection) if ctx.actor.role is Role.GUEST else None
    return [each for key, each in found.items() if asked is None or key in asked]


@router.post("", operation_id="create_attribute", status_code=201)
async def create_attribute(body: AttributeIn, ctx: Ctx) -> Attribute:
    """Declare an attribute."""
    made = await actions.create_attribute(
        ctx, body.label, body.type, key=body.key, choices=body.choices, description=body.description
    )
    return made


@router.put("/{key}", operation_id="update_attribute")
async def update_attribute(key: str, body: AttributeUpdate, ctx: Ctx) -> Attribute:
    """Rename or describes an attribute, or sets its choices; key and type stay."""
    changed = await actions.update_attribute(ctx, key, body.label, choices=body.choices, description=body.description)
    return changed


@router.delete("/{key}", operation_id="delete_attribute", status_code=204)
async def delete_attribute(
    key: str,
    ctx: Ctx,
    even_if_used: Annotated[bool, Query(description="Also when audiences speak of it")] = False,
) -> None:
    """Hide an attribute and its values; refused while audiences use it, unless asked twice."""
    await actions.delete_attribute(ctx, key, even_if_used=even_if_used)
