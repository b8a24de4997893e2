"""The verbs of budget lines."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, func, insert, select

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.campaigns.store import lock_campaign
from gonfalon.planning.model import Resource
from gonfalon.planning.store import not_found, save_version
from gonfalon.planning.tables import budget_lines

MOST_LINES = 500


async def add_budget_line(
    ctx: Context, campaign_id: UUID, *, name: str, resource: Resource, planned_minor: int, spent_minor: int
) -> UUID:
    """A further line at the end of the campaign's budget; returns its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    line_id = new_id()
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        count, last = (
            await connection.execute(
                select(func.count(), func.coalesce(func.max(budget_lines.c.position), -1)).where(
                    budget_lines.c.campaign_id == campaign_id
                )
            )
        ).one()
        if count >= MOST_LINES:
            raise Invalid("budget_lines_many", f"A campaign can have at most {MOST_LINES} budget lines.")
        values = _values(name, resource, planned_minor, spent_minor)
        await connection.execute(
            insert(budget_lines).values(
                id=line_id,
                workspace_id=ctx.workspace.id,
                campaign_id=campaign_id,
                position=last + 1,
                updated_by=ctx.actor.name,
                **values,
            )
        )
        await ctx.audit(
            connection, "budget_line.added", "campaign", campaign_id, campaign.name, line=str(line_id), **values
        )
    return line_id


async def update_budget_line(
    ctx: Context,
    campaign_id: UUID,
    line_id: UUID,
    version: int,
    *,
    name: str,
    resource: Resource,
    planned_minor: int,
    spent_minor: int,
) -> None:
    """Saves the line as it was at `version` with these values; the audit line keeps the amounts before."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        before = (
            await connection.execute(
                select(budget_lines).where(budget_lines.c.id == line_id, budget_lines.c.campaign_id == campaign_id)
            )
        ).first()
        if before is None:
            raise not_found("budget line")
        values = _values(name, resource, planned_minor, spent_minor)
        await save_version(ctx, connection, budget_lines, line_id, version, values)
        await ctx.audit(
            connection,
            "budget_line.changed",
            "campaign",
            campaign_id,
            campaign.name,
            line=str(line_id),
            before={"planned_minor": before.planned_minor, "spent_minor": before.spent_minor},
            **values,
        )


async def remove_budget_line(ctx: Context, campaign_id: UUID, line_id: UUID) -> None:
    """Takes a line out of the budget; the audit line keeps what it was."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        gone = (
            await connection.execute(
                delete(budget_lines)
                .where(budget_lines.c.id == line_id, budget_lines.c.campaign_id == campaign_id)
                .returning(budget_lines.c.name, budget_lines.c.planned_minor, budget_lines.c.spent_minor)
            )
        ).first()
        if gone is None:
            raise not_found("budget line")
        await ctx.audit(
            connection,
            "budget_line.removed",
            "campaign",
            campaign_id,
            campaign.name,
            name=gone.name,
            planned_minor=gone.planned_minor,
            spent_minor=gone.spent_minor,
        )


def _values(name: str, resource: Resource, planned_minor: int, spent_minor: int) -> dict[str, str | int]:
    if not name.strip():
        raise Invalid("name_missing", "Give the budget line a name.")
    if planned_minor < 0 or spent_minor < 0:
        raise Invalid("amount_negative", "An amount of a budget line must not be negative.")
    return {
        "name": name.strip(),
        "resource": resource.value,
        "planned_minor": planned_minor,
        "spent_minor": spent_minor,
    }
