"""Rows become values of a shape, and pages are cut in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import pytest
from pydantic import BaseModel
from sqlalchemy import text

from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, first_of, one_of
from gonfalon.kit.services import Services


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    likes: Colour | None = None


class Wish(BaseModel):
    due: date


@dataclass(frozen=True)
class Plan:
    id: int
    colours: tuple[Colour, ...]
    leader: Person
    deputy: Person | None
    wish: Wish | None
    tags: list[str]
    notes: list[str] = field(default_factory=list)


PLAN = text("""
    select 7 as id, array['red', 'blue'] as colours, 1 as leader_id, 'Ada' as leader_name, 'blue' as leader_likes,
        case when :deputy <> '' then 2 end as deputy_id, :deputy as deputy_name,
        '{"due": "2031-02-03"}'::jsonb as wish, array['a'] as tags, 'left out' as others
    union all
    select 8, null, 1, 'Ada', null, null, null, null, '{}', null
    order by id
""")


async def test_columns_become_the_fields_of_a_shape(services: Services) -> None:
    async with services.db.reading() as connection:
        first, second = await all_of(connection, PLAN.bindparams(deputy=""), Plan)
        assert await first_of(connection, PLAN.bindparams(deputy=""), Plan) == first
        accompanied = await first_of(connection, PLAN.bindparams(deputy="Bo"), Plan)
    ada = Person(1, "Ada", Colour.BLUE)
    assert first == Plan(7, (Colour.RED, Colour.BLUE), ada, None, Wish(due=date(2031, 2, 3)), ["a"])
    assert second == Plan(8, (), Person(1, "Ada"), None, None, [])
    assert accompanied is not None
    assert accompanied.deputy == Person(2, "Bo")


async def test_a_missing_column_is_named(services: Services) -> None:
    async with services.db.reading() as connection:
        with pytest.raises(TypeError, match=r"Person\.name needs a column “name”; the query has id"):
            await all_of(connection, text("select 1 as id"), Person)
        assert await first_of(connection, text("select 1 as id, 'Ada' as name where false"), Person) is None
        with pytest.raises(ValueError, match="not enough values"):
            await one_of(connection, text("select 1 as id, 'Ada' as name where false"), Person)


class PersonOut(BaseModel):
    name: str


def test_the_row_beyond_a_page_tells_that_another_follows() -> None:
    page = PageRequest(None, 2)
    rows = [Person(1, "Ada"), Person(2, "Bo"), Person(3, "Cy")]
    assert page.fetch == 3
    shown = page.of(rows, PersonOut, "name", "id")
    assert [each.name for each in shown.items] == ["Ada", "Bo"]
    assert shown.next_cursor == page.next_cursor(rows, "name", "id") != page.next_cursor(rows)
    assert page.of(rows[:2], PersonOut).next_cursor is None
    assert page.next_cursor([]) is None
