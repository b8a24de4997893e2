"""Look members up for other rooms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, delete, func, insert, select, true, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_things
from gonfalon.accounts.context import Context
from gonfalon.accounts.members.model import Colleague, Invitation, Member, OpenInvitation, RoleOf
from gonfalon.accounts.model import Role
from gonfalon.accounts.offers import Held
from gonfalon.accounts.tables import campaign_members, invitations, members, users, workspaces
from gonfalon.accounts.versions import known
from gonfalon.kit.errors import Invalid
from gonfalon.kit.rows import all_of, first_of


async def check_members(
    ctx: Context, connection: AsyncConnection, user_ids: Iterable[UUID | None], what: str = "owner"
) -> dict[UUID, str]:
    """Return the names of the users by id; raises Invalid (`<what>_unknown`) unless all are members of the workspace.

    what: what they are chosen as ("leader"), or simply "member". None among the ids is nobody and fine.
    """
    wanted = {user_id for user_id in user_ids if user_id is not None}
    if not wanted:
        return {}
    found = await connection.execute(
        select(users.c.id, users.c.name)
        .join(members, members.c.user_id == users.c.id)
        .where(members.c.workspace_id == ctx.workspace.id, users.c.id.in_(wanted))
    )
    names = {row.id: row.name for row in found}
    if wanted - names.keys():
        who = "They are not" if what == "member" else f"The {what} must be"
        raise Invalid(f"{what}_unknown", f"{who} a member of this workspace; invite them first.")
    return names


async def list_members(ctx: Context, connection: AsyncConnection, *, guests: bool = True) -> list[Colleague]:
    """Return everybody who can own a task, as far as the actor may know of them: id, name, email.

    guests: also those from outside, whose hours nobody here plans.
    """
    return await all_of(
        connection,
        select(users.c.id, users.c.name, users.c.email)
        .join(members, members.c.user_id == users.c.id)
        .where(
            members.c.workspace_id == ctx.workspace.id,
            users.c.disabled_at.is_(None),
            seen_things(ctx, Held.MEMBER, users.c.id),
        )
        .where(true() if guests else members.c.role != Role.GUEST.value)
        .order_by(users.c.name, users.c.id),
        Colleague,
    )


async def give_part(ctx: Context, connection: AsyncConnection, campaign_id: UUID, user_id: UUID, part: str) -> None:
    """Give a member a part in a campaign, or another one than before."""
    values = {"part": part, "added_by": ctx.actor.name}
    await connection.execute(
        upsert(campaign_members)
        .values(campaign_id=campaign_id, user_id=user_id, workspace_id=ctx.workspace.id, **values)
        .on_conflict_do_update(index_elements=["campaign_id", "user_id"], set_=values)
    )


async def end_part(ctx: Context, connection: AsyncConnection, campaign_id: UUID, user_id: UUID) -> bool:
    """Take somebody out of a campaign; False when they had no part in it."""
    gone = await connection.execute(
        delete(campaign_members).where(
            campaign_members.c.workspace_id == ctx.workspace.id,
            campaign_members.c.campaign_id == campaign_id,
            campaign_members.c.user_id == user_id,
        )
    )
    return gone.rowcount > 0


async def list_everybody(ctx: Context, connection: AsyncConnection) -> list[Member]:
    """Return everybody in the workspace whom the actor may know of, by name; guests read no addresses but their own."""
    own = users.c.id == UUID(ctx.actor.id) if ctx.actor.role is Role.GUEST and ctx.actor.id else true()
    return await all_of(
        connection,
        select(
            members.c.user_id,
            users.c.name,
            case((own, users.c.email), else_="").label("email"),
            members.c.role,
            members.c.created_at,
        )
        .select_from(members)
        .join(users, users.c.id == members.c.user_id)
        .where(members.c.workspace_id == ctx.workspace.id, seen_things(ctx, Held.MEMBER, members.c.user_id))
        .order_by(users.c.name, users.c.id),
        Member,
    )


async def list_invitations(ctx: Context, connection: AsyncConnection) -> list[Invitation]:
    """Return invitations that nobody has accepted or taken back, the newest first."""
    return await all_of(
        connection, select(invitations).where(_waiting(ctx)).order_by(invitations.c.created_at.desc()), Invitation
    )


def _waiting(ctx: Context) -> ColumnElement[bool]:
    return (
        (invitations.c.workspace_id == ctx.workspace.id)
        & invitations.c.accepted_at.is_(None)
        & invitations.c.revoked_at.is_(None)
    )


async def open_invitation(connection: AsyncConnection, token_hash: bytes) -> OpenInvitation | None:
    """Return the invitation of this token if it can still be accepted."""
    query = (
        select(invitations, workspaces.c.name.label("workspace_name"))
        .join(workspaces, workspaces.c.id == invitations.c.workspace_id)
        .where(
            invitations.c.token_hash == token_hash,
            invitations.c.accepted_at.is_(None),
            invitations.c.revoked_at.is_(None),
            invitations.c.expires_at > func.now(),
        )
    )
    return await first_of(connection, query, OpenInvitation)


async def insert_invitation(ctx: Context, connection: AsyncConnection, **values: Any) -> None:
    """Write an invitation by the actor, which waits to be mailed."""
    by = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None
    await connection.execute(
        insert(invitations).values(workspace_id=ctx.workspace.id, invited_by=by, mail_state="waiting", **values)
    )


async def renew_invitation(
    ctx: Context, connection: AsyncConnection, invitation_id: UUID, expires_at: datetime
) -> str | None:
    """Let an invitation wait to be mailed again; return its address, None when it cannot be accepted any more."""
    renewed = await connection.execute(
        update(invitations)
        .where(_waiting(ctx), invitations.c.id == invitation_id)
        .values(expires_at=expires_at, mail_state="waiting", mail_detail="")
        .returning(invitations.c.email)
    )
    email: str | None = renewed.scalar_one_or_none()
    return email


async def revoke_invitations(
    ctx: Context,
    connection: AsyncConnection,
    *,
    invitation_id: UUID | None = None,
    email: str | None = None,
    invited_by: UUID | None = None,
) -> list[str]:
    """Take back what waits and is meant (by id, address or who invited); return the addresses."""
    given = (
        (invitations.c.id, invitation_id),
        (invitations.c.email, email),
        (invitations.c.invited_by, invited_by),
    )
    wanted = [column == value for column, value in given if value is not None]
    if not wanted:
        raise TypeError("Say which invitations are taken back")
    revoked = await connection.execute(
        update(invitations).where(_waiting(ctx), *wanted).values(revoked_at=func.now()).returning(invitations.c.email)
    )
    return sorted(revoked.scalars())


async def accept_invitation(connection: AsyncConnection, invitation_id: UUID) -> bool:
    """Mark an invitation as accepted; False when it was already."""
    accepted = await connection.execute(
        update(invitations)
        .where(invitations.c.id == invitation_id, invitations.c.accepted_at.is_(None))
        .values(accepted_at=func.now())
    )
    return accepted.rowcount > 0


async def note_mailed(connection: AsyncConnection, invitation_id: UUID, state: str, detail: str) -> None:
    """Note what became of an invitation's mail."""
    await connection.execute(
        update(invitations).where(invitations.c.id == invitation_id).values(mail_state=state, mail_detail=detail[:500])
    )


async def hold_mails(connection: AsyncConnection, why: str) -> None:
    """Mark the mails of invitations that wait as unknown, in every workspace."""
    await connection.execute(
        update(invitations).where(invitations.c.mail_state == "waiting").values(mail_state="unknown", mail_detail=why)
    )


async def has_member(ctx: Context, connection: AsyncConnection, email: str) -> bool:
    """Return whether the address is a member's."""
    found = await connection.execute(
        select(members.c.user_id)
        .join(users, users.c.id == members.c.user_id)
        .where(members.c.workspace_id == ctx.workspace.id, users.c.email == email)
    )
    return found.first() is not None


async def name_of(connection: AsyncConnection, user_id: UUID | None) -> str | None:
    """Return a user's name."""
    found: str | None = (await connection.execute(select(users.c.name).where(users.c.id == user_id))).scalar()
    return found


async def lock_member(ctx: Context, connection: AsyncConnection, user_id: UUID) -> RoleOf:
    """Return what a member is; raises NotFound.

    Locks all members' rows, so that two owners cannot remove each other at the same moment.
    """
    await connection.execute(
        select(members.c.user_id).where(members.c.workspace_id == ctx.workspace.id).with_for_update()
    )
    query = (
        select(members.c.role, users.c.name)
        .join(users, users.c.id == members.c.user_id)
        .where(members.c.workspace_id == ctx.workspace.id, members.c.user_id == user_id)
    )
    return known(await first_of(connection, query, RoleOf), "member")


async def owners_of(ctx: Context, connection: AsyncConnection) -> list[UUID]:
    """Return the ids of the workspace's owners."""
    found = await connection.execute(
        select(members.c.user_id).where(members.c.workspace_id == ctx.workspace.id, members.c.role == Role.OWNER.value)
    )
    return list(found.scalars())


async def count_owners(ctx: Context, connection: AsyncConnection) -> int:
    """Return how many owners the workspace has."""
    found = await connection.execute(
        select(func.count())
        .select_from(members)
        .where(members.c.workspace_id == ctx.workspace.id, members.c.role == Role.OWNER.value)
    )
    return int(found.scalar_one())


async def list_owners(ctx: Context, connection: AsyncConnection) -> list[UUID]:
    """List the workspace's owners."""
    found = await connection.execute(
        select(members.c.user_id).where(members.c.workspace_id == ctx.workspace.id, members.c.role == Role.OWNER.value)
    )
    return list(found.scalars())


async def set_role(ctx: Context, connection: AsyncConnection, user_id: UUID, role: Role) -> None:
    """Give a member another role."""
    await connection.execute(
        update(members)
        .where(members.c.workspace_id == ctx.workspace.id, members.c.user_id == user_id)
        .values(role=role.value)
    )


async def delete_member(ctx: Context, connection: AsyncConnection, user_id: UUID) -> None:
    """Take a member out of the workspace."""
    await connection.execute(
        delete(members).where(members.c.workspace_id == ctx.workspace.id, members.c.user_id == user_id)
    )
