"""Database calls of how far consent reaches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.rows import shaped
from gonfalon.kit.sql import run, statement
from gonfalon.people.standings.model import ConsentStanding, Demands, PastConsent, PastStanding

EVERYBODY = "select id from people where workspace_id = %(workspace_id)s and erased_at is null"
NEVER = 1200
"""Months that no consent is older than."""


async def weigh(connection: AsyncConnection, workspace_id: int, demands: Demands, days: int) -> list[ConsentStanding]:
    """Return how many people stand where, and how many of those reached the demands would lose."""
    found = await run(
        connection,
        __package__,
        "weigh_consents",
        workspace_id=workspace_id,
        days=days,
        months=demands.months or NEVER,
        asks_proof=demands.proof,
        asks_age=demands.months is not None,
        asks_confirmed=demands.confirmed,
    )
    return shaped(found, ConsentStanding)


async def count_past(
    connection: AsyncConnection,
    workspace_id: int,
    until: datetime,
    people: tuple[str, Mapping[str, object]] = (EVERYBODY, {}),
) -> list[PastStanding]:
    """Return how many agreed before a moment, by the log alone. people: one of our own queries, with its values."""
    query, params = people
    found = await connection.exec_driver_sql(
        statement(__package__, "count_past").replace("{people}", query),
        {**params, "workspace_id": workspace_id, "until": until},
    )
    return shaped(found, PastStanding)


async def past_of(connection: AsyncConnection, workspace_id: int, person_id: int, until: datetime) -> list[PastConsent]:
    """Return what a person had said before a moment, by the log alone."""
    found = await run(connection, __package__, "read_past", workspace_id=workspace_id, person_id=person_id, until=until)
    return shaped(found, PastConsent)
