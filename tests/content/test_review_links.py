"""Reviewers from outside: what a link opens, what it takes, and what it does not."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import httpx2
from sqlalchemy import select, update

from gonfalon.accounts.model import Role
from gonfalon.content.review.links import actions
from gonfalon.content.review.tables import review_links
from gonfalon.kit.clock import utcnow
from tests.approvals.factory import Person, join
from tests.conftest import World
from tests.content.test_review_launch import said as of_launch
from tests.content.test_reviews import Clients, ask, look, review, save
from tests.content.test_templates_api import made
from tests.planning.factory import make_ready

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">\x00 <@00000000-0000-0000-0000-000000000001>'


async def opened(world: World, client_of: Clients, content: dict[str, Any] | None = None) -> tuple[Any, ...]:
    """A review, its author and reviewer, and a link with a stranger's browser."""
    owner = Person(world.ctx.actor.id, world.ctx, world.http)  # type: ignore[arg-type]
    rob = await join(world, client_of, "Rob", Role.ANALYST)
    found = await ask(world, owner, content or await made(world, name="Spring <offer>"), review(rob))
    answer = await world.http.post(f"{world.path}/content-reviews/{found['id']}/links", json={"name": "The client"})
    assert answer.status_code == 201, answer.text
    return owner, rob, found, answer.json()["url"].removeprefix("http://testserver"), client_of()


async def named(http: httpx2.AsyncClient, url: str, name: str = "Cleo") -> httpx2.Response:
    return await http.post(url, data={"do": "name", "name": name})


async def test_a_stranger_gives_a_name_once_then_remarks_and_answers(world: World, client_of: Clients) -> None:
    _, _, found, url, stranger = await opened(world, client_of)
    first = await stranger.get(url)
    assert first.status_code == 200
    assert "Your name" in first.text
    assert "iframe" not in first.text, "nothing is shown before"
    assert (await stranger.get(f"{url}/v/1")).status_code == 404
    page = await named(stranger, url)
    assert "Spring &lt;offer&gt;" in page.text
    frame = await stranger.get(f"{url}/v/1")
    assert frame.status_code == 200
    assert frame.headers["content-security-policy"].startswith("sandbox")
    assert "Your name" not in (await stranger.get(url)).text

    told = await stranger.post(url, data={"do": "remark", "version": "1", "remark": HOSTILE, "quote": "<b>shop"})
    assert told.status_code == 200
    assert "<script>" not in told.text
    assert "<img" not in told.text
    assert "&lt;script&gt;" in told.text
    content = f"things/template/{found['content_id']}/comments"
    (thread,) = (await world.http.get(f"{world.path}/{content}")).json()["items"]
    assert thread["author"]["name"] == "Cleo (by link)"
    assert thread["mentions"] == [], "nobody is mentioned from outside"
    pins = f"content-remarks?kind=template&content_id={found['content_id']}"
    (pin,) = (await world.http.get(f"{world.path}/{pins}")).json()
    assert (pin["comment_id"], pin["quote"]) == (thread["id"], "<b>shop")

    answer = {"do": "answer", "step": "0", "version": "1", "answer": "yes"}
    assert (await stranger.post(url, data=answer)).status_code == 200
    now = await look(world, found)
    assert now["state"] == "open", "whoever makes a link could open it themselves: it passes nothing"
    assert [(each["outside"], each["answer"]) for each in now["steps"][0]["seats"]] == [(False, None), (True, "yes")]
    assert (await stranger.post(url, data=answer | {"answer": "changes"})).status_code == 422, "changes need a note"
    changed = await stranger.post(url, data=answer | {"answer": "changes", "note": "Our logo is missing"})
    assert changed.status_code == 200
    assert (await look(world, found))["steps"][0]["result"] == "changes"
    assert (await stranger.post(url, data=answer)).status_code == 422, "the step is over"


async def test_a_stranger_sees_their_own_remarks_and_the_replies_alone(world: World, client_of: Clients) -> None:
    _, rob, found, url, stranger = await opened(world, client_of)
    content = f"{world.path}/things/template/{found['content_id']}/comments"
    await world.http.post(content, json={"body": "They must not hear of our profit"})
    await named(stranger, url)
    await stranger.post(url, data={"do": "remark", "version": "1", "remark": "Where is our logo?"})
    threads = (await world.http.get(content)).json()["items"]
    mine = next(each for each in threads if each["body"] == "Where is our logo?")
    await rob.http.post(content, json={"body": "It comes tomorrow", "parent_id": mine["id"]})
    page = (await stranger.get(url)).text
    assert "It comes tomorrow" in page
    assert "profit" not in page
    assert "@example.com" not in page, "members' addresses are nobody's outside"
    assert not re.search(r"<script|onerror=|javascript:", page)


async def test_a_link_that_is_over_revoked_or_made_up_opens_nothing(world: World, client_of: Clients) -> None:
    _, _, found, url, stranger = await opened(world, client_of)
    await named(stranger, url)
    links = f"{world.path}/content-reviews/{found['id']}/links"
    second = (await world.http.post(links, json={"name": "Other", "days": 1})).json()
    other = second["url"].removeprefix("http://testserver")
    assert [each["name"] for each in (await world.http.get(links)).json()] == ["Other", "The client"]
    assert (await world.http.delete(f"{world.path}/review-links/{second['id']}")).status_code == 204
    made_up = url[:-2] + ("aa" if not url.endswith("aa") else "bb")
    async with world.services.db.transaction() as connection:
        await connection.execute(
            update(review_links)
            .where(review_links.c.workspace_id == world.workspace.id, review_links.c.name == "The client")
            .values(expires_at=utcnow() - timedelta(seconds=1))
        )
        kept = (await connection.execute(select(review_links.c.token_hash))).scalars().all()
    assert all(url.rpartition("/")[2].encode() not in bytes(each) for each in kept), "only a hash is kept"
    for dead in (url, other, made_up):
        for each in (dead, f"{dead}/v/1", f"{dead}/elsewhere"):
            assert (await stranger.get(each)).status_code == 404
        refused = await stranger.post(dead, data={"do": "remark", "version": "1", "remark": "Still here"})
        assert refused.status_code == 404
    content = f"{world.path}/things/template/{found['content_id']}/comments"
    assert (await world.http.get(content)).json()["items"] == []


async def test_get_changes_nothing_and_much_at_once_is_refused(world: World, client_of: Clients) -> None:
    _, _, found, url, stranger = await opened(world, client_of)
    await stranger.get(url, params={"do": "name", "name": "Cleo"})
    assert "Your name" in (await stranger.get(url)).text
    await named(stranger, url)
    await stranger.get(url, params={"do": "answer", "step": "0", "version": "1", "answer": "changes", "note": "x"})
    assert (await look(world, found))["steps"][0]["result"] is None
    said = {"do": "remark", "version": "1", "remark": "Again"}
    for _ in range(actions.PER_LINK - 1):
        await stranger.post(url, data=said)
    limited = await stranger.post(url, data=said)
    assert limited.status_code == 422
    assert "wait an hour" in limited.text


async def test_a_link_answers_the_version_that_was_seen(world: World, client_of: Clients) -> None:
    ready = await make_ready(world)
    owner, _, found, url, stranger = await opened(world, client_of, ready.template)
    await named(stranger, url)
    await save(world, owner, ready.template, ready.template["version"])
    old = {"do": "answer", "step": "0", "version": str(found["version"]), "answer": "changes", "note": "x"}
    missed = await stranger.post(url, data=old)
    assert missed.status_code == 422
    assert "Another version was saved" in missed.text
    assert await of_launch(ready) == {"review.open": "blocking"}
    gone = await stranger.get(f"{url}/v/99")
    assert gone.status_code == 404
