"""Erasing a person (GDPR Art. 17) and handing out everything kept of them (Art. 15, 20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import Forgets
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.sql import run
from gonfalon.people.companies.store import companies_of
from gonfalon.people.consent.store import consents_of, proofs_of
from gonfalon.people.identities.rules import erased_key, keyed_hash
from gonfalon.people.merging.store import forget_merges, merged_rows
from gonfalon.people.profiles.store import (
    Chosen,
    find_person,
    identities_of,
    identities_of_all,
    lock_people,
    timeline_of,
)

ARCHIVED_LINES = 100_000
MOST_AT_ONCE = 100_000


async def erase_person(ctx: Context, person_id: int) -> None:
    """Erase a person for good, in every room; erasing again changes nothing. Raises NotFound.

    What remains: a nameless row that past numbers count, and a keyed hash of the identities by which an import
    recognises that this person must not come back.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    w = ctx.workspace.id
    async with ctx.transaction() as connection:
        person = await find_person(connection, w, person_id, lock=True)
        if person.erased_at is not None:
            return
        await _erase(ctx, connection, [person_id])
        await ctx.audit(connection, "person.erased", "person", person_id)


async def erase_people(ctx: Context, chosen: Chosen, confirmed: int) -> int:
    """Erase many people at once, as `erase_person` does one; how many.

    confirmed: how many the actor has been told of, and typed. Raises Conflict where other than so many are meant by
    now, and Invalid for more than are erased at once. The audit trail says how many, not whom.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        people = await lock_people(ctx, connection, chosen, MOST_AT_ONCE + 1)
        if len(people) > MOST_AT_ONCE:
            raise Invalid(
                "erased_too_many",
                f"At most {MOST_AT_ONCE:,} people are erased at once; choose fewer.",
                most=MOST_AT_ONCE,
            )
        if len(people) != confirmed:
            raise Conflict(
                "erased_count_differs",
                f"You confirmed {confirmed:,} people, {len(people):,} are meant now; look again and type the number.",
                confirmed=confirmed,
                people=len(people),
            )
        if people:
            await _erase(ctx, connection, people)
            await ctx.audit(connection, "people.erased", people=len(people))
    return len(people)


async def _erase(ctx: Context, connection: AsyncConnection, people: Sequence[int]) -> None:
    w = ctx.workspace.id
    people = [*people, *await merged_rows(connection, w, people)]
    key = erased_key(ctx.services.secrets)
    hashes = [keyed_hash(key, kind, value) for kind, value in await identities_of_all(connection, w, people)]
    for room in ctx.services.offered(Forgets):
        await room.forget(connection, w, people)
    await run(connection, __package__, "forget_imports", workspace_id=w, person_ids=people)
    await run(connection, __package__, "forget_trials", workspace_id=w)
    await forget_merges(connection, w, people)
    await run(connection, __package__, "erase_people", workspace_id=w, person_ids=people, hashes=hashes)


async def archive_person(ctx: Context, person_id: int) -> dict[str, Any]:
    """Return everything kept of a person, as JSON that a program can read. Raises NotFound."""
    ctx.require(Permission.PEOPLE_EXPORT)
    w = ctx.workspace.id
    async with ctx.transaction() as connection:
        person = await find_person(connection, w, person_id)
        timeline, _ = await timeline_of(connection, w, person_id, None, ARCHIVED_LINES)
        archive = {
            "person": asdict(person),
            "identities": [
                {"kind": kind, "value": value, "created_at": at}
                for kind, value, at in await identities_of(connection, w, person_id)
            ],
            "consents": [asdict(each) for each in await consents_of(connection, w, person_id)],
            "proofs": [asdict(each) for each in await proofs_of(connection, w, person_id, limit=ARCHIVED_LINES)],
            "companies": [asdict(each) for each in await companies_of(connection, w, person_id)],
            "timeline": [asdict(each) for each in timeline],
        }
        await ctx.audit(connection, "person.archived", "person", person_id)
    return archive
