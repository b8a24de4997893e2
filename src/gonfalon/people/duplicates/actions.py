"""The verbs of duplicates: look for them, keep two apart, accept all of a sure kind."""

from __future__ import annotations

from typing import Final

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, Invalid, NotFound
from gonfalon.kit.jobs import defer
from gonfalon.people.duplicates import store
from gonfalon.people.duplicates.model import SURE, DuplicateKind
from gonfalon.people.merging.actions import merge_people
from gonfalon.people.merging.store import lock_all, lock_these

KEYS: Final = {
    "postcodes": ("postcode", "postal_code", "zip", "zip_code", "zipcode"),
    "birthdays": ("birthday", "birth_date", "birthdate", "date_of_birth"),
    "companies": ("company", "company_name", "organisation", "organization"),
}
"""What attributes that tell people apart are usually called."""
MOST_AT_ONCE: Final = 10_000


async def ask_search(ctx: Context) -> None:
    """Have duplicates looked for; asking again while it runs changes nothing."""
    from gonfalon.people.duplicates.jobs import find_duplicates_job

    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        await store.note_search(connection, ctx.workspace.id)
        await defer(connection, find_duplicates_job, workspace_id=ctx.workspace.id)


async def search(ctx: Context) -> None:
    """Look for people who may be one."""
    async with ctx.transaction() as connection:
        await store.find_pairs(connection, ctx.workspace.id, KEYS)


async def keep_apart(ctx: Context, first: int, second: int) -> None:
    """Remember that these are two people; they are not proposed again. Raises NotFound for a pair that never was."""
    ctx.require(Permission.PEOPLE_WRITE)
    low, high = sorted((first, second))
    async with ctx.transaction() as connection:
        if not await store.keep_apart(connection, ctx.workspace.id, low, high, ctx.actor.name):
            raise NotFound("duplicate_unknown", "These two are not proposed any more; open the list again.")
        await ctx.audit(connection, "person.kept_apart", "person", low, other=high)


async def merge_all(ctx: Context, kind: DuplicateKind, confirmed: int) -> int:
    """Make one of every pair of a sure kind, the older one stays; how many.

    confirmed: how many pairs the actor was told of. Raises Conflict where they are other than so many by now.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    if kind not in SURE:
        raise Invalid("duplicates_unsure", "Pairs of this kind may be two people; look at each of them.")
    w = ctx.workspace.id
    async with ctx.transaction() as connection:
        await lock_all(connection, w)
        pairs = await store.all_pairs(connection, w, kind, MOST_AT_ONCE + 1)
        if len(pairs) > MOST_AT_ONCE:
            raise Invalid("duplicates_too_many", f"At most {MOST_AT_ONCE:,} are merged at once.", most=MOST_AT_ONCE)
        if len(pairs) != confirmed:
            raise Conflict(
                "duplicates_differ",
                f"You confirmed {confirmed:,} pairs, there are {len(pairs):,} now; look again.",
                confirmed=confirmed,
                pairs=len(pairs),
            )
        people = await lock_these(connection, w, sorted({each for p in pairs for each in (p.low_id, p.high_id)}))
        alive = {each.id for each in people.values() if each.erased_at is None}
        stay = {pair.low_id for pair in pairs}
        # Who stays for one pair and would go with another waits for the next search.
        merges = {
            pair.high_id: pair.low_id
            for pair in pairs
            if {pair.low_id, pair.high_id} <= alive and pair.high_id not in stay
        }
        if merges:
            await merge_people(ctx, connection, merges, people)
            await ctx.audit(connection, "people.merged", kind=kind.value, people=len(merges))
    return len(merges)
