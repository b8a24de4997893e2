"""Members and invitations over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy import func, select

from gonfalon.accounts.actions import open_session
from gonfalon.accounts.auth import Ctx, ServicesDep, client_ip, set_session_cookie
from gonfalon.accounts.members import actions
from gonfalon.accounts.members.schemas import (
    AcceptIn,
    InvitationIn,
    InvitationMade,
    InvitationOut,
    InvitationView,
    Joined,
    MemberOut,
    RoleIn,
)
from gonfalon.accounts.model import Permission
from gonfalon.accounts.tables import invitations, members, users

router = APIRouter(tags=["members"])


@router.get("/workspaces/{workspace}/members", operation_id="list_members")
async def list_members(ctx: Ctx) -> list[MemberOut]:
    """Everybody in the workspace, by name."""
    ctx.require(Permission.WORKSPACE_READ)
    async with ctx.reading() as connection:
        rows = await connection.execute(
            select(members.c.user_id, users.c.name, users.c.email, members.c.role, members.c.created_at)
            .join(users, users.c.id == members.c.user_id)
            .where(members.c.workspace_id == ctx.workspace.id)
            .order_by(users.c.name, users.c.id)
        )
        return [MemberOut.model_validate(row, from_attributes=True) for row in rows]


@router.put("/workspaces/{workspace}/members/{user_id}", operation_id="change_role", status_code=204)
async def change_role(user_id: UUID, body: RoleIn, ctx: Ctx) -> None:
    """Gives a member another role."""
    await actions.change_role(ctx, user_id, body.role)


@router.delete("/workspaces/{workspace}/members/{user_id}", operation_id="remove_member", status_code=204)
async def remove_member(user_id: UUID, ctx: Ctx) -> None:
    """Takes a member out of the workspace."""
    await actions.remove_member(ctx, user_id)


@router.get("/workspaces/{workspace}/invitations", operation_id="list_invitations")
async def list_invitations(ctx: Ctx) -> list[InvitationOut]:
    """Invitations that wait for an answer."""
    ctx.require(Permission.MEMBERS_MANAGE)
    async with ctx.reading() as connection:
        rows = await connection.execute(
            select(invitations)
            .where(
                invitations.c.workspace_id == ctx.workspace.id,
                invitations.c.accepted_at.is_(None),
                invitations.c.revoked_at.is_(None),
                invitations.c.expires_at > func.now(),
            )
            .order_by(invitations.c.created_at.desc())
        )
        return [InvitationOut.model_validate(row, from_attributes=True) for row in rows]


@router.post("/workspaces/{workspace}/invitations", operation_id="invite_member", status_code=201)
async def invite_member(body: InvitationIn, ctx: Ctx) -> InvitationMade:
    """Invites somebody by email address: mails them the link, and answers it to pass on by other ways."""
    invitation_id, token = await actions.invite_member(ctx, body.email, body.role)
    return InvitationMade(id=invitation_id, link=actions.address_of(ctx.services, token))


@router.delete("/workspaces/{workspace}/invitations/{invitation_id}", operation_id="revoke_invitation", status_code=204)
async def revoke_invitation(invitation_id: UUID, ctx: Ctx) -> None:
    """Takes an invitation back."""
    await actions.revoke_invitation(ctx, invitation_id)


@router.get("/invitations", operation_id="get_invitation")
async def get_invitation(token: str, services: ServicesDep) -> InvitationView:
    """What an invitation link offers."""
    found, known = await actions.read_invitation(services, token)
    return InvitationView(email=found.email, role=found.role, workspace=found.workspace_name, has_account=known)


@router.post("/invitations/accept", operation_id="accept_invitation")
async def accept_invitation(request: Request, response: Response, body: AcceptIn, services: ServicesDep) -> Joined:
    """Joins the workspace and signs in."""
    user_id, slug = await actions.accept_invitation(services, body.token, body.name, body.password)
    async with services.db.transaction() as connection:
        agent = request.headers.get("user-agent", "")
        token = await open_session(connection, user_id, agent, client_ip(request))
    set_session_cookie(services, response, token)
    return Joined(workspace=slug)
