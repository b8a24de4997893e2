"""Database calls that the planning room's nouns share: versioned saves and references into other rooms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, any_, func, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import Conflict, Invalid, NotFound
from gonfalon.planning.tables import budget_lines, campaigns, goals, touchpoints

NOUNS: dict[Table, str] = {
    campaigns: "campaign",
    goals: "goal",
    budget_lines: "budget line",
    touchpoints: "touchpoint",
}


def among(column: ColumnElement[UUID], ids: Sequence[UUID]) -> ColumnElement[bool]:
    """Whether the column is one of the ids, bound as one array: with thousands, a parameter for each takes longer than
    the question."""
    return column == any_(literal(list(ids), ARRAY(PG_UUID(as_uuid=True))))


async def save_version(
    ctx: Context, connection: AsyncConnection, table: Table, row_id: UUID, version: int, values: dict[str, Any]
) -> None:
    """Writes the row if nobody has saved it since `version` was read.

    Raises NotFound for a row of nobody or of another workspace, Conflict (`changed_meanwhile`) with
    who saved first and the `current_version`.
    """
    mine = (table.c.id == row_id) & (table.c.workspace_id == ctx.workspace.id)
    saved = await connection.execute(
        update(table)
        .where(mine, table.c.version == version)
        .values(**values, version=version + 1, updated_at=func.now(), updated_by=ctx.actor.name)
    )
    if saved.rowcount:
        return
    noun = NOUNS[table]
    found = (await connection.execute(select(table.c.version, table.c.updated_by).where(mine))).first()
    if found is None:
        raise not_found(noun)
    raise Conflict(
        "changed_meanwhile",
        f"{found.updated_by or 'Somebody else'} saved this {noun} after you opened it. Your change was not saved: "
        "load it again, look at what is new, and save once more.",
        current_version=found.version,
        saved_by=found.updated_by,
    )


def not_found(noun: str) -> NotFound:
    """The answer for a thing that is not there or is another workspace's."""
    return NotFound(f"{noun.replace(' ', '_')}_unknown", f"There is no such {noun} in this workspace.")


async def check_reference(
    ctx: Context, connection: AsyncConnection, table: Table, wanted: UUID | int | None, noun: str
) -> None:
    """Raises Invalid unless `wanted` is None or a row of the table in this workspace that is not archived."""
    if wanted is None:
        return
    query = select(table.c.id).where(table.c.id == wanted, table.c.workspace_id == ctx.workspace.id)
    if "archived_at" in table.c:
        query = query.where(table.c.archived_at.is_(None))
    if (await connection.execute(query)).first() is None:
        raise Invalid(
            f"{noun.replace(' ', '_')}_unknown", f"The chosen {noun} does not exist any more; choose another one."
        )
