"""Audiences over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from gonfalon.accounts.access import see_audiences
from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.engine import Engine
from gonfalon.kit.paging import ByNumber, Page, PageRequest, encode_cursor, paging

from . import actions, reading, store
from .model import AudienceKind, AudienceMember, AudienceUser, Count, Overlap
from .schemas import (
    AudienceChange,
    AudienceCount,
    AudienceIn,
    AudienceOut,
    CopyStatus,
    CountOut,
    DuplicateIn,
    ListAdded,
    ListAddIn,
    ListRemoved,
    ListRemoveIn,
    OverlapIn,
    RuleIn,
    SnapshotOut,
    ValueCount,
    Vocabulary,
)
from .segments.membership import AudienceQuery

MOST_COUNTS = 100
"""Audiences of a page of the list."""

router = APIRouter(tags=["audiences"], prefix="/workspaces/{workspace}/audiences")


@router.get("", operation_id="list_audiences")
async def list_audiences(
    ctx: Ctx,
    page: Annotated[PageRequest, Depends(paging(str, UUID))],
    q: Annotated[str, Query(description="Only those whose name or description contains this")] = "",
    kind: AudienceKind | None = None,
    archived: Annotated[bool, Query(description="Those out of use instead")] = False,
) -> Page[AudienceOut]:
    """Return audiences by name; for guests those that their campaigns are for."""
    see_audiences(ctx)
    async with ctx.reading() as connection:
        catalogue = await store.load_catalogue(connection, ctx.workspace.id)
        rows = await store.list_audiences(ctx, connection, page, search=q, kind=kind, archived=archived)
    items = [_out(store.audience_of(row, catalogue)) for row in rows[: page.limit]]
    last_row = rows[page.limit - 1] if len(rows) > page.limit else None
    cursor = encode_cursor(last_row.sort_name, last_row.id) if last_row is not None else None
    return Page(items=items, next_cursor=cursor)


@router.post("", operation_id="create_audience", status_code=201)
async def create_audience(body: AudienceIn, ctx: Ctx) -> AudienceOut:
    """Make a segment or an empty list."""
    made = await actions.create_audience(
        ctx, kind=body.kind, name=body.name, description=body.description, rule=body.rule
    )
    return _out(made)


@router.post("/count", operation_id="count_rule")
async def count_rule(body: RuleIn, ctx: Ctx) -> CountOut:
    """Count a rule that need not be saved: total, reach per channel and topic, some of the people."""
    return await _count_out(ctx, await actions.count_rule(ctx, body.rule))


@router.post("/overlap", operation_id="compare_audiences")
async def compare_audiences(body: OverlapIn, ctx: Ctx) -> Overlap:
    """Return how many people two audiences share."""
    return await actions.compare_audiences(ctx, body.first, body.second)


@router.get("/counts", operation_id="count_audiences")
async def count_audiences(
    ctx: Ctx, id: Annotated[list[UUID], Query(min_length=1, max_length=MOST_COUNTS, description="Repeated for each")]
) -> list[AudienceCount]:
    """Return total and reach of many saved audiences in one go; those that cannot be counted are left out."""
    return [
        AudienceCount(id=each, total=count.total, reach=list(count.reach))
        for each, count in (await actions.count_audiences(ctx, id)).items()
    ]


@router.get("/vocabulary", operation_id="get_audience_vocabulary")
async def get_vocabulary(ctx: Ctx) -> Vocabulary:
    """Return what a rule builder offers: attributes with their operators, tags, events, topics, campaigns."""
    ctx.require(Permission.AUDIENCES_READ)
    return await reading.read_vocabulary(ctx)


@router.get("/values", operation_id="list_attribute_values")
async def list_attribute_values(
    ctx: Ctx, attribute: str, q: Annotated[str, Query(description="Only values that contain this")] = ""
) -> list[ValueCount]:
    """Return the commonest values of a text or choice attribute, at most 50."""
    ctx.require(Permission.PEOPLE_READ)
    return await reading.list_values(ctx, attribute, q)


@router.get("/copy", operation_id="get_analytics_copy")
async def get_analytics_copy(ctx: Ctx) -> CopyStatus:
    """Return whether the analytics copy follows, and how fresh it is."""
    ctx.require(Permission.AUDIENCES_READ)
    engine = ctx.services.find(Engine)
    if engine is None:
        return CopyStatus(state="stopped", usable=False, at=None, problem="")
    return CopyStatus.model_validate(engine.status(), from_attributes=True)


@router.get("/{audience_id}", operation_id="get_audience")
async def get_audience(audience_id: UUID, ctx: Ctx) -> AudienceOut:
    """Return one audience, also one that is archived."""
    see_audiences(ctx)
    async with ctx.reading() as connection:
        catalogue = await store.load_catalogue(connection, ctx.workspace.id)
        row = await actions.find_seen(ctx, connection, audience_id, archived=True)
        return _out(store.audience_of(row, catalogue))


@router.put("/{audience_id}", operation_id="update_audience")
async def update_audience(audience_id: UUID, body: AudienceChange, ctx: Ctx) -> AudienceOut:
    """Change an audience; a 409 says that somebody else did so meanwhile."""
    changed = await actions.update_audience(
        ctx, audience_id, version=body.version, name=body.name, description=body.description, rule=body.rule
    )
    return _out(changed)


@router.delete("/{audience_id}", operation_id="archive_audience", status_code=204)
async def archive_audience(audience_id: UUID, ctx: Ctx) -> None:
    """Take an audience out of use; it can be restored."""
    await actions.archive_audience(ctx, audience_id)


@router.post("/{audience_id}/restore", operation_id="restore_audience", status_code=204)
async def restore_audience(audience_id: UUID, ctx: Ctx) -> None:
    """Bring an archived audience back."""
    await actions.restore_audience(ctx, audience_id)


@router.post("/{audience_id}/duplicate", operation_id="duplicate_audience", status_code=201)
async def duplicate_audience(audience_id: UUID, body: DuplicateIn, ctx: Ctx) -> AudienceOut:
    """Make a second audience with the same rule or the same people."""
    return _out(await actions.duplicate_audience(ctx, audience_id, body.name))


@router.get("/{audience_id}/count", operation_id="count_audience")
async def count_audience(audience_id: UUID, ctx: Ctx) -> CountOut:
    """Return total, reach and some of the people of a saved audience."""
    return await _count_out(ctx, await actions.count_audience(ctx, audience_id))


@router.get("/{audience_id}/members", operation_id="list_audience_members")
async def list_audience_members(audience_id: UUID, ctx: Ctx, page: ByNumber) -> Page[AudienceMember]:
    """Return the people of an audience, by id."""
    ctx.require(Permission.AUDIENCES_READ)
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        query = await AudienceQuery.of(ctx, connection)
        rule = actions.rule_of(await store.find_audience(connection, ctx.workspace.id, audience_id))
        found = await query.page(rule, page.after[0] if page.after else 0, page.limit + 1)
    items = await _members(ctx, found[: page.limit])
    more = len(found) > page.limit
    return Page(items=items, next_cursor=encode_cursor(found[page.limit - 1]) if more else None)


@router.post("/{audience_id}/members", operation_id="add_to_list")
async def add_to_list(audience_id: UUID, body: ListAddIn, ctx: Ctx) -> ListAdded:
    """Put people on a list."""
    added, missing = await actions.add_to_list(ctx, audience_id, people=body.people, keys=body.keys, rule=body.rule)
    return ListAdded(added=added, missing=missing)


@router.post("/{audience_id}/members/remove", operation_id="remove_from_list")
async def remove_from_list(audience_id: UUID, body: ListRemoveIn, ctx: Ctx) -> ListRemoved:
    """Take people off a list."""
    return ListRemoved(removed=await actions.remove_from_list(ctx, audience_id, body.people))


@router.get("/{audience_id}/users", operation_id="list_audience_users")
async def list_audience_users(audience_id: UUID, ctx: Ctx) -> list[AudienceUser]:
    """Return what needs the audience, at most 200: first what still waits for it, then what was launched to it."""
    return await actions.list_users(ctx, audience_id)


@router.get("/{audience_id}/snapshots", operation_id="list_audience_snapshots")
async def list_audience_snapshots(audience_id: UUID, ctx: Ctx) -> list[SnapshotOut]:
    """Return memberships written down at launches, the newest first, at most 100: how the audience grew."""
    see_audiences(ctx)
    async with ctx.reading() as connection:
        await actions.find_seen(ctx, connection, audience_id, archived=True)
        found = await store.snapshots_of(connection, ctx.workspace.id, audience_id, 100)
    return [SnapshotOut(id=each.id, size=each.size, taken_at=each.taken_at) for each in found]


def _out(audience: object) -> AudienceOut:
    return AudienceOut.model_validate(audience, from_attributes=True)


async def _count_out(ctx: Context, count: Count) -> CountOut:
    return CountOut(
        total=count.total,
        reach=list(count.reach),
        sample=await _members(ctx, count.sample),
        engine=count.engine,
    )


async def _members(ctx: Context, ids: Sequence[int]) -> list[AudienceMember]:
    if not ids:
        return []
    async with ctx.reading() as connection:
        return await store.people_by_id(connection, ctx.workspace.id, ids)
