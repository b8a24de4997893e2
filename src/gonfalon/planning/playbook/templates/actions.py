"""Save, change and archive templates. Campaigns are made from them in instantiate.py."""

from __future__ import annotations

from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import insert_row, save_version
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.planning.playbook.templates import store
from gonfalon.planning.playbook.templates.extract import extract_plan
from gonfalon.planning.playbook.templates.ready import READY
from gonfalon.planning.tables.playbook import campaign_templates


async def save_as_template(ctx: Context, campaign_id: UUID, name: str, description: str) -> UUID:
    """Save a campaign as a template; later changes of either leave the other alone. Return the template's id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    _check_name(name)
    async with ctx.transaction() as connection:
        document = await extract_plan(ctx, connection, campaign_id)
        template_id = await insert_row(
            ctx,
            connection,
            campaign_templates,
            name=name.strip(),
            description=description,
            plan=document.model_dump(mode="json"),
            currency=ctx.workspace.currency,
        )
        await ctx.audit(
            connection, "template_plan.saved", "campaign_template", template_id, name.strip(), campaign_id=campaign_id
        )
    return template_id


async def duplicate_template(ctx: Context, template_id: UUID, name: str, language: str) -> UUID:
    """Create a second template with the same plan; return its id. Raises NotFound."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    _check_name(name)
    async with ctx.transaction() as connection:
        found = await store.find_template(ctx, connection, template_id, language)
        copy_id = await insert_row(
            ctx,
            connection,
            campaign_templates,
            name=name.strip(),
            description=found.description,
            plan=found.plan.model_dump(mode="json"),
            currency=found.currency,
        )
        await ctx.audit(connection, "template_plan.saved", "campaign_template", copy_id, name.strip())
    return copy_id


async def change_template(
    ctx: Context, template_id: UUID, version: int, name: str, description: str, roles: dict[str, str]
) -> None:
    """Save name, description and names of roles of a saved template as it was at `version`."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    _check_name(name)
    _check_saved(template_id)
    async with ctx.transaction() as connection:
        before = await store.find_template(ctx, connection, template_id, "en")
        plan = before.plan.model_copy(
            update={
                "roles": tuple(
                    role.model_copy(update={"name": roles.get(role.key, role.name)}) for role in before.plan.roles
                )
            }
        )
        values = {"name": name.strip(), "description": description, "plan": plan.model_dump(mode="json")}
        await save_version(ctx, connection, campaign_templates, template_id, version, values)
        await ctx.audit(connection, "template_plan.changed", "campaign_template", template_id, name.strip())


async def archive_template(ctx: Context, template_id: UUID, *, archived: bool = True) -> None:
    """Archive a saved template, or restore it; campaigns that were made from it stay."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    _check_saved(template_id)
    async with ctx.transaction() as connection:
        before = await store.find_template(ctx, connection, template_id, "en")
        if (before.archived_at is not None) == archived:
            return
        values = {"archived_at": ctx.now if archived else None}
        await save_version(ctx, connection, campaign_templates, template_id, before.version, values)
        verb = "template_plan.archived" if archived else "template_plan.restored"
        await ctx.audit(connection, verb, "campaign_template", template_id, before.name)


def _check_name(name: str) -> None:
    if not name.strip():
        raise Invalid("name_missing", "Give the template a name.")


def _check_saved(template_id: UUID) -> None:
    if template_id in READY:
        raise Conflict(
            "template_ready",
            "Ready-made templates stay as they are; make a campaign from it and save that as your own.",
        )
