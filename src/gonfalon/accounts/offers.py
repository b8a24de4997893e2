"""What accounts asks the rooms above for; they put these values into their `ROOM`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Select, Table, exists
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.model import Workspace


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """Fills a new workspace, in its creating transaction."""

    fill: Callable[[AsyncConnection, Workspace], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Adopted:
    """Begins what waited until a workspace without an owner has one, in that transaction; called with its id."""

    begin: Callable[[AsyncConnection, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Credential:
    """Ends what opens something in a user's name: in one workspace, by its id, or in all (None)."""

    end: Callable[[AsyncConnection, UUID, int | None], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of thing that holds amounts in the workspace's currency, which therefore cannot change under it.

    words: how it is called in a sentence. exists: whether a workspace, by its id, has any.
    """

    key: str
    words: str
    exists: Callable[[int], ColumnElement[bool]]

    @classmethod
    def rows(cls, key: str, words: str, table: Table, *where: ColumnElement[bool]) -> Holding:
        """Return the usual one: rows of a table that meet the conditions."""
        return cls(key, words, rows_of(table, *where))


def rows_of(table: Table, *where: ColumnElement[bool]) -> Callable[[int], ColumnElement[bool]]:
    """Make the question whether a workspace has any rows that meet the conditions."""
    return lambda workspace_id: exists().where(table.c.workspace_id == workspace_id, *where)


class Held(StrEnum):
    """What campaigns hold, of which their guests are therefore told."""

    MEMBER = "member"
    AUDIENCE = "audience"
    TEMPLATE = "template"
    TOPIC = "topic"
    TOUCHPOINT = "touchpoint"


@dataclass(frozen=True, slots=True)
class Holds:
    """A column by which campaigns hold things of a kind: `thing` and `campaign` are columns of one table, with the
    `workspace_id` beside them."""

    kind: Held
    thing: Column[Any]
    campaign: Column[Any]


@dataclass(frozen=True, slots=True)
class Forgets:
    """Forgets what a room keeps of people, in the erasing transaction, before the people's rows are emptied.

    forget: called with the ids of the workspace and of the people, one or a hundred thousand.
    """

    forget: Callable[[AsyncConnection, int, Sequence[int]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class CampaignNames:
    """What campaigns are called: rows of `id`, `workspace_id` and `name`."""

    rows: Select[Any]
