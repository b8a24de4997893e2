"""What is done with many people at once: tagged, given a value, their consent recorded, taken out of the product."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Invalid
from gonfalon.people.attributes.model import Attribute
from gonfalon.people.attributes.rules import check_values
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.consent.model import ConsentState, Statement
from gonfalon.people.consent.store import find_topic, list_topics, write_statement
from gonfalon.people.directory.export import csv_of_people, ids_of
from gonfalon.people.directory.model import Choice, Question, Sort
from gonfalon.people.directory.rules import check_columns, parse_question
from gonfalon.people.directory.store import names_of, query_of
from gonfalon.people.privacy import actions as privacy
from gonfalon.people.profiles import store as profiles
from gonfalon.people.profiles.actions import check_tags


async def read_question(ctx: Context, search: str, filters: Sequence[str], sort: Sort = Sort.NEWEST) -> Question:
    """Return the question of a URL, held against what the workspace has declared. Raises Invalid."""
    async with ctx.reading() as connection:
        attributes = await attributes_of(connection, ctx.workspace.id)
        topics = await list_topics(connection, ctx.workspace.id, archived=True)
    return parse_question(search, filters, sort, attributes, {topic.key: topic.id for topic in topics})


async def tag_people(ctx: Context, chosen: Choice, add: Sequence[str], remove: Sequence[str]) -> int:
    """Give and takes tags of the chosen people in one statement; for how many something changed."""
    ctx.require(Permission.PEOPLE_WRITE)
    added, removed = check_tags(add), check_tags(remove)
    w = ctx.workspace.id
    async with ctx.transaction() as connection:
        people = _people_of(ctx, chosen, await attributes_of(connection, w))
        changed = await profiles.change_tags(connection, w, people, added, removed)
        await ctx.audit(connection, "people.tagged", people=changed, added=added, removed=removed, about=chosen.said)
    return changed


async def set_attribute(ctx: Context, chosen: Choice, key: str, value: object) -> int:
    """Give the chosen people one value of an attribute (None forgets) in one statement; for how many it changed.

    The audit trail says which attribute, not which value: it outlives an erasure. Raises Invalid.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        attributes = await attributes_of(connection, ctx.workspace.id)
        kept, _ = check_values(attributes, {key: value})
        people = _people_of(ctx, chosen, attributes)
        changed = await profiles.set_attribute(ctx, connection, people, key, kept.get(key))
        await ctx.audit(
            connection, "people.attribute_set", people=changed, attribute=attributes[key].label, about=chosen.said
        )
    return changed


async def record_consent_of(ctx: Context, chosen: Choice, topic_ids: Sequence[int], said: Statement) -> int:
    """Record what the chosen people said, with a line of proof each; for how many states something changed.

    As with one person: a withdrawal counts always, a grant after a withdrawal when it was said later. Raises Invalid
    for a grant of which nobody says how it is known, and NotFound for topics of other workspaces.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    w = ctx.workspace.id
    if said.state is ConsentState.GRANTED and not str(said.details.get("origin", "")).strip():
        raise Invalid("consent_origin_missing", "Say how these people agreed; it is kept as proof with each of them.")
    async with ctx.transaction() as connection:
        for topic_id in topic_ids:
            await find_topic(connection, w, topic_id)
        people = _people_of(ctx, chosen, await attributes_of(connection, w))
        changed = await write_statement(connection, w, people, topic_ids, said)
        await ctx.audit(
            connection, f"people.consent_{said.state.value}", channel=said.channel.value, topics=list(topic_ids),
            changed=changed, about=chosen.said,
        )  # fmt: skip
    return changed


async def erase_people(ctx: Context, chosen: Choice, confirmed: int) -> int:
    """Erase the chosen people for good, if they are as many as were confirmed; how many. Raises Conflict."""
    async with ctx.reading() as connection:
        attributes = await attributes_of(connection, ctx.workspace.id)
    return await privacy.erase_people(ctx, _people_of(ctx, chosen, attributes), confirmed)


def _people_of(ctx: Context, chosen: Choice, attributes: dict[str, Attribute]) -> profiles.Chosen:
    if chosen.matching is None:
        return chosen.ids
    return query_of(ctx.workspace.id, chosen.matching, names_of(attributes))


async def export_people(ctx: Context, chosen: Choice, columns: Sequence[str]) -> AsyncIterator[str]:
    """Write CSV of the chosen people, in parts. The audit trail says who took which columns of whom."""
    ctx.require(Permission.PEOPLE_EXPORT)
    async with ctx.transaction() as connection:
        attributes = await attributes_of(connection, ctx.workspace.id)
        topics = {topic.key: topic.id for topic in await list_topics(connection, ctx.workspace.id)}
        checked = check_columns(columns, attributes, topics)
        await ctx.audit(connection, "people.exported", columns=checked, about=chosen.said)
    return csv_of_people(ctx, ids_of(ctx, chosen, attributes), checked, attributes, topics)
