"""The pages of recipients: unsubscribing and the preference page."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from tests.tracking.conftest import Received

BROWSER = "Mozilla/5.0 (X11; Linux) Firefox/140.0"


async def hits(received: Received) -> list[Any]:
    """The message's hits in order."""
    return await received.rows("select * from hits where message_id = :m order by id", m=received.message_id)


def path(url: str) -> str:
    """The path of one of our addresses."""
    return url.removeprefix("http://testserver")


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


@pytest.mark.parametrize("language", ["en", "fr", "sv", "zh"])
async def test_pages_speak_four_languages(receive: Callable[..., Awaitable[Received]], language: str) -> None:
    received = await receive(language=language)
    tag = "zh-Hans" if language == "zh" else language
    for address in (received.urls.preferences, received.urls.unsubscribe):
        assert f'<html lang="{tag}">' in (await received.public.get(path(address))).text


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
