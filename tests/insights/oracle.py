"""The report computed the slow, obvious way: loops over plain values, written from docs/reference/metrics.md."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from tests.insights.history import Campaign, History


def credits_of(history: History, campaign: Campaign) -> list[dict[str, Any]]:
    """Conversion events with the message (and link) that gets the credit, over all campaigns with the same event."""
    rivals = [other for other in history.campaigns if other.event == campaign.event]
    found = []
    for event in history.events:
        if event["name"] != campaign.event:
            continue
        best: tuple[Any, ...] | None = None
        for other in rivals:
            for message in history.messages:
                if message["touchpoint_id"] not in other.touchpoints or message["person_id"] != event["person_id"]:
                    continue
                touches = []
                if other.basis == "delivery":
                    if message["state"] == "accepted" and message["reason"] != "bounced":
                        touches.append((message["ended_at"], message["id"], 0))
                else:
                    touches += [
                        (hit["at"], message["id"], hit["id"])
                        for hit in history.hits
                        if hit["message_id"] == message["id"] and hit["kind"] == "click" and hit["verdict"] == "human"
                    ]
                for touch in touches:
                    if touch[0] <= event["at"] <= touch[0] + timedelta(days=other.days):
                        best = touch if best is None else max(best, touch)
        if best is None:
            continue
        message = next(m for m in history.messages if m["id"] == best[1])
        clicks = [
            (hit["at"], hit["id"], hit["link_number"])
            for hit in history.hits
            if hit["message_id"] == message["id"]
            and hit["kind"] == "click"
            and hit["verdict"] == "human"
            and hit["at"] <= event["at"]
        ]
        home = event["currency"] in (None, "EUR")
        found.append(
            {
                "event": event,
                "message": message,
                "link": max(clicks)[2] if clicks else None,
                "revenue": (event["amount_minor"] or 0) if home else 0,
            }
        )
    return found


def counts_of(history: History, campaign: Campaign, chosen: list[dict[str, Any]]) -> dict[str, int]:
    """What is counted for these messages of the campaign."""
    ids = {message["id"] for message in chosen}
    earned = [credit for credit in credits_of(history, campaign) if credit["message"]["id"] in ids]

    def hits(message: dict[str, Any], kind: str, human: bool) -> int:
        return sum(
            hit["message_id"] == message["id"] and hit["kind"] == kind and (hit["verdict"] == "human") == human
            for hit in history.hits
        )

    def people(rows: list[dict[str, Any]]) -> int:
        return len({row["person_id"] for row in rows})

    def state(*names: str) -> int:
        return sum(message["state"] in names for message in chosen)

    delivered = [m for m in chosen if m["state"] == "accepted" and m["reason"] != "bounced"]
    return {
        "audience": len(chosen),
        "waiting": state("queued", "deferred"),
        "sent": state("accepted"),
        "bounced": state("accepted") - len(delivered),
        "delivered": len(delivered),
        "failed": state("rejected"),
        "unknown": state("unknown"),
        "withheld": state("withheld"),
        "reached": people(delivered),
        "openers": people([m for m in chosen if hits(m, "open", True)]),
        "machine_opens": sum(hits(m, "open", False) > 0 for m in chosen),
        "clicks": sum(hits(m, "click", True) for m in chosen),
        "clickers": people([m for m in chosen if hits(m, "click", True)]),
        "machine_clicks": sum(hits(m, "click", False) for m in chosen),
        "unsubscribers": people([m for m in chosen if m["id"] in history.unsubscribed]),
        "conversions": len(earned),
        "converters": len({credit["message"]["person_id"] for credit in earned}),
        "revenue": sum(credit["revenue"] for credit in earned),
    }


def rates_of(counts: dict[str, int], spent: int | None) -> dict[str, float | None]:
    """What is computed from the counts; None is “–”."""

    def by(part: float, base: float) -> float | None:
        return part / base if base else None

    return {
        "open_rate": by(counts["openers"], counts["reached"]),
        "click_rate": by(counts["clickers"], counts["reached"]),
        "unsubscribe_rate": by(counts["unsubscribers"], counts["reached"]),
        "conversion_rate": by(counts["converters"], counts["reached"]),
        "revenue_per_person": by(counts["revenue"], counts["reached"]),
        "cost_per_conversion": None if spent is None else by(spent, counts["conversions"]),
        "roi": None if not spent else (counts["revenue"] - spent) / spent,
    }


def of_touchpoint(history: History, touchpoint: uuid.UUID) -> list[dict[str, Any]]:
    """The touchpoint's messages."""
    return [message for message in history.messages if message["touchpoint_id"] == touchpoint]


def group(history: History, touchpoint: uuid.UUID, side: str, event: str, days: int) -> tuple[int, int, int, int]:
    """People of a side of the comparison; with the event in time; how often; how much in EUR."""
    if side == "held_out":
        chosen = [m for m in of_touchpoint(history, touchpoint) if (m["state"], m["reason"]) == ("withheld", "holdout")]
    else:
        chosen = [m for m in of_touchpoint(history, touchpoint) if m["state"] in ("accepted", "rejected", "unknown")]
    had = [
        e
        for m in chosen
        for e in history.events
        if e["person_id"] == m["person_id"]
        and e["name"] == event
        and m["ended_at"] <= e["at"] <= m["ended_at"] + timedelta(days=days)
    ]
    amount = sum((e["amount_minor"] or 0) for e in had if e["currency"] in (None, "EUR"))
    return len(chosen), len({e["person_id"] for e in had}), len(had), amount
