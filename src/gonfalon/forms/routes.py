"""Forms over HTTP, as the team makes them and looks at what came."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.forms import actions, store
from gonfalon.forms.actions import Checked
from gonfalon.forms.answers import actions as answers
from gonfalon.forms.answers import store as answers_store
from gonfalon.forms.answers.preview import preview
from gonfalon.forms.model import AnswerState, FormAnswer
from gonfalon.forms.schemas import (
    FormCopy,
    FormIn,
    FormOpen,
    FormOut,
    FormPreviewIn,
    FormPreviewOut,
    FormRow,
    FormSave,
)
from gonfalon.kit.paging import ById, ByNumber, Page

router = APIRouter(tags=["forms"], prefix="/workspaces/{workspace}/forms")


def _out(ctx: Ctx, checked: Checked) -> FormOut:
    return FormOut.of(checked, ctx.services.settings.public_url)


@router.get("", operation_id="list_forms")
async def list_forms(
    ctx: Ctx,
    page: ById,
    q: Annotated[str, Query(max_length=200, description="Part of the name")] = "",
    archived: bool = False,
) -> Page[FormRow]:
    """List forms, the newest first."""
    ctx.require(Permission.CONTENT_READ)
    ctx.require(Permission.SETTINGS_READ)  # guests see what their campaigns hold; forms belong to none
    async with ctx.reading() as connection:
        found = await store.list_forms(ctx, connection, page, q.strip(), archived=archived)
    return page.of(found, FormRow)


@router.post("", operation_id="create_form", status_code=201)
async def create_form(body: FormIn, ctx: Ctx) -> FormOut:
    """Make a draft."""
    form = await actions.create_form(ctx, body.name, body.kind, body.definition)
    return _out(ctx, await actions.check_form(ctx, form.id))


@router.post("/preview", operation_id="preview_form")
async def preview_form(body: FormPreviewIn, ctx: Ctx) -> FormPreviewOut:
    """Draw a definition as visitors would see it."""
    ctx.require(Permission.CONTENT_READ)
    return FormPreviewOut(html=preview(ctx.workspace, body.name, body.definition))


@router.get("/{form_id}", operation_id="get_form")
async def get_form(form_id: UUID, ctx: Ctx) -> FormOut:
    """Show a form and what stops it from being opened."""
    ctx.require(Permission.SETTINGS_READ)
    return _out(ctx, await actions.check_form(ctx, form_id))


@router.put("/{form_id}", operation_id="save_form")
async def save_form(form_id: UUID, body: FormSave, ctx: Ctx) -> FormOut:
    """Save a form; visitors go on seeing what was opened. 409 when somebody else has saved since."""
    return _out(ctx, await actions.save_form(ctx, form_id, body.version, body.name, body.definition))


@router.post("/{form_id}/open", operation_id="open_form")
async def open_form(form_id: UUID, body: FormOpen, ctx: Ctx) -> FormOut:
    """Let visitors see and answer what was saved; 409 with what is missing when it is not ready."""
    return _out(ctx, await actions.open_form(ctx, form_id, body.version))


@router.post("/{form_id}/close", operation_id="close_form")
async def close_form(form_id: UUID, ctx: Ctx) -> FormRow:
    """Take no more answers."""
    return FormRow.model_validate(await actions.close_form(ctx, form_id))


@router.post("/{form_id}/duplicate", operation_id="duplicate_form", status_code=201)
async def duplicate_form(form_id: UUID, body: FormCopy, ctx: Ctx) -> FormRow:
    """Make a draft of the same definition, without answers."""
    return FormRow.model_validate(await actions.duplicate_form(ctx, form_id, body.name))


@router.post("/{form_id}/archive", operation_id="archive_form")
async def archive_form(form_id: UUID, ctx: Ctx) -> FormRow:
    """Close the form and take it out of the lists; its answers stay."""
    return FormRow.model_validate(await actions.archive_form(ctx, form_id))


@router.post("/{form_id}/restore", operation_id="restore_form")
async def restore_form(form_id: UUID, ctx: Ctx) -> FormRow:
    """Bring an archived form back, closed."""
    return FormRow.model_validate(await actions.archive_form(ctx, form_id, archived=False))


@router.get("/{form_id}/answers", operation_id="list_form_answers")
async def list_answers(
    form_id: UUID, ctx: Ctx, page: ByNumber, state: Annotated[AnswerState | None, Query()] = None
) -> Page[FormAnswer]:
    """List answers, the newest first."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        await store.find_form(ctx, connection, form_id)
        found = await answers_store.list_answers(ctx, connection, form_id, page, state)
    return page.as_read(found)


@router.post("/{form_id}/answers/{answer_id}/take", operation_id="take_form_answer")
async def take_answer(form_id: UUID, answer_id: int, ctx: Ctx) -> FormAnswer:
    """Count an answer that was held or refused."""
    return await answers.decide(ctx, form_id, answer_id, taken=True)


@router.post("/{form_id}/answers/{answer_id}/refuse", operation_id="refuse_form_answer")
async def refuse_answer(form_id: UUID, answer_id: int, ctx: Ctx) -> FormAnswer:
    """Refuse an answer that is held; it counts nowhere."""
    return await answers.decide(ctx, form_id, answer_id, taken=False)
