"""What brought somebody to a site is read wherever libraries write it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from gonfalon.tracking.arrivals import CLICK_IDS, arrival_of
from gonfalon.tracking.tables import events
from tests.conftest import World


@pytest.mark.parametrize(
    ("properties", "context", "found"),
    [
        ({}, {}, None),
        ({"url": "https://shop.example/?page=2"}, {"page": {"url": "https://shop.example/"}}, None),
        ({}, {"campaign": {"name": "Spring", "source": "Google", "medium": "CPC"}},
         {"campaign": "spring", "source": "google", "medium": "cpc"}),
        ({"url": "https://shop.example/a?utm_campaign=Fr%C3%BChling&utm_source=x#y"}, {},
         {"campaign": "frühling", "source": "x"}),
        ({"search": "?utm_campaign=spring&utm_content=mail+1"}, {}, {"campaign": "spring", "content": "mail 1"}),
        ({}, {"page": {"search": "?gclid=abc"}}, {"click": "gclid"}),
        ({"utm_campaign": "spring", "fbclid": "IwAR"}, {}, {"campaign": "spring", "click": "fbclid"}),
        ({"url": "https://x.example/?utm_campaign=page"}, {"campaign": {"name": "context"}}, {"campaign": "context"}),
        ({"utm_campaign": ["a"], "url": "https://[broken", "search": 5}, {"campaign": "x", "page": []}, None),
        ({}, {"campaign": {"Name": "Spring", "UTM_Medium": "Email", "ID": 7}},
         {"campaign": "spring", "medium": "email", "id": "7"}),
        ({"UTM_Campaign": "SPRING 42"}, {}, {"campaign": "spring 42"}),
        ({"url": "https://shop.example/?UTM_CAMPAIGN=Spring%2042&GCLID=x"}, {},
         {"campaign": "spring 42", "click": "gclid"}),
        ({"url": "https://shop.example/#/a?utm_campaign=spring"}, {}, {"campaign": "spring"}),
        ({"url": "https://shop.example/#utm_campaign=spring"}, {}, {"campaign": "spring"}),
        ({"search": "utm_campaign=spring"}, {}, {"campaign": "spring"}),
        *(({"url": f"https://shop.example/?{each}=abc"}, {}, {"click": each}) for each in CLICK_IDS),
        ({"utm_campaign": "a\0b\ud800"}, {}, {"campaign": "ab"}),
    ],
)  # fmt: skip
def test_what_a_visit_came_by(
    properties: dict[str, Any], context: dict[str, Any], found: dict[str, str] | None
) -> None:
    assert arrival_of(properties, context) == found


async def test_the_collector_keeps_what_a_visit_came_by(world: World, client_of: Any) -> None:
    key = (await world.http.post(f"{world.path}/api-keys", json={"name": "shop", "scopes": ["track"]})).json()["key"]
    page = {
        "type": "page",
        "userId": "7",
        "messageId": "m1",
        "context": {"campaign": {"name": "Spring"}, "page": {"url": "https://shop.example/?utm_content=Banner"}},
    }
    async with client_of(auth=(key, "")) as sender:
        answer = await sender.post("/v1/batch", json={"batch": [page]})
    assert answer.status_code == 200, answer.text
    async with world.services.db.transaction() as connection:
        found = await connection.execute(select(events.c.arrival).where(events.c.workspace_id == world.workspace.id))
        assert found.scalars().all() == [{"campaign": "spring", "content": "banner"}]
