"""Database calls of feeds."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import members, users
from gonfalon.kit.errors import NotFound
from gonfalon.kit.rows import all_of, first_of
from gonfalon.kit.secrets import digest
from gonfalon.planning.calendar.model import Feed, Filters, ItemKind, WorkingFeed
from gonfalon.planning.tables.calendar import calendar_feeds

_F = calendar_feeds.c


async def list_feeds(ctx: Context, connection: AsyncConnection, user_id: UUID) -> list[Feed]:
    """List a member's own feeds that work, the newest first."""
    query = select(calendar_feeds).where(
        _F.workspace_id == ctx.workspace.id, _F.user_id == user_id, _F.revoked_at.is_(None)
    )
    return await all_of(connection, query.order_by(_F.id.desc()), Feed)


async def find_working_feed(connection: AsyncConnection, token: str) -> WorkingFeed | None:
    """Find the feed behind an address's secret with its member's name and role.

    None where it was revoked or they left.
    """
    of_member = and_(members.c.user_id == _F.user_id, members.c.workspace_id == _F.workspace_id)
    query = (
        select(calendar_feeds, users.c.name.label("user_name"), members.c.role)
        .join(members, of_member)
        .join(users, users.c.id == _F.user_id)
        .where(_F.token_hash == digest(token), _F.revoked_at.is_(None), users.c.disabled_at.is_(None))
    )
    return await first_of(connection, query, WorkingFeed)


async def revoke_feed(ctx: Context, connection: AsyncConnection, feed_id: UUID, user_id: UUID) -> str:
    """Revoke a member's own feed; return its name. Raises NotFound."""
    revoked = await connection.execute(
        update(calendar_feeds)
        .where(
            _F.id == feed_id,
            _F.workspace_id == ctx.workspace.id,
            _F.user_id == user_id,
            _F.revoked_at.is_(None),
        )
        .values(revoked_at=func.now())
        .returning(_F.name)
    )
    name: str | None = revoked.scalar_one_or_none()
    if name is None:
        raise NotFound("feed_gone", "This feed does not exist or was already revoked.")
    return name


async def end_feeds(connection: AsyncConnection, user_id: UUID, workspace_id: int | None) -> None:
    """Revoke all feeds of a user: in one workspace, or in all (None). Joins the transaction."""
    ended = update(calendar_feeds).where(_F.user_id == user_id, _F.revoked_at.is_(None))
    if workspace_id is not None:
        ended = ended.where(_F.workspace_id == workspace_id)
    await connection.execute(ended.values(revoked_at=func.now()))


def filters_value(filters: Filters) -> dict[str, list[str]]:
    """Return the filters as they are kept."""
    return {
        "kinds": sorted(kind.value for kind in filters.kinds),
        "campaigns": sorted(map(str, filters.campaigns)),
        "channels": sorted(filters.channels),
        "audiences": sorted(map(str, filters.audiences)),
        "owners": sorted(map(str, filters.owners)),
    }


def filters_of(value: dict[str, list[str]]) -> Filters:
    """Return what was kept, as filters."""

    def ids(name: str) -> frozenset[UUID]:
        return frozenset(map(UUID, value.get(name, [])))

    return Filters(
        frozenset(ItemKind(kind) for kind in value.get("kinds", [])),
        ids("campaigns"),
        frozenset(value.get("channels", [])),
        ids("audiences"),
        ids("owners"),
    )
