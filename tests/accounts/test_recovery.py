"""A forgotten password, and the mails that let somebody in: who gets them, who may read them, how often they work."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import text

from gonfalon.accounts.actions import create_workspace
from gonfalon.accounts.mails.actions import pause
from gonfalon.accounts.model import Role
from gonfalon.accounts.recovery.actions import make_link
from gonfalon.kit.config import Settings
from gonfalon.kit.errors import NotFound
from gonfalon.kit.secrets import digest
from gonfalon.kit.services import Services
from gonfalon.kit.sql import run
from tests.conftest import World, eventually

OLD, NEW = "a long enough secret", "another long secret"
ASK, USE = "/api/v1/password-links", "/api/v1/password-links/use"


@pytest.fixture(autouse=True)
async def no_mail_server_of_the_house(services: Services) -> None:
    """Links for passwords leave by a workspace of the first user, who is another test's and may have a mail server."""
    async with services.db.transaction() as connection:
        await connection.execute(
            text(
                "delete from email_settings where workspace_id in (select workspace_id from members"
                " where user_id = (select id from users order by created_at, id limit 1))"
            )
        )


async def join(world: World, client: httpx2.AsyncClient, role: str = "creator") -> str:
    """A member who joined by invitation and knows a password: their address."""
    email = f"{role}-{world.workspace.slug}@example.com"
    made = await world.http.post(f"{world.path}/invitations", json={"email": email, "role": role})
    token = made.json()["link"].split("token=")[1]
    body = {"token": token, "name": "Ada", "password": OLD}
    assert (await client.post("/api/v1/invitations/accept", json=body)).status_code == 200
    return email


async def mailed(world: World, to: str) -> list[dict[str, Any]]:
    """Mails in every sandbox to an address, as the database has them: where a link goes is what is asked here."""
    async with world.services.db.reading() as connection:
        found = await connection.execute(
            text("select id, workspace_id, subject, private, raw from sandbox_mails where rcpt_to = :to order by id"),
            {"to": to},
        )
        return [dict(row._mapping) for row in found]


def token_in(raw: bytes) -> str:
    unfolded = raw.decode().replace("=\r\n", "").replace("=3D", "=")
    found = re.search(r"token=([\w-]+)", unfolded)
    assert found is not None, unfolded
    return found[1]


async def signs_in(client: httpx2.AsyncClient, email: str, password: str) -> bool:
    return (await client.post("/api/v1/session", json={"email": email, "password": password})).status_code == 204


async def test_a_forgotten_password_is_replaced_by_a_mailed_link_that_works_once(
    world: World, client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    inside, outside = client_of(), client_of()
    email = await join(world, inside)
    assert (await outside.post(ASK, json={"email": f" {email.upper()} "})).status_code == 204
    mails = await eventually(lambda: _subjects(world, email, "Reset your password"))
    token = token_in(mails[0]["raw"])
    assert (await outside.get(ASK, params={"token": token})).json() == {"open": True, "email": email}
    weak = await outside.post(USE, json={"token": token, "password": "short"})
    assert weak.json()["code"] == "password_short", "a refused password does not spend the link"
    assert (await outside.post(USE, json={"token": token, "password": NEW})).status_code == 204
    assert (await inside.get("/api/v1/me")).status_code == 401, "every session has ended"
    assert not await signs_in(outside, email, OLD)
    assert await signs_in(outside, email, NEW)
    again = await outside.post(USE, json={"token": token, "password": OLD})
    assert (again.status_code, again.json()["code"]) == (404, "password_link_spent")
    assert (await outside.get(ASK, params={"token": token})).json() == {"open": False, "email": ""}
    entries = (await world.http.get(f"{world.path}/audit", params={"action": "member.password"})).json()["items"]
    assert [(entry["action"], entry["actor_name"]) for entry in entries] == [("member.password_reset", "Ada")]


async def _subjects(world: World, to: str, subject: str) -> list[dict[str, Any]]:
    return [mail for mail in await mailed(world, to) if mail["subject"] == subject]


async def test_the_answer_is_the_same_for_an_address_nobody_has(
    world: World, client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    client = client_of()
    known = await join(world, client)
    unknown = f"x{known}"
    answers = [[await client.post(ASK, json={"email": email}) for _ in range(4)] for email in (known, unknown)]
    assert [(a.status_code, a.content) for a in answers[0]] == [(a.status_code, a.content) for a in answers[1]]
    assert [a.status_code for a in answers[0]] == [204, 204, 204, 429], "limited for each address"
    assert answers[0][3].json()["code"] == "password_link_limited"
    assert int(answers[0][3].headers["retry-after"]) > 0
    await eventually(lambda: _idle(world))
    assert await mailed(world, unknown) == []
    async with world.services.db.reading() as connection:
        kept = await connection.execute(
            text("select 1 from procrastinate_jobs where args ->> 'email' = :e"), {"e": unknown}
        )
        assert kept.first() is None, "what was asked for nobody leaves no trace"


async def _idle(world: World) -> bool:
    async with world.services.db.reading() as connection:
        jobs = await connection.execute(
            text("select 1 from procrastinate_jobs where task_name = 'accounts.mail_password_link' limit 1")
        )
        return jobs.first() is None


async def test_a_link_ends_after_an_hour_and_with_the_password(
    world: World, client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    client = client_of()
    email = await join(world, client)
    (late, until), (other, _), (third, _) = [await make_link(world.services, email) for _ in range(3)]
    assert timedelta(minutes=59) < until - world.ctx.now <= timedelta(minutes=60)
    late, other, third = (link.split("token=")[1] for link in (late, other, third))
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text("update password_links set expires_at = now() - interval '1 second' where token_hash = :h"),
            {"h": digest(late)},
        )
    assert (await client.get(ASK, params={"token": late})).json()["open"] is False
    assert (await client.post(USE, json={"token": late, "password": NEW})).status_code == 404
    assert (await client.post(USE, json={"token": other, "password": NEW})).status_code == 204
    assert (await client.post(USE, json={"token": third, "password": NEW})).status_code == 404, "one ends all"
    fourth = (await make_link(world.services, email))[0].split("token=")[1]
    assert await signs_in(client, email, NEW)
    assert (await client.post("/api/v1/me/password", json={"present": NEW, "new": OLD})).status_code == 204
    assert (await client.post(USE, json={"token": fourth, "password": NEW})).status_code == 404
    with pytest.raises(NotFound):
        await make_link(world.services, f"x{email}")
    entries = (await world.http.get(f"{world.path}/audit", params={"action": "member.password"})).json()["items"]
    assert [entry["action"] for entry in entries] == [
        "member.password_changed",
        "member.password_link_made",
        "member.password_reset",
        *["member.password_link_made"] * 3,
    ]


async def test_a_member_who_is_locked_out_may_sign_in_after_choosing_anew(
    world: World, client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    client = client_of()
    email = await join(world, client)
    for _ in range(11):
        await client.post("/api/v1/session", json={"email": email, "password": "wrong"})
    link, _ = await make_link(world.services, email)
    await client.post(USE, json={"token": link.split("token=")[1], "password": NEW})
    assert await signs_in(client, email, NEW)


async def test_links_leave_by_whoever_set_the_installation_up_and_their_own_mail_server_first(
    make_database: Callable[[], str], settings: Settings
) -> None:
    """A link opens every workspace of its user, so no other workspace's owner may come by it."""
    from gonfalon.entry.rooms import open_services

    services = open_services(settings, make_database())
    async with services.db.transaction() as connection:
        made = [
            await create_workspace(services, connection, name, time_zone="UTC", currency="EUR", language="en")
            for name in ("Strangers", "Sandbox", "Served")
        ]
        assert await _house(connection) == made[0].id, "nobody owns anything yet"
        for number, (user, owned) in enumerate({"operator": made[1:], "stranger": made[:1]}.items()):
            await connection.execute(
                text(
                    "insert into users (id, email, name, language, password_hash, created_at)"
                    " values (:id, :mail, 'N', 'en', 'none', now() + :n * interval '1 day')"
                ),
                {"id": UUID(int=number + 1), "mail": f"{user}@example.com", "n": number},
            )
            for place in owned:
                await connection.execute(
                    text("insert into members (workspace_id, user_id, role) values (:w, :u, 'owner')"),
                    {"w": place.id, "u": UUID(int=number + 1)},
                )
        smtp = text("insert into email_settings (workspace_id, provider, host) values (:w, 'smtp', 'mail.example.com')")
        await connection.execute(smtp, {"w": made[0].id})
        assert await _house(connection) == made[1].id
        await connection.execute(smtp, {"w": made[2].id})
        assert await _house(connection) == made[2].id
    await services.close()


async def _house(connection: Any) -> int:
    return int((await run(connection, "gonfalon.accounts.recovery", "choose_house")).scalar_one())


async def test_an_invitation_is_mailed_and_only_who_manages_members_reads_it(
    make_world: Callable[..., Awaitable[World]], client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    world = await make_world(language="sv")
    email = f"new-{world.workspace.slug}@example.com"
    made = (await world.http.post(f"{world.path}/invitations", json={"email": email, "role": "owner"})).json()
    mail = (await eventually(lambda: mailed(world, email)))[0]
    assert (mail["workspace_id"], mail["private"]) == (world.workspace.id, True)
    assert mail["subject"] == f"{world.ctx.actor.name} har bjudit in dig till {world.workspace.name}"
    assert made["link"].endswith(token_in(mail["raw"])), "the link in the mail is the one that was answered"
    address = f"{world.path}/sandbox/mails"
    shown = (await world.http.get(f"{address}/{mail['id']}")).json()
    assert f"{world.ctx.actor.name} har bjudit in dig" in shown["text"]
    assert made["link"] in shown["html"].replace("&amp;", "&")
    for role in (Role.MANAGER, Role.CREATOR):
        colleague = await world.member(role)
        assert (await colleague.get(f"{address}/{mail['id']}")).status_code == 404
        assert email not in (await colleague.get(address)).text
    listed = (await eventually(lambda: _invited(world, "sent")))[0]
    assert (listed["email"], listed["mail_state"]) == (email, "sent")
    joined = await client_of().post(
        "/api/v1/invitations/accept", json={"token": token_in(mail["raw"]), "name": "Ny", "password": NEW}
    )
    assert joined.json() == {"workspace": world.workspace.slug}


async def _invited(world: World, state: str) -> list[dict[str, Any]]:
    found = (await world.http.get(f"{world.path}/invitations")).json()
    return [one for one in found if one["mail_state"] == state]


async def test_an_invitation_nobody_takes_waits_and_says_why(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Settings, "mail_sandbox_port", 1)  # nobody listens there
    body = {"email": f"w-{world.workspace.slug}@example.com", "role": "guest"}
    made = (await world.http.post(f"{world.path}/invitations", json=body)).json()

    async def tried() -> bool:
        return bool((await _invited(world, "waiting"))[0]["mail_detail"])

    await eventually(tried)
    async with world.services.db.reading() as connection:
        job = await connection.execute(
            text(
                "select cast(args ->> 'tries' as int), scheduled_at > now() from procrastinate_jobs"
                " where args ->> 'invitation_id' = :i and status = 'todo'"
            ),
            {"i": made["id"]},
        )
        assert tuple(job.one()) == (2, True), "it is tried again, later"


def test_trying_again_takes_longer_each_time_and_ends() -> None:
    waits, tries = [], 1
    while (wait := pause(tries, timedelta(days=2))) is not None:
        waits.append(wait)
        tries += 1
    assert waits[:3] == [timedelta(seconds=10), timedelta(seconds=40), timedelta(seconds=160)]
    assert waits == sorted(waits)
    assert timedelta(days=1) < sum(waits, timedelta()) <= timedelta(days=2)


async def test_only_who_lets_people_in_chooses_the_mail_server(world: World) -> None:
    """Links for new passwords leave by it: who could change it could become anybody."""
    manager = await world.member(Role.MANAGER)
    body = {"provider": "smtp", "host": "evil.example.com", "port": 25, "security": "none"}
    for method, path in (("PUT", "settings"), ("POST", "settings/test")):
        refused = await manager.request(method, f"{world.path}/email/{path}", json=body)
        assert (refused.status_code, refused.json()["permission"]) == (403, "members.manage")
    assert (await manager.post(f"{world.path}/senders", json={"from_name": "A", "from_address": "a@b.se"})).is_success
