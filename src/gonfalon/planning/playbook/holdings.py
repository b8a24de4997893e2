"""Where lessons hold amounts in the workspace's currency: what forbids to change it."""

from __future__ import annotations

from gonfalon.accounts.offers import Holding
from gonfalon.planning.playbook.lessons.model import EffectUnit
from gonfalon.planning.tables.playbook import lessons

HOLDINGS = (Holding.rows("lessons", "lessons with an amount", lessons, lessons.c.unit == EffectUnit.MONEY.value),)
