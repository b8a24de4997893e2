"""Scores over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import ByNumber, Page, PageRequest, paging

from . import actions, reading, store
from .model import Score, Scored, ScoreMove
from .reading import ScoreFigures
from .schemas import PersonScores, ScoreIn, ScoreList, ScoreSave, ScoreTrial
from .simulating import ScoreSimulation, simulate

router = APIRouter(tags=["scores"], prefix="/workspaces/{workspace}/scores")
of_person = APIRouter(tags=["scores"], prefix="/workspaces/{workspace}/people/{person_id}/scores")

ByTotal = Annotated[PageRequest, Depends(paging(int, int))]
InStage = Annotated[str | None, Query(max_length=100, description="Only of this stage")]


@router.get("", operation_id="list_scores")
async def list_scores(ctx: Ctx, archived: bool = False) -> ScoreList:
    """List the workspace's scores by name; there are never more than a few."""
    return ScoreList(items=await actions.list_scores(ctx, archived=archived))


@router.post("", operation_id="create_score", status_code=201)
async def create_score(body: ScoreIn, ctx: Ctx) -> Score:
    """Make a draft."""
    return await actions.create_score(ctx, name=body.name, description=body.description, definition=body.definition)


@router.post("/simulate", operation_id="simulate_score")
async def simulate_score(body: ScoreTrial, ctx: Ctx) -> ScoreSimulation:
    """Try rules and stages on everybody; nothing is kept."""
    return await simulate(ctx, body.definition)


@router.get("/{score_id}", operation_id="get_score")
async def get_score(score_id: UUID, ctx: Ctx) -> Score:
    """Show a score and what stops it from being counted."""
    return await actions.check_score(ctx, score_id)


@router.put("/{score_id}", operation_id="save_score")
async def save_score(score_id: UUID, body: ScoreSave, ctx: Ctx) -> Score:
    """Save a score; one that runs is counted anew. 409 when somebody else has saved since."""
    return await actions.save_score(
        ctx,
        score_id,
        body.version,
        name=body.name,
        description=body.description,
        owner_id=body.owner_id,
        definition=body.definition,
    )


@router.post("/{score_id}/start", operation_id="start_score")
async def start_score(score_id: UUID, ctx: Ctx) -> Score:
    """Count the score from now on; 409 while a rule of it cannot be asked."""
    return await actions.start_score(ctx, score_id)


@router.post("/{score_id}/pause", operation_id="pause_score")
async def pause_score(score_id: UUID, ctx: Ctx) -> Score:
    """Count it no longer; people's points stay as last counted."""
    return await actions.pause_score(ctx, score_id)


@router.post("/{score_id}/archive", operation_id="archive_score")
async def archive_score(score_id: UUID, ctx: Ctx) -> Score:
    """Pause the score and take it out of the list."""
    return await actions.archive_score(ctx, score_id)


@router.post("/{score_id}/restore", operation_id="restore_score")
async def restore_score(score_id: UUID, ctx: Ctx) -> Score:
    """Bring an archived score back, paused."""
    return await actions.archive_score(ctx, score_id, archived=False)


@router.get("/{score_id}/figures", operation_id="get_score_figures")
async def get_score_figures(score_id: UUID, ctx: Ctx) -> ScoreFigures:
    """Return how the points spread as last counted, and the stages over the last 180 days."""
    return await reading.figures_of(ctx, score_id)


@router.get("/{score_id}/people", operation_id="list_scored_people")
async def list_scored_people(score_id: UUID, ctx: Ctx, page: ByTotal, stage: InStage = None) -> Page[Scored]:
    """List people by their points, the most first."""
    ctx.require(Permission.AUDIENCES_READ)
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        await store.find_score(connection, ctx.workspace.id, score_id)
        found = await store.people_of(connection, ctx.workspace.id, score_id, page, stage)
    return page.as_read(found, "total", "person_id")


@router.get("/{score_id}/moves", operation_id="list_score_moves")
async def list_score_moves(score_id: UUID, ctx: Ctx, page: ByNumber, stage: InStage = None) -> Page[ScoreMove]:
    """List who went from one stage to another, the newest first; kept for 180 days."""
    ctx.require(Permission.AUDIENCES_READ)
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        await store.find_score(connection, ctx.workspace.id, score_id)
        found = await store.moves_of(connection, ctx.workspace.id, score_id, page, stage)
    return page.as_read(found)


@of_person.get("", operation_id="get_person_scores")
async def get_person_scores(person_id: int, ctx: Ctx) -> PersonScores:
    """Return why a person has so many points of each score that runs, as of this moment."""
    return PersonScores(items=await reading.explain(ctx, person_id))
