"""Making, changing and removing companies, and who belongs to them."""

from __future__ import annotations

from collections.abc import Mapping

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.people.companies import store
from gonfalon.people.companies.model import Company, PropertyValue
from gonfalon.people.companies.rules import MOST_PROPERTIES, check_name, readable
from gonfalon.people.profiles.store import find_person


async def create_company(ctx: Context, name: str, key: str, properties: Mapping[str, PropertyValue]) -> Company:
    """Make a company by hand. Its key is the name where none is given. Raises Conflict for a taken key."""
    ctx.require(Permission.PEOPLE_WRITE)
    name = check_name(name)
    async with ctx.transaction() as connection:
        made = await store.add_company(ctx, connection, key.strip() or name, name=name, properties=readable(properties))
        if made is None:
            raise Conflict("company_key_taken", "There is a company with this key already; open it instead.")
        await ctx.audit(connection, "company.created", "company", made, name)
        return await store.find_company(ctx, connection, made)


async def change_company(
    ctx: Context, company_id: int, name: str | None, properties: Mapping[str, PropertyValue | None]
) -> Company:
    """Change what is given; a property that is null is forgotten. Raises NotFound."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        before = await store.find_company(ctx, connection, company_id, lock=True)
        merged = dict(before.properties) | {key: each for key, each in properties.items() if each is not None}
        kept = {key: each for key, each in merged.items() if properties.get(key, each) is not None}
        if len(kept) > MOST_PROPERTIES:
            raise Invalid(
                "company_properties_many",
                f"A company has at most {MOST_PROPERTIES} properties; remove some first.",
                most=MOST_PROPERTIES,
            )
        changed = before.name if name is None else check_name(name)
        await store.change_company(ctx, connection, company_id, name=changed, properties=readable(kept))
        await ctx.audit(connection, "company.changed", "company", company_id, changed)
        return await store.find_company(ctx, connection, company_id)


async def delete_company(ctx: Context, company_id: int) -> None:
    """Remove a company; its people stay. Raises NotFound."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        found = await store.find_company(ctx, connection, company_id, lock=True)
        await store.delete_company(ctx, connection, company_id)
        await ctx.audit(connection, "company.deleted", "company", company_id, found.name, people=found.people)


async def add_person(ctx: Context, company_id: int, person_id: int) -> None:
    """Put a person into a company; who is in it stays. Raises NotFound."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        found = await store.find_company(ctx, connection, company_id)
        await find_person(connection, ctx.workspace.id, person_id)
        if await store.add_person(ctx, connection, company_id, person_id):
            await ctx.audit(connection, "company.person_added", "company", company_id, found.name)


async def remove_person(ctx: Context, company_id: int, person_id: int) -> None:
    """Take a person out of a company; who is not in it stays out. Raises NotFound for an unknown company."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        found = await store.find_company(ctx, connection, company_id)
        if await store.remove_person(ctx, connection, company_id, person_id):
            await ctx.audit(connection, "company.person_removed", "company", company_id, found.name)
