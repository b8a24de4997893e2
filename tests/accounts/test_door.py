"""The door for passwords, and what stands beside it: who is counted, who is told what, what ends with whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from argon2 import profiles
from fastapi import FastAPI
from sqlalchemy import insert, text, update

from gonfalon.accounts import passwords, store
from gonfalon.accounts.members.actions import mail_invitation
from gonfalon.accounts.model import Role
from gonfalon.accounts.passwords import hash_password
from gonfalon.accounts.recovery.actions import make_link
from gonfalon.accounts.rules import network_of
from gonfalon.accounts.tables import members, users
from gonfalon.kit.ids import new_id
from gonfalon.kit.tables import rate_buckets
from tests.conftest import World

PASSWORD = "a long enough secret"
Clients = Callable[..., httpx2.AsyncClient]


class Somebody:
    """A member with a password, and browsers at addresses of their own."""

    def __init__(self, app: FastAPI, email: str, user_id: UUID) -> None:
        self.app, self.email, self.id = app, email, user_id

    def at(self, ip: str) -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(app=self.app, raise_app_exceptions=False, client=(ip, 1))
        return httpx2.AsyncClient(transport=transport, base_url="http://testserver")

    async def sign_in(self, client: httpx2.AsyncClient, password: str = PASSWORD) -> int:
        answer = await client.post("/api/v1/session", json={"email": self.email, "password": password})
        return answer.status_code


def test_hashes_cost_what_the_standard_asks() -> None:
    assert passwords.COST == profiles.RFC_9106_LOW_MEMORY


_networks = iter(range(1, 250))


@pytest.fixture
def net() -> str:
    """The first three numbers of addresses that no other test tries from."""
    return f"198.18.{next(_networks)}"


@pytest.fixture
async def somebody(world: World, app: FastAPI) -> Somebody:
    user_id, email = new_id(), f"{world.workspace.slug}-door@example.com"
    hashed = await hash_password(PASSWORD)
    async with world.services.db.transaction() as connection:
        await connection.execute(
            insert(users).values(id=user_id, email=email, name="Ada", language="en", password_hash=hashed)
        )
        await connection.execute(
            insert(members).values(workspace_id=world.workspace.id, user_id=user_id, role=Role.OWNER.value)
        )
    return Somebody(app, email, user_id)


async def test_guessing_is_counted_by_whichever_route(world: World, somebody: Somebody, net: str) -> None:
    """An owner of any workspace may invite anybody, and holds the link: it must be no way to guess without limit."""
    other = await world.member(Role.OWNER)
    await other.delete(f"{world.path}/members/{somebody.id}")
    made = await other.post(f"{world.path}/invitations", json={"email": somebody.email, "role": "guest"})
    token = made.json()["link"].split("token=")[1]
    guesser = somebody.at(f"{net}.1")

    async def accept() -> int:
        body = {"token": token, "name": "", "password": "a guess"}
        return (await guesser.post("/api/v1/invitations/accept", json=body)).status_code

    assert [await accept() for _ in range(6)] == [401] * 6
    assert [await somebody.sign_in(guesser, "a guess") for _ in range(5)] == [401] * 4 + [429]
    assert await accept() == 429


async def test_the_present_password_is_counted_too(somebody: Somebody, net: str) -> None:
    client = somebody.at(f"{net}.1")
    assert await somebody.sign_in(client) == 204
    body = {"present": "a guess", "new": "another long secret"}
    answers = [(await client.post("/api/v1/me/password", json=body)).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


async def test_nobody_locks_somebody_out(world: World, somebody: Somebody, net: str) -> None:
    known = somebody.at(f"{net}.9")
    assert await somebody.sign_in(known) == 204
    await known.delete("/api/v1/session")
    for client in range(2):  # from one place
        attacker = somebody.at(f"{net}.{client + 1}")
        assert {await somebody.sign_in(attacker, "wrong") for _ in range(11)} == {401, 429}
    stranger = somebody.at(f"{net}.8")
    assert await somebody.sign_in(stranger) == 204
    async with world.services.db.transaction() as connection:  # from everywhere
        await connection.execute(
            update(rate_buckets).where(rate_buckets.c.key == f"sign-in:{somebody.email}").values(count=100)
        )
    assert await somebody.sign_in(somebody.at(f"{net}.7")) == 429
    assert await somebody.sign_in(known) == 204  # it has signed in before
    link, _ = await make_link(world.services, somebody.email)
    fresh = somebody.at(f"{net}.6")
    body = {"token": link.split("token=")[1], "password": "yet another secret"}
    assert (await fresh.post("/api/v1/password-links/use", json=body)).status_code == 204
    assert await somebody.sign_in(fresh, "yet another secret") == 204


async def test_a_device_is_believed_for_its_user_and_password_only(world: World, somebody: Somebody, net: str) -> None:
    """Somebody else's cookie, a forged one, and one from before a new password open no count of their own."""
    other = await world.member(Role.MANAGER)
    mine = somebody.at(f"{net}.1")
    await somebody.sign_in(mine)
    device = mine.cookies["gonfalon_device"]
    body = {"present": PASSWORD, "new": "another long secret"}
    assert (await mine.post("/api/v1/me/password", json=body)).status_code == 204
    async with world.services.db.transaction() as connection:
        await connection.execute(
            insert(rate_buckets).values(
                key=f"sign-in:{somebody.email}", window=int(datetime.now(UTC).timestamp()) // 900 * 900, count=100
            )
        )
    name = device.split(".")[0]
    for shown in (device, f"{name}.forged", f"{name}.é", "", "."):
        trying = somebody.at(f"{net}.2")
        trying.headers["cookie"] = f"gonfalon_device={shown}".encode("latin-1", "replace").decode("latin-1")
        assert await somebody.sign_in(trying, "another long secret") == 429, shown
    await other.aclose()


async def test_no_boundary_lets_twice_as_many_through(world: World) -> None:
    key, start = world.workspace.slug, datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
    async with world.services.db.transaction() as connection:
        late = [await store.count_try(connection, key, start + timedelta(seconds=899), 900) for _ in range(10)]
        assert late == list(range(1, 11))
        assert await store.count_try(connection, key, start + timedelta(seconds=901), 900) == 11
        assert await store.count_try(connection, key, start + timedelta(seconds=1350), 900) == 7
        assert await store.count_try(connection, key, start + timedelta(seconds=2701), 900) == 1


@pytest.mark.parametrize(
    ("ip", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_a_household_is_one_client(ip: str, counted: str) -> None:
    assert network_of(ip) == counted


async def test_an_invitation_tells_only_its_addressee_of_an_account(
    world: World, somebody: Somebody, client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner who invites holds a link too, and learns nothing from it; the mailed one carries a proof."""
    mails: list[Any] = []

    async def deliver(_: object, __: object, mail: Any) -> tuple[Any, str]:
        mails.append(mail)
        from gonfalon.accounts.mails.model import MailOutcome

        return MailOutcome.SENT, ""

    monkeypatch.setattr("gonfalon.accounts.members.actions.deliver", deliver)
    other = await world.member(Role.OWNER)
    await other.delete(f"{world.path}/members/{somebody.id}")
    for email, known in ((somebody.email, True), (f"new-{somebody.email}", False)):
        made = await other.post(f"{world.path}/invitations", json={"email": email, "role": "guest"})
        query = dict(part.split("=") for part in made.json()["link"].split("?")[1].split("&"))
        asked = await client_of().get("/api/v1/invitations", params=query)
        assert asked.json()["has_account"] is None
        mails.clear()
        await mail_invitation(world.services, UUID(made.json()["id"]), 1)
        mailed = mails[-1].text.split("/join?")[1].split()[0]
        query = dict(part.split("=") for part in mailed.split("&"))
        assert (await client_of().get("/api/v1/invitations", params=query)).json()["has_account"] is known
        forged = query | {"proof": query["proof"][::-1]}
        assert (await client_of().get("/api/v1/invitations", params=forged)).json()["has_account"] is None


async def test_an_invitation_can_be_mailed_again(world: World, client_of: Clients) -> None:
    made = await world.http.post(f"{world.path}/invitations", json={"email": "late@example.com", "role": "guest"})
    token, one = made.json()["link"].split("token=")[1], made.json()["id"]
    async with world.services.db.transaction() as connection:
        ended = text("update invitations set expires_at = now() - interval '1 day' where id = :i")
        await connection.execute(ended, {"i": one})
    (listed,) = (await world.http.get(f"{world.path}/invitations")).json()
    assert listed["id"] == one
    assert (await client_of().get("/api/v1/invitations", params={"token": token})).status_code == 404
    again = f"{world.path}/invitations/{one}/mail"
    assert [(await world.http.post(again)).status_code for _ in range(6)] == [204] * 5 + [429]
    assert (await client_of().get("/api/v1/invitations", params={"token": token})).status_code == 200
    assert (await (await world.member(Role.MANAGER)).post(again)).status_code == 403
    await world.http.delete(f"{world.path}/invitations/{one}")
    assert (await world.http.post(again)).json()["code"] == "invitation_unknown"


async def feed_of(client: httpx2.AsyncClient, world: World) -> str:
    made = await client.post(f"{world.path}/calendar/feeds", json={"name": "Mine"})
    assert made.status_code == 201, made.text
    return str(made.json()["address"]).removeprefix("http://testserver")


async def test_a_new_password_ends_calendar_feeds(
    world: World, somebody: Somebody, client_of: Clients, net: str
) -> None:
    client = somebody.at(f"{net}.1")
    await somebody.sign_in(client)
    address, theirs = await feed_of(client, world), await feed_of(world.http, world)
    assert (await client_of().get(address)).status_code == 200
    await client.post("/api/v1/me/password", json={"present": PASSWORD, "new": "another long secret"})
    assert (await client_of().get(address)).status_code == 404
    assert (await client_of().get(theirs)).status_code == 200


async def made_by(world: World, somebody: Somebody, net: str) -> tuple[str, str, str]:
    """A key, an open invitation and a feed that somebody made: the key, the invitation's token, the feed's address."""
    client = somebody.at(f"{net}.1")
    await somebody.sign_in(client)
    key = (await client.post(f"{world.path}/api-keys", json={"name": "Shop", "scopes": ["manage"]})).json()["key"]
    invited = await client.post(f"{world.path}/invitations", json={"email": "friend@example.com", "role": "owner"})
    return key, invited.json()["link"].split("token=")[1], await feed_of(client, world)


async def test_what_a_member_made_to_come_in_by_ends_with_them(
    world: World, somebody: Somebody, client_of: Clients, net: str
) -> None:
    key, token, feed = await made_by(world, somebody, net)
    listed = (await world.http.get(f"{world.path}/api-keys")).json()
    assert listed[0]["created_by"] == {"id": str(somebody.id), "name": "Ada"}
    assert (await world.http.delete(f"{world.path}/members/{somebody.id}")).status_code == 204
    by_key = client_of(headers={"authorization": f"Bearer {key}"})
    assert (await by_key.get(f"{world.path}/audit")).status_code == 401
    assert (await client_of().get("/api/v1/invitations", params={"token": token})).status_code == 404
    assert (await client_of().get(feed)).status_code == 404
    audit = (await world.http.get(f"{world.path}/audit", params={"action": "member.removed"})).json()["items"][0]
    assert audit["details"] == {"keys": ["Shop"], "invitations": ["friend@example.com"]}


async def test_who_may_make_keys_no_more_has_none(
    world: World, somebody: Somebody, client_of: Clients, net: str
) -> None:
    key, token, feed = await made_by(world, somebody, net)
    by_key = client_of(headers={"authorization": f"Bearer {key}"})
    path = f"{world.path}/members/{somebody.id}"
    await world.http.put(path, json={"role": "owner"})
    assert (await by_key.get(f"{world.path}/audit")).status_code == 200
    await world.http.put(path, json={"role": "guest"})
    assert (await by_key.get(f"{world.path}/audit")).status_code == 401
    assert (await client_of().get("/api/v1/invitations", params={"token": token})).status_code == 404
    assert (await client_of().get(feed)).status_code == 200


async def test_the_account_log_tells_who_came_and_who_was_refused(
    world: World, somebody: Somebody, client_of: Clients, net: str
) -> None:
    client, elsewhere = somebody.at(f"{net}.1"), somebody.at(f"{net}.2")
    for _ in range(12):
        await somebody.sign_in(elsewhere, "not this one")
    await somebody.sign_in(client)
    await client.post("/api/v1/me/password", json={"present": PASSWORD, "new": "another long secret"})
    await somebody.sign_in(client, "another long secret")
    mine = (await client.get("/api/v1/me/account-log")).json()["items"]
    told = {(line["kind"], line["ip"]): line["count"] for line in mine}
    assert told == {
        ("signed_in", f"{net}.1"): 2,
        ("sign_in_refused", f"{net}.2"): 10,
        ("sign_in_limited", ""): 2,
        ("password_changed", f"{net}.1"): 1,
    }
    guest = await world.member(Role.GUEST)
    for _ in range(3):
        assert (await guest.get(f"{world.path}/audit")).status_code == 403
    key = (await world.http.post(f"{world.path}/api-keys", json={"name": "Shop", "scopes": ["read"]})).json()["key"]
    await client_of(headers={"authorization": f"Bearer {key}"}).get(f"{world.path}/api-keys")
    lines = (await world.http.get(f"{world.path}/account-log")).json()["items"]
    denied = {(line["by_key"], line["detail"], line["count"]) for line in lines if line["kind"] == "request_denied"}
    assert denied == {(False, "audit.read", 3), (True, "keys.manage", 1)}
    assert {line["who"] for line in lines if line["kind"] == "sign_in_refused"} == {"Ada"}
    for role in Role:
        seen = await (await world.member(role)).get(f"{world.path}/account-log")
        assert seen.status_code == (200 if role is Role.OWNER else 403)
    assert "not this one" not in str(lines) + str(mine)


async def test_the_account_log_is_of_ones_own_workspace_and_kept_for_a_time(
    world: World, somebody: Somebody, make_world: Any, net: str
) -> None:
    await somebody.sign_in(somebody.at(f"{net}.1"))
    other = await make_world()
    assert (await other.http.get(f"{other.path}/account-log")).json()["items"] == []
    async with world.services.db.transaction() as connection:
        old = text("update account_log set at = now() - interval '91 days' where user_id = :u")
        await connection.execute(old, {"u": somebody.id})
        await store.delete_ended(connection)
    assert (await world.http.get(f"{world.path}/account-log")).json()["items"] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
        {"sec-fetch-site": "anything"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://testserver.evil.example"},
        {"origin": "null", "host": ""},
    ],
)
async def test_only_our_own_pages_write(world: World, headers: dict[str, str]) -> None:
    """A page of a neighbouring host is another site's too: it may belong to anybody."""
    body = {"name": "Taken over", "time_zone": "Europe/Paris", "currency": "EUR", "language": "fr"}
    answer = await world.http.put(world.path, json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")
    assert (await world.http.get(world.path)).json()["name"] == world.workspace.name


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}, {}])
async def test_our_own_pages_and_programs_do_write(world: World, headers: dict[str, str]) -> None:
    body = {"name": "Renamed", "time_zone": "Europe/Paris", "currency": "EUR", "language": "fr"}
    assert (await world.http.put(world.path, json=body, headers=headers)).status_code == 200
