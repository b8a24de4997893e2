"""Inviting, accepting, changing roles, removing."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts import rules, store
from gonfalon.accounts.context import Context
from gonfalon.accounts.door import prove_password
from gonfalon.accounts.keys.store import revoke_keys
from gonfalon.accounts.mails.actions import deliver, pause
from gonfalon.accounts.mails.model import MailOutcome
from gonfalon.accounts.mails.rules import invitation_mail
from gonfalon.accounts.members import store as members
from gonfalon.accounts.members.model import OpenInvitation
from gonfalon.accounts.model import Actor, Client, Permission, Role
from gonfalon.accounts.offers import Credential
from gonfalon.accounts.passwords import hash_password
from gonfalon.accounts.rules import ROLE_PERMISSIONS
from gonfalon.kit.errors import Conflict, NotFound, TooMany, Unauthenticated
from gonfalon.kit.ids import new_id
from gonfalon.kit.jobs import cancel_waiting, defer
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.secrets import digest
from gonfalon.kit.services import Services

INVITATION_DAYS = 7
AGAIN, AGAIN_WINDOW = 5, 3600
"""How often in how many seconds an invitation can be mailed again."""
MAIL_PATIENCE = timedelta(days=2)
"""How long a mail that nobody takes is tried."""


async def invite_member(ctx: Context, email: str, role: Role) -> tuple[UUID, str]:
    """Return an invitation and its token; it is mailed as well. One that was still open for the address is replaced."""
    from gonfalon.accounts.jobs import mail_invitation_job

    ctx.require(Permission.MEMBERS_MANAGE)
    address = rules.normalise_email(email)
    invitation_id = new_id()
    token = _token(ctx.services, invitation_id)
    async with ctx.transaction() as connection:
        await one_at_a_time(connection, "invitation", ctx.workspace.id, address)
        if await members.has_member(ctx, connection, address):
            raise Conflict(
                "member_exists",
                f"{address} is already a member of {ctx.workspace.name}.",
                field="email",
                email=address,
                workspace=ctx.workspace.name,
            )
        await members.revoke_invitations(ctx, connection, email=address)
        await members.insert_invitation(
            ctx,
            connection,
            id=invitation_id,
            email=address,
            role=role.value,
            token_hash=digest(token),
            expires_at=ctx.now + timedelta(days=INVITATION_DAYS),
        )
        await defer(connection, mail_invitation_job, invitation_id=str(invitation_id))
        await ctx.audit(connection, "member.invited", "invitation", invitation_id, address, role=role.value)
    return invitation_id, token


async def mail_invitation(services: Services, invitation_id: UUID, tries: int) -> None:
    """Mail an invitation that is still open, and notes what became of the mail. For the job."""
    from gonfalon.accounts.jobs import mail_invitation_job

    token = _token(services, invitation_id)
    async with services.db.reading() as connection:
        invitation = await members.open_invitation(connection, digest(token))
        if invitation is None:
            return
        workspace = await store.workspace_by_id(connection, invitation.workspace_id)
        inviter = await members.name_of(connection, invitation.invited_by)
    mail = invitation_mail(
        invitation_id.int + int(invitation.expires_at.timestamp()),  # mailed again it is another mail
        invitation.email,
        f"{address_of(services, token)}&proof={_proof(services, invitation_id)}",
        workspace,
        inviter or workspace.name,
        invitation.expires_at,
        invitation.created_at,
    )
    outcome, detail = await deliver(services, workspace, mail)
    wait = pause(tries, MAIL_PATIENCE) if outcome is MailOutcome.NOT_SENT else None
    async with services.db.transaction() as connection:
        state = outcome.value if wait is None else "waiting"
        await members.note_mailed(connection, invitation_id, state, detail)
        if wait is not None:
            await defer(connection, mail_invitation_job, after=wait, invitation_id=str(invitation_id), tries=tries + 1)


async def hold_invitations(connection: AsyncConnection) -> int:
    """Send none of the mails that let somebody in and wait, in no workspace: the database turned out to be a restored
    or copied one, and they may have left. Whoever invited can mail again. Returns how many mails."""
    await members.hold_mails(connection, "The database was restored or copied: it may have left before.")
    return await cancel_waiting(connection, "accounts.mail_invitation", "accounts.mail_password_link")


def address_of(services: Services, token: str) -> str:
    """Return the page where an invitation is accepted."""
    return f"{services.settings.public_url}/join?token={token}"


async def mail_again(ctx: Context, invitation_id: UUID) -> None:
    """Mail an invitation that was not accepted once more, and lets it count its days anew.

    Raises TooMany after five times an hour.
    """
    from gonfalon.accounts.jobs import mail_invitation_job

    ctx.require(Permission.MEMBERS_MANAGE)
    async with ctx.transaction() as connection:
        ends = ctx.now + timedelta(days=INVITATION_DAYS)
        email = await members.renew_invitation(ctx, connection, invitation_id, ends)
        if email is None:
            raise _gone()
        if await store.count_try(connection, f"invitation:{invitation_id}", ctx.now, AGAIN_WINDOW) > AGAIN:
            raise TooMany("invitation_limited", "It was mailed often enough for now; wait an hour.", AGAIN_WINDOW)
        await defer(connection, mail_invitation_job, invitation_id=str(invitation_id))
        await ctx.audit(connection, "member.invited_again", "invitation", invitation_id, email)


async def revoke_invitation(ctx: Context, invitation_id: UUID) -> None:
    """Make the invitation's link useless."""
    ctx.require(Permission.MEMBERS_MANAGE)
    async with ctx.transaction() as connection:
        revoked = await members.revoke_invitations(ctx, connection, invitation_id=invitation_id)
        if not revoked:
            raise _gone()
        await ctx.audit(connection, "member.invitation_revoked", "invitation", invitation_id, revoked[0])


async def read_invitation(services: Services, token: str, proof: str) -> tuple[OpenInvitation, bool | None]:
    """Return an open invitation, and whether its address already has an account; raises NotFound.

    None without the proof that only the mailed link carries: whoever invites somebody holds a link as well, and is not
    to learn from it who has an account here.
    """
    async with services.db.reading() as connection:
        found = await _open(connection, token)
        if not hmac.compare_digest(proof.encode(), _proof(services, found.id).encode()):
            return found, None
        return found, await store.user_of(connection, found.email, disabled=True) is not None


async def accept_invitation(
    services: Services, client: Client, token: str, name: str, password: str
) -> tuple[UUID, str]:
    """Join the workspace and returns the user's id and the workspace's slug.

    A known address proves itself with its password; a new one chooses it. Raises Unauthenticated, NotFound, TooMany.
    """
    async with services.db.reading() as connection:
        invitation = await _open(connection, token)
        user = await store.user_of(connection, invitation.email, disabled=True)
    hashed = ""
    if user is not None:
        if not await prove_password(services, client, invitation.email, user, password):
            raise Unauthenticated("sign_in_refused", "The password is not right for this account.", field="password")
    else:
        rules.check_password(password, invitation.email)
        hashed = await hash_password(password)
    async with services.db.transaction() as connection:
        if not await members.accept_invitation(connection, invitation.id):
            raise _gone()
        place = await store.workspace_by_id(connection, invitation.workspace_id)
        user_id = user.id if user is not None else new_id()
        if user is None:
            await store.insert_user(
                connection,
                user_id,
                email=invitation.email,
                name=name.strip() or invitation.email,
                language=place.language,
                password_hash=hashed,
            )
        role = invitation.role
        await store.insert_member(connection, place.id, user_id, role)
        actor = Actor("member", str(user_id), name or invitation.email, ROLE_PERMISSIONS[role], role)
        await Context(services, actor, place).audit(
            connection, "member.joined", "member", user_id, invitation.email, role=role.value
        )
    return user_id, place.slug


async def change_role(ctx: Context, user_id: UUID, role: Role) -> None:
    """Give a member another role; the last owner stays owner.

    Keys they made, and invitations that are still open, end with the right to make them.
    """
    ctx.require(Permission.MEMBERS_MANAGE)
    async with ctx.transaction() as connection:
        present = await members.lock_member(ctx, connection, user_id)
        if present.role is Role.OWNER and role is not Role.OWNER:
            await _keep_an_owner(ctx, connection)
        await members.set_role(ctx, connection, user_id, role)
        ended: dict[str, Any] = {}
        if Permission.KEYS_MANAGE not in ROLE_PERMISSIONS[role]:
            ended = await end_credentials(ctx, connection, user_id, everywhere=False)
        await ctx.audit(
            connection,
            "member.role_changed",
            "member",
            user_id,
            present.name,
            before=present.role.value,
            after=role.value,
            **ended,
        )


async def remove_member(ctx: Context, user_id: UUID) -> None:
    """Take a member out of the workspace at once; the last owner cannot be removed.

    What opens the workspace in their name ends: keys they made, invitations that are still open, calendar feeds.
    """
    ctx.require(Permission.MEMBERS_MANAGE)
    async with ctx.transaction() as connection:
        present = await members.lock_member(ctx, connection, user_id)
        if present.role is Role.OWNER:
            await _keep_an_owner(ctx, connection)
        await members.delete_member(ctx, connection, user_id)
        ended = await end_credentials(ctx, connection, user_id)
        await ctx.audit(connection, "member.removed", "member", user_id, present.name, **ended)


async def end_credentials(
    ctx: Context, connection: AsyncConnection, user_id: UUID, *, everywhere: bool = True
) -> dict[str, Any]:
    """End the keys that a user made in the workspace and their open invitations; the names of what ended.

    everywhere: also what other rooms gave them (offers of Credential).
    """
    keys = await revoke_keys(ctx, connection, made_by=user_id)
    invited = await members.revoke_invitations(ctx, connection, invited_by=user_id)
    if everywhere:
        for credential in ctx.services.offered(Credential):
            await credential.end(connection, user_id, ctx.workspace.id)
    return {"keys": keys, "invitations": invited}


def _gone() -> NotFound:
    return NotFound("invitation_unknown", "This invitation was already accepted or taken back.")


def _proof(services: Services, invitation_id: UUID) -> str:
    return services.secrets.token("accounts/invitation-mailed", str(invitation_id))


def _token(services: Services, invitation_id: UUID) -> str:
    # Made of the id, not at random: the mail needs it after the answer has been given, and it is stored nowhere.
    return services.secrets.token("accounts/invitation", str(invitation_id))


async def _open(connection: AsyncConnection, token: str) -> OpenInvitation:
    found = await members.open_invitation(connection, digest(token))
    if found is None:
        raise NotFound("invitation_unknown", "This invitation has expired or was taken back; ask for a new one.")
    return found


async def _keep_an_owner(ctx: Context, connection: AsyncConnection) -> None:
    if await members.count_owners(ctx, connection) <= 1:
        raise Conflict("last_owner", "A workspace needs an owner; make somebody else owner first.")


async def add_made_up(ctx: Context, connection: AsyncConnection, name: str, email: str, role: Role) -> UUID | None:
    """Make a member of a demo who is nobody: no way in, no link, no mail. None: there is an account already."""
    user_id = await store.insert_made_up(connection, email=email, name=name, language=ctx.workspace.language)
    if user_id is not None:
        await store.insert_member(connection, ctx.workspace.id, user_id, role)
    return user_id
