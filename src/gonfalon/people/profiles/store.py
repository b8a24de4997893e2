"""Database calls of people's profiles."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import NotFound
from gonfalon.kit.sql import run, statement
from gonfalon.people.attributes.model import Value
from gonfalon.people.profiles.model import Happening, Person
from gonfalon.people.tables import identities, people, tags

PERSON = (
    people.c.id,
    people.c.email,
    people.c.phone,
    people.c.external_id,
    people.c.attributes,
    people.c.tags,
    people.c.created_at,
    people.c.updated_at,
    people.c.erased_at,
    people.c.tracking_consent,
    people.c.undeclared,
)


async def find_person(connection: AsyncConnection, workspace_id: int, person_id: int, *, lock: bool = False) -> Person:
    """Return one person, erased ones included; raises NotFound. `lock` holds the row until the transaction ends."""
    query = select(*PERSON).where(people.c.id == person_id, people.c.workspace_id == workspace_id)
    row = (await connection.execute(query.with_for_update() if lock else query)).first()
    if row is None:
        raise NotFound("person_unknown", "There is no such person in this workspace.")
    return Person(**row._mapping)


async def people_by_id(ctx: Context, connection: AsyncConnection, ids: Sequence[int]) -> list[Person]:
    """Return those of the people who exist, in the order of the ids."""
    rows = await connection.execute(
        select(*PERSON).where(people.c.workspace_id == ctx.workspace.id, people.c.id.in_(ids))
    )
    found = {row.id: Person(**row._mapping) for row in rows}
    return [found[each] for each in ids if each in found]


async def merge_attributes(
    connection: AsyncConnection, workspace_id: int, values: Mapping[int, Mapping[str, Value | None]]
) -> list[int]:
    """Set new attribute values by person's id, checked by attributes.rules; None forgets. The ids of those changed."""
    ordered = sorted(values)
    changed = await run(
        connection,
        __package__,
        "merge_attributes",
        workspace_id=workspace_id,
        person_ids=ordered,
        news=[json.dumps(values[person]) for person in ordered],
    )
    return list(changed.scalars())


Chosen = Sequence[int] | tuple[str, Mapping[str, object]]
"""Ids, or one of our own queries for the ids of people who are in the database already, with its values."""


def _query_of(chosen: Chosen) -> tuple[str, dict[str, object]]:
    match chosen:
        case (str() as query, Mapping() as params):
            return query, dict(params)
        case _:
            return "select unnest(%(person_ids)s::bigint[])", {"person_ids": list(chosen)}


async def set_attribute(
    ctx: Context, connection: AsyncConnection, chosen: Chosen, key: str, value: Value | None
) -> int:
    """Give many people one value of an attribute, checked by attributes.rules; None forgets. How many it changed."""
    query, params = _query_of(chosen)
    changed = await connection.exec_driver_sql(
        statement(__package__, "set_attribute").replace("{people}", query),
        {**params, "workspace_id": ctx.workspace.id, "news": json.dumps({key: value})},
    )
    return changed.rowcount


async def change_tags(
    connection: AsyncConnection,
    workspace_id: int,
    chosen: Chosen,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
) -> int:
    """Give and takes tags of many people in one statement; for how many something changed."""
    query, params = _query_of(chosen)
    changed = await connection.exec_driver_sql(
        statement(__package__, "tag_people").replace("{people}", query),
        {**params, "workspace_id": workspace_id, "add": sorted(set(add)), "remove": sorted(set(remove))},
    )
    return changed.rowcount


async def tags_of(ctx: Context, connection: AsyncConnection) -> list[str]:
    """Return every tag that was ever given, by name; at most 1,000."""
    rows = await connection.execute(
        select(tags.c.name).where(tags.c.workspace_id == ctx.workspace.id).order_by(tags.c.name).limit(1000)
    )
    return list(rows.scalars())


async def identities_of(connection: AsyncConnection, workspace_id: int, person_id: int) -> list[tuple[str, str, Any]]:
    """Return kind, value and time of the identities beside the primary ones, oldest first."""
    rows = await connection.execute(
        select(identities.c.kind, identities.c.value, identities.c.created_at)
        .where(identities.c.person_id == person_id, identities.c.workspace_id == workspace_id)
        .order_by(identities.c.id)
        .limit(100)
    )
    return [(row.kind, row.value, row.created_at) for row in rows]


async def lock_people(ctx: Context, connection: AsyncConnection, chosen: Chosen, most: int) -> list[int]:
    """Return who of the chosen is there and not erased, at most so many, held until the transaction ends."""
    query, params = _query_of(chosen)
    locked = await connection.exec_driver_sql(
        statement(__package__, "lock_people").replace("{people}", query),
        {**params, "workspace_id": ctx.workspace.id, "most": most},
    )
    return list(locked.scalars())


async def identities_of_all(
    connection: AsyncConnection, workspace_id: int, people: Sequence[int]
) -> list[tuple[str, str]]:
    """Return kind and value of every identity of people, the primary ones included."""
    found = await run(connection, __package__, "list_identities", workspace_id=workspace_id, person_ids=people)
    return [(row.kind, row.value) for row in found]


async def timeline_of(
    connection: AsyncConnection, workspace_id: int, person_id: int, after: tuple[Any, ...] | None, limit: int
) -> tuple[list[Happening], tuple[Any, ...] | None]:
    """Return a page of the timeline, the newest first, and the cursor's values of the next one (None on the last)."""
    at, rank, id_ = after or (None, None, None)
    found = await run(
        connection,
        __package__,
        "read_timeline",
        workspace_id=workspace_id,
        person_id=person_id,
        at=at,
        rank=rank,
        id=id_,
        limit=limit + 1,
    )
    rows = found.all()
    shown = [Happening(row.at, row.kind, row.id, row.name, row.details) for row in rows[:limit]]
    if len(rows) <= limit:
        return shown, None
    last = rows[limit - 1]
    return shown, (last.at, last.rank, last.id)


async def surroundings_of(connection: AsyncConnection, workspace_id: int, person_id: int) -> Sequence[Any]:
    """Return suppressions of the person's addresses and the fixed lists they are on: rows of kind, key, name, at."""
    found = await run(connection, __package__, "read_surroundings", workspace_id=workspace_id, person_id=person_id)
    return found.all()


async def update_person(ctx: Context, connection: AsyncConnection, person_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a person."""
    await connection.execute(
        update(people)
        .where(people.c.id == person_id, people.c.workspace_id == ctx.workspace.id)
        .values(**values, updated_at=func.now())
    )


async def other_with(
    ctx: Context, connection: AsyncConnection, person_id: int, identity: Mapping[str, Any]
) -> int | None:
    """Return somebody else who has one of these identities."""
    other = await connection.execute(
        select(people.c.id)
        .where(
            people.c.workspace_id == ctx.workspace.id,
            people.c.id != person_id,
            or_(*(people.c[key] == value for key, value in identity.items())),
        )
        .limit(1)
    )
    found: int | None = other.scalar_one_or_none()
    return found


async def delete_people(connection: AsyncConnection, workspace_id: int, ids: Sequence[int]) -> None:
    """Delete people with everything that is theirs."""
    await connection.execute(delete(people).where(people.c.workspace_id == workspace_id, people.c.id.in_(ids)))
