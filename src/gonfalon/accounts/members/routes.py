"""Members and invitations over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from gonfalon.accounts.auth import ClientDep, Ctx, ServicesDep, let_in
from gonfalon.accounts.members import actions, store
from gonfalon.accounts.members.model import Member
from gonfalon.accounts.members.schemas import (
    AcceptIn,
    InvitationIn,
    InvitationMade,
    InvitationOut,
    InvitationView,
    Joined,
    RoleIn,
)
from gonfalon.accounts.model import Permission

router = APIRouter(tags=["members"])


@router.get("/workspaces/{workspace}/members", operation_id="list_members")
async def list_members(ctx: Ctx) -> list[Member]:
    """Return everybody in the workspace, by name. Guests know who works on their campaigns, and no addresses but their
    own."""
    ctx.require(Permission.WORKSPACE_READ)
    return await ctx.read(store.list_everybody)


@router.put("/workspaces/{workspace}/members/{user_id}", operation_id="change_role", status_code=204)
async def change_role(user_id: UUID, body: RoleIn, ctx: Ctx) -> None:
    """Give a member another role."""
    await actions.change_role(ctx, user_id, body.role)


@router.delete("/workspaces/{workspace}/members/{user_id}", operation_id="remove_member", status_code=204)
async def remove_member(user_id: UUID, ctx: Ctx) -> None:
    """Take a member out of the workspace."""
    await actions.remove_member(ctx, user_id)


@router.get("/workspaces/{workspace}/invitations", operation_id="list_invitations")
async def list_invitations(ctx: Ctx) -> list[InvitationOut]:
    """Return invitations that wait for an answer, also those whose days are over: they can be mailed again."""
    ctx.require(Permission.MEMBERS_MANAGE)
    async with ctx.reading() as connection:
        rows = await store.list_invitations(ctx, connection)
    return [InvitationOut.model_validate(row, from_attributes=True) for row in rows]


@router.post("/workspaces/{workspace}/invitations", operation_id="invite_member", status_code=201)
async def invite_member(body: InvitationIn, ctx: Ctx) -> InvitationMade:
    """Invite somebody by email address: mails them the link, and answers it to pass on by other ways."""
    invitation_id, token = await actions.invite_member(ctx, body.email, body.role)
    return InvitationMade(id=invitation_id, link=actions.address_of(ctx.services, token))


@router.delete("/workspaces/{workspace}/invitations/{invitation_id}", operation_id="revoke_invitation", status_code=204)
async def revoke_invitation(invitation_id: UUID, ctx: Ctx) -> None:
    """Take an invitation back."""
    await actions.revoke_invitation(ctx, invitation_id)


@router.post(
    "/workspaces/{workspace}/invitations/{invitation_id}/mail", operation_id="mail_invitation_again", status_code=204
)
async def mail_invitation_again(invitation_id: UUID, ctx: Ctx) -> None:
    """Mail an invitation once more; its link works for seven more days."""
    await actions.mail_again(ctx, invitation_id)


@router.get("/invitations", operation_id="get_invitation")
async def get_invitation(
    token: str,
    services: ServicesDep,
    proof: Annotated[str, Query(max_length=200, description="What only the mailed link carries")] = "",
) -> InvitationView:
    """Return what an invitation link offers."""
    found, known = await actions.read_invitation(services, token, proof)
    return InvitationView(email=found.email, role=found.role, workspace=found.workspace_name, has_account=known)


@router.post("/invitations/accept", operation_id="accept_invitation")
async def accept_invitation(body: AcceptIn, response: Response, services: ServicesDep, client: ClientDep) -> Joined:
    """Join the workspace and signs in."""
    user_id, slug = await actions.accept_invitation(services, client, body.token, body.name, body.password)
    await let_in(services, response, client, user_id)
    return Joined(workspace=slug)
