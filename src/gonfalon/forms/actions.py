"""The verbs of forms: make, change, open, close, archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import changed_meanwhile, save_version
from gonfalon.forms import store
from gonfalon.forms.definition import FormDefinition
from gonfalon.forms.model import Form, FormKind, FormState
from gonfalon.forms.rules import FormProblem, find_problems
from gonfalon.forms.starters import begin
from gonfalon.forms.tables import forms
from gonfalon.kit.errors import Conflict
from gonfalon.kit.ids import new_id
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.consent.store import list_topics


@dataclass(frozen=True, slots=True)
class Checked:
    """A form and what stops it from being opened."""

    form: Form
    problems: Sequence[FormProblem]


async def create_form(ctx: Context, name: str, kind: FormKind, definition: FormDefinition | None = None) -> Form:
    """Make a draft; without a definition it begins with the usual fields of its kind, in the workspace's language."""
    ctx.require(Permission.CONTENT_WRITE)
    form_id = new_id()
    async with ctx.transaction() as connection:
        if definition is None:
            topics = await list_topics(connection, ctx.workspace.id)
            definition = begin(kind, ctx.workspace.language, ctx.workspace.name, topics[0].id)
        await store.add_form(ctx, connection, form_id, name, kind, definition, ctx.actor.name)
        await ctx.audit(connection, "form.created", "form", form_id, name, kind=kind.value)
        return await store.find_form(ctx, connection, form_id)


async def save_form(ctx: Context, form_id: UUID, version: int, name: str, definition: FormDefinition) -> Checked:
    """Save a form as what was made of `version`; visitors go on seeing the published one. Raises Conflict, NotFound."""
    ctx.require(Permission.CONTENT_WRITE)
    async with ctx.transaction() as connection:
        values = {"name": name, "definition": definition.model_dump(mode="json")}
        await save_version(ctx, connection, forms, form_id, version, values)
        await ctx.audit(connection, "form.saved", "form", form_id, name)
        return await _checked(ctx, connection, form_id)


async def open_form(ctx: Context, form_id: UUID, version: int) -> Checked:
    """Publish what was saved as `version` and let visitors answer it.

    Raises Conflict when somebody saved since, or when something about the form is not right yet (`form_not_ready`).
    """
    ctx.require(Permission.CONTENT_WRITE)
    async with ctx.transaction() as connection:
        found = await _checked(ctx, connection, form_id, lock=True)
        form = found.form
        if form.archived_at is not None:
            raise Conflict("form_archived", "This form is archived; bring it back before you open it.")
        if form.version != version:
            raise changed_meanwhile("form", form.version, form.updated_by)
        if found.problems:
            raise Conflict(
                "form_not_ready",
                "This form cannot be opened yet; see what is missing beside it.",
                problems=[{"code": each.code, "field": each.field} for each in found.problems],
            )
        number = await store.publish(ctx, connection, form, ctx.actor.name)
        await ctx.audit(connection, "form.opened", "form", form_id, form.name, number=number)
        return await _checked(ctx, connection, form_id)


async def close_form(ctx: Context, form_id: UUID) -> Form:
    """Take no more answers; the page says so. What waits for a visitor's confirmation is still taken."""
    ctx.require(Permission.CONTENT_WRITE)
    async with ctx.transaction() as connection:
        form = await store.find_form(ctx, connection, form_id, lock=True)
        if form.state is FormState.OPEN:
            await store.set_form(ctx, connection, form_id, state=FormState.CLOSED.value)
            await ctx.audit(connection, "form.closed", "form", form_id, form.name)
        return await store.find_form(ctx, connection, form_id)


async def duplicate_form(ctx: Context, form_id: UUID, name: str) -> Form:
    """Make a draft of the same definition, without answers."""
    async with ctx.reading() as connection:
        form = await store.find_form(ctx, connection, form_id)
    return await create_form(ctx, name, form.kind, form.definition)


async def archive_form(ctx: Context, form_id: UUID, *, archived: bool = True) -> Form:
    """Close a form and take it out of the lists, or bring it back (closed); its answers stay."""
    ctx.require(Permission.CONTENT_WRITE)
    async with ctx.transaction() as connection:
        form = await store.find_form(ctx, connection, form_id, lock=True)
        if (form.archived_at is not None) != archived:
            state = FormState.CLOSED if form.state is FormState.OPEN else form.state
            at = ctx.now if archived else None
            await store.set_form(ctx, connection, form_id, archived_at=at, state=state.value)
            verb = "form.archived" if archived else "form.restored"
            await ctx.audit(connection, verb, "form", form_id, form.name)
        return await store.find_form(ctx, connection, form_id)


async def check_form(ctx: Context, form_id: UUID) -> Checked:
    """Return a form and what stops it from being opened."""
    ctx.require(Permission.CONTENT_READ)
    return await ctx.read(_checked, form_id)


async def _checked(ctx: Context, connection: AsyncConnection, form_id: UUID, *, lock: bool = False) -> Checked:
    form = await store.find_form(ctx, connection, form_id, lock=lock)
    attributes = await attributes_of(connection, ctx.workspace.id)
    topics = {topic.id for topic in await list_topics(connection, ctx.workspace.id)}
    lists = await store.lists_of(connection, ctx.workspace.id)
    return Checked(form, find_problems(form.definition, attributes, topics, lists))
