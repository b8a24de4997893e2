"""The verbs of templates. Making a campaign from one is in making.py."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, insert

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.playbook.tables import campaign_templates
from gonfalon.planning.playbook.templates import store
from gonfalon.planning.playbook.templates.ready import READY
from gonfalon.planning.playbook.templates.taking import take_document
from gonfalon.planning.store import save_version


async def save_as_template(ctx: Context, campaign_id: UUID, name: str, description: str) -> UUID:
    """Keeps a campaign as a template; later changes of either leave the other alone. Returns its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    _check_name(name)
    template_id = new_id()
    async with ctx.transaction() as connection:
        document = await take_document(ctx, connection, campaign_id)
        await connection.execute(
            insert(campaign_templates).values(
                id=template_id,
                workspace_id=ctx.workspace.id,
                name=name.strip(),
                description=description,
                plan=document.model_dump(mode="json"),
                currency=ctx.workspace.currency,
                updated_by=ctx.actor.name,
            )
        )
        await ctx.audit(
            connection, "template_plan.saved", "campaign_template", template_id, name.strip(), campaign_id=campaign_id
        )
    return template_id


async def change_template(
    ctx: Context, template_id: UUID, version: int, name: str, description: str, roles: dict[str, str]
) -> None:
    """New words of a saved template as it was at `version`, and new names of its roles."""
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


async def delete_template(ctx: Context, template_id: UUID) -> None:
    """Deletes a saved template; campaigns that were made from it stay."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    _check_saved(template_id)
    async with ctx.transaction() as connection:
        before = await store.find_template(ctx, connection, template_id, "en")
        await connection.execute(
            delete(campaign_templates).where(
                campaign_templates.c.id == template_id, campaign_templates.c.workspace_id == ctx.workspace.id
            )
        )
        await ctx.audit(connection, "template_plan.deleted", "campaign_template", template_id, before.name)


def _check_name(name: str) -> None:
    if not name.strip():
        raise Invalid("name_missing", "Give the template a name.")


def _check_saved(template_id: UUID) -> None:
    if template_id in READY:
        raise Conflict(
            "template_ready",
            "Ready-made templates stay as they are; make a campaign from it and save that as your own.",
        )
