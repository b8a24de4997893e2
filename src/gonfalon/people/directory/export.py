"""People as CSV, part by part: safe to open in a spreadsheet, and read back by an import as they were."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

from gonfalon.accounts.context import Context
from gonfalon.kit.money import to_decimal
from gonfalon.kit.sheets import MARK, Cell, written
from gonfalon.people.attributes.model import Attribute, AttributeType, Value
from gonfalon.people.consent.store import states_of
from gonfalon.people.directory.model import Choice
from gonfalon.people.directory.store import ids_in_order, names_of
from gonfalon.people.profiles.model import Person
from gonfalon.people.profiles.store import people_by_id

PART = 5_000


async def ids_of(ctx: Context, chosen: Choice, attributes: Mapping[str, Attribute]) -> AsyncIterator[list[int]]:
    """Return the ids of the chosen people in parts; whom a question means, PostgreSQL says while reading."""
    if chosen.matching is None:
        for start in range(0, len(chosen.ids), PART):
            yield list(chosen.ids[start : start + PART])
        return
    question, names, last = chosen.matching, names_of(attributes), 0
    while True:
        async with ctx.reading() as connection:
            part = await ids_in_order(ctx, connection, question, names, last, PART)
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
    """Write CSV text in parts: a heading, then a line per person who still exists. columns: as rules.check_columns
    gives.

    Amounts are decimal numbers of the workspace's currency, tags are joined by "; ", consent is granted, withdrawn
    or empty. Begins with the mark that tells spreadsheets it is UTF-8.
    """
    yield MARK + written([[_heading(column, attributes) for column in columns]])
    asked = [column.split(".", 2) for column in columns if column.startswith("consent.")]
    wanted = {(channel, topics[key]) for _, channel, key in asked}
    async for ids in parts:
        async with ctx.reading() as connection:
            shown = await people_by_id(ctx, connection, ids)
            states: dict[tuple[int, str, int], str] = {}
            if wanted:
                states = await states_of(ctx, connection, ids)
        yield written(
            [[_cell(ctx, person, column, attributes, topics, states) for column in columns] for person in shown]
        )


def _heading(column: str, attributes: Mapping[str, Attribute]) -> str:
    """What an import recognises the column by: the attribute's label, unless two have the same."""
    if not column.startswith("attribute."):
        return column
    attribute = attributes[column.removeprefix("attribute.")]
    alike = sum(each.label.casefold() == attribute.label.casefold() for each in attributes.values())
    return attribute.label if alike == 1 else attribute.key


def _cell(
    ctx: Context,
    person: Person,
    column: str,
    attributes: Mapping[str, Attribute],
    topics: Mapping[str, int],
    states: Mapping[tuple[int, str, int], str],
) -> Cell:
    if column.startswith("attribute."):
        key = column.removeprefix("attribute.")
        return attribute_cell(attributes[key].type, person.attributes.get(key), ctx.workspace.currency)
    if column.startswith("consent."):
        _, channel, topic = column.split(".", 2)
        return states.get((person.id, channel, topics[topic]), "")
    if column == "tags":
        return "; ".join(person.tags)
    value: Cell = getattr(person, column)
    return value


def attribute_cell(type_: AttributeType, value: Value | None, currency: str) -> Cell:
    """Return a stored value as a cell: amounts in whole units of the currency."""
    if type_ is AttributeType.MONEY and isinstance(value, int):
        return to_decimal(value, currency)
    return value if isinstance(value, str | int | float | None) else str(value)
