"""Finding the people that records from outside mean, and making those who are new."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.secrets import SecretBox
from gonfalon.kit.sql import run
from gonfalon.people.identities.model import Identified
from gonfalon.people.identities.rules import erased_key

MAKING = 74018843
"""Advisory lock (with the workspace's id): two transactions never make people of the same records."""


async def resolve_people(
    connection: AsyncConnection,
    secrets: SecretBox,
    workspace_id: int,
    records: Sequence[Identified],
    *,
    create: bool = True,
) -> list[int | None]:
    """The person each record means, in the records' order, in the caller's transaction.

    External id decides before email, email before phone, phone before identities kept beside. Who is not known is
    made (unless `create` is false). What a record newly says is kept: an empty primary identity is filled, another
    value is kept beside, a value that belongs to somebody else stays with them.
    None: a record that says nothing, means an erased person, or nobody when `create` is false.
    """
    if not records:
        return []
    found = await _find(connection, workspace_id, records)
    # A device that the batch itself names an owner for is no visitor of its own.
    owned = {record.anonymous_id for record in records if record.named}
    unknown = [
        record
        for record, (person, _) in zip(records, found, strict=True)
        if person is None and (record.named or (record and record.anonymous_id not in owned))
    ]
    if create and unknown:
        await _lock(connection, workspace_id)
        await run(
            connection,
            __package__,
            "insert_people",
            workspace_id=workspace_id,
            erased_key=erased_key(secrets),
            **_columns(unknown),
        )
        found = await _find(connection, workspace_id, records)
    telling = {(person, record) for record, (person, news) in zip(records, found, strict=True) if person and news}
    if create and telling:
        ordered = sorted(telling, key=lambda pair: (pair[0], repr(pair[1])))
        await _lock(connection, workspace_id)
        await run(
            connection,
            __package__,
            "attach_identities",
            workspace_id=workspace_id,
            person_ids=[person for person, _ in ordered],
            **_columns([record for _, record in ordered]),
        )
        if any(person is None and record for record, (person, _) in zip(records, found, strict=True)):
            found = await _find(connection, workspace_id, records)
    return [person for person, _ in found]


async def resolve_person(
    connection: AsyncConnection, secrets: SecretBox, workspace_id: int, record: Identified
) -> int | None:
    """`resolve_people` of one record."""
    return (await resolve_people(connection, secrets, workspace_id, [record]))[0]


async def _find(
    connection: AsyncConnection, workspace_id: int, records: Sequence[Identified]
) -> list[tuple[int | None, bool]]:
    rows = await run(connection, __package__, "find_people", workspace_id=workspace_id, **_columns(records))
    return [(row.person_id, row.news) for row in rows]


async def _lock(connection: AsyncConnection, workspace_id: int) -> None:
    await connection.exec_driver_sql("select pg_advisory_xact_lock(%s, %s)", (MAKING, workspace_id))


def _columns(records: Sequence[Identified]) -> dict[str, list[str | None]]:
    return {
        "external_ids": [record.external_id for record in records],
        "emails": [record.email for record in records],
        "phones": [record.phone for record in records],
        "anonymous_ids": [record.anonymous_id for record in records],
    }
