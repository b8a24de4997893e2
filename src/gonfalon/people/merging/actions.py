"""The verbs of merging: preview, merge, undo, split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, Invalid, NotFound
from gonfalon.people.consent.store import consents_of
from gonfalon.people.merging import rules, store
from gonfalon.people.merging.model import Merge, MergedConsent, MergePreview
from gonfalon.people.offers import MovesPeople
from gonfalon.people.profiles.actions import name_of
from gonfalon.people.profiles.model import Person
from gonfalon.people.profiles.store import find_person, update_person


async def preview_merge(ctx: Context, kept_id: int, gone_id: int) -> MergePreview:
    """Return what making two people one would do. Raises NotFound, and Conflict where one of them is gone."""
    ctx.require(Permission.PEOPLE_READ)
    w = ctx.workspace.id
    movers = ctx.services.offered(MovesPeople)
    async with ctx.reading() as connection:
        kept, gone = [await find_person(connection, w, each) for each in (kept_id, gone_id)]
        _check_two(kept, gone)
        beside = list(await store.beside_of(connection, w, gone_id))
        consents = await _consents(connection, w, kept_id, gone_id)
        things = await store.count_things(connection, w, gone_id, movers)
        twice = await store.count_twice(connection, w, kept_id, gone_id)
    return MergePreview(
        kept_id,
        name_of(kept),
        _known_by(kept),
        gone_id,
        name_of(gone),
        _known_by(gone),
        rules.identities_moved(kept, gone, beside),
        rules.values_merged(kept, gone),
        sorted({*gone.tags} - {*kept.tags}),
        consents,
        kept.tracking_consent,
        gone.tracking_consent,
        rules.stricter_tracking(kept.tracking_consent, gone.tracking_consent),
        things,
        twice,
    )


def _known_by(person: Person) -> str:
    return person.email or person.phone or person.external_id or f"#{person.id}"


async def _consents(connection: AsyncConnection, w: int, kept_id: int, gone_id: int) -> list[MergedConsent]:
    said = {
        each: {(one.topic.id, one.channel): one for one in await consents_of(connection, w, each)}
        for each in (kept_id, gone_id)
    }
    topics = {**said[gone_id], **said[kept_id]}
    found = []
    for key, one in topics.items():
        kept, gone = ((known.state if (known := said[each].get(key)) else None) for each in (kept_id, gone_id))
        found.append(MergedConsent(one.topic.name, one.channel, kept, gone, rules.stricter(kept, gone)))
    return found


async def merge_two(ctx: Context, kept_id: int, gone_id: int, take: Sequence[str] = ()) -> Merge:
    """Make two people one; the first stays. Asked again, answers the merge that is there.

    take: keys of attributes whose value is the other one's. Raises NotFound, and Conflict where one of them is gone.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    w = ctx.workspace.id
    async with ctx.transaction() as connection:
        await store.lock_all(connection, w)
        known = await store.standing_merge(connection, w, gone_id)
        if known is not None and known.kept_id == kept_id:
            return known
        people = await store.lock_these(connection, w, [kept_id, gone_id])
        if not {kept_id, gone_id} <= {*people}:
            raise NotFound("person_unknown", "There is no such person in this workspace.")
        _check_two(people[kept_id], people[gone_id])
        ids = await merge_people(ctx, connection, {gone_id: kept_id}, people)
        await store.take(connection, w, ids[gone_id], take)
        await ctx.audit(connection, "person.merged", "person", kept_id, other=gone_id)
        merged = await store.find_merge(connection, w, ids[gone_id])
    assert merged is not None
    return merged


async def merge_people(
    ctx: Context, connection: AsyncConnection, merges: Mapping[int, int], people: Mapping[int, Person]
) -> dict[int, int]:
    """Make people those they turn out to be: who stays by who goes. Joins the transaction, which holds all of them.

    Nobody who stays goes elsewhere in the same call. Returns the merges' ids by who goes.
    """
    w = ctx.workspace.id
    movers = ctx.services.offered(MovesPeople)
    ids = await store.note(connection, w, merges, movers, ctx.actor.name)
    await store.bury(connection, w, merges)
    await store.attach(connection, w, [(kept, people[gone]) for gone, kept in sorted(merges.items())])
    for mover in movers:
        await mover.move(connection, w, merges)
    return ids


def _check_two(kept: Person, gone: Person) -> None:
    if kept.id == gone.id:
        raise Invalid("merge_same", "Choose two different people.")
    if kept.erased_at is not None or gone.erased_at is not None:
        raise Conflict(
            "merge_gone", "One of them was erased or made one with somebody else meanwhile; open the list again."
        )


async def list_merges(ctx: Context, person_id: int) -> list[Merge]:
    """Return a person's merges and splits, the newest first. Raises NotFound."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        await find_person(connection, ctx.workspace.id, person_id)
        return await store.merges_of(connection, ctx.workspace.id, person_id)


async def undo_merge(ctx: Context, merge_id: int) -> Merge:
    """Make a merged person somebody again; asked again, changes nothing.

    Raises NotFound, and Conflict where somebody was erased since or newer merges of the same person hold.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    w = ctx.workspace.id
    async with ctx.transaction() as connection:
        await store.lock_all(connection, w)
        merge = await store.find_merge(connection, w, merge_id, lock=True)
        if merge is None or merge.kind != "merge":
            raise NotFound("merge_unknown", "There is no such merge in this workspace.")
        if merge.undone_at is not None:
            return merge
        kept = (await store.lock_these(connection, w, [merge.kept_id, merge.gone_id]))[merge.kept_id]
        if kept.erased_at is not None:
            raise Conflict(
                "merge_kept_gone",
                "Who stayed was erased or made one with somebody else since; undo that merge first, if there is one.",
                person_id=await store.merged_into(connection, w, merge.kept_id),
            )
        if await store.later_merge(connection, w, merge):
            raise Conflict("merge_later", "Somebody else was merged into this person later; undo that merge first.")
        await store.give_back(connection, w, merge_id, ctx.services.offered(MovesPeople), ctx.actor.name)
        await ctx.audit(connection, "person.unmerged", "person", merge.kept_id, other=merge.gone_id)
        undone = await store.find_merge(connection, w, merge_id)
    assert undone is not None
    return undone


async def split_person(
    ctx: Context, person_id: int, identities: Sequence[tuple[str, str]], events: Sequence[int]
) -> int:
    """Make somebody new of some identities and events of a person; returns the new person's id.

    What the person has withdrawn counts for the new one, too; what they granted doesn't. Raises NotFound, Conflict for
    somebody who is gone, Invalid for identities that are not theirs or would leave them with none.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    w = ctx.workspace.id
    async with ctx.transaction() as connection:
        await store.lock_all(connection, w)
        person = await find_person(connection, w, person_id, lock=True)
        if person.erased_at is not None:
            raise Conflict("merge_gone", "Somebody erased this person, or made them one with somebody else.")
        beside = await store.beside_of(connection, w, person_id)
        primary = [(kind, value) for kind, column in rules.PRIMARY.items() if (value := getattr(person, column))]
        wanted = list(dict.fromkeys(identities))
        if not wanted or not set(wanted) <= {*beside, *primary}:
            raise Invalid("split_identities", "Choose at least one identity, among those of this person.")
        if set(wanted) >= {*beside, *primary}:
            raise Invalid("split_all", "Leave the person at least one identity; everything else may go along.")
        await _leave(ctx, connection, person, [each for each in wanted if each in primary], wanted, beside)
        named = [each for each in wanted if each in beside and each[0] in rules.PRIMARY]
        await store.drop_beside(connection, w, [beside[each] for each in named])
        rest = [str(beside[each]) for each in wanted if each in beside and each not in named]
        chosen = {"identities": rest, "events": [str(each) for each in events]}
        movers = ctx.services.offered(MovesPeople)
        new, _ = await store.split(connection, w, person_id, chosen, movers, ctx.actor.name)
        await store.attach(
            connection, w, [(new, _known_as(person, *each)) for each in wanted if each in primary or each in named]
        )
        await ctx.audit(connection, "person.split", "person", person_id, other=new, events=len(events))
    return new


async def _leave(
    ctx: Context,
    connection: AsyncConnection,
    person: Person,
    taken: Sequence[tuple[str, str]],
    wanted: Sequence[tuple[str, str]],
    beside: Mapping[tuple[str, str], int],
) -> None:
    """Take primary identities off a person; another of the same kind that stays takes the place."""
    for kind, _ in taken:
        next_one = next((each for each in beside if each[0] == kind and each not in wanted), None)
        if next_one:
            await store.drop_beside(connection, ctx.workspace.id, [beside[next_one]])
        await update_person(ctx, connection, person.id, {rules.PRIMARY[kind]: next_one[1] if next_one else None})


def _known_as(person: Person, kind: str, value: str) -> Person:
    """Return somebody who is known by one identity only."""
    nobody = replace(person, email=None, phone=None, external_id=None)
    match rules.PRIMARY.get(kind):
        case "email":
            return replace(nobody, email=value)
        case "phone":
            return replace(nobody, phone=value)
        case "external_id":
            return replace(nobody, external_id=value)
    return nobody
