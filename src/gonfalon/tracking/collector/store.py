"""Database calls of the collector and of event lists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.errors import Invalid
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.secrets import SecretBox
from gonfalon.kit.sql import run
from gonfalon.people.attributes.model import Value
from gonfalon.people.attributes.rules import known_values
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.identities.actions import resolve_people
from gonfalon.people.profiles.store import merge_attributes
from gonfalon.tracking.collector.model import Told
from gonfalon.tracking.tables import events


async def keep(connection: AsyncConnection, secrets: SecretBox, workspace_id: int, told: Sequence[Told]) -> list[bool]:
    """Stores a workspace's messages in one go; says for each whether it was new.

    A message about an erased person is dropped and counts as known.
    """
    people = await resolve_people(connection, secrets, workspace_id, [each.who for each in told])
    known = [(each, person) for each, person in zip(told, people, strict=True) if person is not None]
    await _keep_traits(connection, workspace_id, [(person, each.traits) for each, person in known if each.traits])
    happened = [(each, person) for each, person in known if each.name is not None]
    new: set[str] = set()
    if happened:
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
        )
        new = set(written.scalars())
    fresh: list[bool] = []
    for each, person in zip(told, people, strict=True):
        if each.name is None:
            fresh.append(person is not None)
        else:
            fresh.append(each.source_key in new)
            new.discard(each.source_key)
    return fresh


async def _keep_traits(
    connection: AsyncConnection, workspace_id: int, told: Sequence[tuple[int, Mapping[str, Any]]]
) -> None:
    """Traits that a declared attribute can hold; later messages win over earlier ones."""
    if not told:
        return
    declared = await attributes_of(connection, workspace_id)
    merged: dict[int, dict[str, Value | None]] = {}
    for person, traits in told:
        kept, _ = known_values(declared, traits)
        if kept:
            merged.setdefault(person, {}).update(kept)
    if merged:
        await merge_attributes(connection, workspace_id, merged)


async def list_events(
    connection: AsyncConnection, workspace_id: int, page: PageRequest, *, person_id: int | None, name: str | None
) -> list[Any]:
    """Events, the newest first: of a person by when they happened, of the workspace by when they came."""
    query = select(events).where(events.c.workspace_id == workspace_id)
    if name:
        query = query.where(events.c.name == name)
    try:
        return await _page(connection, query, page, person_id)
    except (ValueError, IndexError) as error:
        raise Invalid("cursor_invalid", "This page link is damaged; open the list again from its start.") from error


async def _page(connection: AsyncConnection, query: Select[Any], page: PageRequest, person_id: int | None) -> list[Any]:
    if person_id is None:
        query = query.order_by(events.c.id.desc())
        if page.after:
            query = query.where(events.c.id < int(page.after[0]))
    else:
        query = query.where(events.c.person_id == person_id).order_by(events.c.at.desc(), events.c.id.desc())
        if page.after:
            at, last = datetime.fromisoformat(str(page.after[0])), int(page.after[-1])
            query = query.where((events.c.at < at) | ((events.c.at == at) & (events.c.id < last)))
    return list(await connection.execute(query.limit(page.limit + 1)))


async def names(connection: AsyncConnection, workspace_id: int) -> list[tuple[str, int]]:
    """Names among the newest events, the commonest first, with how often each occurs there."""
    rows = await run(connection, __package__, "list_names", workspace_id=workspace_id)
    return [(row.name, row.number) for row in rows]
