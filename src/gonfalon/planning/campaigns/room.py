"""What campaigns brings to the processes."""

from __future__ import annotations

from sqlalchemy import select

from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import CampaignNames, Held, Holds
from gonfalon.accounts.tables import campaign_members
from gonfalon.kit.room import Room
from gonfalon.planning.campaigns import routes
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.teamwork.model import ThingKind
from gonfalon.teamwork.store import finder_in

ROOM = Room(
    "campaigns",
    api=(routes.router,),
    offers=(
        CampaignNames(select(campaigns.c.id, campaigns.c.workspace_id, campaigns.c.name)),
        Holds(Held.MEMBER, campaigns.c.leader_id, campaigns.c.id),
        Holds(Held.MEMBER, campaign_members.c.user_id, campaign_members.c.campaign_id),
        finder_in(ThingKind.CAMPAIGN, campaigns, Permission.CAMPAIGNS_READ, campaign="id"),
        finder_in(ThingKind.BRIEF, campaigns, Permission.CAMPAIGNS_READ, campaign="id"),
        finder_in(ThingKind.BUDGET, campaigns, Permission.CAMPAIGNS_READ, campaign="id"),
    ),
)
