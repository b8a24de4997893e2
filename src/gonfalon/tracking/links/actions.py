"""Storing the destinations of a message content."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.tracking.links import store


async def store_links(connection: AsyncConnection, workspace_id: int, found: Sequence[tuple[int, str, str]]) -> int:
    """Keep (number, destination, label) of a compiled content; returns the link set to name in tokens.

    Joins the caller's transaction: a launch stores its links with its messages or not at all. A destination that
    differs by person is kept as its Liquid source for the report; its clicks carry a sealed destination.
    """
    return await store.add_link_set(connection, workspace_id, found)
