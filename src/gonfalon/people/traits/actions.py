"""Deciding on traits that no attribute holds."""

from __future__ import annotations

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict
from gonfalon.people.attributes.actions import declare
from gonfalon.people.attributes.model import Attribute, AttributeType
from gonfalon.people.traits import store
from gonfalon.people.traits.model import TraitProposal


async def list_proposals(ctx: Context) -> list[TraitProposal]:
    """Return the traits that came with events and that no attribute holds."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        return await store.list_proposals(ctx, connection)


async def make_attribute(
    ctx: Context, key: str, label: str, type_: AttributeType, choices: list[str]
) -> tuple[Attribute, int]:
    """Make an attribute of a trait and give everybody the value kept for them; return it and how many got one.

    Values of another type stay beside. Raises NotFound, and Conflict for a trait that has an attribute already.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        proposal = await store.find_proposal(ctx, connection, key)
        if not proposal.fits:
            raise Conflict(
                "trait_declared",
                f"“{proposal.name}” has an attribute already; its values do not fit it.",
                name=proposal.name,
            )
        made = await declare(connection, ctx.workspace.id, label, type_, choices=choices)
        filled = await store.fill_attribute(ctx, connection, key, made, ctx.workspace.currency)
        await store.delete_proposal(ctx, connection, key)
        await ctx.audit(
            connection, "attribute.created", "attribute", made.key, made.label, type=made.type.value, people=filled
        )
    return made, filled


async def dismiss_proposal(ctx: Context, key: str) -> None:
    """Leave a trait out: the values kept are dropped, and later ones are not kept. Raises NotFound."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        proposal = await store.find_proposal(ctx, connection, key)
        await store.dismiss(ctx, connection, key)
        dropped = await store.drop_values(ctx, connection, key) if proposal.fits else 0
        await ctx.audit(connection, "trait.dismissed", "attribute", key, proposal.name, people=dropped)
