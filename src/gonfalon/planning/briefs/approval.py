"""What an approval of a campaign's brief covers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.approvals.model import Facts, SubjectKind
from gonfalon.approvals.offers import Approvable
from gonfalon.kit.errors import NotFound
from gonfalon.planning.briefs.model import SINGLES
from gonfalon.planning.briefs.store import list_passages
from gonfalon.planning.campaigns.reading import find_overview


async def brief_facts(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Facts:
    """Return every word of the brief and whom it is about; raises NotFound while nothing is written."""
    campaign = await find_overview(ctx, connection, campaign_id)
    rows = [row for row in await list_passages(ctx, connection, campaign_id) if row.text or row.audience_id]
    if not rows:
        raise NotFound("brief_empty", "The brief is still empty; write it before asking for its approval.")
    content: dict[str, Any] = {row.section: row.text for row in rows if row.section in SINGLES}
    for row in rows:
        if row.section not in SINGLES:
            content.setdefault(row.section, []).append([row.audience_name or row.kind or "", row.text])
    return Facts(
        campaign_id=campaign_id,
        title=campaign.name,
        content=content,
        amount_minor=campaign.budget.planned_minor,
        category=campaign.category,
    )


APPROVABLE = (Approvable(SubjectKind.BRIEF, facts=brief_facts),)
