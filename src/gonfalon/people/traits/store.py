"""Database calls of traits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import NotFound
from gonfalon.kit.money import minor_digits
from gonfalon.kit.sql import run
from gonfalon.people.attributes.model import Attribute, AttributeType, Value
from gonfalon.people.tables import trait_proposals as proposals
from gonfalon.people.traits.model import Trait, TraitProposal
from gonfalon.people.traits.rules import MOST_PROPOSALS

_SHOWN = (
    proposals.c.key,
    proposals.c.name,
    proposals.c.fits,
    proposals.c.type,
    proposals.c.example,
    proposals.c.first_at,
    proposals.c.last_at,
)


async def note_traits(connection: AsyncConnection, workspace_id: int, traits: Mapping[str, Trait]) -> set[str]:
    """Note traits by key that no attribute holds; return the keys whose values are to be kept beside people."""
    ordered = [traits[key] for key in sorted(traits)]
    rows = await run(
        connection,
        __package__,
        "note_traits",
        workspace_id=workspace_id,
        keys=[trait.key for trait in ordered],
        names=[trait.name[:200] for trait in ordered],
        fits=[trait.fits for trait in ordered],
        types=[trait.type.value for trait in ordered],
        examples=[str(trait.value)[:200] for trait in ordered],
        most=MOST_PROPOSALS,
    )
    return set(rows.scalars())


async def keep_values(
    connection: AsyncConnection,
    workspace_id: int,
    values: Mapping[int, tuple[Mapping[str, Value], Mapping[str, Value]]],
) -> None:
    """Keep values of attributes, and values that no attribute holds, by person's id."""
    ordered = sorted(values)
    await run(
        connection,
        __package__,
        "keep_values",
        workspace_id=workspace_id,
        person_ids=ordered,
        news=[json.dumps(values[person][0]) for person in ordered],
        undeclared=[json.dumps(values[person][1]) for person in ordered],
    )


async def list_proposals(ctx: Context, connection: AsyncConnection) -> list[TraitProposal]:
    """Return the traits that wait for a decision, the newest first: undeclared ones, and values that did not fit."""
    rows = await connection.execute(
        select(*_SHOWN)
        .where(
            proposals.c.workspace_id == ctx.workspace.id,
            proposals.c.dismissed_at.is_(None)
            | (proposals.c.fits.is_(False) & (proposals.c.last_at > proposals.c.dismissed_at)),
        )
        .order_by(proposals.c.first_at.desc(), proposals.c.key)
        .limit(MOST_PROPOSALS)
    )
    return [TraitProposal(**{**row._mapping, "type": AttributeType(row.type)}) for row in rows]


async def find_proposal(ctx: Context, connection: AsyncConnection, key: str) -> TraitProposal:
    """Return a proposal, locked until the transaction ends; raises NotFound."""
    row = (
        await connection.execute(
            select(*_SHOWN)
            .where(proposals.c.workspace_id == ctx.workspace.id, proposals.c.key == key)
            .with_for_update()
        )
    ).first()
    if row is None:
        raise NotFound("trait_unknown", "No trait of this name waits for a decision any more.")
    return TraitProposal(**{**row._mapping, "type": AttributeType(row.type)})


async def delete_proposal(ctx: Context, connection: AsyncConnection, key: str) -> None:
    """Forget a proposal that has become an attribute."""
    await connection.execute(
        delete(proposals).where(proposals.c.workspace_id == ctx.workspace.id, proposals.c.key == key)
    )


async def dismiss(ctx: Context, connection: AsyncConnection, key: str) -> None:
    """Note that nobody wants the trait: its values are not kept from now on."""
    await connection.execute(
        update(proposals)
        .where(proposals.c.workspace_id == ctx.workspace.id, proposals.c.key == key)
        .values(dismissed_at=func.now())
    )


async def drop_values(ctx: Context, connection: AsyncConnection, key: str) -> int:
    """Take the values of a trait from everybody; return from how many."""
    done = await run(connection, __package__, "drop_values", workspace_id=ctx.workspace.id, key=key)
    return done.rowcount


async def fill_attribute(
    ctx: Context, connection: AsyncConnection, key: str, attribute: Attribute, currency: str
) -> int:
    """Give people the attribute's value from the trait that was kept beside them; return to how many."""
    done = await run(
        connection,
        __package__,
        "fill_attribute",
        workspace_id=ctx.workspace.id,
        key=key,
        attribute=attribute.key,
        type=attribute.type.value,
        choices=list(attribute.choices),
        factor=10 ** minor_digits(currency),
    )
    return done.rowcount


def by_key(traits: Sequence[Trait]) -> dict[str, Trait]:
    """Return the last trait of each key; one that did not fit is shown rather than one that did."""
    return {trait.key: trait for trait in sorted(traits, key=lambda trait: not trait.fits)}
