"""Conditions that are short for others: engagement and lifecycle, by rules that are written down."""

from __future__ import annotations

from .language import (
    Active,
    AllOf,
    Created,
    Engagement,
    Family,
    Intent,
    Lifecycle,
    Not,
    Op,
    Rule,
)

NEW_DAYS = 30
"""Who was first known here in the last so many days is new."""
BACK_DAYS = 30
"""Who did something in the last so many days after a silence is back."""
SILENT_DAYS = 90
"""Who did nothing for so many days is dormant."""
RECENT_DAYS = 180
"""Who bought in the last so many days is a present customer."""
LAPSED_DAYS = 365
"""Who bought nothing for so many days has lapsed."""


def spelled_out(rule: Rule) -> Rule:
    """Return what the condition is short for; every other one as it is."""
    match rule:
        case Engagement():
            return _engagement(rule.level)
        case Lifecycle():
            return _lifecycle(rule.stage)
        case _:
            return rule


def _engagement(level: str) -> Rule:
    new = Created(op=Op.IN_LAST_DAYS, value=NEW_DAYS)
    lately = Active(within_days=SILENT_DAYS)
    back = AllOf(
        rules=(
            Active(within_days=BACK_DAYS),
            Not(rule=Active(within_days=BACK_DAYS + SILENT_DAYS, not_within_days=BACK_DAYS)),
        )
    )
    levels: dict[str, Rule] = {
        "new": new,
        "dormant": AllOf(rules=(Not(rule=new), Not(rule=lately))),
        "returning": AllOf(rules=(Not(rule=new), back)),
        "member": AllOf(rules=(Not(rule=new), lately, Not(rule=back))),
    }
    return levels[level]


def _lifecycle(stage: str) -> Rule:
    recent = Intent(family=Family.PURCHASE, within_days=RECENT_DAYS)
    within = Intent(family=Family.PURCHASE, within_days=LAPSED_DAYS)
    ever = Intent(family=Family.PURCHASE)
    once = Intent(family=Family.PURCHASE, at_most=1)
    stages: dict[str, Rule] = {
        "prospect": Not(rule=ever),
        "first": AllOf(rules=(recent, once)),
        "repeat": AllOf(rules=(recent, Not(rule=once))),
        "lapsing": AllOf(rules=(within, Not(rule=recent))),
        "lapsed": AllOf(rules=(ever, Not(rule=within))),
    }
    return stages[stage]
