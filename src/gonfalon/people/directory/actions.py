"""Taking people out of the product: the one thing about the list that is written down."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.people.attributes.model import Attribute
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.consent.store import list_topics
from gonfalon.people.directory.export import csv_of_people, ids_of
from gonfalon.people.directory.model import Question, Sort
from gonfalon.people.directory.rules import check_columns, parse_question


async def read_question(ctx: Context, search: str, filters: Sequence[str], sort: Sort = Sort.NEWEST) -> Question:
    """The question of a URL, held against what the workspace has declared. Raises Invalid."""
    async with ctx.reading() as connection:
        attributes = await attributes_of(connection, ctx.workspace.id)
        topics = await list_topics(connection, ctx.workspace.id, archived=True)
    return parse_question(search, filters, sort, attributes, {topic.key: topic.id for topic in topics})


async def export_people(
    ctx: Context, search: str, filters: Sequence[str], columns: Sequence[str]
) -> AsyncIterator[str]:
    """CSV of everybody a question means, in parts. The audit trail says who took which columns of whom."""
    question = await read_question(ctx, search, filters)
    attributes, _ = await _declared(ctx)
    about = {"search": search, "filters": list(filters)}
    return await export_ids(ctx, ids_of(ctx, question, attributes), columns, about)


async def export_ids(
    ctx: Context, parts: AsyncIterator[list[int]], columns: Sequence[str], about: Mapping[str, object]
) -> AsyncIterator[str]:
    """CSV of the people whose ids come in parts: the door for the people behind a number of another room.

    about: JSON that says to the audit trail whose people these are.
    """
    ctx.require(Permission.PEOPLE_EXPORT)
    attributes, topics = await _declared(ctx)
    checked = check_columns(columns, attributes, topics)
    async with ctx.transaction() as connection:
        await ctx.audit(connection, "people.exported", columns=checked, about=dict(about))
    return csv_of_people(ctx, parts, checked, attributes, topics)


async def _declared(ctx: Context) -> tuple[dict[str, Attribute], dict[str, int]]:
    async with ctx.reading() as connection:
        attributes = await attributes_of(connection, ctx.workspace.id)
        topics = await list_topics(connection, ctx.workspace.id)
    return attributes, {topic.key: topic.id for topic in topics}
