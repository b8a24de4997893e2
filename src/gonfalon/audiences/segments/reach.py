"""Who is reached on which channel, and where: the views of PostgreSQL, and the same for the analytics copy.

The copy has no views, since it keeps the people of each workspace in a table of their own. What is returned is SQL in
brackets; its names are those that channels declare, never what users write.
"""

from __future__ import annotations

from collections.abc import Sequence

from gonfalon.people.offers import Addressed

from .language import Catalogue
from .layout import Layout, PostgresLayout, attribute_column


def addresses(layout: Layout, workspace: int, known: Sequence[Addressed], catalogue: Catalogue) -> str:
    """Return the addresses that people have: `person_id`, `channel` and `address`.

    known: the channels, and where their addresses are.
    """
    if isinstance(layout, PostgresLayout):
        return f"(select person_id, channel, address from addresses where workspace_id = {workspace:d})"  # noqa: S608
    parts = [
        f"select id as person_id, '{each.name}' as channel, {column} as address"  # noqa: S608
        f" from {layout.people_table(workspace)} where {column} is not null and erased_at is null"
        for each in known
        if (column := _column(each, catalogue))
    ]
    return f"({' union all '.join(parts)})"


def reachable(layout: Layout, workspace: int, known: Sequence[Addressed], catalogue: Catalogue) -> str:
    """Return whom a channel and topic reach now: `person_id`, `channel`, `topic_id` and `address`."""
    columns = "person_id, channel, topic_id, address"
    if isinstance(layout, PostgresLayout):
        return f"(select {columns} from reachable_people where workspace_id = {workspace:d})"  # noqa: S608
    return (
        f"(select {columns} from consents c"  # noqa: S608
        f" join {addresses(layout, workspace, known, catalogue)} a using (person_id, channel)"
        f" where c.workspace_id = {workspace:d} and c.state = 'granted' and not exists (select 1 from suppressions s"
        f" where s.workspace_id = {workspace:d} and s.channel = a.channel and s.address = a.address))"
    )


def _column(addressed: Addressed, catalogue: Catalogue) -> str:
    """The column of the copy's people with a channel's addresses; "" where the workspace has no such attribute."""
    address = addressed.address
    if address.column:
        return address.column
    return attribute_column(address.attribute) if address.attribute in catalogue.attributes else ""
