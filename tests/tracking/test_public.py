# ruff: noqa: E501
"""Links, pixels, unsubscribing and preferences, as recipients and scanners use them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

import pytest

from gonfalon.tracking.links.tokens import Claim
from tests.tracking.conftest import Received

BROWSER = "Mozilla/5.0 (X11; Linux) Firefox/140.0"


async def hits(received: Received) -> list[Any]:
    """The message's hits in order."""
    return await received.rows("select * from hits where message_id = :m order by id", m=received.message_id)


def path(url: str) -> str:
    """The path of one of our addresses."""
    return url.removeprefix("http://testserver")


async def test_click_redirects_after_the_hit_is_kept(received: Received) -> None:
    answer = await received.public.get(path(f"{received.urls.click}1"))
    assert answer.status_code == 302
    assert answer.headers["location"] == "https://shop.example/a?b=1#c"
    assert "no-store" in answer.headers["cache-control"]
    (hit,) = await hits(received)
    assert (hit.kind, hit.link_number, hit.link_set_id, hit.method) == ("click", 1, received.link_set_id, "GET")
    assert (hit.verdict, hit.rule, hit.user_agent) == ("human", "none", BROWSER)
    other = await received.public.get(path(f"{received.urls.click}2"))
    assert other.headers["location"] == "https://shop.example/" + quote("ä")


async def test_personal_destination_is_sealed(received: Received) -> None:
    assert received.urls.seal is not None
    sealed = received.urls.seal(4, "https://shop.example/cart?e=a%40b.example")
    answer = await received.public.get(path(f"{received.urls.click}4/{sealed}"))
    assert (answer.status_code, answer.headers["location"]) == (302, "https://shop.example/cart?e=a%40b.example")
    assert (await received.public.get(path(f"{received.urls.click}3/{sealed}"))).status_code == 404
    assert (await received.public.get(path(f"{received.urls.click}4"))).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "//evil.example",
        "data:text/html,x",
        "ftp://evil.example",
        "/local",
        "https:/evil.example",
    ],
)
async def test_even_our_own_seal_leads_only_to_the_web(received: Received, address: str) -> None:
    assert received.urls.seal is not None
    answer = await received.public.get(path(f"{received.urls.click}4/{received.urls.seal(4, address)}"))
    assert answer.status_code == 404


async def test_no_header_can_be_smuggled_into_the_redirect(received: Received) -> None:
    assert received.urls.seal is not None
    sealed = received.urls.seal(4, "https://a.example/\r\nset-cookie: x=1")
    answer = await received.public.get(path(f"{received.urls.click}4/{sealed}"))
    assert answer.headers["location"] == "https://a.example/%0D%0Aset-cookie:%20x=1"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "tail",
    [
        "1?url=https://evil.example",
        "1?next=//evil.example",
        "1/https:%2F%2Fevil.example",
        "99",
        "99999999",
        "0",
        "1/",
        "x",
    ],
)
async def test_open_redirect_is_impossible(received: Received, tail: str) -> None:
    answer = await received.public.get(path(f"{received.urls.click}{tail}"))
    assert "evil.example" not in answer.headers.get("location", "")
    assert answer.status_code in (302, 404)
    if answer.status_code == 302:
        assert answer.headers["location"] == "https://shop.example/a?b=1#c"


async def test_another_workspaces_links_are_not_reachable(receive: Callable[..., Awaitable[Received]]) -> None:
    one, two = await receive(), await receive()
    mixed = one.factory.for_message(Claim(one.world.workspace.id, one.message_id, one.person_id, two.link_set_id))
    assert (await one.public.get(path(f"{mixed.click}1"))).status_code == 404


async def test_forged_tokens_get_one_answer_and_leave_no_trace(received: Received) -> None:
    assert received.urls.click is not None
    assert received.urls.open is not None
    genuine = received.urls.click.split("/")[-2]
    preferences = received.urls.preferences.split("/")[-1]
    forged = [genuine[:-1] + ("A" if genuine[-1] != "A" else "B"), "A" * 64, "x", preferences, "%00", "é", "x/y/z", ""]
    hopeless = [*forged[:3], "%00", genuine]
    answers = [await received.public.get(f"/c/{token}/1") for token in forged]
    answers += [await received.public.get(f"/o/{token}.gif") for token in forged]
    answers += [await received.public.get(f"/{page}/{token}") for page in "up" for token in hopeless]
    answers += [await received.public.post(f"/{page}/{token}") for page in "up" for token in hopeless]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert await hits(received) == []
    assert set((await received.consents()).values()) == {"granted"}


async def test_pixel_is_a_picture_and_counts(received: Received) -> None:
    assert received.urls.open is not None
    answer = await received.public.get(path(received.urls.open))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/gif")
    assert answer.content.startswith(b"GIF89a")
    (hit,) = await hits(received)
    assert (hit.kind, hit.link_number, hit.verdict) == ("open", None, "human")


async def test_test_message_changes_nothing(received: Received) -> None:
    urls = received.factory.for_message(Claim(received.world.workspace.id, 0, received.person_id, received.link_set_id))
    assert (await received.public.get(path(f"{urls.click}1"))).status_code == 302
    for address in (urls.unsubscribe, urls.preferences):
        assert (await received.public.post(path(address), data={"scope": "all", "all": "off"})).status_code == 200
    assert set((await received.consents()).values()) == {"granted"}
    assert await received.rows("select 1 from hits where workspace_id = :w", w=received.world.workspace.id) == []


async def test_reading_never_writes_anything_but_hits(received: Received) -> None:
    """GET, HEAD and OPTIONS on every public address leave what the workspace has in every table but `hits` as it was."""
    tables = [
        row.table_name
        for row in await received.rows(
            "select table_name from information_schema.tables join information_schema.columns using (table_name)"
            " where table_type = 'BASE TABLE' and column_name = 'workspace_id' and table_name <> 'hits'"
        )
    ]

    async def prints() -> dict[str, Any]:
        return {
            name: (
                await received.rows(
                    f"select count(*) as n, md5(string_agg(t::text, chr(10) order by t::text)) as m from {name} t"
                    " where workspace_id = :w",
                    w=received.world.workspace.id,
                )
            )[0]
            for name in tables
        }

    assert "consents" in tables
    before = await prints()
    urls = received.urls
    for address in (
        f"{urls.click}1",
        urls.open,
        urls.unsubscribe,
        urls.preferences,
        f"{urls.unsubscribe}?scope=all&List-Unsubscribe=One-Click",
        f"{urls.preferences}?all=off",
    ):
        for method in ("GET", "HEAD", "OPTIONS"):
            answer = await received.public.request(method, path(str(address)))
            assert answer.status_code < 500
    assert await prints() == before


async def test_who_refuses_to_be_measured_is_not_and_still_gets_where_they_want(received: Received) -> None:
    boxes = {"on": [f"{topic}:email" for topic in received.topic_ids]}
    refused = await received.public.post(received.urls.preferences, data={**boxes, "measure": "no"})
    assert 'name="measure" value="yes">' in refused.text
    assert 'name="measure" value="no" checked>' in refused.text
    path = f"{received.world.path}/people/{received.person_id}"
    assert (await received.world.http.get(path)).json()["tracking_consent"] is False
    assert (await received.public.get(received.urls.open or "")).status_code == 200
    clicked = await received.public.get(f"{received.urls.click}1")
    assert (clicked.status_code, clicked.headers["location"]) == (302, "https://shop.example/a?b=1#c")
    assert await received.rows("select 1 from hits where message_id = :m", m=received.message_id) == []
    assert set((await received.consents()).values()) == {"granted"}
    await received.public.post(received.urls.preferences, data={**boxes, "measure": "yes"})
    assert (await received.public.get(received.urls.open or "")).status_code == 200
    assert len(await received.rows("select 1 from hits where message_id = :m", m=received.message_id)) == 1
    proofs = await received.rows(
        "select c.state, w.text from consent_proofs c left join consent_wordings w on w.id = c.wording_id"
        " where c.person_id = :p and c.channel = 'tracking' order by c.id",
        p=received.person_id,
    )
    assert [row.state for row in proofs] == ["withdrawn", "granted"]
    assert "may measure which messages I open" in proofs[1].text
