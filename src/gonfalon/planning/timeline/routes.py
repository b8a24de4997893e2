"""Tasks and timelines over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.members.store import list_members
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Invalid
from gonfalon.kit.paging import Page, PageRequest, paging
from gonfalon.planning.model import Named
from gonfalon.planning.timeline import actions, bulk, reading
from gonfalon.planning.timeline.model import TaskDraft
from gonfalon.planning.timeline.schemas import (
    PasteIn,
    PasteLine,
    PasteOut,
    PasteProblem,
    TaskFound,
    TaskMove,
    TaskMoved,
    TaskOut,
    TaskPlace,
    TaskSave,
    TasksDeleted,
    TasksGone,
    TimelineChanges,
    TimelineOut,
    WorkRow,
)

router = APIRouter(tags=["timeline"])
_CAMPAIGN = "/workspaces/{workspace}/campaigns/{campaign_id}"
_TASK = "/workspaces/{workspace}/tasks/{task_id}"


@router.get(_CAMPAIGN + "/timeline", operation_id="get_campaign_timeline", response_model=TimelineOut)
async def get_timeline(campaign_id: UUID, ctx: Ctx) -> Response:
    """Return the campaign's whole timeline in one answer: tasks in order, links, slack, what is critical, slippage."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        found = await reading.read_timeline(ctx, connection, campaign_id)
    return Response(found, media_type="application/json")


@router.get(
    _CAMPAIGN + "/timeline/changes",
    operation_id="get_timeline_changes",
    response_model=TimelineChanges | TimelineOut,
)
async def get_timeline_changes(
    campaign_id: UUID,
    ctx: Ctx,
    since: Annotated[str, Query(max_length=40, description="The token of the timeline that you have")] = "",
) -> Response:
    """Return what has changed since a timeline was read; the whole one where too much has happened since (no `since`
    then)."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        found = await reading.read_timeline(ctx, connection, campaign_id, since)
    return Response(found, media_type="application/json")


@router.post(_CAMPAIGN + "/tasks", operation_id="create_task", status_code=201)
async def create_task(campaign_id: UUID, body: TaskDraft, ctx: Ctx) -> TaskOut:
    """Add a task and schedules it."""
    return await ctx.read(reading.read_task, await actions.create_task(ctx, campaign_id, body))


@router.post(_CAMPAIGN + "/tasks/paste", operation_id="paste_tasks")
async def paste_tasks(campaign_id: UUID, body: PasteIn, ctx: Ctx) -> PasteOut:
    """Make tasks of lines copied from a spreadsheet; says line by line what is wrong, and then makes none."""
    pasted = await bulk.paste_tasks(ctx, campaign_id, body.text, body.parent_id, dry=body.dry)
    async with ctx.reading() as connection:
        names = {row.id: row.name for row in await list_members(ctx, connection)}
    return PasteOut(
        lines=[
            PasteLine(
                line=line.number,
                depth=line.depth,
                name=line.name,
                kind=line.kind,
                owner=names.get(line.owner_id) if line.owner_id else None,
                duration_days=line.duration_days or 0,
                not_before=line.not_before,
                deadline=line.deadline,
                depends=[number for number, _, _ in line.depends],
            )
            for line in pasted.lines
        ],
        problems=[
            PasteProblem(line=one.number, column=one.column, code=one.code, value=one.value) for one in pasted.wrong
        ],
        created=len(pasted.made),
        made=pasted.made,
        reading=pasted.reading,
    )


@router.post(_CAMPAIGN + "/tasks/delete", operation_id="delete_tasks")
async def delete_tasks(campaign_id: UUID, body: TasksGone, ctx: Ctx) -> TasksDeleted:
    """Delete tasks with everything below them, such as those that were just pasted."""
    return TasksDeleted(count=await actions.delete_tasks(ctx, campaign_id, body.ids))


@router.get("/workspaces/{workspace}/tasks", operation_id="find_tasks")
async def find_tasks(
    ctx: Ctx,
    q: Annotated[str, Query(min_length=1, max_length=200, description="Words in the name")],
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> list[TaskFound]:
    """Return tasks by their name, in all campaigns: open ones first, by their end."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await ctx.read(reading.find_tasks, q, limit)


@router.get(_TASK, operation_id="get_task")
async def get_task(task_id: UUID, ctx: Ctx) -> TaskOut:
    """Return one task with what it waits for and what waits for it."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await ctx.read(reading.read_task, task_id)


@router.put(_TASK, operation_id="save_task")
async def save_task(task_id: UUID, body: TaskSave, ctx: Ctx) -> TaskOut:
    """Save the words of a task; 409 when somebody else has saved since `version`."""
    await actions.save_task(
        ctx, task_id, body.version, name=body.name, notes=body.notes, touchpoint_id=body.touchpoint_id
    )
    return await ctx.read(reading.read_task, task_id)


@router.put(_TASK + "/state", operation_id="move_task")
async def move_task(task_id: UUID, body: TaskMove, ctx: Ctx) -> TaskMoved:
    """Move a task on the board. Ending it hands the work over: the owners of what waited for it are told."""
    next_up = await actions.set_state(ctx, task_id, body.version, body.state, body.done_on)
    task = await ctx.read(reading.read_task, task_id)
    return TaskMoved(task=task, handed_over=[Named(id=one.id, name=one.name) for one in next_up])


@router.put(_TASK + "/place", operation_id="place_task")
async def place_task(task_id: UUID, body: TaskPlace, ctx: Ctx) -> TaskOut:
    """Move a task in the list, or below another one."""
    await actions.place_task(ctx, task_id, body.parent_id, body.after_id)
    return await ctx.read(reading.read_task, task_id)


@router.delete(_TASK, operation_id="delete_task", status_code=204)
async def delete_task(task_id: UUID, ctx: Ctx) -> None:
    """Delete a task with everything below it."""
    await actions.delete_task(ctx, task_id)


@router.get("/workspaces/{workspace}/my-work", operation_id="list_my_work")
async def list_my_work(
    ctx: Ctx,
    page: Annotated[PageRequest, Depends(paging(date, UUID))],
    done: Annotated[bool, Query(description="Done tasks, the latest first, instead of open ones by their end")] = False,
    campaign_id: UUID | None = None,
    owner_id: Annotated[UUID | None, Query(description="Somebody else's work; without it: yours")] = None,
    q: Annotated[str, Query(max_length=200, description="Words in the name")] = "",
) -> Page[WorkRow]:
    """Return what somebody has to do, in all campaigns."""
    ctx.require(Permission.CAMPAIGNS_READ)
    owner = owner_id
    if owner is None:
        if ctx.actor.kind != "member" or not ctx.actor.id:
            raise Invalid("owner_missing", "A key owns no tasks; name an owner_id.")
        owner = UUID(ctx.actor.id)
    async with ctx.reading() as connection:
        rows = await reading.list_work(ctx, connection, page, owner, done=done, campaign_id=campaign_id, words=q)
    return Page(items=[*page.shown(rows)], next_cursor=page.next_cursor(rows, "done_on" if done else "ends_on", "id"))
