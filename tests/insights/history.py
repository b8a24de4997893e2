"""Small random histories, written to the database and kept as plain values for the oracle."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert

from gonfalon.audiences.tables import audiences
from gonfalon.delivery.tables import dispatches, messages
from gonfalon.kit.ids import new_id
from gonfalon.people.tables import attribute_definitions, consent_proofs, people, topics
from gonfalon.planning.tables.budget import budget_lines, exchange_rates
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.tracking.tables import events, hits, link_sets, links
from tests.conftest import World

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
AREAS = ("Urban", "Suburban", "Rural", None)
STATES = (
    ("accepted", ""), ("accepted", ""), ("accepted", ""), ("accepted", ""), ("accepted", "bounced"),
    ("rejected", "hard_bounce"), ("unknown", "connection_lost"), ("withheld", "holdout"), ("withheld", "holdout"),
    ("withheld", "no_consent"), ("queued", ""), ("deferred", "mailbox"),
)  # fmt: skip


@dataclass
class Campaign:
    id: uuid.UUID
    basis: str
    days: int
    event: str
    touchpoints: list[uuid.UUID] = field(default_factory=list)
    planned: int = 0
    spent: int = 0
    elsewhere: uuid.UUID | None = None


TOLD = {"reached": 500, "cost_minor": 700, "told_conversions": 3, "told_revenue_minor": 900}
RATE = (date(2026, 3, 4), Decimal("0.9"))
"""From which day on a dollar is worth so many euros; there is none before, and none for francs."""


@dataclass
class History:
    campaigns: list[Campaign] = field(default_factory=list)
    places: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    """What visits of each touchpoint are known by."""
    people: dict[int, dict[str, Any]] = field(default_factory=dict)
    messages: list[dict[str, Any]] = field(default_factory=list)
    hits: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    unsubscribed: set[int] = field(default_factory=set)


async def write_history(world: World, seed: int, size: int = 40) -> History:
    """A history of `size` people in three campaigns of the workspace; the same seed makes the same one."""
    dice = random.Random(seed)  # noqa: S311 - a repeatable history, not a secret
    history = History()
    workspace = world.workspace.id
    async with world.services.db.transaction() as connection:

        async def put(table: Any, values: Any) -> Any:
            key = next(iter(table.primary_key.columns))
            return (await connection.execute(insert(table).values(values).returning(key))).scalars().all()

        topic = (await put(topics, {"workspace_id": workspace, "key": f"t{seed}", "name": "News"}))[0]
        for key, kind in (("area", "choice"), ("spend", "money"), ("born", "date"), ("vip", "boolean")):
            await put(
                attribute_definitions,
                {"workspace_id": workspace, "key": key, "label": key, "type": kind,
                 "choices": [area for area in AREAS if area] if kind == "choice" else None},
            )  # fmt: skip
        rows = []
        for number in range(size):
            values: dict[str, Any] = {"spend": dice.randrange(0, 50_000)}
            area = dice.choice(AREAS)
            if area:
                values["area"] = area
            if dice.random() < 0.7:
                values["born"] = date(dice.randrange(1950, 2000), 6, 1).isoformat()
            if dice.random() < 0.8:
                values["vip"] = dice.random() < 0.3
            rows.append({"workspace_id": workspace, "email": f"p{number}@example.com", "attributes": values})
        ids = await put(people, rows)
        history.people = {person: row["attributes"] for person, row in zip(ids, rows, strict=True)}
        audience = new_id()
        await put(
            audiences, {"id": audience, "workspace_id": workspace, "kind": "list", "name": "All", "created_by": "t"}
        )
        for index in range(3):
            await _campaign(put, dice, history, workspace, topic, index, ids)
        rate = {"workspace_id": workspace, "currency": "USD", "day": RATE[0], "rate": RATE[1]}
        await put(exchange_rates, rate)
        history.events = _events(dice, ids, size * 4)
        kept = await put(
            events,
            [
                {key: value for key, value in event.items() if key != "order_id"}
                | {"workspace_id": workspace, "source_key": f"{seed}-{number}"}
                for number, event in enumerate(history.events)
            ],
        )
        for event, event_id in zip(history.events, kept, strict=True):
            event["id"] = event_id
        for message in history.messages:
            if message["state"] == "accepted" and dice.random() < 0.1:
                history.unsubscribed.add(message["id"])
                proof = {
                    "workspace_id": workspace, "person_id": message["person_id"], "channel": "email",
                    "topic_id": topic, "state": "withdrawn", "at": START, "source": "one_click",
                    "details": {"message": message["id"], "ip": ""},
                }  # fmt: skip
                await put(consent_proofs, [proof])
    return history


async def _campaign(
    put: Any, dice: random.Random, history: History, workspace: int, topic: int, index: int, ids: list[int]
) -> None:
    event = "Order Completed" if index < 2 else "Signed Up"
    made = Campaign(new_id(), dice.choice(("click", "delivery")), dice.choice((1, 3, 7)), event)
    await put(
        campaigns,
        {
            "id": made.id, "workspace_id": workspace, "name": f"Campaign {index}", "category": "engagement",
            "attribution_basis": made.basis, "attribution_days": made.days, "conversion_event": event,
        },
    )  # fmt: skip
    for _ in range(dice.randrange(0, 3)):
        planned, spent = dice.randrange(0, 10_000), dice.randrange(0, 9_999)
        made.planned += planned
        made.spent += spent
        await put(
            budget_lines,
            {
                "id": new_id(), "workspace_id": workspace, "campaign_id": made.id, "name": "Line",
                "resource": "staff", "planned_minor": planned, "spent_minor": spent, "currency": "EUR",
                "unit_price_minor": planned, "net_minor": planned, "gross_minor": planned,
            },
        )  # fmt: skip
    for number in range(2):
        touchpoint = new_id()
        made.touchpoints.append(touchpoint)
        await put(
            touchpoints,
            {
                "id": touchpoint, "workspace_id": workspace, "campaign_id": made.id, "name": f"Mail {number}",
                "launched_at": START, "topic_id": topic,
            },
        )  # fmt: skip
        tags = {"source": "news", "medium": "email", "campaign": f"campaign-{index}", "content": f"mail-{number}"}
        history.places[touchpoint] = {"of": made.id, "channel": "email", "code": "", "began": START, **tags}
        link_set = (await put(link_sets, {"workspace_id": workspace}))[0]
        for link in range(3):
            values = {"link_set_id": link_set, "number": link, "workspace_id": workspace, "url": f"https://x/{link}"}
            await put(links, values)
        dispatch = new_id()
        await put(
            dispatches,
            {
                "id": dispatch, "workspace_id": workspace, "touchpoint_id": touchpoint, "campaign_id": made.id,
                "channel": "email", "template_id": new_id(), "template_version": 1, "sender_identity_id": new_id(),
                "topic_id": topic, "link_set_id": link_set, "state": "running", "launched_by": "t",
                "utm": tags,
            },
        )  # fmt: skip
        rows = _rows(dice, ids, workspace_id=workspace, dispatch_id=dispatch, touchpoint_id=touchpoint)
        await _messages(put, dice, history, link_set, rows)
    if index == 0:
        await _elsewhere(put, history, workspace, made)
    history.campaigns.append(made)


def _rows(dice: random.Random, ids: list[int], **of: Any) -> list[dict[str, Any]]:
    """Messages of one touchpoint to most of the people, in every state."""
    rows = []
    for person in ids:
        if dice.random() < 0.8:
            state, reason = dice.choice(STATES)
            at = START + timedelta(hours=dice.randrange(0, 24 * 8), seconds=dice.randrange(0, 3600))
            rows.append(
                {
                    **of, "person_id": person, "state": state, "reason": reason,
                    "ended_at": None if state in ("queued", "deferred") else at,
                }
            )  # fmt: skip
    return rows


async def _messages(put: Any, dice: random.Random, history: History, link_set: int, rows: list[dict[str, Any]]) -> None:
    kept = await put(messages, rows)
    new = [row | {"id": message} for row, message in zip(rows, kept, strict=True)]
    history.messages += new
    hit_rows = [
        {
            "workspace_id": message["workspace_id"], "kind": dice.choice(("open", "click")),
            "message_id": message["id"], "link_set_id": link_set, "link_number": dice.randrange(0, 3), "method": "GET",
            "at": message["ended_at"] + timedelta(minutes=dice.randrange(0, 60 * 24 * 5)),
            "verdict": dice.choice(("human", "human", "machine", "likely_machine")),
            "rule": "test", "rule_version": 1,
        }
        for message in new
        if message["state"] == "accepted"
        for _ in range(dice.choice((0, 0, 0, 1, 2, 4)))
    ]  # fmt: skip
    if hit_rows:
        kept = await put(hits, hit_rows)
        history.hits += [row | {"id": hit} for row, hit in zip(hit_rows, kept, strict=True)]


async def _elsewhere(put: Any, history: History, workspace: int, made: Campaign) -> None:
    made.elsewhere = new_id()
    made.spent += TOLD["cost_minor"]
    values = {
        "id": made.elsewhere, "workspace_id": workspace, "campaign_id": made.id, "name": "Ads", "channel": "ads",
        "done_on": START.date(), "code": " Spring10 ", "utm": {"source": "search"},
    }  # fmt: skip
    await put(touchpoints, values | TOLD)
    history.places[made.elsewhere] = {
        "of": made.id, "channel": "ads", "code": "spring10", "began": None,
        "source": "search", "medium": "ads", "campaign": "campaign-0", "content": "ads",
    }  # fmt: skip


ARRIVALS: tuple[dict[str, str], ...] = (
    {"campaign": "campaign-0", "medium": "cpc"},
    {"campaign": "campaign-0", "medium": "cpc", "source": "search"},
    {"campaign": "campaign-0"},
    {"campaign": "campaign-0", "content": "mail-1"},
    {"campaign": "campaign-1", "medium": "newsletter"},
    {"campaign": "campaign-1", "medium": "email", "content": "mail-0"},
    {"campaign": "campaign-2", "medium": "social"},
    {"campaign": "other"},
    {"click": "gclid"},
)


def _events(dice: random.Random, ids: list[int], count: int) -> list[dict[str, Any]]:
    found = []
    orders = [f"o{number}" for number in range(count // 2)]
    for _ in range(count):
        name = dice.choice(
            ("Order Completed",) * 6 + ("Signed Up", "Visit", "Order Refunded", "Order Refunded", "Order Cancelled")
        )
        order = dice.choice((None, *dice.choices(orders, k=4)))
        amount = dice.randrange(-500, 20_000) if name == "Order Completed" else None
        if name == "Order Refunded":
            amount = dice.choice((None, -dice.randrange(0, 5_000), dice.randrange(0, 25_000)))
        currency = dice.choice(("EUR", "EUR", "EUR", "USD", "CHF")) if amount is not None else None
        properties: dict[str, Any] = {"order_id": order} if order and name.startswith("Order") else {}
        if currency and dice.random() < 0.9:
            properties["currency"] = currency
        if name == "Order Completed" and dice.random() < 0.1:
            properties["coupon"] = "SPRING10"
        found.append(
            {
                "person_id": dice.choice(ids), "name": name,
                "at": START + timedelta(minutes=dice.randrange(-60 * 24, 60 * 24 * 16)),
                "amount_minor": amount, "currency": currency, "properties": properties,
                "order_id": properties.get("order_id"),
                "arrival": dice.choice(ARRIVALS) if name == "Visit" or dice.random() < 0.1 else None,
            }
        )  # fmt: skip
    return found
