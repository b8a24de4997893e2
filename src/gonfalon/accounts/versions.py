"""Save by version: refuse to overwrite what somebody else saved in the meantime."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    Column,
    DateTime,
    FromClause,
    Integer,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import Conflict, Invalid, NotFound
from gonfalon.kit.ids import new_id

T = TypeVar("T")


def versioned() -> list[Column[Any]]:
    """Return what an optimistic save needs: a number that every save raises, and who saved last, when."""
    return [
        Column("version", Integer, nullable=False, server_default="1"),
        Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Column("updated_by", Text, nullable=False, server_default=""),
    ]


async def save_version(
    ctx: Context, connection: AsyncConnection, table: Table, row_id: UUID, version: int, values: dict[str, Any]
) -> None:
    """Save the row if nobody has saved it since `version` was read; the table's info names its noun.

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
    noun = table.info["noun"]
    found = (await connection.execute(select(table.c.version, table.c.updated_by).where(mine))).first()
    if found is None:
        raise not_found(noun)
    raise changed_meanwhile(noun, found.version, found.updated_by)


def changed_meanwhile(noun: str, version: int, saved_by: str = "") -> Conflict:
    """Make the answer to a save of an older version than the one that is stored.

    For rows that `save_version` cannot save: it wants the columns of `versioned` and an id.
    """
    return Conflict(
        "changed_meanwhile",
        f"{saved_by or 'Somebody else'} saved this {noun} after you opened it. Your change was not saved: "
        "load it again, look at what is new, and save once more.",
        current_version=version,
        saved_by=saved_by,
        noun=noun,
    )


def not_found(noun: str) -> NotFound:
    """Return the answer for a thing that is not there or is another workspace's."""
    return NotFound(f"{noun.replace(' ', '_')}_unknown", f"There is no such {noun} in this workspace.")


def known(found: T | None, noun: str) -> T:
    """Return what was found; raises NotFound (`<noun>_unknown`) for None.

    return known(await first_of(connection, query, Campaign), "campaign")
    """
    if found is None:
        raise not_found(noun)
    return found


async def check_reference(
    ctx: Context, connection: AsyncConnection, table: FromClause, wanted: UUID | int | None, noun: str
) -> None:
    """Raise Invalid unless `wanted` is None or a row of the table in this workspace that is not archived."""
    if wanted is None:
        return
    query = select(table.c.id).where(table.c.id == wanted, table.c.workspace_id == ctx.workspace.id)
    if "archived_at" in table.c:
        query = query.where(table.c.archived_at.is_(None))
    if (await connection.execute(query)).first() is None:
        raise Invalid(
            f"{noun.replace(' ', '_')}_unknown", f"The chosen {noun} does not exist any more; choose another one."
        )


def values_of(draft: object, shape: type[Any]) -> dict[str, Any]:
    """Return the fields of a draft's shape by their names: of a draft that is to be saved, all but its version."""
    return {each.name: getattr(draft, each.name) for each in fields(shape)}


async def insert_row(ctx: Context, connection: AsyncConnection, table: Table, **values: Any) -> UUID:
    """Insert a row of the workspace under a new id, by the actor where the table keeps who saved; return the id."""
    row_id = new_id()
    by = {"updated_by": ctx.actor.name} if "updated_by" in table.c else {}
    await connection.execute(insert(table).values(id=row_id, workspace_id=ctx.workspace.id, **by, **values))
    return row_id


async def delete_row(ctx: Context, connection: AsyncConnection, table: Table, row_id: UUID) -> None:
    """Delete a row of the workspace; raises NotFound where it is not there, by the noun in the table's info."""
    gone = await connection.execute(delete(table).where(table.c.id == row_id, table.c.workspace_id == ctx.workspace.id))
    if not gone.rowcount:
        raise not_found(table.info["noun"])
