"""People as CSV, part by part: safe to open in a spreadsheet, and read back by an import as they were."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Mapping, Sequence

from sqlalchemy import select

from gonfalon.accounts.context import Context
from gonfalon.kit.money import to_decimal
from gonfalon.people.attributes.model import Attribute, AttributeType, Value
from gonfalon.people.directory.model import Choice
from gonfalon.people.directory.store import ids_in_order, names_of
from gonfalon.people.imports.values import guarded_text
from gonfalon.people.profiles.model import Person
from gonfalon.people.profiles.store import people_by_id
from gonfalon.people.tables import consents

PART = 5_000


async def ids_of(ctx: Context, chosen: Choice, attributes: Mapping[str, Attribute]) -> AsyncIterator[list[int]]:
    """The ids of the chosen people in parts; whom a question means, PostgreSQL says while reading."""
    if chosen.matching is None:
        for start in range(0, len(chosen.ids), PART):
            yield list(chosen.ids[start : start + PART])
        return
    question, names, last = chosen.matching, names_of(attributes), 0
    while True:
        async with ctx.reading() as connection:
            part = await ids_in_order(connection, ctx.workspace.id, question, names, last, PART)
        if not part:
            return
        yield part
        last = part[-1]


async def csv_of_people(
    ctx: Context,
    parts: AsyncIterator[list[int]],
    columns: Sequence[str],
    attributes: Mapping[str, Attribute],
    topics: Mapping[str, int],
) -> AsyncIterator[str]:
    """CSV text in parts: a heading, then a line per person who still exists. columns: as rules.check_columns gives.

    Amounts are decimal numbers of the workspace's currency, tags are joined by "; ", consent is granted, withdrawn
    or empty. Begins with the mark that tells spreadsheets it is UTF-8.
    """
    yield "\ufeff" + _lines([[_heading(column, attributes) for column in columns]])
    asked = [column.split(".", 2) for column in columns if column.startswith("consent.")]
    wanted = {(channel, topics[key]) for _, channel, key in asked}
    async for ids in parts:
        async with ctx.reading() as connection:
            shown = await people_by_id(connection, ctx.workspace.id, ids)
            states: dict[tuple[int, str, int], str] = {}
            if wanted:
                rows = await connection.execute(
                    select(consents.c.person_id, consents.c.channel, consents.c.topic_id, consents.c.state).where(
                        consents.c.workspace_id == ctx.workspace.id, consents.c.person_id.in_(ids)
                    )
                )
                states = {(row.person_id, row.channel, row.topic_id): row.state for row in rows}
        yield _lines(
            [[_cell(ctx, person, column, attributes, topics, states) for column in columns] for person in shown]
        )


def _heading(column: str, attributes: Mapping[str, Attribute]) -> str:
    """What an import recognises the column by: the attribute's label, unless two have the same."""
    if not column.startswith("attribute."):
        return column
    attribute = attributes[column.removeprefix("attribute.")]
    alike = sum(each.label.casefold() == attribute.label.casefold() for each in attributes.values())
    return guarded_text(attribute.label if alike == 1 else attribute.key)


def _cell(
    ctx: Context,
    person: Person,
    column: str,
    attributes: Mapping[str, Attribute],
    topics: Mapping[str, int],
    states: Mapping[tuple[int, str, int], str],
) -> str:
    if column.startswith("attribute."):
        key = column.removeprefix("attribute.")
        return attribute_cell(attributes[key].type, person.attributes.get(key), ctx.workspace.currency)
    if column.startswith("consent."):
        _, channel, topic = column.split(".", 2)
        return states.get((person.id, channel, topics[topic]), "")
    if column == "tags":
        return guarded_text("; ".join(person.tags))
    value = getattr(person, column)
    if value is None:
        return ""
    return value.isoformat() if column.endswith("_at") else guarded_text(str(value))


def attribute_cell(type_: AttributeType, value: Value | None, currency: str) -> str:
    """A stored value as a cell; texts are guarded, numbers stay numbers."""
    if value is None:
        return ""
    match type_:
        case AttributeType.MONEY if isinstance(value, int):
            return str(to_decimal(value, currency))
        case AttributeType.BOOLEAN:
            return "true" if value else "false"
        case AttributeType.NUMBER:
            return str(value)
        case _:
            return guarded_text(str(value))


def _lines(rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()
