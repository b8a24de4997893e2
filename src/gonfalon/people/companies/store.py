"""Database calls of companies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import NotFound
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.queries import has_words
from gonfalon.kit.rows import all_of, first_of, shaped
from gonfalon.kit.sql import run
from gonfalon.people.companies.model import Company, Employer, Joined, KnownProperty
from gonfalon.people.profiles.model import Person
from gonfalon.people.profiles.store import PERSON
from gonfalon.people.tables import companies, company_members, people

_PEOPLE = (
    select(func.count())
    .where(company_members.c.company_id == companies.c.id, company_members.c.workspace_id == companies.c.workspace_id)
    .scalar_subquery()
    .label("people")
)


def _companies(workspace_id: int) -> Select[Any]:
    return select(companies, _PEOPLE).where(companies.c.workspace_id == workspace_id)


async def list_companies(ctx: Context, connection: AsyncConnection, words: str, page: PageRequest) -> list[Company]:
    """List companies by name, one more than asked for if there are more."""
    query = _companies(ctx.workspace.id).where(has_words(words, companies.c.name, companies.c.key))
    if page.after:
        name, id_ = page.after
        query = query.where(
            (func.lower(companies.c.name) > name) | ((func.lower(companies.c.name) == name) & (companies.c.id > id_))
        )
    ordered = query.order_by(func.lower(companies.c.name), companies.c.id).limit(page.fetch)
    return await all_of(connection, ordered, Company)


async def count_companies(ctx: Context, connection: AsyncConnection, words: str) -> int:
    """Return how many companies have these words."""
    counted = await connection.execute(
        select(func.count()).where(
            companies.c.workspace_id == ctx.workspace.id, has_words(words, companies.c.name, companies.c.key)
        )
    )
    return int(counted.scalar_one())


async def find_company(ctx: Context, connection: AsyncConnection, company_id: int, *, lock: bool = False) -> Company:
    """Return one company; raises NotFound. `lock` holds the row until the transaction ends."""
    query = _companies(ctx.workspace.id).where(companies.c.id == company_id)
    found = await first_of(connection, query.with_for_update(of=companies) if lock else query, Company)
    if found is None:
        raise NotFound("company_unknown", "There is no such company in this workspace.")
    return found


async def add_company(ctx: Context, connection: AsyncConnection, key: str, **values: Any) -> int | None:
    """Make a company; return its id, None where the key is taken."""
    made = await connection.execute(
        upsert(companies)
        .values(workspace_id=ctx.workspace.id, key=key, **values)
        .on_conflict_do_nothing(index_elements=["workspace_id", "key"])
        .returning(companies.c.id)
    )
    found: int | None = made.scalar_one_or_none()
    return found


async def change_company(ctx: Context, connection: AsyncConnection, company_id: int, **values: Any) -> None:
    """Set columns of a company."""
    await connection.execute(
        update(companies)
        .where(companies.c.id == company_id, companies.c.workspace_id == ctx.workspace.id)
        .values(**values, updated_at=func.now())
    )


async def delete_company(ctx: Context, connection: AsyncConnection, company_id: int) -> None:
    """Delete a company; its people stay."""
    await connection.execute(
        delete(companies).where(companies.c.id == company_id, companies.c.workspace_id == ctx.workspace.id)
    )


async def people_of(ctx: Context, connection: AsyncConnection, company_id: int, page: PageRequest) -> list[Person]:
    """Return people of a company, who joined it last first by their id."""
    query = (
        select(*PERSON)
        .join(company_members, company_members.c.person_id == people.c.id)
        .where(
            people.c.workspace_id == ctx.workspace.id,
            company_members.c.workspace_id == ctx.workspace.id,
            company_members.c.company_id == company_id,
        )
    )
    if page.after:
        query = query.where(people.c.id < page.after[0])
    rows = await connection.execute(query.order_by(people.c.id.desc()).limit(page.fetch))
    return [Person(**row._mapping) for row in rows]


async def companies_of(connection: AsyncConnection, workspace_id: int, person_id: int) -> list[Employer]:
    """List companies of a person, by name; at most 100."""
    query = (
        select(companies.c.id, companies.c.name)
        .join(company_members, company_members.c.company_id == companies.c.id)
        .where(company_members.c.person_id == person_id, companies.c.workspace_id == workspace_id)
        .order_by(companies.c.name, companies.c.id)
        .limit(100)
    )
    return await all_of(connection, query, Employer)


async def add_person(ctx: Context, connection: AsyncConnection, company_id: int, person_id: int) -> bool:
    """Put a person into a company; whether they are new there."""
    row = (
        select(literal(ctx.workspace.id), companies.c.id, people.c.id)
        .join(people, people.c.workspace_id == companies.c.workspace_id)
        .where(
            companies.c.id == company_id,
            companies.c.workspace_id == ctx.workspace.id,
            people.c.id == person_id,
            people.c.erased_at.is_(None),
        )
    )
    written = await connection.execute(
        upsert(company_members)
        .from_select(["workspace_id", "company_id", "person_id"], row)
        .on_conflict_do_nothing(index_elements=["company_id", "person_id"])
    )
    return written.rowcount == 1


async def remove_person(ctx: Context, connection: AsyncConnection, company_id: int, person_id: int) -> bool:
    """Take a person out of a company; whether they were in it."""
    gone = await connection.execute(
        delete(company_members).where(
            company_members.c.company_id == company_id,
            company_members.c.person_id == person_id,
            company_members.c.workspace_id == ctx.workspace.id,
        )
    )
    return gone.rowcount == 1


async def note_joined(connection: AsyncConnection, workspace_id: int, said: Sequence[Joined]) -> None:
    """Keep what messages say of companies and who belongs to them; of several about one the later wins."""
    if not said:
        return
    names: dict[str, str] = {}
    properties: dict[str, dict[str, Any]] = {}
    for each in said:
        names[each.key] = each.name or names.get(each.key, "")
        properties.setdefault(each.key, {}).update(each.properties)
    keys = sorted(names)
    await run(
        connection,
        __package__,
        "note_companies",
        workspace_id=workspace_id,
        keys=keys,
        names=[names[key] for key in keys],
        properties=[json.dumps(properties[key]) for key in keys],
    )
    await run(
        connection,
        __package__,
        "join_companies",
        workspace_id=workspace_id,
        keys=[each.key for each in said],
        person_ids=[each.person_id for each in said],
    )


async def known_properties(ctx: Context, connection: AsyncConnection) -> list[KnownProperty]:
    """Return what is known of companies, the commonest first."""
    return shaped(await run(connection, __package__, "list_properties", workspace_id=ctx.workspace.id), KnownProperty)
