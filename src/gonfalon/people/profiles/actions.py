"""Making and changing people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.days import Moment
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.zones import country_of_zone
from gonfalon.people.attributes.rules import check_values
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.consent.actions import record_consent, recorder
from gonfalon.people.consent.model import ConsentState, Statement
from gonfalon.people.consent.store import find_topic
from gonfalon.people.identities import rules as identity_rules
from gonfalon.people.identities.actions import MAKING, resolve_person
from gonfalon.people.identities.model import Identified
from gonfalon.people.model import Channel
from gonfalon.people.profiles import store
from gonfalon.people.profiles.model import Person
from gonfalon.people.rules import MAX_TAG


def identified(
    ctx: Context, *, email: str | None = None, phone: str | None = None, external_id: str | None = None
) -> Identified:
    """Normalise identities; raises Invalid. National phone numbers are the country's of the workspace's zone."""
    country = country_of_zone(ctx.workspace.time_zone)
    return Identified(
        external_id=identity_rules.normalise_external_id(external_id) if external_id else None,
        email=identity_rules.normalise_email(email) if email else None,
        phone=identity_rules.normalise_phone(phone, country) if phone else None,
    )


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a person agreed to, and how that is known: when (null: now), how, and under which words."""

    topic_ids: Annotated[list[int], Field(min_length=1, max_length=100)]
    origin: Annotated[str, Field(min_length=1, max_length=500)]
    channel: Channel = Channel.EMAIL
    at: Moment | None = None
    wording: Annotated[str, Field(max_length=10_000)] = ""


async def save_person(
    ctx: Context,
    record: Identified,
    attributes: Mapping[str, object],
    tags: Sequence[str] = (),
    *,
    only_new: bool = False,
    agreed: Agreement | None = None,
) -> Person:
    """Find the person by external id, email or phone, or makes one; merges attributes, adds tags, records consent.

    Raises Invalid for a record without identity, and Conflict for an erased person or, with `only_new`, a known one.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    if not record:
        raise Invalid("identity_missing", "Give an email address, a phone number or an external id.")
    async with ctx.transaction() as connection:
        if only_new:
            await _refuse_known(ctx, connection, record)
        person_id = await resolve_person(connection, ctx.services.secrets, ctx.workspace.id, record)
        if person_id is None:
            raise Conflict(
                "person_erased", "This person asked to be erased and is not taken in again by a file or a program."
            )
        await _write(ctx, connection, person_id, attributes, add=tags)
        if agreed is not None:
            await _record_agreement(ctx, connection, person_id, agreed)
        saved = await store.find_person(connection, ctx.workspace.id, person_id)
        await ctx.audit(connection, "person.saved", "person", person_id, fields=sorted(attributes))
    return saved


async def _refuse_known(ctx: Context, connection: AsyncConnection, record: Identified) -> None:
    """Raises Conflict when one of the identities is somebody's already. Two at once: the second waits for the first."""
    await one_at_a_time(connection, MAKING, ctx.workspace.id)
    known = await resolve_person(connection, ctx.services.secrets, ctx.workspace.id, record, create=False)
    if known is not None:
        raise Conflict(
            "person_known", "Somebody with this address, number or id is here already; open them instead.",
            person_id=known,
        )  # fmt: skip


async def _record_agreement(ctx: Context, connection: AsyncConnection, person_id: int, agreed: Agreement) -> None:
    source, details = recorder(ctx)
    statement = Statement(
        agreed.channel, ConsentState.GRANTED, source, agreed.at, agreed.wording, details | {"origin": agreed.origin}
    )
    for topic_id in agreed.topic_ids:
        await find_topic(connection, ctx.workspace.id, topic_id)
    await record_consent(connection, ctx.workspace.id, [person_id], agreed.topic_ids, statement)


async def update_person(
    ctx: Context,
    person_id: int,
    identity: Mapping[str, str | None],
    attributes: Mapping[str, object],
    *,
    add_tags: Sequence[str] = (),
    remove_tags: Sequence[str] = (),
) -> Person:
    """Change primary identities (None clears), attributes (None forgets) and tags of one person.

    Raises Conflict when an identity belongs to somebody else, Invalid when none would be left.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    given = {key: value for key, value in identity.items() if value}
    clean = identified(ctx, **given)
    changes = {key: getattr(clean, key) for key in identity}
    async with ctx.transaction() as connection:
        present = await store.find_person(connection, ctx.workspace.id, person_id, lock=True)
        if present.erased_at is not None:
            raise Conflict("person_erased", "This person was erased; there is nothing left to change.")
        if changes:
            await _check_free(ctx, connection, present, changes)
            try:
                await store.update_person(ctx, connection, person_id, changes)
            except IntegrityError as error:  # somebody took it at this very moment
                raise Conflict("identity_taken", "This address, number or id belongs to somebody else.") from error
        await _write(ctx, connection, person_id, attributes, add=add_tags, remove=remove_tags)
        saved = await store.find_person(connection, ctx.workspace.id, person_id)
        fields = sorted([*identity, *attributes, *(["tags"] if add_tags or remove_tags else [])])
        await ctx.audit(connection, "person.changed", "person", person_id, fields=fields)
    return saved


def check_tags(tags: Sequence[str]) -> list[str]:
    """Return tags without surrounding space and doubles; raises Invalid for one that is empty or too long."""
    found = list(dict.fromkeys(tag.strip() for tag in tags))
    if any(not 1 <= len(tag) <= MAX_TAG or "\x00" in tag for tag in found):
        raise Invalid("tag_invalid", f"A tag has 1 to {MAX_TAG} characters.", most=MAX_TAG)
    return found


def name_of(person: Person) -> str:
    """Return how a person is named in lists; never empty. Not for the audit trail: it outlives an erasure."""
    names = (person.attributes.get("first_name"), person.attributes.get("last_name"))
    full = " ".join(str(name) for name in names if name)
    return full or person.email or person.phone or person.external_id or f"#{person.id}"


async def _write(
    ctx: Context,
    connection: AsyncConnection,
    person_id: int,
    attributes: Mapping[str, object],
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
) -> None:
    if attributes:
        kept, forgotten = check_values(await attributes_of(connection, ctx.workspace.id), attributes)
        await store.merge_attributes(connection, ctx.workspace.id, {person_id: kept | dict.fromkeys(forgotten)})
    if add or remove:
        await store.change_tags(connection, ctx.workspace.id, [person_id], check_tags(add), check_tags(remove))


async def _check_free(ctx: Context, connection: AsyncConnection, present: Person, changes: Mapping[str, Any]) -> None:
    left = {key: changes.get(key, getattr(present, key)) for key in ("email", "phone", "external_id")}
    if not any(left.values()):
        raise Invalid("identity_missing", "Leave an email address, a phone number or an external id.")
    wanted = {key: value for key, value in changes.items() if value is not None}
    if not wanted:
        return
    taken = await store.other_with(ctx, connection, present.id, wanted)
    if taken is not None:
        raise Conflict(
            "identity_taken", "This address, number or id belongs to somebody else; open them instead.", person_id=taken
        )
