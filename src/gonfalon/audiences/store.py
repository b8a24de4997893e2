"""Database calls of the audiences room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Uuid, func, insert, literal, or_, select, text, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_things
from gonfalon.accounts.context import Context
from gonfalon.accounts.offers import Held
from gonfalon.kit.errors import Conflict, NotFound
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.sql import run
from gonfalon.people.tables import people

from .model import Audience, AudienceKind, Fault, Taken, User
from .segments.check import faults
from .segments.language import Catalogue, Rule, RuleInvalid, ValueType, parse
from .segments.moment import Moment
from .tables import audience_snapshots, audiences, list_members

sort_name = func.lower(audiences.c.name)
"""What lists of audiences are sorted by, before the id."""


def moment_of(ctx: Context) -> Moment:
    """Now, in the workspace's zone."""
    return Moment(ctx.now, ctx.zone)


async def load_catalogue(connection: AsyncConnection, workspace_id: int) -> Catalogue:
    """What rules of this workspace may speak of now."""
    found = (await run(connection, "gonfalon.audiences", "load_catalogue", workspace=workspace_id)).one()
    return Catalogue(
        attributes={key: ValueType(kind) for key, kind, _ in found.attributes},
        choices={key: frozenset(choices) for key, _, choices in found.attributes if choices is not None},
        topics=dict(found.topics),
        audiences=dict(_readable(found.audiences)),
        touchpoints={UUID(campaign): tuple(map(UUID, members)) for campaign, members in found.touchpoints},
    )


def _readable(rows: Iterable[Any]) -> Iterator[tuple[UUID, Rule | None]]:
    """Rules that cannot be read any more are left out: whoever refers to them is told so."""
    for id_, rule in rows:
        with suppress(RuleInvalid):
            yield UUID(id_), None if rule is None else parse(rule)


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
        archived_at=row.archived_at,
    )


async def find_row(
    connection: AsyncConnection,
    workspace_id: int,
    audience_id: UUID,
    *,
    lock: bool = False,
    seen: ColumnElement[bool] | None = None,
    archived: bool = False,
) -> Row[Any]:
    """The audience, with `archived` also one out of use; raises NotFound, also for another workspace's.

    seen: a further condition.
    """
    query = select(audiences).where(
        audiences.c.id == audience_id,
        audiences.c.workspace_id == workspace_id,
        true() if archived else audiences.c.archived_at.is_(None),
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


async def list_audiences(
    ctx: Context,
    connection: AsyncConnection,
    page: PageRequest,
    *,
    search: str,
    kind: AudienceKind | None,
    archived: bool = False,
) -> list[Row[Any]]:
    """Audiences in use, or those archived, that the actor may see, by name; one more than the page holds."""
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
    return list((await connection.execute(query.order_by(sort_name, audiences.c.id).limit(page.limit + 1))).all())


async def insert_audience(connection: AsyncConnection, values: Mapping[str, Any]) -> None:
    """A new audience."""
    await connection.execute(insert(audiences).values(**values))


async def copy_members(connection: AsyncConnection, workspace_id: int, source_id: UUID, target_id: UUID) -> None:
    """Puts the people of one list into another."""
    m = list_members.c
    members = select(m.workspace_id, literal(target_id, Uuid), m.person_id).where(
        m.workspace_id == workspace_id, m.audience_id == source_id
    )
    await connection.execute(insert(list_members).from_select(["workspace_id", "audience_id", "person_id"], members))


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


def keys_asked_about(ctx: Context) -> Select[Any]:
    """The keys of attributes that rules of audiences ask about which the actor may see."""
    words = (
        select(func.unnest(audiences.c.references).label("word"))
        .where(audiences.c.workspace_id == ctx.workspace.id, seen_things(ctx, Held.AUDIENCE, audiences.c.id))
        .subquery()
    )
    return select(func.substr(words.c.word, len("attribute:") + 1)).where(words.c.word.startswith("attribute:"))
