"""Database calls of merging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.rows import all_of, first_of
from gonfalon.kit.sql import run, statement
from gonfalon.people.identities.actions import MAKING, MERGING
from gonfalon.people.merging.model import Merge, MovedThings
from gonfalon.people.offers import MovesPeople
from gonfalon.people.profiles.model import Person
from gonfalon.people.profiles.store import PERSON
from gonfalon.people.tables import identities, people, person_merges, person_moves

_IDENTITIES = "gonfalon.people.identities"

MERGE = (
    person_merges.c.id,
    person_merges.c.kind,
    person_merges.c.kept_id,
    person_merges.c.gone_id,
    person_merges.c.by,
    person_merges.c.at,
    person_merges.c.undone_at,
    person_merges.c.undone_by,
)


async def lock_all(connection: AsyncConnection, workspace_id: int) -> None:
    """Wait until nobody makes or merges people of the workspace, and let nobody do so until the transaction ends."""
    await one_at_a_time(connection, MERGING, workspace_id)
    await one_at_a_time(connection, MAKING, workspace_id)


async def lock_these(connection: AsyncConnection, workspace_id: int, ids: Sequence[int]) -> dict[int, Person]:
    """Return those of the people who exist, erased ones included, held in the order of their ids."""
    rows = await connection.execute(
        select(*PERSON)
        .where(people.c.workspace_id == workspace_id, people.c.id.in_(ids))
        .order_by(people.c.id)
        .with_for_update()
    )
    return {row.id: Person(**row._mapping) for row in rows}


async def note(
    connection: AsyncConnection, workspace_id: int, merges: Mapping[int, int], movers: Sequence[MovesPeople], by: str
) -> dict[int, int]:
    """Write down merges before they happen; returns their ids by who goes."""
    gone = sorted(merges)
    noted = await run(
        connection,
        __package__,
        "note_merges",
        workspace_id=workspace_id,
        gone=gone,
        kept=[merges[each] for each in gone],
        by=by,
    )
    found = {row.gone_id: row.id for row in noted}
    for mover in movers:
        await connection.exec_driver_sql(
            statement(__package__, "note_moves").replace("{held}", mover.held),
            {
                "what": mover.what,
                "people": sorted({*merges, *merges.values()}),
                "workspace_id": workspace_id,
                "merges": list(found.values()),
            },
        )
    return found


async def bury(connection: AsyncConnection, workspace_id: int, merges: Mapping[int, int]) -> None:
    """Move what is this room's from people who turned out to be others, and leave their rows empty."""
    gone = sorted(merges)
    kept = [merges[each] for each in gone]
    await run(connection, _IDENTITIES, "merge_visitors", workspace_id=workspace_id, visitors=gone, persons=kept)
    await run(connection, __package__, "bury_people", workspace_id=workspace_id, gone=gone, kept=kept)


async def attach(connection: AsyncConnection, workspace_id: int, said: Sequence[tuple[int, Person]]) -> None:
    """Give people the primary identities of others, whose rows are empty by now: into empty places, else beside."""
    await run(
        connection,
        _IDENTITIES,
        "attach_identities",
        workspace_id=workspace_id,
        person_ids=[person for person, _ in said],
        external_ids=[each.external_id for _, each in said],
        emails=[each.email for _, each in said],
        phones=[each.phone for _, each in said],
        anonymous_ids=[None for _ in said],
    )


async def take(connection: AsyncConnection, workspace_id: int, merge_id: int, keys: Sequence[str]) -> None:
    """Give the person who stays values of the other one, in place of their own."""
    await run(connection, __package__, "take_attributes", workspace_id=workspace_id, merge_id=merge_id, keys=list(keys))


async def give_back(
    connection: AsyncConnection, workspace_id: int, merge_id: int, movers: Sequence[MovesPeople], by: str
) -> None:
    """Make the person of a merge somebody again, with everything that was theirs."""
    for name in ("return_permission", "return_kept", "return_gone", "return_rest"):
        await run(connection, __package__, name, workspace_id=workspace_id, merge_id=merge_id)
    for mover in movers:
        await mover.back(connection, workspace_id, merge_id)
    await run(connection, __package__, "close_merge", workspace_id=workspace_id, merge_id=merge_id, by=by)


async def split(
    connection: AsyncConnection,
    workspace_id: int,
    person_id: int,
    chosen: Mapping[str, Sequence[str]],
    movers: Sequence[MovesPeople],
    by: str,
) -> tuple[int, int]:
    """Make somebody new of identities kept beside and things of a person; their id, and the split's."""
    made = await connection.execute(
        insert(people).values(workspace_id=workspace_id).returning(people.c.id),
    )
    new = int(made.scalar_one())
    noted = await connection.execute(
        insert(person_merges)
        .values(workspace_id=workspace_id, kept_id=person_id, gone_id=new, kind="split", by=by)
        .returning(person_merges.c.id)
    )
    split_id = int(noted.scalar_one())
    held = {"identities": "select person_id, id::text from identities where person_id = any(%(people)s)"
            " and workspace_id = %(workspace_id)s"} | {each.what: each.held for each in movers}  # fmt: skip
    for what, refs in chosen.items():
        await connection.exec_driver_sql(
            statement(__package__, "note_chosen").replace("{held}", held[what]),
            {
                "what": what,
                "refs": list(refs),
                "people": [person_id],
                "workspace_id": workspace_id,
                "merge_id": split_id,
            },
        )
    await run(connection, __package__, "return_rest", workspace_id=workspace_id, merge_id=split_id)
    await run(connection, __package__, "copy_refusals", workspace_id=workspace_id, merge_id=split_id)
    for mover in movers:
        if mover.what in chosen:
            await mover.back(connection, workspace_id, split_id)
    return new, split_id


async def beside_of(connection: AsyncConnection, workspace_id: int, person_id: int) -> dict[tuple[str, str], int]:
    """Return the identities beside a person's primary ones, with their row's id."""
    rows = await connection.execute(
        select(identities.c.kind, identities.c.value, identities.c.id).where(
            identities.c.person_id == person_id, identities.c.workspace_id == workspace_id
        )
    )
    return {(row.kind, row.value): row.id for row in rows}


async def drop_beside(connection: AsyncConnection, workspace_id: int, ids: Sequence[int]) -> None:
    """Delete identities kept beside, which become primary ones."""
    await connection.execute(
        delete(identities).where(identities.c.workspace_id == workspace_id, identities.c.id.in_(ids))
    )


async def count_things(
    connection: AsyncConnection, workspace_id: int, person_id: int, movers: Sequence[MovesPeople]
) -> list[MovedThings]:
    """Return how much each room holds of a person."""
    found = []
    for mover in movers:
        counted = await connection.exec_driver_sql(
            statement(__package__, "count_held").replace("{held}", mover.held),
            {"people": [person_id], "workspace_id": workspace_id},
        )
        found.append(MovedThings(mover.what, int(counted.scalar_one())))
    return found


async def count_twice(connection: AsyncConnection, workspace_id: int, kept: int, gone: int) -> int:
    """Return how many messages both have of one touchpoint."""
    counted = await run(connection, __package__, "count_twice", workspace_id=workspace_id, kept=kept, gone=gone)
    return int(counted.scalar_one())


async def merged_into(connection: AsyncConnection, workspace_id: int, person_id: int) -> int | None:
    """Return who somebody turned out to be."""
    found: int | None = await connection.scalar(
        select(people.c.merged_into).where(people.c.workspace_id == workspace_id, people.c.id == person_id)
    )
    return found


async def merged_rows(connection: AsyncConnection, workspace_id: int, ids: Sequence[int]) -> list[int]:
    """Return the empty rows of those who turned out to be these people."""
    rows = await connection.execute(
        select(people.c.id).where(people.c.workspace_id == workspace_id, people.c.merged_into.in_(ids))
    )
    return list(rows.scalars())


async def merges_of(connection: AsyncConnection, workspace_id: int, person_id: int) -> list[Merge]:
    """Return a person's merges and splits, the newest first; at most 100."""
    return await all_of(
        connection,
        select(*MERGE)
        .where(
            person_merges.c.workspace_id == workspace_id,
            or_(person_merges.c.kept_id == person_id, person_merges.c.gone_id == person_id),
        )
        .order_by(person_merges.c.id.desc())
        .limit(100),
        Merge,
    )


async def find_merge(
    connection: AsyncConnection, workspace_id: int, merge_id: int, *, lock: bool = False
) -> Merge | None:
    """Return one merge; `lock` holds its row."""
    query = select(*MERGE).where(person_merges.c.workspace_id == workspace_id, person_merges.c.id == merge_id)
    return await first_of(connection, query.with_for_update() if lock else query, Merge)


async def standing_merge(connection: AsyncConnection, workspace_id: int, gone: int) -> Merge | None:
    """Return the merge that made this person somebody else."""
    return await first_of(
        connection,
        select(*MERGE).where(
            person_merges.c.workspace_id == workspace_id,
            person_merges.c.gone_id == gone,
            person_merges.c.kind == "merge",
            person_merges.c.undone_at.is_(None),
        ),
        Merge,
    )


async def later_merge(connection: AsyncConnection, workspace_id: int, merge: Merge) -> Merge | None:
    """Return a newer merge into the same person that still holds: it has to be undone first."""
    return await first_of(
        connection,
        select(*MERGE)
        .where(
            person_merges.c.workspace_id == workspace_id,
            person_merges.c.kept_id == merge.kept_id,
            person_merges.c.id > merge.id,
            person_merges.c.kind == "merge",
            person_merges.c.undone_at.is_(None),
        )
        .order_by(person_merges.c.id.desc())
        .limit(1),
        Merge,
    )


async def forget_merges(connection: AsyncConnection, workspace_id: int, ids: Sequence[int]) -> None:
    """Empty what merges remember of people; they cannot be undone any more."""
    theirs = or_(person_merges.c.kept_id.in_(ids), person_merges.c.gone_id.in_(ids))
    found = select(person_merges.c.id).where(person_merges.c.workspace_id == workspace_id, theirs)
    await connection.execute(delete(person_moves).where(person_moves.c.merge_id.in_(found)))
    await connection.execute(
        update(person_merges).where(person_merges.c.workspace_id == workspace_id, theirs).values(before={})
    )
