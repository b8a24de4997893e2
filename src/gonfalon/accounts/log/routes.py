"""The account log over HTTP: one's own, and for owners that of everybody in the workspace."""

from __future__ import annotations

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx, CurrentUser
from gonfalon.accounts.log import store
from gonfalon.accounts.log.model import LogLine
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import ByNumber, Page

router = APIRouter(tags=["account log"])


@router.get("/me/account-log", operation_id="list_my_account_log")
async def list_mine(who: CurrentUser, page: ByNumber) -> Page[LogLine]:
    """Return when and where one signed in, and what was refused in one's name; the newest first, of the last 90
    days."""
    async with who.services.db.reading() as connection:
        return page.as_read(await store.list_of_user(connection, who.id, page))


@router.get("/workspaces/{workspace}/account-log", operation_id="list_account_log")
async def list_all(ctx: Ctx, page: ByNumber) -> Page[LogLine]:
    """Return the same of every member, and what was refused to members and keys in this workspace. For owners."""
    ctx.require(Permission.MEMBERS_MANAGE)
    async with ctx.reading() as connection:
        return page.as_read(await store.list_of_workspace(ctx, connection, page))
