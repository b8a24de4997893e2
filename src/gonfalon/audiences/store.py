"""Database calls of the audiences room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, func, insert, literal, or_, select, text, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_things
from gonfalon.accounts.context import Context
from gonfalon.accounts.offers import Held
from gonfalon.accounts.versions import changed_meanwhile
from gonfalon.kit.errors import NotFound
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, first_of, one_of, shaped
from gonfalon.kit.sql import run, statement
from gonfalon.people.tables import people, topics

from .intents.families import families_of
from .model import Audience, AudienceKind, AudienceMember, AudienceUser, Fault, ListedAudience, StoredAudience, Taken
from .segments.check import faults
from .segments.compile import Question
from .segments.language import Catalogue, Fifths, Rule, RuleInvalid, ValueType, parse
from .segments.moment import Moment
from .tables import audience_snapshots, audiences, list_members

_PACKAGE = "gonfalon.audiences"
sort_name = func.lower(audiences.c.name)
"""What lists of audiences are sorted by, before the id."""


def moment_of(ctx: Context) -> Moment:
    """Return now, in the workspace's zone."""
    return Moment(ctx.now, ctx.zone)


async def load_catalogue(connection: AsyncConnection, workspace_id: int) -> Catalogue:
    """Return what rules of this workspace may speak of now."""
    found = (await run(connection, _PACKAGE, "load_catalogue", workspace=workspace_id)).one()
    return Catalogue(
        attributes={key: ValueType(kind) for key, kind, _ in found.attributes},
        choices={key: frozenset(choices) for key, _, choices in found.attributes if choices is not None},
        topics=dict(found.topics),
        audiences=dict(_readable(found.audiences)),
        touchpoints={UUID(campaign): tuple(map(UUID, members)) for campaign, members in found.touchpoints},
        channels={UUID(touchpoint): channel for touchpoint, channel in found.channels},
        families=families_of(found.families),
        scores={UUID(score): frozenset(stages) for score, stages in found.scores},
        fifths=None if found.fifths is None else _fifths(*found.fifths),
    )


def _fifths(recency: Sequence[str], frequency: Sequence[int], monetary: Sequence[int]) -> Fifths:
    return Fifths(tuple(map(datetime.fromisoformat, recency)), tuple(frequency), tuple(monetary))


def _readable(rows: Iterable[Any]) -> Iterator[tuple[UUID, Rule | None]]:
    """Rules that cannot be read any more are left out: whoever refers to them is told so."""
    for id_, rule in rows:
        with suppress(RuleInvalid):
            yield UUID(id_), None if rule is None else parse(rule)


def audience_of(row: StoredAudience, catalogue: Catalogue) -> Audience:
    """Return the audience as other rooms see it, with why it cannot be asked, if so."""
    invalid: RuleInvalid | None = None
    if row.rule is not None:
        try:
            invalid = next(faults(parse(row.rule), catalogue, row.id), None)
        except RuleInvalid as fault:
            invalid = fault
    return Audience(
        id=row.id,
        kind=row.kind,
        name=row.name,
        description=row.description,
        rule=row.rule,
        version=row.version,
        created_by=row.created_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        fault=None if invalid is None else Fault(invalid.reason, invalid.values, invalid.sentence),
        archived_at=row.archived_at,
    )


async def find_audience(
    connection: AsyncConnection,
    workspace_id: int,
    audience_id: UUID,
    *,
    lock: bool = False,
    seen: ColumnElement[bool] | None = None,
    archived: bool = False,
) -> StoredAudience:
    """Find the audience, with `archived` also one out of use; raises NotFound, also for another workspace's.

    seen: a further condition.
    """
    query = select(audiences).where(
        audiences.c.id == audience_id,
        audiences.c.workspace_id == workspace_id,
        true() if archived else audiences.c.archived_at.is_(None),
        true() if seen is None else seen,
    )
    found = await first_of(connection, query.with_for_update() if lock else query, StoredAudience)
    if found is None:
        raise NotFound("audience_unknown", "There is no such audience; it may have been archived.")
    return found


async def find_audiences(
    connection: AsyncConnection, workspace_id: int, ids: Sequence[UUID], seen: ColumnElement[bool]
) -> list[StoredAudience]:
    """Find the audiences of these ids that are not archived, as far as they are there. seen: a further condition."""
    query = select(audiences).where(
        audiences.c.workspace_id == workspace_id, audiences.c.id.in_(ids), audiences.c.archived_at.is_(None), seen
    )
    return await all_of(connection, query, StoredAudience)


async def list_audiences(
    ctx: Context,
    connection: AsyncConnection,
    page: PageRequest,
    *,
    search: str,
    kind: AudienceKind | None,
    archived: bool = False,
) -> list[ListedAudience]:
    """List audiences in use, or those archived, that the actor may see, by name; one more than the page holds."""
    query = select(audiences, sort_name.label("sort_name")).where(
        audiences.c.workspace_id == ctx.workspace.id,
        audiences.c.archived_at.is_not(None) if archived else audiences.c.archived_at.is_(None),
        seen_things(ctx, Held.AUDIENCE, audiences.c.id),
    )
    if search:
        query = query.where(
            or_(
                audiences.c.name.icontains(search, autoescape=True),
                audiences.c.description.icontains(search, autoescape=True),
            )
        )
    if kind is not None:
        query = query.where(audiences.c.kind == kind.value)
    if page.after:
        name, last = page.after
        query = query.where(tuple_(sort_name, audiences.c.id) > (name, last))
    query = query.order_by(sort_name, audiences.c.id).limit(page.limit + 1)
    return await all_of(connection, query, ListedAudience)


async def names_of(connection: AsyncConnection, workspace_id: int) -> dict[UUID, str]:
    """Return the names of all audiences in use."""
    found = await connection.execute(
        select(audiences.c.id, audiences.c.name)
        .where(audiences.c.workspace_id == workspace_id, audiences.c.archived_at.is_(None))
        .order_by(sort_name, audiences.c.id)
    )
    return {row.id: row.name for row in found}


async def insert_audience(connection: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write a new audience."""
    await connection.execute(insert(audiences).values(**values))


async def copy_members(connection: AsyncConnection, workspace_id: int, source_id: UUID, target_id: UUID) -> None:
    """Put the people of one list into another."""
    m = list_members.c
    members = select(m.workspace_id, literal(target_id, Uuid), m.person_id).where(
        m.workspace_id == workspace_id, m.audience_id == source_id
    )
    await connection.execute(insert(list_members).from_select(["workspace_id", "audience_id", "person_id"], members))


async def update_audience(
    connection: AsyncConnection, before: StoredAudience, version: int, values: Mapping[str, Any]
) -> None:
    """Save an audience that the caller has locked if it is still of ``version``; raises Conflict otherwise."""
    if before.version != version:
        raise changed_meanwhile("audience", before.version)
    await connection.execute(
        update(audiences)
        .where(audiences.c.id == before.id)
        .values(version=version + 1, updated_at=func.now(), **values)
    )


async def set_archived(connection: AsyncConnection, workspace_id: int, audience_id: UUID, archived: bool) -> str:
    """Archive or restores; returns the name. Raises NotFound when it is not in the other state."""
    is_now = audiences.c.archived_at.is_(None) if archived else audiences.c.archived_at.is_not(None)
    changed = await connection.execute(
        update(audiences)
        .where(audiences.c.id == audience_id, audiences.c.workspace_id == workspace_id, is_now)
        .values(archived_at=func.now() if archived else None, updated_at=func.now())
        .returning(audiences.c.name)
    )
    name = changed.scalar_one_or_none()
    if name is None:
        raise NotFound("audience_unknown", "There is no such audience; it may have been archived or restored already.")
    return str(name)


async def users_of(
    connection: AsyncConnection, workspace_id: int, audience_id: UUID, *, guest: str | None = None
) -> list[AudienceUser]:
    """Return what needs the audience, at most 200: first what still waits for it, then what was launched to it.

    guest: the member who sees only touchpoints of campaigns that they have a part in.
    """
    rows = await run(
        connection,
        _PACKAGE,
        "list_users",
        workspace_id=workspace_id,
        audience_id=audience_id,
        guest=guest,
    )
    return shaped(rows, AudienceUser)


async def insert_snapshot(connection: AsyncConnection, workspace_id: int, audience: StoredAudience) -> Taken:
    """Write a snapshot of size 0, to be filled."""
    writing = (
        insert(audience_snapshots)
        .values(workspace_id=workspace_id, audience_id=audience.id, rule=audience.rule, size=0)
        .returning(audience_snapshots)
    )
    return await one_of(connection, writing, Taken)


async def set_snapshot_size(connection: AsyncConnection, snapshot_id: int, size: int) -> None:
    """Say how many members were written."""
    await connection.execute(update(audience_snapshots).where(audience_snapshots.c.id == snapshot_id).values(size=size))


async def snapshots_of(connection: AsyncConnection, workspace_id: int, audience_id: UUID, limit: int) -> list[Taken]:
    """Return the newest snapshots first."""
    query = (
        select(audience_snapshots)
        .where(audience_snapshots.c.workspace_id == workspace_id, audience_snapshots.c.audience_id == audience_id)
        .order_by(audience_snapshots.c.id.desc())
        .limit(limit)
    )
    return await all_of(connection, query, Taken)


async def people_by_id(connection: AsyncConnection, workspace_id: int, ids: Sequence[int]) -> list[AudienceMember]:
    """Read some people in short, by id."""
    query = (
        select(people.c.id, people.c.email, people.c.external_id, people.c.attributes)
        .where(people.c.workspace_id == workspace_id, people.c.id.in_(ids))
        .order_by(people.c.id)
    )
    return await all_of(connection, query, AudienceMember)


async def seen_topics(ctx: Context, connection: AsyncConnection) -> set[str]:
    """Read the keys of the topics that the actor may know of."""
    seen = seen_things(ctx, Held.TOPIC, topics.c.id)
    found = await connection.execute(select(topics.c.key).where(topics.c.workspace_id == ctx.workspace.id, seen))
    return set(found.scalars())


async def add_members(
    connection: AsyncConnection, workspace_id: int, audience_id: UUID, ids: Sequence[int], keys: Sequence[str]
) -> tuple[int, int]:
    """Put people on a list by id and by key; return how many were found, and how many were not on it before."""
    done = await run(
        connection, _PACKAGE, "insert_members_by_key",
        workspace=workspace_id, audience=audience_id, ids=list(ids), keys=list(keys),
    )  # fmt: skip
    counted = done.one()
    return counted.found, counted.added


async def add_members_by_rule(
    connection: AsyncConnection, workspace_id: int, audience_id: UUID, question: Question
) -> int:
    """Put everybody on a list whom a compiled rule means; return how many were not on it before."""
    sql = statement(_PACKAGE, "insert_members_by_rule").replace("{members}", question.sql)
    given = {**question.params, "workspace": workspace_id, "audience": audience_id}
    return (await connection.exec_driver_sql(sql, given)).rowcount


async def add_members_by_query(connection: AsyncConnection, workspace_id: int, audience_id: UUID, people: str) -> int:
    """Put people on a list, by one of our own queries for their ids; return how many were not on it before."""
    sql = statement(_PACKAGE, "insert_members_by_rule").replace("{members}", people)
    return (await connection.exec_driver_sql(sql, {"workspace": workspace_id, "audience": audience_id})).rowcount


async def remove_members(
    connection: AsyncConnection, workspace_id: int, audience_id: UUID, people: Sequence[int]
) -> int:
    """Take people off a list; return how many were on it."""
    given = {"workspace": workspace_id, "audience": audience_id, "ids": list(people)}
    return int((await run(connection, _PACKAGE, "delete_members", **given)).scalar_one())


async def present_snapshot(connection: AsyncConnection) -> str:
    """Return the database's snapshot: what the analytics copy must have to be up to date."""
    # A snapshot does not list the transaction's own id as running, once later ones have ended; waiting for a copy
    # that has it would be waiting for ourselves.
    found = await connection.execute(
        text(
            "select concat_ws(':', least(pg_snapshot_xmin(s), own), pg_snapshot_xmax(s), array_to_string(array("
            "select x from pg_snapshot_xip(s) x union select own where own < pg_snapshot_xmax(s) order by 1), ','))"
            " from (select pg_current_snapshot() as s, pg_current_xact_id_if_assigned() as own) q"
        )
    )
    return str(found.scalar_one())


def keys_asked_about(ctx: Context) -> Select[Any]:
    """Return the keys of attributes that rules of audiences ask about which the actor may see."""
    words = (
        select(func.unnest(audiences.c.references).label("word"))
        .where(audiences.c.workspace_id == ctx.workspace.id, seen_things(ctx, Held.AUDIENCE, audiences.c.id))
        .subquery()
    )
    return select(func.substr(words.c.word, len("attribute:") + 1)).where(words.c.word.startswith("attribute:"))
