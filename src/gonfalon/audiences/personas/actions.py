"""The verbs of personas: describe a buyer, keep findings, say that it still holds, notice when it no longer does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, system_context
from gonfalon.accounts.members.store import check_members
from gonfalon.accounts.model import Permission
from gonfalon.accounts.store import workspace_by_id
from gonfalon.accounts.versions import check_reference, insert_row, not_found, save_version
from gonfalon.kit.clock import utcnow
from gonfalon.kit.engine import Engine
from gonfalon.kit.errors import Conflict
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind

from ..tables import audiences, personas
from . import store
from .model import Persona, PersonaFigures, PersonaMeasure, PersonaNote, StageCounts
from .reading import measure, stages_of
from .rules import drifts_of
from .schemas import PersonaIn, PersonaNoteIn

MOST_PERSONAS = 12
MOST_NOTES = 200
SHOWN_DAYS = 730


async def list_personas(ctx: Context, *, archived: bool = False, audience: UUID | None = None) -> list[Persona]:
    """Return the workspace's personas by name."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        return await store.list_personas(ctx, connection, archived=archived, audience=audience)


async def find_persona(ctx: Context, persona_id: UUID) -> Persona:
    """Return one persona."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        return await store.find_persona(ctx, connection, persona_id)


async def create_persona(ctx: Context, said: PersonaIn) -> Persona:
    """Describe a buyer. Raises Conflict for more than can be kept in mind (`personas_many`)."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        await _check(ctx, connection, said)
        await _check_room(ctx, connection)
        persona_id = await insert_row(ctx, connection, personas, **_values(said))
        await ctx.audit(connection, "persona.created", "persona", persona_id, said.name)
        return await store.find_persona(ctx, connection, persona_id)


async def save_persona(ctx: Context, persona_id: UUID, version: int, said: PersonaIn) -> Persona:
    """Change a description; with another audience its figures begin anew."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        present = await store.find_persona(ctx, connection, persona_id)
        await _check(ctx, connection, said, present)
        await save_version(ctx, connection, personas, persona_id, version, _values(said))
        if said.audience_id != (present.audience and present.audience.id):
            await store.set_before(connection, ctx.workspace.id, persona_id, None)
        await ctx.audit(connection, "persona.changed", "persona", persona_id, said.name)
        return await store.find_persona(ctx, connection, persona_id)


async def archive_persona(ctx: Context, persona_id: UUID, *, archived: bool = True) -> Persona:
    """Take a persona out of use, or back."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        present = await store.find_persona(ctx, connection, persona_id)
        if (present.archived_at is not None) != archived:
            if not archived:
                await _check_room(ctx, connection)
            await store.set_archived(ctx, connection, persona_id, archived=archived)
            verb = "persona.archived" if archived else "persona.restored"
            await ctx.audit(connection, verb, "persona", persona_id, present.name)
        return await store.find_persona(ctx, connection, persona_id)


async def review_persona(ctx: Context, persona_id: UUID, version: int) -> Persona:
    """Say that the description holds today: later figures are compared with those of this moment."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.reading() as connection:
        present = await store.find_persona(ctx, connection, persona_id)
        found, _ = await measure(ctx, connection, present)
    async with ctx.transaction() as connection:
        await save_version(ctx, connection, personas, persona_id, version, {"reviewed_on": ctx.today})
        if found is not None:
            await store.keep_measure(connection, ctx.workspace.id, persona_id, found, ())
            await store.set_before(connection, ctx.workspace.id, persona_id, found)
        await ctx.audit(connection, "persona.reviewed", "persona", persona_id, present.name)
        return await store.find_persona(ctx, connection, persona_id)


async def figures_of(ctx: Context, persona_id: UUID) -> PersonaFigures:
    """Return what a persona's people are like now, compared with those of the last review."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        persona = await store.find_persona(ctx, connection, persona_id)
        before = await store.find_before(connection, ctx.workspace.id, persona_id)
        since = ctx.today - timedelta(days=SHOWN_DAYS)
        days = await store.list_days(connection, ctx.workspace.id, persona_id, since)
        now, everybody = await measure(ctx, connection, persona)
    return PersonaFigures(now, everybody, before, drifts_of(before, now), tuple(days))


async def list_stages(ctx: Context) -> list[StageCounts]:
    """Return how many people of each persona in use are in which stage."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        return await stages_of(ctx, connection, await store.list_personas(ctx, connection))


async def list_notes(ctx: Context, persona_id: UUID) -> list[PersonaNote]:
    """Return the findings behind a persona, the newest first."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        await store.find_persona(ctx, connection, persona_id)
        return await store.list_notes(connection, ctx.workspace.id, persona_id)


async def add_note(ctx: Context, persona_id: UUID, said: PersonaNoteIn) -> PersonaNote:
    """Write down what was found out, and how it is known."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        persona = await store.find_persona(ctx, connection, persona_id)
        await one_at_a_time(connection, "persona notes", persona_id)
        if await store.count_notes(connection, ctx.workspace.id, persona_id) >= MOST_NOTES:
            raise Conflict(
                "notes_many", f"A persona has at most {MOST_NOTES} findings; delete an old one first.", most=MOST_NOTES
            )
        values = said.model_dump() | {"kind": said.kind.value, "on": said.on or ctx.today}
        note_id = await store.add_note(ctx, connection, persona_id, values)
        await ctx.audit(connection, "persona.noted", "persona", persona_id, persona.name)
        notes = await store.list_notes(connection, ctx.workspace.id, persona_id)
        return next(each for each in notes if each.id == note_id)


async def delete_note(ctx: Context, persona_id: UUID, note_id: UUID) -> None:
    """Delete a finding."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        persona = await store.find_persona(ctx, connection, persona_id)
        if not await store.delete_note(connection, ctx.workspace.id, persona_id, note_id):
            raise not_found("note")
        await ctx.audit(connection, "persona.note_deleted", "persona", persona_id, persona.name)


async def measure_all(services: Services) -> int:
    """Measure every persona once a week, a transaction each; tell owners of drifts. Return how many were measured."""
    engine = services.find(Engine)
    if engine is not None and not engine.status().usable:
        return 0
    async with services.db.reading() as connection:
        due = await store.list_due(connection, utcnow())
    for workspace_id, persona_id in due:
        try:
            await _measure(services, workspace_id, persona_id)
        except Exception as error:  # whatever it is, the others go on
            log.warning("persona_failing", persona=str(persona_id), problem=str(error)[:500])
    return len(due)


async def ask_for_reviews(services: Services) -> int:
    """Tell owners of personas that nobody has looked at for a quarter, once a date; return how many were told."""
    async with services.db.reading() as connection:
        ids = await store.owned_workspaces(connection)
    told = 0
    for workspace_id in ids:
        async with services.db.transaction() as connection:
            ctx = system_context(services, await workspace_by_id(connection, workspace_id))
            for each in await store.list_personas(ctx, connection):
                if each.owner is not None and each.overdue:
                    on = each.due_on.isoformat()
                    told += len(await _tell(ctx, connection, each, NoticeKind.OVERDUE, once=on, on=on))
    return told


async def _measure(services: Services, workspace_id: int, persona_id: UUID) -> None:
    """Measure outside of the transaction that writes; who was given other people meanwhile waits for the next hour."""
    async with services.db.reading() as connection:
        ctx = system_context(services, await workspace_by_id(connection, workspace_id))
        persona = await store.find_persona(ctx, connection, persona_id)
        now, _ = await measure(ctx, connection, persona)
    if now is None:
        return
    async with services.db.transaction() as connection:
        if (await store.find_persona(ctx, connection, persona_id)).version == persona.version:
            await _keep(ctx, connection, persona, now)


async def _keep(ctx: Context, connection: AsyncConnection, persona: Persona, now: PersonaMeasure) -> None:
    before = await store.find_before(connection, ctx.workspace.id, persona.id)
    if before is None:
        await store.set_before(connection, ctx.workspace.id, persona.id, now)
    drifts = drifts_of(before, now)
    await store.keep_measure(connection, ctx.workspace.id, persona.id, now, drifts)
    if drifts and before is not None and persona.owner is not None:
        await _tell(ctx, connection, persona, NoticeKind.PERSONA_DRIFTED, once=f"since {before.on.isoformat()}")


async def _tell(
    ctx: Context, connection: AsyncConnection, persona: Persona, kind: NoticeKind, *, once: str, **values: Any
) -> list[UUID]:
    thing = Thing(ThingKind.PERSONA, persona.id)
    to = [persona.owner.id] if persona.owner else []
    return list(await notify(ctx, connection, kind, to=to, thing=thing, title=persona.name, once=once, **values))


async def _check(ctx: Context, connection: AsyncConnection, said: PersonaIn, present: Persona | None = None) -> None:
    """Refuse an audience or a member that is not there; one that was chosen earlier may have been archived since."""
    if not (present and present.audience and present.audience.id == said.audience_id):
        await check_reference(ctx, connection, audiences, said.audience_id, "audience")
    if not (present and present.owner and present.owner.id == said.owner_id):
        await check_members(ctx, connection, [said.owner_id])


async def _check_room(ctx: Context, connection: AsyncConnection) -> None:
    await one_at_a_time(connection, "personas", ctx.workspace.id)
    if await store.count_personas(connection, ctx.workspace.id) >= MOST_PERSONAS:
        raise Conflict(
            "personas_many",
            f"There are {MOST_PERSONAS} personas already, more than a team keeps in mind; archive one first.",
            most=MOST_PERSONAS,
        )


def _values(said: PersonaIn) -> dict[str, object]:
    return said.model_dump(mode="json", include={"name", "summary", "portrait"}) | {
        "audience_id": said.audience_id,
        "owner_id": said.owner_id,
    }
