"""Database calls of the collector and of event lists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.model import Workspace
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of
from gonfalon.kit.services import Services
from gonfalon.kit.sql import run, statement
from gonfalon.people.attributes.model import Value
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.companies.model import Joined
from gonfalon.people.companies.rules import LONGEST_KEY, readable
from gonfalon.people.companies.store import note_joined
from gonfalon.people.identities.actions import lock_visitors, merge_visitors, resolve_records, visitors_of
from gonfalon.people.identities.model import Identified
from gonfalon.people.offers import MovesPeople
from gonfalon.people.traits.rules import read_traits
from gonfalon.people.traits.store import by_key, keep_values, note_traits
from gonfalon.tracking.collector.model import Event, ParsedMessage, Refused
from gonfalon.tracking.tables import events

_ERASED = Refused("person_erased", "This person asked to be erased; nothing about them is taken in again.")
_TWO_PEOPLE = Refused(
    "alias_two_people",
    "previousId and userId belong to two known people, who are never made one by an event; nothing was changed.",
)


async def keep(
    connection: AsyncConnection, services: Services, workspace: Workspace, messages: Sequence[ParsedMessage]
) -> list[bool | Refused]:
    """Store a workspace's messages in one go; say for each whether it was new, or why it is refused.

    A visitor who is named by a message becomes the known person: what the visitor did moves over.
    """
    records = [each.who for each in messages]
    may_merge = await lock_visitors(connection, workspace.id, records)
    found = await resolve_records(connection, services.secrets, workspace.id, records)
    people = [each.person_id for each in found]
    if may_merge:
        people = await _merge(connection, services, workspace.id, records, people)
    known = [(each, person) for each, person in zip(messages, people, strict=True) if person is not None]
    await _keep_traits(connection, workspace, [(person, each) for each, person in known if each.traits or each.unread])
    await note_joined(connection, workspace.id, [_joined(each, person) for each, person in known if each.company])
    new = await _insert(connection, workspace.id, [(each, person) for each, person in known if each.name is not None])
    outcomes: list[bool | Refused] = []
    for each, resolved in zip(messages, found, strict=True):
        if resolved.person_id is None:
            outcomes.append(_ERASED)
        elif each.name is None:
            outcomes.append(_TWO_PEOPLE if resolved.other is not None else True)
        else:
            outcomes.append(each.source_key in new)
            new.discard(each.source_key)
    return outcomes


def _joined(message: ParsedMessage, person_id: int) -> Joined:
    key, said = message.company or ("", {})
    name = said.get("name")
    kept = readable({each: value for each, value in said.items() if each != "name"})
    return Joined(key, " ".join(name.split())[:LONGEST_KEY] if isinstance(name, str) else "", kept, person_id)


async def _merge(
    connection: AsyncConnection,
    services: Services,
    workspace_id: int,
    records: Sequence[Identified],
    people: Sequence[int | None],
) -> list[int | None]:
    merges = await visitors_of(connection, workspace_id, records, people)
    if not merges:
        return list(people)
    for room in services.offered(MovesPeople):
        await room.move(connection, workspace_id, merges)
    await merge_visitors(connection, workspace_id, merges)
    return [None if person is None else merges.get(person, person) for person in people]


async def move_events(connection: AsyncConnection, workspace_id: int, merges: Mapping[int, int]) -> None:
    """Give people what those did who turned out to be them."""
    visitors = sorted(merges)
    persons = [merges[visitor] for visitor in visitors]
    await run(connection, __package__, "move_events", workspace_id=workspace_id, visitors=visitors, persons=persons)


async def return_events(connection: AsyncConnection, workspace_id: int, merge_id: int) -> None:
    """Give what a merge had moved, or a split takes along, to the other person."""
    await run(connection, __package__, "return_events", workspace_id=workspace_id, merge_id=merge_id)


async def _insert(
    connection: AsyncConnection, workspace_id: int, happened: Sequence[tuple[ParsedMessage, int]]
) -> set[str]:
    """The source keys of the events that are new."""
    if not happened:
        return set()
    written = await run(
        connection,
        __package__,
        "insert_events",
        workspace_id=workspace_id,
        person_ids=[person for _, person in happened],
        names=[each.name for each, _ in happened],
        ats=[each.at for each, _ in happened],
        source_keys=[each.source_key for each, _ in happened],
        properties=[json.dumps(each.properties) for each, _ in happened],
        amounts=[each.amount_minor for each, _ in happened],
        currencies=[each.currency for each, _ in happened],
        arrivals=[None if each.arrival is None else json.dumps(each.arrival) for each, _ in happened],
    )
    return set(written.scalars())


async def raise_events(
    connection: AsyncConnection, workspace_id: int, name: str, happened: str, **params: object
) -> int:
    """Store what Gonfalon itself noticed about people; return how many events are new. Joins the transaction.

    happened: one of our own queries for `person_id`, `at`, `source_key` and `properties`; params: its values.
    """
    sql = statement(__package__, "raise_events").replace("{happened}", happened)
    done = await connection.exec_driver_sql(sql, {**params, "workspace_id": workspace_id, "name": name})
    return done.rowcount


async def _keep_traits(
    connection: AsyncConnection, workspace: Workspace, messages: Sequence[tuple[int, ParsedMessage]]
) -> None:
    """Keep what attributes can hold, and what they cannot beside it; later messages win over earlier ones."""
    if not messages:
        return
    declared = await attributes_of(connection, workspace.id)
    read = [(person, read_traits(declared, each.traits, workspace.currency)) for person, each in messages]
    others = [trait for _, each in read for trait in each.others] + [
        trait for _, each in messages for trait in each.unread
    ]
    kept_beside = await note_traits(connection, workspace.id, by_key(others)) if others else set()
    values: dict[int, tuple[dict[str, Value], dict[str, Value]]] = {}
    for person, each in read:
        kept, beside = values.setdefault(person, ({}, {}))
        kept.update(each.kept)
        beside.update({trait.key: trait.value for trait in each.others if trait.fits and trait.key in kept_beside})
    await keep_values(connection, workspace.id, values)


async def list_events(
    connection: AsyncConnection, workspace_id: int, page: PageRequest, *, person_id: int | None, name: str | None
) -> list[Event]:
    """Return events, the newest first: of a person by when they happened, of the workspace by when they came."""
    query = select(events).where(events.c.workspace_id == workspace_id)
    if name:
        query = query.where(events.c.name == name)
    if person_id is None:
        query = query.order_by(events.c.id.desc())
        if page.after:
            query = query.where(events.c.id < page.after[-1])
    else:
        query = query.where(events.c.person_id == person_id).order_by(events.c.at.desc(), events.c.id.desc())
        if page.after:
            at, last = page.after
            query = query.where((events.c.at < at) | ((events.c.at == at) & (events.c.id < last)))
    return await all_of(connection, query.limit(page.fetch), Event)


async def properties(connection: AsyncConnection, workspace_id: int, name: str) -> list[tuple[str, str]]:
    """Return the properties of events with a name and the type of each, the commonest first."""
    rows = await run(connection, __package__, "list_properties", workspace_id=workspace_id, event=name)
    return [(row.property, row.type) for row in rows]


async def names(connection: AsyncConnection, workspace_id: int) -> list[tuple[str, int]]:
    """Return names among the newest events, the commonest first, with how often each occurs there."""
    rows = await run(connection, __package__, "list_names", workspace_id=workspace_id)
    return [(row.name, row.number) for row in rows]
