"""Where goals hold amounts in the workspace's currency: what forbids to change it."""

from __future__ import annotations

from gonfalon.accounts.offers import Holding
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Unit
from gonfalon.planning.tables.goals import goals

_MONEY_METRICS = [metric.value for metric in GoalMetric if metric.unit is Unit.MONEY]

HOLDINGS = (Holding.rows("goals", "goals in money", goals, goals.c.metric.in_(_MONEY_METRICS)),)
