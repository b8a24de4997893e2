"""Inviting, accepting, changing roles, removing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts import rules, store
from gonfalon.accounts.context import Context
from gonfalon.accounts.letters.actions import carry, pause
from gonfalon.accounts.letters.model import Fate
from gonfalon.accounts.letters.rules import invitation_letter
from gonfalon.accounts.model import Actor, Permission, Role
from gonfalon.accounts.passwords import hash_password, verify_password
from gonfalon.accounts.rules import ROLE_PERMISSIONS
from gonfalon.accounts.tables import invitations, members, users
from gonfalon.kit.errors import Conflict, NotFound, Unauthenticated
from gonfalon.kit.ids import new_id
from gonfalon.kit.jobs import defer
from gonfalon.kit.secrets import digest
from gonfalon.kit.services import Services

INVITATION_DAYS = 7
MAIL_PATIENCE = timedelta(days=2)
"""How long a mail that nobody takes is tried."""


async def invite_member(ctx: Context, email: str, role: Role) -> tuple[UUID, str]:
    """An invitation and its token; it is mailed as well. One that was still open for the address is replaced."""
    from gonfalon.accounts.jobs import mail_invitation_job

    ctx.require(Permission.MEMBERS_MANAGE)
    address = rules.normalise_email(email)
    invitation_id = new_id()
    token = _token(ctx.services, invitation_id)
    async with ctx.transaction() as connection:
        already = await connection.execute(
            select(members.c.user_id)
            .join(users, users.c.id == members.c.user_id)
            .where(members.c.workspace_id == ctx.workspace.id, users.c.email == address)
        )
        if already.first() is not None:
            raise Conflict("member_exists", f"{address} is already a member of {ctx.workspace.name}.")
        await connection.execute(
            update(invitations)
            .where(
                invitations.c.workspace_id == ctx.workspace.id,
                invitations.c.email == address,
                invitations.c.accepted_at.is_(None),
                invitations.c.revoked_at.is_(None),
            )
            .values(revoked_at=func.now())
        )
        await connection.execute(
            insert(invitations).values(
                id=invitation_id,
                workspace_id=ctx.workspace.id,
                email=address,
                role=role.value,
                token_hash=digest(token),
                invited_by=UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None,
                expires_at=ctx.now + timedelta(days=INVITATION_DAYS),
                mail_state="waiting",
            )
        )
        await defer(connection, mail_invitation_job, invitation_id=str(invitation_id))
        await ctx.audit(connection, "member.invited", "invitation", invitation_id, address, role=role.value)
    return invitation_id, token


async def mail_invitation(services: Services, invitation_id: UUID, tries: int) -> None:
    """Mails an invitation that is still open, and notes what became of the mail. For the job."""
    from gonfalon.accounts.jobs import mail_invitation_job

    token = _token(services, invitation_id)
    async with services.db.reading() as connection:
        invitation = await store.open_invitation(connection, digest(token))
        if invitation is None:
            return
        workspace = await store.workspace_by_id(connection, invitation.workspace_id)
        inviter = (await connection.execute(select(users.c.name).where(users.c.id == invitation.invited_by))).scalar()
    letter = invitation_letter(
        invitation_id.int,
        invitation.email,
        address_of(services, token),
        workspace,
        inviter or workspace.name,
        invitation.expires_at,
        invitation.created_at,
    )
    fate, detail = await carry(services, workspace, letter)
    wait = pause(tries, MAIL_PATIENCE) if fate is Fate.NOT_SENT else None
    async with services.db.transaction() as connection:
        await connection.execute(
            update(invitations)
            .where(invitations.c.id == invitation_id)
            .values(mail_state=fate.value if wait is None else "waiting", mail_detail=detail[:500])
        )
        if wait is not None:
            await defer(connection, mail_invitation_job, after=wait, invitation_id=str(invitation_id), tries=tries + 1)


def address_of(services: Services, token: str) -> str:
    """The page where an invitation is accepted."""
    return f"{services.settings.public_url}/join?token={token}"


async def revoke_invitation(ctx: Context, invitation_id: UUID) -> None:
    """Makes the invitation's link useless."""
    ctx.require(Permission.MEMBERS_MANAGE)
    async with ctx.transaction() as connection:
        revoked = await connection.execute(
            update(invitations)
            .where(
                invitations.c.id == invitation_id,
                invitations.c.workspace_id == ctx.workspace.id,
                invitations.c.accepted_at.is_(None),
                invitations.c.revoked_at.is_(None),
            )
            .values(revoked_at=func.now())
            .returning(invitations.c.email)
        )
        email = revoked.scalar_one_or_none()
        if email is None:
            raise NotFound("invitation_unknown", "This invitation was already accepted or taken back.")
        await ctx.audit(connection, "member.invitation_revoked", "invitation", invitation_id, email)


async def read_invitation(services: Services, token: str) -> tuple[Row[Any], bool]:
    """An open invitation, and whether its address already has an account; raises NotFound."""
    async with services.db.reading() as connection:
        found = await _open(connection, token)
        known = await connection.execute(select(users.c.id).where(users.c.email == found.email))
        return found, known.first() is not None


async def accept_invitation(services: Services, token: str, name: str, password: str) -> tuple[UUID, str]:
    """Joins the workspace and returns the user's id and the workspace's slug.

    A known address proves itself with its password; a new one chooses it. Raises Unauthenticated, NotFound.
    """
    async with services.db.reading() as connection:
        invitation = await _open(connection, token)
        user = (await connection.execute(select(users).where(users.c.email == invitation.email))).first()
    hashed = ""
    if user is not None:
        if not await verify_password(user.password_hash, password):
            raise Unauthenticated("sign_in_refused", "The password is not right for this account.")
    else:
        rules.check_password(password, invitation.email)
        hashed = await hash_password(password)
    async with services.db.transaction() as connection:
        accepted = await connection.execute(
            update(invitations)
            .where(invitations.c.id == invitation.id, invitations.c.accepted_at.is_(None))
            .values(accepted_at=func.now())
        )
        if accepted.rowcount == 0:
            raise NotFound("invitation_unknown", "This invitation was already accepted or taken back.")
        place = await store.workspace_by_id(connection, invitation.workspace_id)
        user_id: UUID = user.id if user is not None else new_id()
        if user is None:
            await connection.execute(
                insert(users).values(
                    id=user_id,
                    email=invitation.email,
                    name=name.strip() or invitation.email,
                    language=place.language,
                    password_hash=hashed,
                )
            )
        await connection.execute(
            upsert(members)
            .values(workspace_id=place.id, user_id=user_id, role=invitation.role)
            .on_conflict_do_nothing()
        )
        role = Role(invitation.role)
        actor = Actor("member", str(user_id), name or invitation.email, ROLE_PERMISSIONS[role], role)
        await Context(services, actor, place).audit(
            connection, "member.joined", "member", user_id, invitation.email, role=role.value
        )
    return user_id, place.slug


async def change_role(ctx: Context, user_id: UUID, role: Role) -> None:
    """Gives a member another role; the last owner stays owner."""
    ctx.require(Permission.MEMBERS_MANAGE)
    async with ctx.transaction() as connection:
        present = await _locked_member(ctx, connection, user_id)
        if present.role == Role.OWNER.value and role is not Role.OWNER:
            await _keep_an_owner(ctx, connection)
        await connection.execute(
            update(members)
            .where(members.c.workspace_id == ctx.workspace.id, members.c.user_id == user_id)
            .values(role=role.value)
        )
        await ctx.audit(
            connection, "member.role_changed", "member", user_id, present.name, before=present.role, after=role.value
        )


async def remove_member(ctx: Context, user_id: UUID) -> None:
    """Takes a member out of the workspace at once; the last owner cannot be removed."""
    ctx.require(Permission.MEMBERS_MANAGE)
    async with ctx.transaction() as connection:
        present = await _locked_member(ctx, connection, user_id)
        if present.role == Role.OWNER.value:
            await _keep_an_owner(ctx, connection)
        await connection.execute(
            delete(members).where(members.c.workspace_id == ctx.workspace.id, members.c.user_id == user_id)
        )
        await ctx.audit(connection, "member.removed", "member", user_id, present.name)


def _token(services: Services, invitation_id: UUID) -> str:
    # Made of the id, not at random: the mail needs it after the answer has been given, and it is stored nowhere.
    return services.secrets.token("accounts/invitation", str(invitation_id))


async def _open(connection: AsyncConnection, token: str) -> Row[Any]:
    found = await store.open_invitation(connection, digest(token))
    if found is None:
        raise NotFound("invitation_unknown", "This invitation has expired or was taken back; ask for a new one.")
    return found


async def _locked_member(ctx: Context, connection: AsyncConnection, user_id: UUID) -> Row[Any, Any]:
    # All owners' rows are locked, so that two owners cannot remove each other at the same moment.
    await connection.execute(
        select(members.c.user_id).where(members.c.workspace_id == ctx.workspace.id).with_for_update()
    )
    found = await connection.execute(
        select(members.c.role, users.c.name)
        .join(users, users.c.id == members.c.user_id)
        .where(members.c.workspace_id == ctx.workspace.id, members.c.user_id == user_id)
    )
    row = found.first()
    if row is None:
        raise NotFound("member_unknown", "There is no such member in this workspace.")
    return row


async def _keep_an_owner(ctx: Context, connection: AsyncConnection) -> None:
    owners = await connection.execute(
        select(func.count())
        .select_from(members)
        .where(members.c.workspace_id == ctx.workspace.id, members.c.role == Role.OWNER.value)
    )
    if owners.scalar_one() <= 1:
        raise Conflict("last_owner", "A workspace needs an owner; make somebody else owner first.")
