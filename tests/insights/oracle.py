"""The report computed the slow, obvious way: loops over plain values, written from docs/reference/metrics.md."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.insights.history import RATE, START, TOLD, Campaign, History

REVERSALS = ("Order Refunded", "Order Cancelled")
ZONE = ZoneInfo("Europe/Stockholm")


def in_euros(minor: int, currency: str | None, at: datetime) -> int | None:
    """By the rate of the day; None without one."""
    if currency in (None, "EUR"):
        return minor
    if currency == "USD" and at.astimezone(ZONE).date() >= RATE[0]:
        return int((Decimal(minor) * RATE[1]).to_integral_value(ROUND_HALF_EVEN))
    return None


def worth_of(history: History, event: dict[str, Any]) -> dict[str, Any]:
    """What is left of an order: whether it stands, its revenue in euros, and what was taken back."""
    amount, currency, at = event["amount_minor"], event["currency"] or "EUR", event["at"]
    told: dict[Any, dict[str, Any]] = {}
    for other in history.events:
        if event["order_id"] is None or other["order_id"] != event["order_id"]:
            continue
        if other["name"] in REVERSALS or (other["amount_minor"] or 0) < 0:
            told.setdefault((other["name"], other["at"], other["amount_minor"]), other)
    same, foreign, whole = 0, 0, False
    for back in told.values():
        said = back["currency"] not in (None, "EUR") or "currency" in back["properties"]  # else it is the order's
        if back["name"] == "Order Cancelled" or back["amount_minor"] is None:
            whole = True
        elif not said or back["currency"] == currency:
            same += abs(back["amount_minor"])
        else:
            foreign += in_euros(abs(back["amount_minor"]), back["currency"], back["at"]) or 0
    if amount is None:
        return {"void": whole, "revenue": 0, "returned": 0, "unknown": False}
    full = in_euros(amount, currency, at)
    kept = in_euros(max(amount - same, 0), currency, at)
    kept = None if kept is None else kept - foreign
    void = whole or (amount > 0 and (same >= amount or (foreign > 0 and kept is not None and kept <= 0)))
    left = 0 if void else max(kept or 0, 0)
    return {"void": void, "revenue": left, "returned": (full or 0) - left, "unknown": full is None}


def place_of(history: History, arrival: dict[str, str], at: datetime) -> uuid.UUID | None:
    """The touchpoint that a visit came by."""
    media = {"cpc": "ads", "newsletter": "email", "social": "social"}
    fits: list[tuple[int, uuid.UUID]] = []
    for touchpoint, place in history.places.items():
        if "click" in arrival and place["channel"] == "ads" and at >= datetime.combine(START.date(), time(), ZONE):
            fits.append((0, touchpoint))  # of a platform: the one advertisement that was under way
        medium = arrival.get("medium")
        same_medium = medium is not None and (medium == place["medium"] or media.get(medium) == place["channel"])
        same_content = arrival.get("content") == place["content"]
        if arrival.get("campaign") != place["campaign"] or (place["began"] and place["began"] > at):
            continue
        if medium is None or same_medium or same_content:
            fits.append((4 * same_content + 2 * same_medium + (arrival.get("source") == place["source"]), touchpoint))
    best = [touchpoint for fit, touchpoint in fits if fit == max(fits)[0]]
    return best[0] if len(best) == 1 else None


def visits_of(history: History) -> list[tuple[uuid.UUID, dict[str, Any]]]:
    """Touchpoints with the events that came by them."""
    found = []
    for event in history.events:
        place = place_of(history, event["arrival"], event["at"]) if event["arrival"] else None
        if place is not None:
            found.append((place, event))
    return found


def touches_of(history: History, other: Campaign, event: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What of a campaign may have led a person to an event: (when, strength, message or 0, hit, touchpoint)."""
    person, days, found = event["person_id"], timedelta(days=other.days), []
    mine = [*other.touchpoints, *([other.elsewhere] if other.elsewhere else [])]
    messages = {m["touchpoint_id"]: m for m in history.messages if m["person_id"] == person}
    for touchpoint in mine:
        message = messages.get(touchpoint)
        number = message["id"] if message else 0
        for place, visit in visits_of(history):
            if place == touchpoint and visit["person_id"] == person:
                found.append((visit["at"], 1, number, 0, touchpoint))
        code = history.places[touchpoint]["code"]
        if code and event["properties"].get("coupon", "").lower() == code:
            found.append((event["at"], 2, number, 0, touchpoint))
        if message is None:
            continue
        if other.basis == "delivery":
            if message["state"] == "accepted" and message["reason"] != "bounced":
                found.append((message["ended_at"], 0, number, 0, touchpoint))
        else:
            found += [
                (hit["at"], 0, number, hit["id"], touchpoint)
                for hit in history.hits
                if hit["message_id"] == number and hit["kind"] == "click" and hit["verdict"] == "human"
            ]
    return [touch for touch in found if touch[0] <= event["at"] <= touch[0] + days]


def credits_of(history: History, campaign: Campaign) -> list[dict[str, Any]]:
    """Conversions with the touchpoint (message, link) that gets the credit, over all campaigns with the same event."""
    rivals = [other for other in history.campaigns if other.event == campaign.event]
    found, orders = [], set()
    for event in sorted(history.events, key=lambda event: (event["at"], event["id"])):
        if event["name"] != campaign.event or (event["amount_minor"] or 0) < 0:
            continue
        touches = [touch for other in rivals for touch in touches_of(history, other, event)]
        if not touches or (event["order_id"] is not None and event["order_id"] in orders):
            continue
        orders.add(event["order_id"])
        best = max(touches)
        message = next((m for m in history.messages if m["id"] == best[2]), None)
        clicks = [
            (hit["at"], hit["id"], hit["link_number"])
            for hit in history.hits
            if message is not None
            and hit["message_id"] == message["id"]
            and hit["kind"] == "click"
            and hit["verdict"] == "human"
            and hit["at"] <= event["at"]
        ]
        link = max(clicks)[2] if clicks else None
        found.append(
            {"event": event, "message": message, "touchpoint": best[4], "link": link} | worth_of(history, event)
        )
    return found


def counts_of(
    history: History, campaign: Campaign, chosen: list[dict[str, Any]], touchpoints: list[uuid.UUID]
) -> dict[str, int]:
    """What is counted for these messages of the campaign and for whoever came by these touchpoints otherwise."""
    earned = [credit for credit in credits_of(history, campaign) if credit["touchpoint"] in touchpoints]
    stands = [credit for credit in earned if not credit["void"]]
    told = TOLD if campaign.elsewhere in touchpoints else {"told_conversions": 0, "told_revenue_minor": 0}

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
        "openers": people([m for m in chosen if hits(m, "open", True) or hits(m, "click", True)]),
        "machine_opens": sum(hits(m, "open", False) > 0 for m in chosen),
        "clicks": sum(hits(m, "click", True) for m in chosen),
        "clickers": people([m for m in chosen if hits(m, "click", True)]),
        "machine_clicks": sum(hits(m, "click", False) for m in chosen),
        "unsubscribers": people([m for m in chosen if m["id"] in history.unsubscribed]),
        "people": people(chosen),
        "visitors": people([event for place, event in visits_of(history) if place in touchpoints]),
        "conversions": len(stands) + told["told_conversions"],
        "converters": people([credit["event"] for credit in stands]),
        "message_converters": people([credit["event"] for credit in stands if credit["message"]]),
        "reversed": len(earned) - len(stands),
        "revenue": sum(credit["revenue"] for credit in stands) + told["told_revenue_minor"],
        "message_revenue": sum(credit["revenue"] for credit in stands if credit["message"]),
        "returned": sum(credit["returned"] for credit in earned),
    }


def rates_of(counts: dict[str, int], spent: int | None) -> dict[str, float | None]:
    """What is computed from the counts; None is “–”."""

    def by(part: float, base: float) -> float | None:
        return part / base if base else None

    return {
        "open_rate": by(counts["openers"], counts["reached"]),
        "click_rate": by(counts["clickers"], counts["reached"]),
        "unsubscribe_rate": by(counts["unsubscribers"], counts["reached"]),
        "conversion_rate": by(counts["message_converters"], counts["reached"]),
        "revenue_per_person": by(counts["message_revenue"], counts["reached"]),
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
    had: dict[Any, dict[str, Any]] = {}
    for m in chosen:
        for e in sorted(history.events, key=lambda event: (event["at"], event["id"])):
            in_time = m["ended_at"] <= e["at"] <= m["ended_at"] + timedelta(days=days)
            if e["person_id"] != m["person_id"] or e["name"] != event or not in_time:
                continue
            if (e["amount_minor"] or 0) < 0 or worth_of(history, e)["void"]:
                continue
            had.setdefault((e["person_id"], e["order_id"] or e["id"]), e)
    amount = sum(worth_of(history, e)["revenue"] for e in had.values())
    return len(chosen), len({e["person_id"] for e in had.values()}), len(had), amount
