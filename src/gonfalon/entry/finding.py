"""Finding a thing by what a person types at a shell: its id, or its name."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Table, func, select

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import Invalid, NotFound


async def find_by_name(ctx: Context, table: Table, given: str, what: str) -> UUID:
    """Return the id of the workspace's row with this id or name (case does not matter); raises NotFound or Invalid."""
    columns = table.c
    query = select(columns.id, columns.name).where(columns.workspace_id == ctx.workspace.id)
    try:
        query = query.where(columns.id == UUID(given))
    except ValueError:
        query = query.where(func.lower(columns.name) == given.lower())
    async with ctx.reading() as connection:
        rows = (await connection.execute(query.limit(5))).all()
    if not rows:
        raise NotFound(
            "name_unknown",
            f"There is no {what} “{given}” in {ctx.workspace.name}.",
            what=what,
            name=given,
            workspace=ctx.workspace.name,
        )
    if len(rows) > 1:
        ids = ", ".join(str(row.id) for row in rows)
        raise Invalid(
            "name_ambiguous", f"Several are called “{given}”; name one by its id: {ids}.", name=given, ids=ids
        )
    found: UUID = rows[0].id
    return found
