"""Reading results: who may, and what an export leaves in the audit trail."""

from __future__ import annotations

from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.forms.model import Form
from gonfalon.forms.results import store
from gonfalon.forms.results.model import FormResults
from gonfalon.forms.store import find_form
from gonfalon.kit.errors import Invalid


async def count_results(ctx: Context, form_id: UUID, by_field: str, by_event: str) -> FormResults:
    """Count what the answers of a form say; raises NotFound, and Invalid for a comparison by what it does not have."""
    ctx.require(Permission.CONTENT_READ)
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        form = await find_form(ctx, connection, form_id)
        if by_field and by_field not in {each.id for each in form.definition.fields()}:
            raise Invalid("form_field_unknown", "The form has no field of this name; compare by another one.")
        return await store.count_results(
            ctx, connection, form_id, form.definition, by_field=by_field, by_event=by_event
        )


async def note_export(ctx: Context, form_id: UUID) -> Form:
    """Write an export into the audit trail and return the form; raises NotFound."""
    ctx.require(Permission.PEOPLE_EXPORT)
    async with ctx.transaction() as connection:
        form = await find_form(ctx, connection, form_id)
        await ctx.audit(connection, "form.exported", "form", form_id, form.name, answers=form.taken)
        return form
