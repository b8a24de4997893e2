"""Campaign templates over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.kit.http import idempotent
from gonfalon.kit.paging import ById, Page
from gonfalon.planning.campaigns.reading import find_overview
from gonfalon.planning.campaigns.schemas import CampaignOut
from gonfalon.planning.playbook.templates import actions, instantiate, store
from gonfalon.planning.playbook.templates.instantiate import Sketch
from gonfalon.planning.playbook.templates.schemas import (
    CampaignTemplateIn,
    CampaignTemplateOut,
    CampaignTemplatePreview,
    CampaignTemplateRow,
    CampaignTemplateSave,
    FilledRole,
    PlannedTask,
    TemplateCopy,
    TemplateWish,
)
from gonfalon.planning.playbook.templates.store import Template
from gonfalon.planning.timeline.rules import in_order

router = APIRouter(tags=["playbook"])
_PATH = "/workspaces/{workspace}/campaign-templates"
Language = Annotated[str, Query(pattern="^(en|fr|sv|zh)$", description="Of ready-made templates")]


def _row(template: Template) -> CampaignTemplateRow:
    return CampaignTemplateRow(**_values(template))


def _values(template: Template) -> dict[str, object]:
    plan = template.plan
    return {
        "id": template.id,
        "ready": template.ready,
        "name": template.name,
        "description": template.description,
        "category": plan.category,
        "type": plan.type,
        "days": plan.days,
        "tasks": len(plan.tasks),
        "touchpoints": len(plan.touchpoints),
        "lines": len(plan.lines),
        "roles": len(plan.roles),
        "version": template.version,
        "updated_at": template.updated_at,
        "updated_by": template.updated_by,
        "archived_at": template.archived_at,
    }


@router.get(_PATH, operation_id="list_campaign_templates")
async def list_templates(
    ctx: Ctx,
    page: ById,
    q: Annotated[str, Query(max_length=200, description="Words in the name")] = "",
    archived: Annotated[bool, Query(description="Those out of use instead")] = False,
) -> Page[CampaignTemplateRow]:
    """Return templates that were saved in this workspace, the newest first."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.reading() as connection:
        found = await store.list_templates(ctx, connection, page, q, archived=archived)
    items = [_row(template) for template in page.shown(found)]
    return Page(items=items, next_cursor=page.next_cursor(found))


@router.get(_PATH + "/ready", operation_id="list_ready_templates")
async def list_ready(ctx: Ctx, language: Language = "en") -> list[CampaignTemplateRow]:
    """Return the templates that come with Gonfalon, in a language."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    return [_row(template) for template in store.list_ready(ctx, language)]


@router.post(_PATH, operation_id="save_as_template", status_code=201)
async def save_as_template(body: CampaignTemplateIn, ctx: Ctx) -> CampaignTemplateOut:
    """Keep a campaign as a template."""
    made = await actions.save_as_template(ctx, body.campaign_id, body.name, body.description)
    return await get_template(made, ctx)


@router.get(_PATH + "/{template_id}", operation_id="get_campaign_template")
async def get_template(template_id: UUID, ctx: Ctx, language: Language = "en") -> CampaignTemplateOut:
    """Return one template with its plan."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.reading() as connection:
        template = await store.find_template(ctx, connection, template_id, language)
    return CampaignTemplateOut(**_values(template), currency=template.currency, plan=template.plan)


@router.put(_PATH + "/{template_id}", operation_id="change_campaign_template")
async def change_template(template_id: UUID, body: CampaignTemplateSave, ctx: Ctx) -> CampaignTemplateOut:
    """Change name, description and names of roles; 409 when somebody else has saved since `version`."""
    await actions.change_template(ctx, template_id, body.version, body.name, body.description, dict(body.roles))
    return await get_template(template_id, ctx)


@router.delete(_PATH + "/{template_id}", operation_id="archive_campaign_template", status_code=204)
async def archive_template(template_id: UUID, ctx: Ctx) -> None:
    """Take a saved template out of use; it can be restored, and campaigns made from it stay."""
    await actions.archive_template(ctx, template_id)


@router.post(_PATH + "/{template_id}/restore", operation_id="restore_campaign_template")
async def restore_template(template_id: UUID, ctx: Ctx) -> CampaignTemplateOut:
    """Bring an archived template back."""
    await actions.archive_template(ctx, template_id, archived=False)
    return await get_template(template_id, ctx)


@router.post(_PATH + "/{template_id}/preview", operation_id="preview_campaign_template")
async def preview(template_id: UUID, body: TemplateWish, ctx: Ctx) -> CampaignTemplatePreview:
    """Return what would be made of the wish: days, tasks with dates, roles. Nothing is made."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.reading() as connection:
        return _preview(await instantiate.sketch(ctx, connection, template_id, body), ctx.workspace.currency)


@router.post(_PATH + "/{template_id}/campaigns", operation_id="make_campaign", response_model=CampaignOut)
async def make_campaign(
    request: Request,
    template_id: UUID,
    body: TemplateWish,
    ctx: Ctx,
    idempotency_key: Annotated[str, Header(max_length=255, description="Repeats the first answer for 24 hours")] = "",
) -> Response:
    """Make a campaign from the template: all of it or nothing."""

    async def answer() -> CampaignOut:
        campaign_id = await instantiate.instantiate(ctx, template_id, body)
        async with ctx.reading() as connection:
            return CampaignOut.model_validate(await find_overview(ctx, connection, campaign_id), from_attributes=True)

    return await idempotent(request, ctx.services.db, f"workspace {ctx.workspace.id}", answer)


@router.post(_PATH + "/{template_id}/duplicate", operation_id="duplicate_campaign_template", status_code=201)
async def duplicate_template(template_id: UUID, body: TemplateCopy, ctx: Ctx) -> CampaignTemplateOut:
    """Keep a second template with the same plan, also of a ready-made one."""
    return await get_template(await actions.duplicate_template(ctx, template_id, body.name, body.language), ctx)


@router.post(
    "/workspaces/{workspace}/campaigns/{campaign_id}/duplicate",
    operation_id="duplicate_campaign",
    response_model=CampaignOut,
)
async def duplicate_campaign(
    request: Request,
    campaign_id: UUID,
    body: TemplateWish,
    ctx: Ctx,
    idempotency_key: Annotated[str, Header(max_length=255, description="Repeats the first answer for 24 hours")] = "",
) -> Response:
    """Make a second campaign with the plan of this one, its days shifted; results and approvals stay behind."""

    async def answer() -> CampaignOut:
        copy_id = await instantiate.duplicate_campaign(ctx, campaign_id, body)
        async with ctx.reading() as connection:
            return CampaignOut.model_validate(await find_overview(ctx, connection, copy_id), from_attributes=True)

    return await idempotent(request, ctx.services.db, f"workspace {ctx.workspace.id}", answer)


def _preview(drawn: Sketch, currency: str) -> CampaignTemplatePreview:
    document, tasks, cast = drawn.template.plan, drawn.plan.tasks, drawn.cast
    roles = {role.key: role.name for role in document.roles}
    of = {task.key: task for task in document.tasks}
    return CampaignTemplatePreview(
        starts_on=drawn.days.first,
        ends_on=drawn.days.last,
        tasks=[
            PlannedTask(
                name=task.name,
                kind=task.kind,
                depth=depth,
                role=roles.get(of[drawn.keys[task.id]].role or "", ""),
                starts_on=task.starts_on,
                ends_on=task.ends_on,
            )
            for task, depth in in_order(tasks)
        ],
        first_task_on=min((task.starts_on for task in tasks.values()), default=None),
        last_task_on=max((task.ends_on for task in tasks.values()), default=None),
        late=sum(task.ends_on > drawn.days.last for task in tasks.values()),
        touchpoints=len(document.touchpoints),
        passages=len(document.brief),
        lines=len(document.lines),
        planned_minor=sum(drawn.amounts.values()),
        currency=currency,
        roles=[
            FilledRole(
                key=role.key,
                name=role.name,
                part=role.part,
                leads=role.leads,
                member_id=holder,
                member_name=cast.names.get(holder, "") if holder else "",
                left=role.key in cast.left,
            )
            for role in document.roles
            for holder in (cast.holders[role.key],)
        ],
        gone=drawn.gone,
    )
