"""Baselines and recurring tasks over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from gonfalon.accounts.auth import Ctx
from gonfalon.kit.days import Day
from gonfalon.kit.schemas import Name
from gonfalon.planning.timeline import bulk
from gonfalon.planning.timeline.baselines import actions
from gonfalon.planning.timeline.model import Unit

router = APIRouter(tags=["timeline"])
_BASE = "/workspaces/{workspace}"


class BaselineIn(BaseModel):
    """A snapshot to be kept."""

    name: Name


class BaselineMade(BaseModel):
    """The snapshot's id."""

    id: UUID


class RepeatIn(BaseModel):
    """How a task comes again: every so many days, weeks or months, until a day."""

    every: Annotated[int, Field(ge=1, le=366)] = 1
    unit: Unit
    until: Day


class RepeatOut(BaseModel):
    """How many occurrences were made or taken away."""

    count: int


@router.post(_BASE + "/campaigns/{campaign_id}/baselines", operation_id="set_baseline", status_code=201)
async def set_baseline(campaign_id: UUID, body: BaselineIn, ctx: Ctx) -> BaselineMade:
    """Keep the present dates and holds the tasks to them."""
    return BaselineMade(id=await actions.set_baseline(ctx, campaign_id, body.name))


@router.put(_BASE + "/baselines/{baseline_id}/chosen", operation_id="choose_baseline", status_code=204)
async def choose_baseline(baseline_id: UUID, ctx: Ctx) -> None:
    """Hold the tasks to an earlier snapshot."""
    await actions.choose_baseline(ctx, baseline_id)


@router.delete(_BASE + "/baselines/{baseline_id}", operation_id="remove_baseline", status_code=204)
async def remove_baseline(baseline_id: UUID, ctx: Ctx) -> None:
    """Forget a snapshot."""
    await actions.remove_baseline(ctx, baseline_id)


@router.put(_BASE + "/tasks/{task_id}/repeat", operation_id="repeat_task")
async def repeat_task(task_id: UUID, body: RepeatIn, ctx: Ctx) -> RepeatOut:
    """Make a task come again; an earlier rule of it ends."""
    return RepeatOut(count=await bulk.repeat_task(ctx, task_id, body.every, body.unit, body.until))


@router.delete(_BASE + "/tasks/{task_id}/repeat", operation_id="stop_repeating_task")
async def stop_repeating_task(task_id: UUID, ctx: Ctx) -> RepeatOut:
    """Take away the later occurrences that nobody has begun."""
    return RepeatOut(count=await bulk.stop_repeating(ctx, task_id))
