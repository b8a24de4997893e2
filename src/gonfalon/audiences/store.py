"""Database calls of the audiences room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, insert, or_, select, text, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import Conflict, NotFound
from gonfalon.kit.sql import run
from gonfalon.people.tables import attribute_definitions, people, topics

from .model import Audience, AudienceKind, Fault, Taken, User
from .segments.check import faults
from .segments.language import Catalogue, Rule, RuleInvalid, ValueType, parse
from .segments.moment import Moment
from .tables import audience_snapshots, audiences

sort_name = func.lower(audiences.c.name)
"""What lists of audiences are sorted by, before the id."""


def moment_of(ctx: Context) -> Moment:
    """Now, in the workspace's zone."""
    return Moment(ctx.now, ctx.zone)


async def load_catalogue(connection: AsyncConnection, workspace_id: int) -> Catalogue:
    """What rules of this workspace may speak of now."""
    attributes = await connection.execute(
        select(attribute_definitions.c.key, attribute_definitions.c.type, attribute_definitions.c.choices).where(
            attribute_definitions.c.workspace_id == workspace_id, attribute_definitions.c.deleted_at.is_(None)
        )
    )
    types, choices = dict[str, ValueType](), dict[str, frozenset[str]]()
    for key, kind, allowed in attributes:
        types[key] = ValueType(kind)
        if allowed is not None:
            choices[key] = frozenset(allowed)
    found_topics = await connection.execute(
        select(topics.c.key, topics.c.id).where(topics.c.workspace_id == workspace_id)
    )
    rules = await connection.execute(
        select(audiences.c.id, audiences.c.rule).where(
            audiences.c.workspace_id == workspace_id, audiences.c.archived_at.is_(None)
        )
    )
    touchpoints = await connection.execute(
        text(
            "select c.id, coalesce(array_agg(t.id) filter (where t.id is not null), '{}') from campaigns c"
            " left join touchpoints t on t.campaign_id = c.id where c.workspace_id = :workspace group by c.id"
        ),
        {"workspace": workspace_id},
    )
    return Catalogue(
        attributes=types,
        choices=choices,
        topics={key: topic for key, topic in found_topics},  # noqa: C416 rows are not pairs to mypy
        audiences=dict(_readable(rules)),
        touchpoints={campaign: tuple(members) for campaign, members in touchpoints},
    )


def _readable(rows: Iterable[Any]) -> Iterator[tuple[UUID, Rule | None]]:
    """Rules that cannot be read any more are left out: whoever refers to them is told so."""
    for id_, rule in rows:
        with suppress(RuleInvalid):
            yield id_, None if rule is None else parse(rule)


def audience_of(row: Row[Any], catalogue: Catalogue) -> Audience:
    """A row as other rooms see it, with why it cannot be asked, if so."""
    invalid: RuleInvalid | None = None
    if row.rule is not None:
        try:
            invalid = next(faults(parse(row.rule), catalogue, row.id), None)
        except RuleInvalid as fault:
            invalid = fault
    return Audience(
        id=row.id,
        kind=AudienceKind(row.kind),
        name=row.name,
        description=row.description,
        rule=row.rule,
        version=row.version,
        created_by=row.created_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        fault=None if invalid is None else Fault(invalid.reason, invalid.values, invalid.sentence),
    )


async def find_row(
    connection: AsyncConnection,
    workspace_id: int,
    audience_id: UUID,
    *,
    lock: bool = False,
    seen: ColumnElement[bool] | None = None,
) -> Row[Any]:
    """The audience that is not archived; raises NotFound, also for another workspace's. seen: a further condition."""
    query = select(audiences).where(
        audiences.c.id == audience_id,
        audiences.c.workspace_id == workspace_id,
        audiences.c.archived_at.is_(None),
        true() if seen is None else seen,
    )
    row = (await connection.execute(query.with_for_update() if lock else query)).first()
    if row is None:
        raise NotFound("audience_unknown", "There is no such audience; it may have been archived.")
    return row


async def find_rows(
    connection: AsyncConnection, workspace_id: int, ids: Sequence[UUID], seen: ColumnElement[bool]
) -> Sequence[Row[Any]]:
    """The audiences of these ids that are not archived, as far as they are there. seen: a further condition."""
    query = select(audiences).where(
        audiences.c.workspace_id == workspace_id, audiences.c.id.in_(ids), audiences.c.archived_at.is_(None), seen
    )
    return (await connection.execute(query)).all()


def listed(workspace_id: int, *, search: str, kind: AudienceKind | None) -> Select[Any]:
    """The audiences that are not archived, by name."""
    query = select(audiences, sort_name.label("sort_name")).where(
        audiences.c.workspace_id == workspace_id, audiences.c.archived_at.is_(None)
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
    return query.order_by(sort_name, audiences.c.id)


async def insert_audience(connection: AsyncConnection, values: Mapping[str, Any]) -> None:
    """A new audience."""
    await connection.execute(insert(audiences).values(**values))


async def update_audience(connection: AsyncConnection, row: Row[Any], version: int, values: Mapping[str, Any]) -> None:
    """Changes the audience if it is still of ``version``; raises Conflict otherwise."""
    changed = await connection.execute(
        update(audiences)
        .where(audiences.c.id == row.id, audiences.c.version == version)
        .values(version=audiences.c.version + 1, updated_at=func.now(), **values)
    )
    if changed.rowcount == 0:
        raise Conflict(
            "audience_changed",
            "Somebody else has changed this audience meanwhile; open it again and repeat your change.",
        )


async def set_archived(connection: AsyncConnection, workspace_id: int, audience_id: UUID, archived: bool) -> str:
    """Archives or restores; returns the name. Raises NotFound when it is not in the other state."""
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
) -> list[User]:
    """What needs the audience, at most 200: first what still waits for it, then what was launched to it.

    guest: the member who sees only touchpoints of campaigns that they have a part in.
    """
    rows = await run(
        connection,
        "gonfalon.audiences",
        "list_users",
        workspace_id=workspace_id,
        audience_id=audience_id,
        guest=guest,
    )
    return [
        User(row.kind, row.id, row.name, campaign_id=row.campaign_id, campaign=row.campaign, waiting=row.waiting)
        for row in rows
    ]


async def insert_snapshot(connection: AsyncConnection, row: Row[Any]) -> Row[Any]:
    """A snapshot of size 0, to be filled."""
    made = await connection.execute(
        insert(audience_snapshots)
        .values(workspace_id=row.workspace_id, audience_id=row.id, rule=row.rule, size=0)
        .returning(audience_snapshots)
    )
    inserted: Row[Any] = made.one()
    return inserted


async def set_snapshot_size(connection: AsyncConnection, snapshot_id: int, size: int) -> None:
    """Says how many members were written."""
    await connection.execute(update(audience_snapshots).where(audience_snapshots.c.id == snapshot_id).values(size=size))


async def snapshots_of(connection: AsyncConnection, workspace_id: int, audience_id: UUID, limit: int) -> list[Taken]:
    """The newest snapshots first."""
    found = await connection.execute(
        select(audience_snapshots)
        .where(audience_snapshots.c.workspace_id == workspace_id, audience_snapshots.c.audience_id == audience_id)
        .order_by(audience_snapshots.c.id.desc())
        .limit(limit)
    )
    return [Taken(row.id, row.audience_id, row.size, row.taken_at) for row in found]


async def people_by_id(connection: AsyncConnection, workspace_id: int, ids: Sequence[int]) -> Sequence[Any]:
    """Some people in short, by id."""
    found = await connection.execute(
        select(people.c.id, people.c.email, people.c.external_id, people.c.attributes)
        .where(people.c.workspace_id == workspace_id, people.c.id.in_(ids))
        .order_by(people.c.id)
    )
    return found.all()


async def present_snapshot(connection: AsyncConnection) -> str:
    """The database's snapshot: what the analytics copy must have to be up to date."""
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
