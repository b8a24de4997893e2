"""A shop to test orders with, and touchpoints that are carried out elsewhere."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from gonfalon.delivery.tables import dispatches, messages
from gonfalon.kit.ids import new_id
from gonfalon.people.tables import people
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.tracking.tables import events, hits
from tests.conftest import World
from tests.insights.history import START

BACK = "Order Refunded"
ORDERED = START + timedelta(days=2)


class Shop:
    """A campaign with one email that one person got and clicked, and events that come in afterwards."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.campaign, self.email = new_id(), new_id()
        self.person = self.topic = 0
        self._told = 0

    async def put(self, table: Any, **values: Any) -> Any:
        values = {"workspace_id": self.world.workspace.id, **values}
        key = next(iter(table.primary_key.columns))
        async with self.world.services.db.transaction() as connection:
            return (await connection.execute(insert(table).values(values).returning(key))).scalar_one()

    async def open(self, **rule: Any) -> Shop:
        self.person = await self.put(people, email="ada@example.com")
        await self.put(
            campaigns, id=self.campaign, name="Spring", category="engagement", **{"attribution_days": 7, **rule}
        )
        await self.put(touchpoints, id=self.email, campaign_id=self.campaign, name="Mail", launched_at=START)
        await self.sent_to(self.email, self.person)
        return self

    async def sent_to(self, touchpoint: uuid.UUID, *who: int, state: str = "accepted", reason: str = "") -> list[int]:
        dispatch = await self.put(
            dispatches, id=new_id(), touchpoint_id=touchpoint, campaign_id=self.campaign, channel="email",
            template_id=new_id(), template_version=1, sender_identity_id=new_id(), topic_id=1, state="running",
            launched_by="t",
        )  # fmt: skip
        found = []
        for person in who:
            message = await self.put(
                messages, dispatch_id=dispatch, touchpoint_id=touchpoint, person_id=person, state=state, reason=reason,
                ended_at=START,
            )  # fmt: skip
            if state == "accepted":
                await self.put(
                    hits, kind="click", message_id=message, link_number=0, method="GET", at=START, verdict="human",
                    rule="none", rule_version=1,
                )  # fmt: skip
            found.append(message)
        return found

    async def tell(
        self, name: str, amount: int | None = None, at: datetime = ORDERED, person: int | None = None, **more: Any
    ) -> None:
        self._told += 1
        currency = more.pop("currency", "EUR" if amount is not None else None)
        arrival = more.pop("arrival", None)
        properties = more | ({"currency": currency} if currency and not more.pop("unsaid", False) else {})
        await self.put(
            events, person_id=person or self.person, name=name, at=at, source_key=f"m{self._told}",
            properties=properties, amount_minor=amount, currency=currency, arrival=arrival,
        )  # fmt: skip

    async def report(self, campaign: uuid.UUID | None = None) -> dict[str, Any]:
        answer = await self.world.http.get(f"{self.world.path}/campaigns/{campaign or self.campaign}/report")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def shown(self, *keys: str) -> tuple[Any, ...]:
        total = (await self.report())["total"]
        return tuple(total[key]["value"] for key in keys)


async def elsewhere(shop: Shop, name: str, channel: str, **values: Any) -> uuid.UUID:
    """A touchpoint that is carried out elsewhere."""
    made = new_id()
    await shop.put(touchpoints, id=made, campaign_id=shop.campaign, name=name, channel=channel, **values)
    return made
