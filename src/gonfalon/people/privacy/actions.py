"""Erasing a person (GDPR Art. 17) and handing out everything kept of them (Art. 15, 20)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import Forgets
from gonfalon.kit.sql import run
from gonfalon.people.consent.store import consents_of, proofs_of
from gonfalon.people.identities.rules import erased_key, keyed_hash
from gonfalon.people.profiles.store import find_person, identities_of, timeline_of

ARCHIVED_LINES = 100_000


async def erase_person(ctx: Context, person_id: int) -> None:
    """Erases a person for good, in every room; erasing again changes nothing. Raises NotFound.

    What remains: a nameless row that past numbers count, and a keyed hash of the identities by which an import
    recognises that this person must not come back.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    w = ctx.workspace.id
    async with ctx.transaction() as connection:
        person = await find_person(connection, w, person_id, lock=True)
        if person.erased_at is not None:
            return
        known = [("email", person.email), ("phone", person.phone), ("external", person.external_id)]
        known += [(kind, value) for kind, value, _ in await identities_of(connection, w, person_id)]
        key = erased_key(ctx.services.secrets)
        for room in ctx.services.offered(Forgets):
            await room.forget(connection, w, person_id)
        await run(connection, __package__, "forget_imports", workspace_id=w, person_id=person_id)
        await run(
            connection,
            __package__,
            "erase_person",
            workspace_id=w,
            person_id=person_id,
            hashes=[keyed_hash(key, kind, value) for kind, value in known if value],
        )
        await ctx.audit(connection, "person.erased", "person", person_id)


async def archive_person(ctx: Context, person_id: int) -> dict[str, Any]:
    """Everything kept of a person, as JSON that a program can read. Raises NotFound."""
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
            "timeline": [asdict(each) for each in timeline],
        }
        await ctx.audit(connection, "person.archived", "person", person_id)
    return archive
