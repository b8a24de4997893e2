"""UTM tags on the links of a touchpoint, up to the received mail and the click."""

from __future__ import annotations

import email
import email.policy
import re
from typing import Any

import pytest

from gonfalon.planning.touchpoints.rules import link_tags, tag_of
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import email_goes_to
from tests.delivery.test_sending import sender
from tests.planning.factory import BODY, Ready, make_ready

LINKS = BODY.replace(
    '<mj-button href="https://shop.example/new">Look</mj-button>',
    '<mj-button href="https://shop.example/new?utm_source=Own&amp;a=1#top">Look</mj-button>'
    '<mj-text><a href="https://shop.example/{{ person.email | url_encode }}">Yours</a></mj-text>',
)


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("Spring sale 2026 – Överraskning!", "spring-sale-2026-overraskning"),
        ("春季促销", "春季促销"),
        ("__A__b__", "a-b"),
        ("!!!", ""),
        ("x" * 300, "x" * 100),
    ],
)
def test_a_name_becomes_a_tag(name: str, tag: str) -> None:
    assert tag_of(name) == tag


def test_own_values_stand_before_the_usual_ones() -> None:
    place = {"workspace": "shop", "channel": "email", "campaign": "Spring", "touchpoint": "Mail 1"}
    usual = {"utm_source": "shop", "utm_medium": "email", "utm_campaign": "spring", "utm_content": "mail-1"}
    assert link_tags({}, **place).parameters() == usual
    assert link_tags({"campaign": "Big One", "content": " "}, **place).parameters() == usual | {
        "utm_campaign": "big one"
    }
    assert link_tags(None, **place).parameters() == {}


async def received(ready: Ready) -> list[str]:
    """The destinations in the HTML of the one mail that is sent, without those of our own pages."""
    world = ready.world
    saved = await world.http.put(
        f"{world.path}/templates/{ready.template['id']}",
        json={"name": "Mail", "subject": "News", "body": LINKS, "version": ready.template["version"]},
    )
    assert saved.status_code == 200, saved.text
    async with FakeSmtp(keep_raw=True) as server:
        async with world.services.db.transaction() as connection:
            await email_goes_to(connection, world.workspace.id, server.port)
        launched = await world.http.post(f"{ready.path}/launch")
        assert launched.status_code == 200, launched.text

        async def finished() -> bool:
            answer = await world.http.get(f"{ready.path}/delivery")
            return bool(answer.json()["state"] == "finished")

        async with sender(world.services):
            await eventually(finished)
    mail: Any = email.message_from_bytes(server.raw[0], policy=email.policy.default)
    html = mail.get_body(("html",)).get_content()
    found = [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]+)"', html)]
    return [href for href in found if "/u/" not in href and "/p/" not in href]


async def test_links_of_the_received_mail_are_tagged(world: World) -> None:
    tracking = {"clicks": False, "opens": False, "consent_required": False}
    assert (await world.http.put(f"{world.path}/tracking", json=tracking)).status_code == 200
    ready = await make_ready(world, reachable=1, without=0)
    await ready.save(utm={"source": "", "medium": "", "campaign": "Spring 26", "content": ""})
    rest = "utm_medium=email&utm_campaign=spring%2026&utm_content=mail-one"
    assert await received(ready) == [
        f"https://shop.example/new?utm_source=Own&a=1&{rest}#top",
        f"https://shop.example/p0%40example.com?utm_source={world.workspace.slug}&{rest}",
    ]


async def test_a_click_leads_to_the_tagged_address(world: World) -> None:
    ready = await make_ready(world, reachable=1, without=0)
    for link, place in zip(await received(ready), ("new?utm_source=Own&a=1&", "p0%40example.com?"), strict=True):
        path = link.removeprefix(world.services.settings.public_url)
        assert path.startswith("/c/"), link
        answer = await world.http.get(path)
        target = answer.headers["location"]
        assert target.startswith(f"https://shop.example/{place}"), target
        assert "utm_medium=email&utm_campaign=spring&utm_content=mail-one" in target
    shown = (await world.http.get(ready.path)).json()
    assert shown["link_tags"]["utm_source"] == world.workspace.slug
    await world.http.put(
        f"{world.path}/campaigns/{ready.campaign['id']}",
        json={"name": "Renamed", "category": "engagement", "version": 2},
    )
    assert (await world.http.get(ready.path)).json()["link_tags"] == shown["link_tags"]


async def test_without_tags_links_stay_as_they_are(world: World) -> None:
    tracking = {"clicks": False, "opens": False, "consent_required": False}
    await world.http.put(f"{world.path}/tracking", json=tracking)
    ready = await make_ready(world, reachable=1, without=0)
    saved = await ready.save(utm=None)
    assert (saved["utm"], saved["link_tags"]) == (None, {})
    assert await received(ready) == [
        "https://shop.example/new?utm_source=Own&a=1#top",
        "https://shop.example/p0%40example.com",
    ]
