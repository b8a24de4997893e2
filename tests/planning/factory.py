"""What a launch needs, made through the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from gonfalon.people.tables import consents, people, topics
from tests.conftest import World


@dataclass
class Ready:
    """A campaign with a touchpoint that can be launched: to `reachable` people, `without` have not agreed."""

    world: World
    campaign: dict[str, Any]
    touchpoint: dict[str, Any]
    audience: str
    template: dict[str, Any]
    topic: int
    people: list[int]

    @property
    def path(self) -> str:
        return f"{self.world.path}/touchpoints/{self.touchpoint['id']}"

    async def check(self) -> dict[str, Any]:
        answer = await self.world.http.get(f"{self.path}/check")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def codes(self) -> dict[str, str]:
        return {answer["code"]: answer["level"] for answer in (await self.check())["answers"]}

    async def save(self, **values: Any) -> dict[str, Any]:
        present = (await self.world.http.get(self.path)).json()
        body = {
            "name": present["name"],
            "audience_id": present["audience"] and present["audience"]["id"],
            "template_id": present["template"] and present["template"]["id"],
            "sender_identity_id": present["sender_identity"] and present["sender_identity"]["id"],
            "topic_id": present["topic"] and present["topic"]["id"],
            "send_at": present["send_at"],
            "per_hour": present["per_hour"],
            "holdout_percent": present["holdout_percent"],
            "utm": present["utm"],
            "version": present["version"],
        }
        answer = await self.world.http.put(self.path, json=body | values)
        assert answer.status_code == 200, answer.text
        self.touchpoint = answer.json()
        return self.touchpoint


BODY = """<mjml lang="en"><mj-body><mj-section><mj-column>
<mj-text>Hello {{ person.email | default: "you" }}, new in {{ person.area }}.</mj-text>
<mj-button href="https://shop.example/new">Look</mj-button>
<mj-text><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text>
</mj-column></mj-section></mj-body></mjml>"""


async def make_ready(world: World, reachable: int = 6, without: int = 3, rule: Any = None) -> Ready:
    """People, consents, an audience, a template, a sender and a touchpoint."""
    workspace = world.workspace.id
    answer = await world.http.post(f"{world.path}/attributes", json={"key": "area", "label": "Area", "type": "text"})
    assert answer.status_code == 201, answer.text
    async with world.services.db.transaction() as connection:
        found = await connection.execute(select(topics.c.id).where(topics.c.workspace_id == workspace))
        topic = found.scalars().first()
        if topic is None:
            made = insert(topics).values(workspace_id=workspace, key="news", name="News").returning(topics.c.id)
            topic = (await connection.execute(made)).scalar_one()
        rows = [
            {
                "workspace_id": workspace,
                "email": f"p{number}@example.com",
                "attributes": {"area": "Urban"} if number % 2 else {},
            }
            for number in range(reachable + without)
        ]
        ids = list((await connection.execute(insert(people).values(rows).returning(people.c.id))).scalars())
        if reachable:
            await connection.execute(
                insert(consents).values(
                    [
                        {
                            "workspace_id": workspace, "person_id": person, "channel": "email", "topic_id": topic,
                            "state": "granted", "at": world.ctx.now,
                        }
                        for person in ids[:reachable]
                    ]
                )
            )  # fmt: skip
    everybody = {"kind": "all", "rules": []}
    audience = await world.http.post(
        f"{world.path}/audiences", json={"kind": "segment", "name": "Everybody", "rule": rule or everybody}
    )
    assert audience.status_code == 201, audience.text
    template = await world.http.post(f"{world.path}/templates", json={"name": "Mail", "subject": "News", "body": BODY})
    assert template.status_code == 201, template.text
    sender = await world.http.post(
        f"{world.path}/senders", json={"from_name": "Shop", "from_address": "news@shop.example"}
    )
    assert sender.status_code == 201, sender.text
    campaign = await world.http.post(f"{world.path}/campaigns", json={"name": "Spring", "category": "engagement"})
    touchpoint = await world.http.post(
        f"{world.path}/campaigns/{campaign.json()['id']}/touchpoints",
        json={
            "name": "Mail one",
            "audience_id": audience.json()["id"],
            "template_id": template.json()["id"],
            "sender_identity_id": sender.json()["id"],
            "topic_id": topic,
        },
    )
    assert touchpoint.status_code == 201, touchpoint.text
    return Ready(world, campaign.json(), touchpoint.json(), audience.json()["id"], template.json(), topic, ids)
