"""The context every action gets first: who acts, where, on which services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.model import Actor, Permission, Workspace
from gonfalon.accounts.tables import audit_entries
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import Forbidden
from gonfalon.kit.services import Services

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Context:
    """One actor in one workspace. Every statement of an action binds `workspace.id`."""

    services: Services
    actor: Actor
    workspace: Workspace

    @property
    def now(self) -> datetime:
        """The present moment in UTC."""
        return utcnow()

    @property
    def zone(self) -> ZoneInfo:
        """Where the workspace's days begin and end."""
        return ZoneInfo(self.workspace.time_zone)

    @property
    def today(self) -> date:
        """The present day where the workspace is."""
        return self.now.astimezone(self.zone).date()

    def may(self, permission: Permission) -> bool:
        """Return whether the actor's role or scopes include the permission."""
        return permission in self.actor.permissions

    def require(self, permission: Permission) -> None:
        """Raise Forbidden, naming the permission, when the actor does not have it."""
        if not self.may(permission):
            raise Forbidden(
                "permission_missing",
                f"Your role does not include “{permission.value}”; ask an owner of {self.workspace.name} for it.",
                permission=permission.value,
                workspace=self.workspace.name,
            )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Return the action's one transaction."""
        async with self.services.db.transaction() as connection:
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Return a consistent read-only transaction."""
        async with self.services.db.reading() as connection:
            yield connection

    async def read(
        self,
        find: Callable[Concatenate[Context, AsyncConnection, _Given], Awaitable[_Found]],
        *given: _Given.args,
        **named: _Given.kwargs,
    ) -> _Found:
        """Return what one read of a store finds, in a transaction of its own."""
        async with self.reading() as connection:
            return await find(self, connection, *given, **named)

    async def audit(
        self,
        connection: AsyncConnection,
        action: str,
        target_type: str | None = None,
        target_id: object = None,
        target_name: str | None = None,
        *,
        campaign_id: UUID | None = None,
        **details: Any,
    ) -> None:
        """Write the action's audit line in its transaction. `details` must be JSON and hold no secrets.

        campaign_id: the campaign in whose activity the line is shown; known by itself where a campaign is the target.
        """
        if campaign_id is None and target_type == "campaign":
            campaign_id = UUID(str(target_id))
        await connection.execute(
            insert(audit_entries).values(
                workspace_id=self.workspace.id,
                actor_kind=self.actor.kind,
                actor_id=self.actor.id,
                actor_name=self.actor.name,
                action=action,
                target_type=target_type,
                target_id=None if target_id is None else str(target_id),
                target_name=target_name,
                details=details,
                campaign_id=campaign_id,
            )
        )


@dataclass(frozen=True)
class _Within(Context):
    connection: AsyncConnection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        yield self.connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        yield self.connection

    async def audit(self, connection: AsyncConnection, *_: object, **__: object) -> None:
        """The action around it writes the line."""


def within(ctx: Context, connection: AsyncConnection) -> Context:
    """Return the context for actions that are steps of a larger one: they join its transaction, and its audit line is
    theirs.

    A step that fails must take the larger action with it; do not catch its errors.
    """
    return _Within(ctx.services, ctx.actor, ctx.workspace, connection)


def system_context(services: Services, workspace: Workspace, name: str = "Gonfalon") -> Context:
    """Return the context of jobs: may do everything in its workspace; the audit trail names it as the system."""
    return Context(services, Actor("system", None, name, frozenset(Permission)), workspace)


def operator_context(services: Services, workspace: Workspace, name: str = "Operator") -> Context:
    """Return the context of somebody with a shell on the server, who could read the database anyway."""
    return Context(services, Actor("operator", None, name, frozenset(Permission)), workspace)
