"""What people asks the rooms above for; they put these values into their `ROOM`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.people.addresses import Address
from gonfalon.people.model import Channel


@dataclass(frozen=True, slots=True)
class Dead:
    """Addresses that a file says are not to be written to again. addresses: one of our own queries for them."""

    workspace_id: int
    channel: Channel
    bounced: bool
    addresses: str
    note: str


@dataclass(frozen=True, slots=True)
class Suppresses:
    """Keeps addresses that a file of people says are dead or blocked, in the importing transaction.

    suppress: returns how many of them are new.
    """

    suppress: Callable[[Context, AsyncConnection, Dead], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Lists:
    """Puts people of an import on fixed lists, in the importing transaction, and takes them off when it is undone.

    check: raises NotFound or Conflict where there is no such list, or the actor may not change it. add: called with one
    of our own queries for the people's ids; returns how many were not on it before. remove: called with the
    transaction that put people on lists; returns how many rows went.
    """

    check: Callable[[Context, AsyncConnection, UUID], Awaitable[None]]
    add: Callable[[Context, AsyncConnection, UUID, str], Awaitable[int]]
    remove: Callable[[AsyncConnection, int, int], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Asks:
    """The keys of attributes that rules ask about which the actor may see: guests are told of no others.

    keys: a query of one column.
    """

    keys: Callable[[Context], Select[Any]]


@dataclass(frozen=True, slots=True)
class Addressed:
    """A channel on which people are reached if they agreed to it, and which of their addresses it goes to.

    The view `addresses` says the same in PostgreSQL, the analytics copy is asked by these offers.
    """

    name: str
    address: Address

    @property
    def sent_here(self) -> bool:
        """Whether Gonfalon sends it itself."""
        return False


@dataclass(frozen=True, slots=True)
class MovesPeople:
    """Moves what a room holds of people who turn out to be others, in the transaction that learns so.

    what: what these things are called in the history of merges. held: one of our own queries for the things of
    `%(people)s` in `%(workspace_id)s`, rows of `person_id` and `ref`; things that both may have are told of both.
    move: called with the workspace's id and the id of the person who stays by the other's. back: called with the
    workspace's and a merge's id; gives what `person_moves` says of it from the person who stayed to the other one.
    """

    what: str
    held: LiteralString
    move: Callable[[AsyncConnection, int, Mapping[int, int]], Awaitable[None]]
    back: Callable[[AsyncConnection, int, int], Awaitable[None]]
