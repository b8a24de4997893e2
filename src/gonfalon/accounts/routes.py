"""Setting up, signing in, profile and workspace over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from fastapi import APIRouter, Response

from gonfalon.accounts import actions, store
from gonfalon.accounts.auth import ClientDep, Ctx, CurrentUser, ServicesDep, SignedIn, cookie_name, let_in
from gonfalon.accounts.model import Workspace
from gonfalon.accounts.rules import ROLE_PERMISSIONS
from gonfalon.accounts.schemas import (
    MembershipOut,
    MeOut,
    PasswordIn,
    ProfileIn,
    SessionOut,
    SetupDone,
    SetupIn,
    SetupState,
    SignInIn,
    WorkspaceIn,
    WorkspaceOut,
)

router = APIRouter(tags=["accounts"])


def workspace_out(workspace: Workspace) -> WorkspaceOut:
    """Return a workspace as the API shows it."""
    return WorkspaceOut.model_validate(workspace, from_attributes=True)


@router.get("/setup", operation_id="get_setup")
async def get_setup(services: ServicesDep, token: str) -> SetupState:
    """Return whether the set-up link still works."""
    return SetupState(open=await actions.setup_is_open(services, token))


@router.post("/setup", operation_id="set_up", status_code=201)
async def set_up(body: SetupIn, response: Response, services: ServicesDep, client: ClientDep) -> SetupDone:
    """Make the first workspace and its owner, and signs the owner in."""
    user_id, workspace, demo = await actions.set_up(
        services,
        body.token,
        workspace_name=body.workspace.name,
        time_zone=body.workspace.time_zone,
        currency=body.workspace.currency,
        language=body.workspace.language,
        owner_name=body.owner.name,
        email=body.owner.email,
        password=body.owner.password,
    )
    await let_in(services, response, client, user_id)
    return SetupDone(**workspace_out(workspace).model_dump(), demo=demo)


@router.post("/session", operation_id="sign_in", status_code=204)
async def sign_in(body: SignInIn, response: Response, services: ServicesDep, client: ClientDep) -> None:
    """Sign in; the answer carries the session cookie."""
    await let_in(services, response, client, await actions.sign_in(services, client, body.email, body.password))


@router.delete("/session", operation_id="sign_out", status_code=204)
async def sign_out(response: Response, who: CurrentUser) -> None:
    """Sign out of this browser."""
    await actions.sign_out(who.services, who.token)
    response.delete_cookie(cookie_name(who.services), path="/")


@router.get("/me", operation_id="get_me")
async def get_me(who: CurrentUser) -> MeOut:
    """Return the signed-in user with every workspace and what may be done there."""
    async with who.services.db.reading() as connection:
        found = await store.memberships(connection, who.id)
    return MeOut(
        id=who.id,
        email=who.user.email,
        name=who.user.name,
        language=who.user.language,
        theme=who.user.theme,
        memberships=[
            MembershipOut(
                workspace=workspace_out(each.workspace),
                role=each.role,
                permissions=sorted(p.value for p in ROLE_PERMISSIONS[each.role]),
            )
            for each in found
        ],
    )


@router.put("/me", operation_id="update_me")
async def update_me(body: ProfileIn, who: CurrentUser) -> MeOut:
    """Change name, language and theme."""
    await actions.update_profile(who.services, who.id, **body.model_dump())
    async with who.services.db.reading() as connection:
        from gonfalon.kit.secrets import digest

        user = await store.session_user(connection, digest(who.token))
    assert user is not None
    return await get_me(SignedIn(who.services, user, who.token))


@router.post("/me/password", operation_id="change_password", status_code=204)
async def change_password(body: PasswordIn, who: CurrentUser, client: ClientDep, response: Response) -> None:
    """Change the password; every session ends, also this one."""
    await actions.change_password(who.services, client, who.id, body.present, body.new)
    response.delete_cookie(cookie_name(who.services), path="/")


@router.get("/me/sessions", operation_id="list_sessions")
async def list_sessions(who: CurrentUser) -> list[SessionOut]:
    """Return where one is signed in, the latest first."""
    async with who.services.db.reading() as connection:
        sessions = await store.list_sessions(connection, who.id)
    return [SessionOut(current=each.id == who.user.session_id, **asdict(each)) for each in sessions]


@router.delete("/me/sessions/{session_id}", operation_id="end_session", status_code=204)
async def end_session(session_id: UUID, who: CurrentUser) -> None:
    """Sign one of one's sessions out."""
    await actions.end_session(who.services, who.id, session_id)


@router.post("/workspaces", operation_id="create_workspace", status_code=201)
async def create_workspace(body: WorkspaceIn, who: CurrentUser) -> WorkspaceOut:
    """Return a further workspace, owned by whoever makes it."""
    workspace = await actions.add_workspace(
        who.services, who.id, body.name, time_zone=body.time_zone, currency=body.currency, language=body.language
    )
    return workspace_out(workspace)


@router.get("/workspaces/{workspace}", operation_id="get_workspace")
async def get_workspace(ctx: Ctx) -> WorkspaceOut:
    """Return the workspace's name, zone, currency and language."""
    return workspace_out(ctx.workspace)


@router.put("/workspaces/{workspace}", operation_id="update_workspace")
async def update_workspace(body: WorkspaceIn, ctx: Ctx) -> WorkspaceOut:
    """Change the workspace."""
    changed = await actions.update_workspace(
        ctx, name=body.name, time_zone=body.time_zone, currency=body.currency, language=body.language
    )
    return workspace_out(changed)
