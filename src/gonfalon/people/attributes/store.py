"""Database calls of attributes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import NotFound
from gonfalon.kit.sql import run
from gonfalon.people.attributes.model import Attribute, AttributeType
from gonfalon.people.offers import Asks
from gonfalon.people.tables import attribute_definitions as definitions

_COLUMNS = (
    definitions.c.id,
    definitions.c.key,
    definitions.c.label,
    definitions.c.type,
    definitions.c.choices,
    definitions.c.description,
    definitions.c.created_at,
)


def _attribute(row: Any) -> Attribute:
    return Attribute(
        row.id,
        row.key,
        row.label,
        AttributeType(row.type),
        tuple(row.choices or ()),
        row.description,
        row.created_at,
    )


async def attributes_of(connection: AsyncConnection, workspace_id: int) -> dict[str, Attribute]:
    """Return the workspace's live attributes by key, in the order they were declared."""
    rows = await connection.execute(
        select(*_COLUMNS)
        .where(definitions.c.workspace_id == workspace_id, definitions.c.deleted_at.is_(None))
        .order_by(definitions.c.id)
    )
    return {row.key: _attribute(row) for row in rows}


async def find_attribute(ctx: Context, connection: AsyncConnection, key: str) -> Attribute:
    """Return one live attribute, locked until the transaction ends; raises NotFound."""
    found = await connection.execute(
        select(*_COLUMNS)
        .where(
            definitions.c.workspace_id == ctx.workspace.id,
            definitions.c.key == key,
            definitions.c.deleted_at.is_(None),
        )
        .with_for_update()
    )
    row = found.first()
    if row is None:
        raise NotFound("attribute_unknown", "There is no such attribute in this workspace.")
    return _attribute(row)


async def keys_ever(connection: AsyncConnection, workspace_id: int) -> set[str]:
    """Return every key that was ever declared: a deleted one is not given out again, its old values may be of another
    type."""
    rows = await connection.execute(select(definitions.c.key).where(definitions.c.workspace_id == workspace_id))
    return set(rows.scalars())


async def add_attribute(
    connection: AsyncConnection,
    workspace_id: int,
    *,
    key: str,
    label: str,
    type_: AttributeType,
    choices: tuple[str, ...],
    description: str = "",
) -> Attribute:
    """Insert a definition whose key is free."""
    made = await connection.execute(
        insert(definitions)
        .values(
            workspace_id=workspace_id,
            key=key,
            label=label,
            type=type_.value,
            choices=list(choices) or None,
            description=description,
        )
        .returning(*_COLUMNS)
    )
    return _attribute(made.one())


async def uses_of(ctx: Context, connection: AsyncConnection, key: str) -> list[str]:
    """Return names of the audiences whose rule speaks of the attribute, at most 20."""
    found = await run(connection, __package__, "find_uses", workspace_id=ctx.workspace.id, reference=f"attribute:{key}")
    return list(found.scalars())


async def keys_asked_about(ctx: Context, connection: AsyncConnection) -> set[str]:
    """Return the keys of attributes that rules ask about which the actor may see."""
    keys: set[str] = set()
    for room in ctx.services.offered(Asks):
        keys.update((await connection.execute(room.keys(ctx))).scalars())
    return keys


async def update_attribute(ctx: Context, connection: AsyncConnection, attribute_id: int, **values: Any) -> None:
    """Change columns of a definition."""
    await connection.execute(
        update(definitions)
        .where(definitions.c.id == attribute_id, definitions.c.workspace_id == ctx.workspace.id)
        .values(**values)
    )


async def set_choices(ctx: Context, connection: AsyncConnection, key: str, choices: list[str]) -> None:
    """Replace the choices of a live attribute of choices."""
    await connection.execute(
        update(definitions)
        .where(
            definitions.c.workspace_id == ctx.workspace.id,
            definitions.c.key == key,
            definitions.c.type == AttributeType.CHOICE.value,
            definitions.c.deleted_at.is_(None),
        )
        .values(choices=choices)
    )
