"""What the recipients' pages read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.tables import workspaces
from gonfalon.tracking.links.policy import policy_of
from gonfalon.tracking.links.rules import may_track


@dataclass(frozen=True, slots=True)
class Place:
    """The workspace a page speaks for."""

    id: int
    name: str
    language: str
    consent_required: bool

    def measures(self, tracking_consent: bool | None) -> bool:
        """Return whether it may measure a person with this consent."""
        return may_track(tracking_consent, consent_required=self.consent_required)


async def find_place(connection: AsyncConnection, workspace_id: int) -> Place | None:
    """Return the workspace of a token, or None when it is gone."""
    row = (
        await connection.execute(
            select(workspaces.c.id, workspaces.c.name, workspaces.c.language, workspaces.c.settings).where(
                workspaces.c.id == workspace_id
            )
        )
    ).first()
    return Place(row.id, row.name, row.language, policy_of(row.settings).consent_required) if row else None


async def topic_of_message(connection: AsyncConnection, workspace_id: int, message_id: int) -> tuple[int, str] | None:
    """Return id and name of the topic a message was sent about, or None when nobody knows any more."""
    row = (
        await connection.execute(
            text(
                "select t.id, t.name from messages m join dispatches d on d.id = m.dispatch_id "
                "join topics t on t.id = d.topic_id and t.workspace_id = m.workspace_id "
                "where m.id = :message and m.workspace_id = :workspace"
            ),
            {"message": message_id, "workspace": workspace_id},
        )
    ).first()
    return (row.id, row.name) if row else None
