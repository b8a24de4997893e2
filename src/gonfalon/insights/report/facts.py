"""What every question of a report is asked of: conversions with what they are worth, touches, and who gets the credit.

Tables of a session of the analytics copy, made in this order: `rival`, `bought`, `taken`, `worth`, `visit`, `coded`,
`credit`, `facts`.
Together the touches (deliveries, clicks, visits, codes) are one view of what may have led somebody to a conversion.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import duckdb

from gonfalon.insights.report.plan import CampaignPlan, Touch
from gonfalon.insights.report.worth import ALWAYS, instant, make_worth
from gonfalon.kit.sql import statement
from gonfalon.planning.model import Basis
from gonfalon.planning.touchpoints.rules import LONGEST_TAG
from gonfalon.tracking.arrivals import CLICK_IDS, MEDIA
from gonfalon.tracking.orders import CODES

PACKAGE: Final = "gonfalon.insights.report"
_NEVER: Final = datetime.fromisoformat("9999-01-01")


def make_facts(cursor: duckdb.DuckDBPyConnection, plans: Sequence[CampaignPlan]) -> None:
    """Make `credit` and `facts` of the touchpoints of all these campaigns of one workspace."""
    first = plans[0]
    base = {
        "workspace": first.workspace_id,
        "reported": [str(touchpoint) for plan in plans for touchpoint in plan.reported],
    }

    def make(name: str, **params: Any) -> None:
        cursor.execute(statement(PACKAGE, name), params)

    make("make_rivals", **_rivals(first.rivals))
    make_worth(cursor, first.workspace_id, first.currency, first.rates)
    make(
        "make_visits",
        workspace=first.workspace_id,
        media=list(MEDIA),
        media_channels=list(MEDIA.values()),
        click_ids=list(CLICK_IDS),
        click_channels=list(CLICK_IDS.values()),
        longest_tag=LONGEST_TAG,
    )
    if any(rival.code for rival in first.rivals):
        make("make_coded", workspace=first.workspace_id, paths=[f"$.{name}" for name in CODES])
    else:  # nothing is read of events' properties then
        cursor.execute("create temp table coded (event_id bigint, person_id bigint, touchpoint_id uuid)")
    events = sorted({plan.attribution.conversion_event for plan in plans})
    make("make_credit", wanted=events, first_event=events[0], last_event=events[-1], **base)
    told = [each for plan in plans for each in plan.touchpoints if each.told_conversions or each.told_revenue]
    make(
        "make_facts",
        unsubscribed=[message for plan in plans for message in plan.unsubscribed],
        told=[str(each.id) for each in told],
        told_conversions=[each.told_conversions or 0 for each in told],
        told_revenue=[each.told_revenue or 0 for each in told],
        told_at=[instant(each.done_at, ALWAYS) for each in told],
        **base,
    )


def _rivals(rivals: Sequence[Touch]) -> dict[str, Any]:
    return {
        "rivals": [str(rival.touchpoint_id) for rival in rivals],
        "campaigns": [str(rival.campaign_id) for rival in rivals],
        "events": [rival.event for rival in rivals],
        "by_click": [rival.basis is Basis.CLICK for rival in rivals],
        "days": [rival.days for rival in rivals],
        "channels": [rival.channel for rival in rivals],
        "sources": [rival.tags.get("utm_source") for rival in rivals],
        "mediums": [rival.tags.get("utm_medium") for rival in rivals],
        "tags": [rival.tags.get("utm_campaign") for rival in rivals],
        "contents": [rival.tags.get("utm_content") for rival in rivals],
        "codes": [rival.code for rival in rivals],
        "began": [instant(rival.began, ALWAYS) for rival in rivals],
        "opens": [instant(rival.opens, _NEVER) for rival in rivals],
        "closes": [instant(rival.closes, _NEVER) for rival in rivals],
    }
