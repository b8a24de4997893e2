"""What people allow: recorded with proof, repeatable, and withdrawal always counts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from gonfalon.accounts.model import Role
from gonfalon.people.consent import actions, store
from gonfalon.people.consent.model import ConsentSource, ConsentState, Statement
from gonfalon.people.model import Channel
from gonfalon.people.tables import consent_proofs, consents, people
from tests.conftest import World

PAST = datetime(2025, 1, 1, tzinfo=UTC)


async def make_people(world: World, count: int = 1) -> list[int]:
    """Ids of new people with email addresses."""
    async with world.ctx.transaction() as connection:
        made = await connection.execute(
            insert(people).returning(people.c.id),
            [{"workspace_id": world.workspace.id, "email": f"p{n}@example.com"} for n in range(count)],
        )
        return list(made.scalars())


async def topic_ids(world: World) -> list[int]:
    """The workspace's topics."""
    return [topic["id"] for topic in (await world.http.get(f"{world.path}/topics")).json()]


def said(state: ConsentState, source: ConsentSource = ConsentSource.FORM, **more: Any) -> Statement:
    """A statement about email."""
    return Statement(Channel.EMAIL, state, source, **more)


GRANTED, WITHDRAWN = ConsentState.GRANTED, ConsentState.WITHDRAWN


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Newsletter", "Offers"]),
        ("fr", ["Lettre d’information", "Offres"]),
        ("sv", ["Nyhetsbrev", "Erbjudanden"]),
        ("zh", ["新闻简报", "优惠信息"]),
    ],
)
async def test_a_new_workspace_has_topics_in_its_language(
    make_world: Callable[..., Awaitable[World]], language: str, names: list[str]
) -> None:
    world = await make_world(language=language)
    listed = (await world.http.get(f"{world.path}/topics")).json()
    assert [topic["name"] for topic in listed] == names
    assert [topic["key"] for topic in listed] == ["newsletter", "offers"]


async def test_topics_are_made_renamed_and_archived(world: World) -> None:
    made = await world.http.post(f"{world.path}/topics", json={"name": "Événements d’été"})
    assert (made.status_code, made.json()["key"]) == (201, "evenements_d_ete")
    again = await world.http.post(f"{world.path}/topics", json={"name": "Événements d’été"})
    assert again.json()["key"] == "evenements_d_ete_2"
    path = f"{world.path}/topics/{made.json()['id']}"
    renamed = await world.http.put(path, json={"name": "Summer", "description": "Once a year", "position": 0})
    assert (renamed.json()["name"], renamed.json()["key"]) == ("Summer", "evenements_d_ete")
    assert (await world.http.delete(path)).status_code == 204
    assert "Summer" not in (await world.http.get(f"{world.path}/topics")).text
    assert "Summer" in (await world.http.get(f"{world.path}/topics", params={"archived": True})).text
    assert (await world.http.post(f"{path}/restore")).status_code == 204
    for topic in (await topic_ids(world))[:-1]:
        assert (await world.http.delete(f"{world.path}/topics/{topic}")).status_code == 204
    last = (await topic_ids(world))[0]
    refused = await world.http.delete(f"{world.path}/topics/{last}")
    assert (refused.status_code, refused.json()["code"]) == (409, "topic_last")


async def test_a_statement_leaves_one_proof_however_often_it_is_repeated(world: World) -> None:
    ids, (topic, _) = await make_people(world, 50), await topic_ids(world)
    statement = said(GRANTED, at=PAST, wording="I want news.", details={"form": "footer"})
    async with world.ctx.transaction() as connection:
        assert await actions.record_consent(connection, world.workspace.id, ids + ids, [topic], statement) == 50
        assert await actions.record_consent(connection, world.workspace.id, ids, [topic], statement) == 0
        proofs = await store.proofs_of(connection, world.workspace.id, ids[7])
        assert [(p.state, p.at, p.source, p.wording, p.details) for p in proofs] == [
            (GRANTED, PAST, ConsentSource.FORM, "I want news.", {"form": "footer"})
        ]


async def test_withdrawal_counts_even_when_it_was_said_before_the_grant(world: World) -> None:
    (person,), (topic, _) = await make_people(world), await topic_ids(world)
    async with world.ctx.transaction() as connection:
        w = world.workspace.id
        assert await actions.record_consent(connection, w, [person], [topic], said(GRANTED)) == 1
        assert await actions.record_consent(connection, w, [person], [topic], said(WITHDRAWN, at=PAST)) == 1
        assert [c.state for c in await store.consents_of(connection, w, person)] == [WITHDRAWN]


async def test_a_file_never_brings_back_who_withdrew_but_the_person_can(world: World) -> None:
    (person,), (topic, _) = await make_people(world), await topic_ids(world)
    async with world.ctx.transaction() as connection:
        w = world.workspace.id
        withdrawn_at = PAST + timedelta(days=9)
        await actions.record_consent(connection, w, [person], [topic], said(WITHDRAWN, at=withdrawn_at))
        for refused in (
            said(GRANTED, ConsentSource.IMPORT),
            said(GRANTED, ConsentSource.API, at=PAST),
            said(GRANTED, ConsentSource.FORM, at=PAST),
        ):
            assert await actions.record_consent(connection, w, [person], [topic], refused) == 0
        assert await actions.record_consent(connection, w, [person], [topic], said(GRANTED)) == 1
        assert len(await store.proofs_of(connection, w, person)) == 2


async def test_withdraw_all_reaches_topics_never_spoken_of(world: World) -> None:
    (person,), topics_ = await make_people(world), await topic_ids(world)
    statement = said(WITHDRAWN, ConsentSource.ONE_CLICK)
    async with world.ctx.transaction() as connection:
        w = world.workspace.id
        await actions.record_consent(connection, w, [person], topics_[:1], said(GRANTED))
        assert await actions.withdraw_all(connection, w, [person], statement) == len(topics_)
        assert await actions.withdraw_all(connection, w, [person], statement) == 0
        preferences = await store.preferences_of(connection, w, person)
        assert preferences is not None
        assert [(c.channel, c.state) for c in preferences.consents] == [(Channel.EMAIL, WITHDRAWN)] * len(topics_)


async def test_another_workspaces_people_and_topics_are_left_alone(
    make_world: Callable[..., Awaitable[World]], world: World
) -> None:
    other = await make_world()
    (mine,), (theirs,) = await make_people(world), await make_people(other)
    my_topics, their_topics = await topic_ids(world), await topic_ids(other)
    async with world.ctx.transaction() as connection:
        w = world.workspace.id
        assert await actions.record_consent(connection, w, [theirs], my_topics, said(GRANTED)) == 0
        assert await actions.record_consent(connection, w, [mine], their_topics, said(GRANTED)) == 0
        assert await store.preferences_of(connection, w, theirs) is None
    body = {"channel": "email", "topic_ids": my_topics, "state": "granted"}
    assert (await world.http.post(f"{world.path}/people/{theirs}/consents", json=body)).status_code == 404
    body["topic_ids"] = their_topics
    answer = await world.http.post(f"{world.path}/people/{mine}/consents", json=body)
    assert (answer.status_code, answer.json()["code"]) == (404, "topic_unknown")


async def test_a_member_records_consent_with_proof_and_audit(world: World) -> None:
    (person,), (topic, _) = await make_people(world), await topic_ids(world)
    path = f"{world.path}/people/{person}/consents"
    body = {"channel": "email", "topic_ids": [topic], "state": "granted", "wording": "Said so on the phone."}
    assert (await world.http.post(path, json=body)).json() == {"changed": 1}
    assert (await world.http.post(path, json=body)).json() == {"changed": 0}
    seen = (await world.http.get(path)).json()
    assert [(c["topic"]["id"], c["channel"], c["state"]) for c in seen["consents"]] == [(topic, "email", "granted")]
    assert seen["proofs"][0]["source"] == "member"
    assert seen["proofs"][0]["details"]["actor"] == world.ctx.actor.name
    entries = (await world.http.get(f"{world.path}/audit", params={"action": "consent."})).json()["items"]
    assert [e["action"] for e in entries] == ["consent.granted"]
    analyst = await world.member(Role.ANALYST)
    assert (await analyst.post(path, json=body)).status_code == 403
    assert (await (await world.member(Role.GUEST)).get(path)).status_code == 403


async def test_a_member_records_whether_a_person_may_be_measured(world: World) -> None:
    person, gone = await make_people(world, 2)
    path = f"{world.path}/people/{person}"
    body = {"allowed": True, "wording": "You may count me."}
    assert (await world.http.post(f"{path}/tracking-consent", json=body)).json() == {"changed": 1}
    assert (await world.http.post(f"{path}/tracking-consent", json=body)).json() == {"changed": 0}
    shown = (await world.http.get(path)).json()
    assert (shown["tracking_consent"], shown["consents"]) == (True, [])
    (proof,) = shown["proofs"]
    assert (proof["channel"], proof["topic_id"], proof["topic"]) == ("tracking", None, None)
    assert (proof["state"], proof["source"], proof["wording"]) == ("granted", "member", "You may count me.")
    assert proof["details"]["actor"] == world.ctx.actor.name
    assert (await world.http.post(f"{path}/tracking-consent", json={"allowed": False})).json() == {"changed": 1}
    lines = (await world.http.get(f"{path}/timeline")).json()["items"]
    told = [(line["name"], line["details"]["channel"]) for line in lines if line["kind"] == "consent"]
    assert told == [("withdrawn", "tracking"), ("granted", "tracking")]
    archive = (await world.http.post(f"{path}/archive")).json()
    assert [each["channel"] for each in archive["proofs"]] == ["tracking", "tracking"]
    entries = (await world.http.get(f"{world.path}/audit", params={"action": "consent."})).json()["items"]
    assert [e["action"] for e in entries] == ["consent.withdrawn", "consent.granted"]
    await world.http.delete(f"{world.path}/people/{gone}")
    assert (await world.http.post(f"{world.path}/people/{gone}/tracking-consent", json=body)).status_code == 404
    analyst = await world.member(Role.ANALYST)
    assert (await analyst.post(f"{path}/tracking-consent", json=body)).status_code == 403


async def test_the_view_of_reachable_people_follows_consent(world: World) -> None:
    (person,), (topic, _) = await make_people(world), await topic_ids(world)
    reachable = text("select address from reachable_people where person_id = :p and topic_id = :t")
    async with world.ctx.transaction() as connection:
        w, bound = world.workspace.id, {"p": person, "t": topic}
        assert (await connection.execute(reachable, bound)).all() == []
        await actions.record_consent(connection, w, [person], [topic], said(GRANTED))
        assert (await connection.execute(reachable, bound)).scalars().all() == ["p0@example.com"]
        await actions.record_consent(connection, w, [person], [topic], said(WITHDRAWN))
        assert (await connection.execute(reachable, bound)).all() == []


steps = st.lists(
    st.tuples(
        st.sampled_from([GRANTED, WITHDRAWN]),
        st.sampled_from([ConsentSource.IMPORT, ConsentSource.FORM, ConsentSource.ONE_CLICK]),
        st.integers(0, 5),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
async def test_the_state_is_always_the_last_proof(
    world: World, steps: list[tuple[ConsentState, ConsentSource, int]]
) -> None:
    """A model of the rule beside the statement: same states, and a proof for each change and only then."""
    (topic, _) = await topic_ids(world)
    async with world.ctx.transaction() as connection:
        made = await connection.execute(insert(people).values(workspace_id=world.workspace.id).returning(people.c.id))
        person = made.scalar_one()
        state: ConsentState | None = None
        at, changes = PAST, 0
        for wanted, source, day in steps:
            when = PAST + timedelta(days=day)
            said_now = source is not ConsentSource.IMPORT
            counts = (said_now or at <= when) if wanted is WITHDRAWN else (said_now and at <= when)
            change = state is None or (wanted is not state and counts)
            statement = said(wanted, source, at=when)
            done = await actions.record_consent(connection, world.workspace.id, [person], [topic], statement)
            assert done == int(change)
            if change:
                state, at, changes = wanted, when, changes + 1
        now = (await connection.execute(select(consents.c.state).where(consents.c.person_id == person))).scalar()
        proofs = select(consent_proofs.c.state).where(consent_proofs.c.person_id == person)
        ledger = (await connection.execute(proofs.order_by(consent_proofs.c.id))).scalars().all()
        assert now == state
        assert len(ledger) == changes
        assert not ledger or ledger[-1] == now


async def test_the_first_people_of_a_workspace_are_not_walked_once_for_each_of_them(
    world: World, make_world: Callable[..., Awaitable[World]]
) -> None:
    """To the planner a workspace filled in this very transaction is empty; its import must not take hours for that."""
    count = 2000
    await make_people(world, count)
    newcomer = (await make_world()).workspace.id
    async with world.services.db.transaction() as connection:
        await connection.execute(text("analyze people"))
        await connection.execute(
            text(
                "create temp table staged on commit drop as with made as (insert into people (workspace_id, email)"
                " select :w, n || '@example.org' from generate_series(1, :n) n returning id)"
                " select id, false as no from made"
            ),
            {"w": newcomer, "n": count},
        )
        await connection.execute(text("analyze staged"))
        for query in ("select id, null::timestamptz from staged where no", "select id, null::timestamptz from staged"):
            await store.write_statement(connection, newcomer, query, None, said(WITHDRAWN))
        visited = await connection.scalar(
            text("select seq_tup_read from pg_stat_xact_user_tables where relname = 'staged'")
        )
        await connection.rollback()
    assert visited <= 3 * count
