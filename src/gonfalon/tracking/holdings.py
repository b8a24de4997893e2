"""Where tracking holds amounts that are counted in the workspace's currency."""

from __future__ import annotations

from sqlalchemy import exists

from gonfalon.accounts.offers import Holding
from gonfalon.tracking.tables import events

HOLDINGS = (
    Holding(
        "events",
        "orders and other events with an amount",
        lambda workspace_id: exists().where(events.c.workspace_id == workspace_id, events.c.amount_minor.is_not(None)),
    ),
)
