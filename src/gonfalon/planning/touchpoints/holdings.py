"""Where touchpoints hold amounts in the workspace's currency: what forbids to change it."""

from __future__ import annotations

from gonfalon.accounts.offers import Holding
from gonfalon.planning.tables.touchpoints import touchpoints

HOLDINGS = (Holding.rows("costs", "costs of touchpoints", touchpoints, touchpoints.c.cost_minor.is_not(None)),)
