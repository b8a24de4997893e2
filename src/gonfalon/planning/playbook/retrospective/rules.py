"""Pure decisions on retrospectives."""

from __future__ import annotations

from datetime import date

from gonfalon.planning.campaigns.model import CampaignOverview
from gonfalon.planning.model import CampaignState


def has_begun(campaign: CampaignOverview, today: date) -> bool:
    """Return whether there is anything to look back on: its first day has come, something was sent, or it is under
    way."""
    if campaign.state in (CampaignState.RUNNING, CampaignState.ENDED):
        return True
    happened = campaign.touchpoints.launched or campaign.touchpoints.done or campaign.budget.spent_minor
    return bool(happened) or (campaign.starts_on is not None and campaign.starts_on <= today)
