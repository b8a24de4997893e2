# ruff: noqa: E501
"""Links, pixels, unsubscribing and preferences, as recipients and scanners use them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import text

from gonfalon.tracking.links.model import Hit, HitKind
from gonfalon.tracking.links.rules import VERSION, judge
from gonfalon.tracking.links.store import append_hits
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


@pytest.mark.parametrize(
    ("method", "headers", "verdict", "rule"),
    [
        ("HEAD", {}, "machine", "method"),
        ("GET", {"user-agent": "python-requests/2"}, "machine", "user_agent"),
        ("GET", {"user-agent": ""}, "machine", "no_user_agent"),
        ("GET", {"sec-purpose": "prefetch;prerender"}, "machine", "prefetch"),
        ("GET", {"user-agent": "Mozilla/5.0 (via ggpht.com GoogleImageProxy)"}, "human", "reader_proxy"),
        ("GET", {"user-agent": "YahooMailProxy; https://help.yahoo.com/"}, "human", "reader_proxy"),
        ("GET", {"user-agent": "Mozilla/5.0"}, "likely_machine", "mail_privacy"),
        ("GET", {"user-agent": "Barracuda Sentinel (EE)"}, "machine", "user_agent"),
        ("GET", {"user-agent": "Mozilla/5.0 Microsoft Office SafeLinks"}, "machine", "user_agent"),
        ("GET", {"user-agent": "Mozilla/5.0 (compatible; proofpoint-url-defense)"}, "machine", "user_agent"),
        ("GET", {"user-agent": "Mimecast-URL-Protect"}, "machine", "user_agent"),
        ("GET", {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Trend Micro WTP"}, "machine", "user_agent"),
        ("GET", {"user-agent": "Python/3.11 aiohttp/3.9.1"}, "machine", "user_agent"),
        ("GET", {"user-agent": BROWSER, "sec-purpose": "prefetch;prerender"}, "machine", "prefetch"),
        ("GET", {"user-agent": BROWSER, "x-moz": "prefetch"}, "machine", "prefetch"),
        ("HEAD", {"user-agent": BROWSER}, "machine", "method"),
        ("GET", {"user-agent": "Mozilla/5.0 (Linux; Android 10; CUBOT X30) Chrome/120.0 Mobile"}, "human", "none"),
        ("GET", {"user-agent": "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0)"}, "human", "none"),
    ],
)
async def test_machines_are_told_apart(
    received: Received, method: str, headers: dict[str, str], verdict: str, rule: str
) -> None:
    assert received.urls.open is not None
    await received.public.request(method, path(received.urls.open), headers=headers)
    (hit,) = await hits(received)
    assert (hit.verdict, hit.rule, hit.rule_version) == (verdict, rule, VERSION)


GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
DELIVERED = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("came", "verdicts"),
    [
        ([("open", None, GMAIL, 9.9)], ["likely_machine"]),
        ([("open", None, GMAIL, 10)], ["human"]),
        ([("click", 1, BROWSER, 2.9)], ["likely_machine"]),
        ([("click", 1, BROWSER, 60), ("click", 1, BROWSER, 60.1)], ["human", "human"]),
        ([("click", 1, BROWSER, 60), ("click", 2, BROWSER, 60.001)], ["machine", "machine"]),
        ([("click", 1, BROWSER, 60), ("click", 2, BROWSER, 60.6)], ["human", "human"]),
        ([("click", 1, BROWSER, 60), ("page", None, BROWSER, 60.001)], ["machine", "machine"]),
        ([("open", None, BROWSER, 60), ("click", 1, BROWSER, 60.1), ("click", 2, BROWSER, 60.2)], ["machine"] * 3),
        ([("open", None, GMAIL, 60), ("click", 1, BROWSER, 60.1)], ["human", "human"]),
        ([("click", n, BROWSER, 60 + n * 0.7) for n in (1, 2, 3)], ["machine"] * 3),
    ],
)  # fmt: skip
async def test_machines_are_known_by_when_they_come(
    received: Received, came: list[tuple[str, int | None, str, float]], verdicts: list[str]
) -> None:
    db = received.world.services.db
    async with db.transaction() as connection:
        set_to = "update messages set ended_at = :at where id = :m"
        await connection.execute(text(set_to), {"at": DELIVERED, "m": received.message_id})
    noted = [
        Hit(
            received.world.workspace.id, HitKind(kind), received.message_id, received.link_set_id, number,
            DELIVERED + timedelta(seconds=after), "GET", "", agent,
            judge(HitKind(kind), "GET", {"user-agent": agent}),
        )
        for kind, number, agent, after in came
    ]  # fmt: skip
    for one in noted:  # one by one, as they come in
        async with db.transaction() as connection:
            await append_hits(connection, [one])
    assert [hit.verdict for hit in await hits(received)] == verdicts


async def test_that_the_page_for_leaving_was_asked_for_is_noted_and_told_nowhere(received: Received) -> None:
    await received.public.get(path(received.urls.unsubscribe))
    assert [hit.kind for hit in await hits(received)] == ["page"]
    timeline = await received.world.http.get(f"{received.world.path}/people/{received.person_id}/timeline")
    assert timeline.status_code == 200
    assert '"page"' not in timeline.text


async def test_all_links_at_once_is_a_scanner(received: Received) -> None:
    for number in (1, 2, 3):
        await received.public.get(path(f"{received.urls.click}{number}"))
    assert {hit.verdict for hit in await hits(received)} == {"machine"}


async def test_hit_right_after_delivery_is_a_scanner(received: Received) -> None:
    async with received.world.services.db.transaction() as connection:
        await connection.execute(text("update messages set ended_at = now() where id = :m"), {"m": received.message_id})
    await received.public.get(path(f"{received.urls.click}1"))
    (hit,) = await hits(received)
    assert (hit.verdict, hit.rule) == ("likely_machine", "too_soon")


async def test_one_click_withdraws_the_topic_once(received: Received) -> None:
    """RFC 8058: no cookie, no redirect, 200, repeatable, urlencoded and multipart."""
    address = path(received.urls.one_click)
    first = await received.public.post(address, data={"List-Unsubscribe": "One-Click"})
    again = await received.public.post(address, files={"List-Unsubscribe": (None, "One-Click")})
    bare = await received.public.post(
        address, content=b"\xff\xfe not a form", headers={"content-type": "multipart/form-data; boundary=x"}
    )
    for answer in (first, again, bare):
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    topic, *others = received.topic_ids
    states = await received.consents()
    assert states[topic] == "withdrawn"
    assert {states[other] for other in others} == {"granted"}
    proofs = await received.rows("select * from consent_proofs where person_id = :p", p=received.person_id)
    assert [(proof.state, proof.source, proof.details["message"]) for proof in proofs] == [
        ("withdrawn", "one_click", received.message_id)
    ]


async def test_page_asks_before_it_unsubscribes(received: Received) -> None:
    asked = await received.public.get(path(received.urls.unsubscribe), headers={"accept-language": "sv-SE,sv;q=0.9"})
    assert '<html lang="sv">' in asked.text
    assert "a•••@example.com" in asked.text
    assert "ada.reader" not in asked.text
    assert set((await received.consents()).values()) == {"granted"}
    done = await received.public.post(path(received.urls.unsubscribe), data={"scope": "all"})
    assert done.status_code == 200
    assert set((await received.consents()).values()) == {"withdrawn"}
    assert (await received.rows("select source from consent_proofs where person_id = :p", p=received.person_id))[
        0
    ].source == "preference_page"


async def test_preferences_show_and_save(received: Received) -> None:
    address = path(received.urls.preferences)
    shown = await received.public.get(address)
    assert shown.status_code == 200
    assert shown.text.count(" checked") == len(received.topic_ids), "each topic that was agreed to, and no answer"
    assert "<script" not in shown.text
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    first, *others = received.topic_ids
    saved = await received.public.post(address, data={"on": [f"{other}:email" for other in others]})
    assert 'role="status"' in saved.text
    assert saved.text.count(" checked") == len(others)
    states = await received.consents()
    assert states[first] == "withdrawn"
    await received.public.post(address, data={"on": [f"{topic}:email" for topic in received.topic_ids]})
    assert set((await received.consents()).values()) == {"granted"}
    proofs = await received.rows(
        "select p.state, w.text from consent_proofs p left join consent_wordings w on w.id = p.wording_id"
        " where person_id = :p order by p.id",
        p=received.person_id,
    )
    assert [proof.state for proof in proofs] == ["withdrawn", "granted"]
    assert received.world.workspace.name in proofs[1].text


async def test_preferences_cannot_touch_what_is_not_shown(receive: Callable[..., Awaitable[Received]]) -> None:
    """Ticking another workspace's topic, a channel without address, or nonsense changes nothing there."""
    one, two = await receive(), await receive()
    mine = [f"{topic}:email" for topic in one.topic_ids]
    odd = [
        f"{two.topic_ids[0]}:email",
        f"{one.topic_ids[0]}:sms",
        "x:email",
        "9999999999999:email",
        "::",
        "1:" + "e" * 5000,
    ]
    answer = await one.public.post(path(one.urls.preferences), data={"on": mine + odd})
    assert answer.status_code == 200
    assert len(await one.consents()) == len(one.topic_ids)
    assert await one.rows("select 1 from consents where person_id = :p and channel = 'sms'", p=one.person_id) == []


async def test_names_cannot_carry_markup(received: Received) -> None:
    async with received.world.services.db.transaction() as connection:
        evil = "<img src=x onerror=alert(1)>\"'"
        await connection.execute(
            text("update workspaces set name = :n where id = :w"), {"n": evil, "w": received.world.workspace.id}
        )
        await connection.execute(
            text("update topics set name = :n, description = :n where workspace_id = :w"),
            {"n": evil, "w": received.world.workspace.id},
        )
    for address in (received.urls.preferences, received.urls.unsubscribe):
        assert "<img" not in (await received.public.get(path(address))).text
        assert "<img" not in (await received.public.post(path(address), data={"on": "1:email"})).text


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


@pytest.mark.parametrize("language", ["en", "fr", "sv", "zh"])
async def test_pages_speak_four_languages(receive: Callable[..., Awaitable[Received]], language: str) -> None:
    received = await receive(language=language)
    tag = "zh-Hans" if language == "zh" else language
    for address in (received.urls.preferences, received.urls.unsubscribe):
        assert f'<html lang="{tag}">' in (await received.public.get(path(address))).text


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


@pytest.mark.parametrize("consent_required", [False, True])
async def test_who_was_never_asked_finds_no_answer_ticked_and_gives_none_by_saving(
    received: Received, consent_required: bool
) -> None:
    await received.world.http.put(f"{received.world.path}/tracking", json={"consent_required": consent_required})
    stored = "select tracking_consent as said from people where id = :p"
    proofs = "select state from consent_proofs where person_id = :p and channel = 'tracking' order by id"
    page = (await received.public.get(received.urls.preferences)).text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', page))
    fields |= dict(re.findall(r'<input type="radio" name="(\w+)" value="(\w+)" checked>', page))
    assert fields == {}
    assert (
        "Nothing is measured unless you allow it."
        if consent_required
        else "Until you choose, opens and clicks are measured."
    ) in page
    on = re.findall(r'name="on" value="([^"]+)" checked', page)
    saved = await received.public.post(received.urls.preferences, data={**fields, "on": on})
    assert 'role="status"' in saved.text
    assert (await received.rows(stored, p=received.person_id))[0].said is None
    assert await received.rows(proofs, p=received.person_id) == []
    # Whoever says yes is asked no more, and takes it back by choosing no.
    for answer, said in (("yes", True), ("yes", True), ("no", False), ("", False), ("nonsense", False)):
        page = (await received.public.post(received.urls.preferences, data={"on": on, "measure": answer})).text
        assert (await received.rows(stored, p=received.person_id))[0].said is said
        assert f'name="measure" value="{"yes" if said else "no"}" checked' in page
        assert "Until you choose" not in page
    assert [row.state for row in await received.rows(proofs, p=received.person_id)] == ["granted", "withdrawn"]


@pytest.mark.parametrize(
    ("form", "says", "kept"),
    [
        ({"scope": "topic", "reason": "too_many"}, "will not send “{topic}” to a•••@example.com again", "too_many"),
        ({"scope": "all"}, "will not send any email to a•••@example.com again", None),
        ({"scope": "topic", "reason": "<script>"}, "will not send “{topic}” to a•••@example.com again", None),
    ],
)
async def test_leaving_says_what_will_not_come_and_keeps_the_reason(
    received: Received, form: dict[str, str], says: str, kept: str | None
) -> None:
    question = (await received.public.get(received.urls.unsubscribe)).text
    assert 'type="radio" name="reason" value="too_many">' in question, "no reason is chosen beforehand"
    done = await received.public.post(received.urls.unsubscribe, data=form)
    topic = (await received.rows("select name from topics where id = :t", t=received.topic_ids[0]))[0].name
    assert says.format(topic=topic) in done.text
    proofs = await received.rows("select details from consent_proofs where person_id = :p", p=received.person_id)
    assert {proof.details.get("reason") for proof in proofs} == {kept}


async def test_where_consent_is_asked_for_silence_is_a_refusal(received: Received) -> None:
    await received.world.http.put(f"{received.world.path}/tracking", json={"consent_required": True})
    assert 'name="measure" value="yes">' in (await received.public.get(received.urls.preferences)).text
    assert (await received.public.get(received.urls.open or "")).status_code == 200
    assert await received.rows("select 1 from hits where message_id = :m", m=received.message_id) == []
