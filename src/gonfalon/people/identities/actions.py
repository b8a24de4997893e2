"""Finding the people that records from outside mean, and making those who are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.locks import name_of, one_at_a_time
from gonfalon.kit.secrets import SecretBox
from gonfalon.kit.sql import run
from gonfalon.people.identities.model import Identified
from gonfalon.people.identities.rules import erased_key, keyed_hash
from gonfalon.people.profiles.store import delete_people

MAKING = "people"
"""Lock, with the workspace's id: two transactions never make people of the same records."""
MERGING = "visitors"
"""Lock, with the workspace's id: nobody writes events of visitors while one of them is merged."""


class Found(NamedTuple):
    """Whom a record means.

    person_id: None for a record that says nothing, means an erased person, or means nobody where none is made.
    news: whether the record says an identity that nobody had. other: somebody else whom its previous id means.
    """

    person_id: int | None
    news: bool
    other: int | None


async def resolve_people(
    connection: AsyncConnection,
    secrets: SecretBox,
    workspace_id: int,
    records: Sequence[Identified],
    *,
    create: bool = True,
) -> list[int | None]:
    """Return the person each record means, None as in `Found`; see `resolve_records`."""
    found = await resolve_records(connection, secrets, workspace_id, records, create=create)
    return [each.person_id for each in found]


async def resolve_records(
    connection: AsyncConnection,
    secrets: SecretBox,
    workspace_id: int,
    records: Sequence[Identified],
    *,
    create: bool = True,
) -> list[Found]:
    """Find the person each record means, in the records' order, in the caller's transaction.

    External id decides before email, email before phone, phone before identities kept beside, these before the id used
    before, that before the device. Who is not known is made (unless `create` is false). What a record newly says is
    kept: an empty primary identity is filled, another value is kept beside, a value that belongs to somebody else stays
    with them.
    """
    if not records:
        return []
    found = await _find(connection, workspace_id, records)
    # A device that the batch itself names an owner for is no visitor of its own.
    owned = {record.anonymous_id for record in records if record.named}
    unknown = [
        record
        for record, each in zip(records, found, strict=True)
        if each.person_id is None and (record.named or (record and record.anonymous_id not in owned))
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
    telling = {
        (each.person_id, record) for record, each in zip(records, found, strict=True) if each.person_id and each.news
    }
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
        if any(each.person_id is None and record for record, each in zip(records, found, strict=True)):
            found = await _find(connection, workspace_id, records)
    return found


async def lock_visitors(connection: AsyncConnection, workspace_id: int, records: Sequence[Identified]) -> bool:
    """Wait until no visitor among the records' devices is being merged; whether some may be merged now.

    Call it before `resolve_records` where events are to be written for what it finds: nothing is then written for a
    visitor who is gone.
    """
    devices = sorted({record.anonymous_id for record in records if record.anonymous_id})
    if not devices:
        return False
    named = sorted({record.anonymous_id for record in records if record.anonymous_id and record.named})
    found = await run(
        connection,
        __package__,
        "lock_visitors",
        workspace_id=workspace_id,
        devices=named,
        lock=name_of(MERGING, workspace_id),
    )
    return bool(found.scalar_one())


async def visitors_of(
    connection: AsyncConnection, workspace_id: int, records: Sequence[Identified], people: Sequence[int | None]
) -> dict[int, int]:
    """Return the visitors who turn out to be known people, by these records: person by visitor.

    A visitor is somebody of whom only devices are known. A device of a known person stays theirs.
    """
    said = [
        (record.anonymous_id, person)
        for record, person in zip(records, people, strict=True)
        if record.named and record.anonymous_id and person is not None
    ]
    rows = await run(
        connection,
        __package__,
        "find_visitors",
        workspace_id=workspace_id,
        devices=[device for device, _ in said],
        person_ids=[person for _, person in said],
    )
    return {row.visitor: row.person for row in rows}


async def merge_visitors(connection: AsyncConnection, workspace_id: int, merges: Mapping[int, int]) -> None:
    """Make visitors the known people they are: person by visitor. Rooms above move what they hold before this."""
    visitors = sorted(merges)
    await run(
        connection,
        __package__,
        "merge_visitors",
        workspace_id=workspace_id,
        visitors=visitors,
        persons=[merges[visitor] for visitor in visitors],
    )
    await delete_people(connection, workspace_id, visitors)


async def resolve_person(
    connection: AsyncConnection, secrets: SecretBox, workspace_id: int, record: Identified, *, create: bool = True
) -> int | None:
    """Return `resolve_people` of one record."""
    return (await resolve_people(connection, secrets, workspace_id, [record], create=create))[0]


async def is_erased(connection: AsyncConnection, secrets: SecretBox, workspace_id: int, email: str) -> bool:
    """Return whether somebody with this address asked to be erased, and has not come back by themselves."""
    hash_ = keyed_hash(erased_key(secrets), "email", email)
    found = await run(connection, __package__, "find_erased", workspace_id=workspace_id, hash=hash_)
    return bool(found.scalar_one())


async def welcome_back(connection: AsyncConnection, secrets: SecretBox, workspace_id: int, email: str) -> None:
    """Let an erased address be taken in again.

    Only for what its owner did from their own mailbox: no file, no program and no member brings them back.
    """
    hash_ = keyed_hash(erased_key(secrets), "email", email)
    await run(connection, __package__, "lift_erasure", workspace_id=workspace_id, hash=hash_)


async def _find(connection: AsyncConnection, workspace_id: int, records: Sequence[Identified]) -> list[Found]:
    rows = await run(connection, __package__, "find_people", workspace_id=workspace_id, **_columns(records))
    return [Found(row.person_id, row.news, row.other) for row in rows]


async def _lock(connection: AsyncConnection, workspace_id: int) -> None:
    await one_at_a_time(connection, MAKING, workspace_id)


def _columns(records: Sequence[Identified]) -> dict[str, list[str | None]]:
    return {
        "external_ids": [record.external_id for record in records],
        "emails": [record.email for record in records],
        "phones": [record.phone for record in records],
        "anonymous_ids": [record.anonymous_id for record in records],
        "previous_ids": [record.previous_id for record in records],
    }
