"""Personas over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from gonfalon.accounts.auth import Ctx

from . import actions
from .model import Persona, PersonaFigures, PersonaNote, StageCounts
from .schemas import PersonaIn, PersonaNoteIn, PersonaSave

router = APIRouter(tags=["personas"], prefix="/workspaces/{workspace}/personas")


class PersonaReview(BaseModel):
    """That a description holds; `version` is the one that was read."""

    version: Annotated[int, Field(ge=1, lt=2**31 - 1)]


@router.get("", operation_id="list_personas")
async def list_personas(
    ctx: Ctx,
    archived: bool = False,
    audience: Annotated[UUID | None, Query(description="Those of this audience only")] = None,
) -> list[Persona]:
    """Return the workspace's personas (at most twelve are in use) by name."""
    return await actions.list_personas(ctx, archived=archived, audience=audience)


@router.post("", operation_id="create_persona", status_code=201)
async def create_persona(body: PersonaIn, ctx: Ctx) -> Persona:
    """Describe a buyer."""
    return await actions.create_persona(ctx, body)


@router.get("/stages", operation_id="list_persona_stages")
async def list_stages(ctx: Ctx) -> list[StageCounts]:
    """Return how many people of each persona are in which stage, by the furthest they came in the last 90 days."""
    return await actions.list_stages(ctx)


@router.get("/{persona_id}", operation_id="get_persona")
async def get_persona(persona_id: UUID, ctx: Ctx) -> Persona:
    """Return a persona, archived or not."""
    return await actions.find_persona(ctx, persona_id)


@router.put("/{persona_id}", operation_id="save_persona")
async def save_persona(persona_id: UUID, body: PersonaSave, ctx: Ctx) -> Persona:
    """Change a description; 409 when somebody else has saved since. Another audience begins new figures."""
    return await actions.save_persona(ctx, persona_id, body.version, body)


@router.post("/{persona_id}/review", operation_id="review_persona")
async def review_persona(persona_id: UUID, body: PersonaReview, ctx: Ctx) -> Persona:
    """Say that the description holds today; later figures are compared with today's."""
    return await actions.review_persona(ctx, persona_id, body.version)


@router.post("/{persona_id}/archive", operation_id="archive_persona")
async def archive_persona(persona_id: UUID, ctx: Ctx) -> Persona:
    """Take a persona out of use; it can be restored."""
    return await actions.archive_persona(ctx, persona_id)


@router.post("/{persona_id}/restore", operation_id="restore_persona")
async def restore_persona(persona_id: UUID, ctx: Ctx) -> Persona:
    """Take an archived persona back into use."""
    return await actions.archive_persona(ctx, persona_id, archived=False)


@router.get("/{persona_id}/figures", operation_id="get_persona_figures")
async def get_figures(persona_id: UUID, ctx: Ctx) -> PersonaFigures:
    """Return what a persona's people are like now, on earlier days, and how they differ from those of the review."""
    return await actions.figures_of(ctx, persona_id)


@router.get("/{persona_id}/notes", operation_id="list_persona_notes")
async def list_notes(persona_id: UUID, ctx: Ctx) -> list[PersonaNote]:
    """Return the findings of research behind a persona (at most 200), the newest first."""
    return await actions.list_notes(ctx, persona_id)


@router.post("/{persona_id}/notes", operation_id="add_persona_note", status_code=201)
async def add_note(persona_id: UUID, body: PersonaNoteIn, ctx: Ctx) -> PersonaNote:
    """Write down what was found out, and how it is known."""
    return await actions.add_note(ctx, persona_id, body)


@router.delete("/{persona_id}/notes/{note_id}", operation_id="delete_persona_note", status_code=204)
async def delete_note(persona_id: UUID, note_id: UUID, ctx: Ctx) -> None:
    """Delete a finding."""
    await actions.delete_note(ctx, persona_id, note_id)
