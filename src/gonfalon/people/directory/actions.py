"""What is done with many people at once: tagged, and taken out of the product."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.consent.store import list_topics
from gonfalon.people.directory.export import csv_of_people, ids_of
from gonfalon.people.directory.model import Choice, Question, Sort
from gonfalon.people.directory.rules import check_columns, parse_question
from gonfalon.people.directory.store import names_of, query_of
from gonfalon.people.profiles.actions import check_tags
from gonfalon.people.profiles.store import change_tags


async def read_question(ctx: Context, search: str, filters: Sequence[str], sort: Sort = Sort.NEWEST) -> Question:
    """The question of a URL, held against what the workspace has declared. Raises Invalid."""
    async with ctx.reading() as connection:
        attributes = await attributes_of(connection, ctx.workspace.id)
        topics = await list_topics(connection, ctx.workspace.id, archived=True)
    return parse_question(search, filters, sort, attributes, {topic.key: topic.id for topic in topics})


async def tag_people(ctx: Context, chosen: Choice, add: Sequence[str], remove: Sequence[str]) -> int:
    """Gives and takes tags of the chosen people in one statement; for how many something changed."""
    ctx.require(Permission.PEOPLE_WRITE)
    added, removed = check_tags(add), check_tags(remove)
    w = ctx.workspace.id
    async with ctx.transaction() as connection:
        if chosen.matching is None:
            changed = await change_tags(connection, w, chosen.ids, added, removed)
        else:
            names = names_of(await attributes_of(connection, w))
            changed = await change_tags(connection, w, query_of(w, chosen.matching, names), added, removed)
        await ctx.audit(connection, "people.tagged", people=changed, added=added, removed=removed, about=chosen.said)
    return changed


async def export_people(ctx: Context, chosen: Choice, columns: Sequence[str]) -> AsyncIterator[str]:
    """CSV of the chosen people, in parts. The audit trail says who took which columns of whom."""
    ctx.require(Permission.PEOPLE_EXPORT)
    async with ctx.transaction() as connection:
        attributes = await attributes_of(connection, ctx.workspace.id)
        topics = {topic.key: topic.id for topic in await list_topics(connection, ctx.workspace.id)}
        checked = check_columns(columns, attributes, topics)
        await ctx.audit(connection, "people.exported", columns=checked, about=chosen.said)
    return csv_of_people(ctx, ids_of(ctx, chosen, attributes), checked, attributes, topics)
