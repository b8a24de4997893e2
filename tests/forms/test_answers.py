"""What becomes of an answer: who it makes, what it gives, and what a stranger cannot do with it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gonfalon.accounts.model import Role
from tests.conftest import eventually
from tests.forms.conftest import EMAIL, NAME, Site, Visitor, a_definition, new_key

CONSENT_LABEL = "Yes, send me news."


async def topic(site: Site) -> int:
    """The workspace's first topic."""
    return int((await site.world.http.get(f"{site.world.path}/topics")).json()[0]["id"])


async def consent(site: Site) -> dict[str, Any]:
    """A box that gives consent to the first topic."""
    return {"kind": "consent", "id": "news", "label": CONSENT_LABEL, "topics": [await topic(site)]}


async def state_of(site: Site, email: str) -> list[Any]:
    """Consent of the person with an address: state, source and wording of each proof, the newest first."""
    return await site.rows(
        "select p.state, p.source, w.text, p.details from consent_proofs p"
        " left join consent_wordings w on w.id = p.wording_id join people on people.id = p.person_id"
        " where p.workspace_id = :w and people.email = :email order by p.id desc",
        email=email,
    )


async def test_an_answer_makes_a_person_with_all_that_the_form_gives(site: Site) -> None:
    lists = f"{site.world.path}/audiences"
    on = (await site.world.http.post(lists, json={"name": "Fair", "kind": "list"})).json()["id"]
    size = {
        "kind": "choice",
        "id": "size",
        "label": "Size",
        "options": [{"value": "s", "label": "Small"}, {"value": "l", "label": "Large", "tag": "tall"}],
    }
    source = {"kind": "hidden", "id": "source", "parameter": "src"}
    form = await site.make(
        a_definition(EMAIL, NAME, size, source, await consent(site), tags=["fair"], list_id=on),
    )
    got = await site.answer(form, email=" Ada@Example.com ", first_name="Ada", size="l", news="yes", source="stand 3")
    assert (got.status_code, "Thank you" in got.text) == (200, True)
    person = await site.person("ada@example.com")
    assert person is not None
    assert person["attributes"] == {"first_name": "Ada"}
    assert sorted(person["tags"]) == ["fair", "tall"]
    assert await site.rows("select 1 from list_members where person_id = :p", p=person["id"])
    ((state, how, wording, details),) = await state_of(site, "ada@example.com")
    assert (state, how, wording, details["form"]) == ("granted", "form", CONSENT_LABEL, form["id"])
    ((name, properties),) = await site.rows(
        "select name, properties from events where workspace_id = :w and person_id = :p", p=person["id"]
    )
    assert name == "Form Submitted"
    assert properties == {
        "form": "Spring", "form_id": form["id"], "first_name": "Ada", "size": "l", "news": True, "source": "stand 3",
    }  # fmt: skip
    assert [(a["state"], a["person_id"]) for a in await site.answers(form)] == [("taken", person["id"])]


async def test_a_confirmed_answer_counts_when_the_button_behind_the_mails_link_is_pressed(site: Site) -> None:
    form = await site.make(a_definition(EMAIL, NAME, await consent(site), confirm=True))
    got = await site.answer(form, email="bo@example.com", first_name="Bo", news="yes")
    assert "bo@example.com" in got.text
    link = await site.link_mailed_to("bo@example.com")
    for method in ("GET", "HEAD"):
        assert (await site.public.request(method, link)).status_code == 200
    assert await site.person("bo@example.com") is None, "following a link changes nothing"
    for _ in range(2):
        assert "Thank you" in (await site.public.post(link)).text
    person = await site.person("bo@example.com")
    assert person is not None
    assert person["attributes"] == {"first_name": "Bo"}
    assert len(await state_of(site, "bo@example.com")) == 1
    assert await site.rows("select 1 from events where workspace_id = :w") == [(1,)]
    assert (await site.public.get(link[:-1] + ("A" if link[-1] != "A" else "B"))).status_code == 404


async def test_the_forms_own_words_are_mailed_once_an_answer_counts(site: Site) -> None:
    form = await site.make(a_definition(EMAIL, mail={"subject": "Your guide", "text": "Thank you.\n<b>Enjoy</b>"}))
    await site.answer(form, email="guide@example.com")

    async def mailed() -> list[Any]:
        return await site.rows(
            "select subject, convert_from(raw, 'utf8') as raw from sandbox_mails"
            " where workspace_id = :w and rcpt_to = 'guide@example.com'"
        )

    (mail,) = await eventually(mailed)
    assert mail.subject == "Your guide"
    assert "&lt;b&gt;Enjoy" in mail.raw


async def test_typing_somebodys_address_changes_nothing_that_is_known_of_them(site: Site) -> None:
    phone = {"kind": "phone", "id": "phone", "label": "Phone"}
    city = {"kind": "text", "id": "city", "label": "City", "attribute": "city"}
    form = await site.make(a_definition(EMAIL, NAME, city, phone, await consent(site)))
    people = f"{site.world.path}/people"
    known = {"email": "eve@example.com", "attributes": {"first_name": "Eve"}}
    person = (await site.world.http.post(people, json=known)).json()
    consents = f"{people}/{person['id']}/consents"
    left = {"channel": "email", "topic_ids": [await topic(site)], "state": "withdrawn"}
    answer = await site.world.http.post(consents, json=left)
    assert answer.status_code == 200, answer.text
    fields = {"email": "eve@example.com", "first_name": "Mallory", "city": "Lyon", "phone": "+46701234567"}
    assert "Thank you" in (await site.answer(form, news="yes", **fields)).text
    found = await site.person("eve@example.com")
    assert found is not None
    assert found["attributes"] == {"first_name": "Eve", "city": "Lyon"}, "what is known stays, what was not is filled"
    assert found["phone"] is None
    assert [row.state for row in await state_of(site, "eve@example.com")] == ["withdrawn"]
    confirmed = await site.make(a_definition(EMAIL, NAME, await consent(site), confirm=True))
    await site.answer(confirmed, email="eve@example.com", first_name="Evelyn", news="yes")
    await site.public.post(await site.link_mailed_to("eve@example.com"))
    found = await site.person("eve@example.com")
    assert found is not None
    assert found["attributes"]["first_name"] == "Evelyn", "whoever has the mailbox is that person"
    assert [row.state for row in await state_of(site, "eve@example.com")] == ["granted", "withdrawn"]


async def test_an_answer_that_is_sent_ten_times_at_once_counts_once(site: Site) -> None:
    form = await site.make(a_definition(EMAIL))
    page = await site.public.get(f"/forms/{form['id']}")
    assert page.status_code == 200
    body = {"key": new_key(), "email": "ten@example.com"}
    sent = await asyncio.gather(*(site.public.post(f"/forms/{form['id']}", data=body) for _ in range(10)))
    assert {one.status_code for one in sent} == {200}
    assert len({one.text for one in sent}) == 1
    assert len(await site.answers(form)) == 1


async def test_ten_at_once_for_the_last_place(site: Site, another_visitor: Visitor) -> None:
    form = await site.make(a_definition(EMAIL, most=1, confirm=True))

    async def try_once(number: int) -> str:
        async with another_visitor() as visitor:
            body = {"key": new_key(), "email": f"v{number}@example.com"}
            return (await visitor.post(f"/forms/{form['id']}", data=body)).text

    told = await asyncio.gather(*(try_once(number) for number in range(10)))
    assert sum("One more step" in text for text in told) == 1
    assert sum("This form is full" in text for text in told) == 9
    assert "This form is full" in (await site.public.get(f"/forms/{form['id']}")).text


async def test_one_answer_of_each_person_counts(site: Site) -> None:
    form = await site.make(a_definition(EMAIL, NAME, once_each=True), kind="contest")
    assert "Thank you" in (await site.answer(form, email="once@example.com", first_name="A")).text
    assert "answered already" in (await site.answer(form, email="ONCE@example.com", first_name="B")).text
    assert [a["state"] for a in await site.answers(form)] == ["refused", "taken"]
    assert [row.name for row in await site.rows("select name from events where workspace_id = :w")] == [
        "Contest Entered"
    ]


async def test_without_the_browsers_work_it_waits_for_the_mail_or_a_members_look(site: Site) -> None:
    named = await site.make(a_definition(EMAIL))
    assert "One more step" in (await site.answer(named, worked=False, email="no@example.com")).text
    nobody = await site.make(a_definition({"kind": "text", "id": "said", "label": "Say"}), kind="survey")
    assert "Somebody will look" in (await site.answer(nobody, worked=False, said="hi")).text
    (held,) = await site.answers(nobody)
    assert held["state"] == "held"
    address = f"{site.world.path}/forms/{nobody['id']}/answers/{held['id']}"
    taken = await site.world.http.post(f"{address}/take")
    assert (taken.status_code, taken.json()["state"]) == (200, "taken")
    assert (await site.world.http.post(f"{address}/refuse")).json()["code"] == "answer_decided"


async def test_what_falls_into_the_trap_is_told_thanks_and_counts_nowhere(site: Site) -> None:
    form = await site.make(a_definition(EMAIL))
    got = await site.answer(form, email="bot@example.com", website="https://spam.example")
    assert "Thank you" in got.text
    assert await site.person("bot@example.com") is None
    (kept,) = await site.answers(form)
    assert (kept["state"], kept["decided_by"]) == ("refused", "spam trap")


async def test_a_flood_from_one_network_is_stopped_and_others_are_answered(
    site: Site, another_visitor: Visitor
) -> None:
    form = await site.make(a_definition(EMAIL))
    last = None
    for number in range(61):
        last = await site.public.post(f"/forms/{form['id']}", data={"email": f"f{number}@example.com"})
    assert last is not None
    assert last.status_code == 429
    assert 'value="f60@example.com"' in last.text, "what was written is still there"
    async with another_visitor() as visitor:
        other = await visitor.post(f"/forms/{form['id']}", data={"email": "calm@example.com"})
    assert other.status_code == 200


async def test_nobody_can_fill_a_mailbox(site: Site, another_visitor: Visitor) -> None:
    form = await site.make(a_definition(EMAIL, confirm=True))
    for _ in range(8):
        async with another_visitor() as visitor:
            await visitor.post(f"/forms/{form['id']}", data={"email": "flooded@example.com"})
    mailed = "select 1 from sandbox_mails where workspace_id = :w and rcpt_to = 'flooded@example.com'"
    waiting = (
        "select 1 from procrastinate_jobs where task_name = 'forms.mail_visitor' and status in ('todo', 'doing')"
        " and (args ->> 'answer_id')::bigint in (select id from form_answers where workspace_id = :w)"
    )

    async def all_mailed() -> bool:
        return not await site.rows(waiting)

    await eventually(all_mailed)
    assert len(await site.rows(mailed)) == 5
    assert len(await site.answers(form)) == 8


async def test_erasing_a_person_empties_their_answers(site: Site) -> None:
    form = await site.make(a_definition(EMAIL, NAME))
    await site.answer(form, email="gone@example.com", first_name="Gone")
    waiting = await site.make(a_definition(EMAIL, NAME, confirm=True))
    await site.answer(waiting, email="gone@example.com", first_name="Gone")
    person = await site.person("gone@example.com")
    assert person is not None
    erased = await site.world.http.delete(f"{site.world.path}/people/{person['id']}")
    assert erased.status_code in (200, 204), erased.text
    (counted,) = await site.answers(form)
    assert (counted["state"], counted["values"], counted["source"], counted["person_id"]) == ("taken", {}, {}, None)
    (emptied,) = await site.answers(waiting)
    assert (emptied["state"], emptied["values"]) == ("expired", {})


async def test_an_erased_person_comes_back_by_themselves_alone(site: Site) -> None:
    form = await site.make(a_definition(EMAIL, NAME, await consent(site)))
    await site.answer(form, email="back@example.com", first_name="Was", news="yes")
    person = await site.person("back@example.com")
    assert person is not None
    await site.world.http.delete(f"{site.world.path}/people/{person['id']}")
    again = await site.world.http.post(f"{site.world.path}/people", json={"email": "back@example.com"})
    assert (again.status_code, again.json()["code"]) == (409, "person_erased")

    await site.answer(form, email="back@example.com", first_name="Is", news="yes")
    assert await site.person("back@example.com") is None
    (answer, _) = await site.answers(form)
    assert answer["state"] == "waiting"  # though the form asks nobody else to confirm
    await site.public.post(await site.link_mailed_to("back@example.com"))
    person = await site.person("back@example.com")
    assert person is not None
    assert person["attributes"] == {"first_name": "Is"}
    assert [each["state"] for each in person["consents"] if each["state"]] == ["granted"]


@pytest.mark.parametrize("role", [Role.GUEST])
async def test_guests_see_no_forms(site: Site, role: Role) -> None:
    form = await site.make(a_definition(EMAIL))
    guest = await site.world.member(role)
    for path in ("forms", f"forms/{form['id']}", f"forms/{form['id']}/answers"):
        assert (await guest.get(f"{site.world.path}/{path}")).status_code == 403
