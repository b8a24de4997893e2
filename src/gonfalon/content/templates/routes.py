"""Templates over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_things
from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import Held
from gonfalon.content.blocks import MailTree
from gonfalon.content.render import RenderedEmail, Source
from gonfalon.content.tables import templates
from gonfalon.content.templates import actions, store
from gonfalon.content.templates.model import Template
from gonfalon.content.templates.schemas import (
    BlocksIn,
    CopyIn,
    GapOut,
    GapsIn,
    PreviewIn,
    RestoreIn,
    SourceIn,
    SourceOut,
    StarterOut,
    TemplateCheck,
    TemplateIn,
    TemplateOut,
    TemplatePreview,
    TemplateRow,
    TemplateSave,
    VersionOut,
)
from gonfalon.content.templates.starters import starters
from gonfalon.kit.paging import ById, Page

router = APIRouter(tags=["templates"], prefix="/workspaces/{workspace}/templates")

# The frame runs nothing and reaches nothing but pictures; `sandbox` also takes away our origin.
PREVIEW_POLICY = (
    "sandbox; default-src 'none'; img-src 'self' https: data:; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


def _preview(rendered: RenderedEmail) -> TemplatePreview:
    return TemplatePreview(
        subject=rendered.subject,
        preheader=rendered.preheader,
        html=rendered.html.decode(),
        text=rendered.text.decode(),
        gaps=sorted(set(rendered.gaps)),
    )


async def _seen(ctx: Ctx, connection: AsyncConnection, template_id: UUID) -> Template:
    return await store.find_template(ctx, connection, template_id, seen=seen_things(ctx, Held.TEMPLATE, templates.c.id))


@router.get("", operation_id="list_templates")
async def list_templates(
    ctx: Ctx,
    page: ById,
    q: Annotated[str, Query(max_length=200, description="Part of the name or subject")] = "",
    archived: bool = False,
) -> Page[TemplateRow]:
    """Return templates, the newest first."""
    ctx.require(Permission.CONTENT_READ)
    async with ctx.reading() as connection:
        seen = seen_things(ctx, Held.TEMPLATE, templates.c.id)
        found = await store.list_templates(ctx, connection, page, q.strip(), archived=archived, seen=seen)
    return Page(items=[TemplateRow.of(each) for each in page.shown(found)], next_cursor=page.next_cursor(found))


@router.get("/starters", operation_id="list_starters")
async def list_starters(ctx: Ctx) -> list[StarterOut]:
    """Return templates to begin with, in the workspace's language, rendered for a made-up person."""
    ctx.require(Permission.CONTENT_READ)
    found = starters(ctx.workspace.language, await actions.brand_kit(ctx))
    rendered = [await actions.preview(ctx, each.source) for each in found]
    return [
        StarterOut(
            key=each.key, name=each.name, description=each.description, subject=shown.subject, html=shown.html.decode()
        )
        for each, shown in zip(found, rendered, strict=True)
    ]


@router.post("", operation_id="create_template", status_code=201)
async def create_template(body: TemplateIn, ctx: Ctx) -> TemplateOut:
    """Make a template from a starter or from its own source."""
    source = None if body.starter else body.source()
    return TemplateOut.of(await actions.create_template(ctx, body.name, source, body.starter))


@router.post("/check", operation_id="check_template")
async def check_template(body: SourceIn, ctx: Ctx) -> TemplateCheck:
    """Return everything that is wrong with a source, its links and the fields it takes."""
    return TemplateCheck.of(await actions.check_source(ctx, body.source()))


@router.post("/gaps", operation_id="find_template_gaps")
async def find_gaps(body: GapsIn, ctx: Ctx) -> list[GapOut]:
    """Return how many people lack a field that is printed without a default."""
    found = await actions.find_gaps(ctx, body.source(), snapshot_id=body.snapshot_id, list_id=body.list_id)
    return [GapOut.of(gap) for gap in found]


@router.post("/preview", operation_id="preview_template")
async def preview_template(body: PreviewIn, ctx: Ctx) -> TemplatePreview:
    """Return a source as a person would get it."""
    return _preview(await actions.preview(ctx, body.source(), body.person_id, body.sample))


@router.post("/blocks", operation_id="open_template_blocks")
async def open_blocks(body: BlocksIn, ctx: Ctx) -> MailTree:
    """Return a source as blocks; 422 where it is no MJML, or does not close what it opens."""
    return await actions.open_blocks(ctx, body.body)


@router.post("/source", operation_id="write_template_source")
async def write_source(body: SourceIn, ctx: Ctx) -> SourceOut:
    """Return the source of a mail of blocks."""
    ctx.require(Permission.CONTENT_READ)
    return SourceOut.model_validate(body.source())


@router.get("/{template_id}", operation_id="get_template")
async def get_template(template_id: UUID, ctx: Ctx) -> TemplateOut:
    """Return a template with the content of its newest version."""
    ctx.require(Permission.CONTENT_READ)
    async with ctx.reading() as connection:
        return TemplateOut.of(await _seen(ctx, connection, template_id))


@router.put("/{template_id}", operation_id="save_template")
async def save_template(template_id: UUID, body: TemplateSave, ctx: Ctx) -> TemplateOut:
    """Save a new version; 409 when somebody else has saved since."""
    return TemplateOut.of(await actions.save_template(ctx, template_id, body.version, body.name, body.source()))


@router.get("/{template_id}/versions", operation_id="list_template_versions")
async def list_versions(template_id: UUID, ctx: Ctx) -> list[VersionOut]:
    """Return every version, the newest first."""
    ctx.require(Permission.CONTENT_READ)
    async with ctx.reading() as connection:
        await _seen(ctx, connection, template_id)
        found = await store.list_versions(ctx, connection, template_id)
    return [VersionOut.model_validate(each) for each in found]


@router.get("/{template_id}/versions/{number}", operation_id="get_template_version")
async def get_version(template_id: UUID, number: int, ctx: Ctx) -> SourceOut:
    """Return the content of one version."""
    source = await _source(ctx, template_id, number)
    return SourceOut(subject=source.subject, preheader=source.preheader, body=source.body, text=source.text)


@router.get(
    "/{template_id}/versions/{number}/preview.html",
    operation_id="show_template_version",
    response_class=Response,
    responses={200: {"content": {"text/html": {}}, "description": "The message, for a sandboxed frame"}},
)
async def show_version(template_id: UUID, number: int, ctx: Ctx, person_id: int | None = None) -> Response:
    """Return a saved version as a page that may only be shown, with nothing in it that can run."""
    rendered = await actions.preview(ctx, await _source(ctx, template_id, number), person_id)
    return Response(rendered.html, media_type="text/html", headers={"content-security-policy": PREVIEW_POLICY})


async def _source(ctx: Ctx, template_id: UUID, number: int) -> Source:
    ctx.require(Permission.CONTENT_READ)
    if not 0 < number < 2**31:
        number = 0
    async with ctx.reading() as connection:
        await _seen(ctx, connection, template_id)
        return await store.find_source(connection, ctx.workspace.id, template_id, number)


@router.post("/{template_id}/versions/{number}/restore", operation_id="restore_template_version")
async def restore_version(template_id: UUID, number: int, body: RestoreIn, ctx: Ctx) -> TemplateOut:
    """Make an old version the newest again."""
    await _source(ctx, template_id, number)
    return TemplateOut.of(await actions.restore_version(ctx, template_id, number, body.version))


@router.post("/{template_id}/duplicate", operation_id="duplicate_template", status_code=201)
async def duplicate_template(template_id: UUID, body: CopyIn, ctx: Ctx) -> TemplateOut:
    """Return a copy of the newest version."""
    return TemplateOut.of(await actions.duplicate_template(ctx, template_id, body.name))


@router.post("/{template_id}/archive", operation_id="archive_template")
async def archive_template(template_id: UUID, ctx: Ctx) -> TemplateOut:
    """Take the template out of the lists."""
    return TemplateOut.of(await actions.archive_template(ctx, template_id))


@router.post("/{template_id}/unarchive", operation_id="unarchive_template")
async def unarchive_template(template_id: UUID, ctx: Ctx) -> TemplateOut:
    """Bring the template back."""
    return TemplateOut.of(await actions.archive_template(ctx, template_id, archived=False))
