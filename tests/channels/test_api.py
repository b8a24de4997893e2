"""The email channel through the API: settings, keys, senders, the sandbox and its inbox, test messages."""

from __future__ import annotations

from typing import Any

import dkim
import pytest
from sqlalchemy import text

from gonfalon.accounts.model import Role
from gonfalon.channels.email.provider import load_provider
from gonfalon.channels.email.sandbox import SandboxInbox
from gonfalon.kit.config import Settings
from gonfalon.kit.network import read_reach
from gonfalon.kit.services import Services
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import is_finished, launch, make_people, make_topic
from tests.delivery.test_sending import sender

SMTP = {"provider": "smtp", "host": "127.0.0.1", "security": "none"}
MOVES = [{"host": "127.0.0.1"}, {"port": 25}, {"username": "other"}, {"provider": "sandbox", "host": "evil.example"}]


def address_of(world: World) -> str:
    """The owner's."""
    return f"{world.ctx.actor.id}@example.com"


def reached(world: World, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    """The installation has a public address and this setting of private hosts."""
    monkeypatch.setitem(world.services.settings.__dict__, "reach", read_reach(setting, published=True))


async def make_template(world: World) -> tuple[str, str]:
    """A template with one version and a sender identity, through the API where there is one."""
    from sqlalchemy import insert

    from gonfalon.content.tables import template_versions, templates
    from gonfalon.kit.ids import new_id
    from tests.delivery.factory import BODY

    template = new_id()
    async with world.services.db.transaction() as connection:
        await connection.execute(
            insert(templates).values(id=template, workspace_id=world.workspace.id, name="T", version=1)
        )
        await connection.execute(
            insert(template_versions).values(
                template_id=template, number=1, workspace_id=world.workspace.id,
                subject="Hi {{ person.first_name }}", source=BODY, created_by="t",
            )
        )  # fmt: skip
    made = await world.http.post(
        f"{world.path}/senders", json={"from_name": "Shop", "from_address": "Shop@Example.com"}
    )
    assert made.status_code == 201, made.text
    return str(template), made.json()["id"]


async def test_the_sandbox_is_the_default_and_secrets_stay_secret(world: World) -> None:
    path = f"{world.path}/email/settings"
    assert (await world.http.get(path)).json()["provider"] == "sandbox"
    saved = await world.http.put(
        path, json=SMTP | {"host": "smtp.example.com", "username": "me", "password": "s3cret!"}
    )
    assert saved.status_code == 200
    assert saved.json()["has_password"]
    assert "s3cret!" not in saved.text + (await world.http.get(path)).text
    async with world.services.db.transaction() as connection:
        row = (
            await connection.execute(
                text("select password_sealed::text || host from email_settings where workspace_id = :w"),
                {"w": world.workspace.id},
            )
        ).scalar_one()
        assert "s3cret!" not in row
        assert (await load_provider(connection, world.services, world.workspace.id)).smtp.password == "s3cret!"
    kept = SMTP | {"host": "SMTP.example.com", "username": "me", "connections": 3}
    assert (await world.http.put(path, json=kept)).json()["has_password"], "the rest changes without the password"
    async with world.services.db.transaction() as connection:
        provider = await load_provider(connection, world.services, world.workspace.id)
    assert (provider.connections, provider.smtp.password) == (3, "s3cret!")
    assert not (await world.http.put(path, json=SMTP | {"host": "h", "password": ""})).json()["has_password"]


@pytest.mark.parametrize("change", MOVES)
async def test_a_stored_password_goes_nowhere_else(world: World, change: dict[str, Any]) -> None:
    path = f"{world.path}/email/settings"
    async with FakeSmtp(extensions=("AUTH PLAIN",)) as server:
        stored = SMTP | {"host": "localhost", "port": server.port, "username": "mailer", "password": "s3cret!"}
        assert (await world.http.put(path, json=stored)).status_code == 200
        moved = {key: value for key, value in (stored | change).items() if key != "password"}
        refused = await world.http.put(path, json=moved)
        assert (refused.status_code, refused.json()["code"]) == (422, "password_again")
        if "provider" not in change:
            tried = await world.http.post(f"{path}/test", json=moved)
            assert (tried.status_code, tried.json()["code"]) == (422, "password_again")
        assert not any(command.startswith("AUTH") for command in server.commands)
        same = {key: value for key, value in stored.items() if key != "password"}
        assert (await world.http.post(f"{path}/test", json=same)).json()["ok"]
        assert any(command.startswith("AUTH PLAIN") for command in server.commands)


async def test_the_own_network_is_the_operators_to_open(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"{world.path}/email/settings/test"
    async with FakeSmtp() as server:
        body = SMTP | {"port": server.port}
        reached(world, monkeypatch, "")
        for host in ("127.0.0.1", "localhost", "::ffff:127.0.0.1", "0.0.0.0"):  # noqa: S104 - nobody binds
            closed = (await world.http.post(path, json=body | {"host": host})).json()
            assert not closed["ok"], host
            assert "GONFALON_PRIVATE_HOSTS" in closed["sentence"], host
        assert not server.commands, "nothing was connected to"
        reached(world, monkeypatch, "127.0.0.1")
        assert (await world.http.post(path, json=body)).json()["ok"]


@pytest.mark.parametrize(
    ("base", "more", "said"),
    [
        ("mail.shop.example", {}, "mail.shop.example"),
        ("localhost", {}, "xn--mller-kva.example"),
        ("10.0.0.5", {"return_path_domain": "bounces.shop.example"}, "bounces.shop.example"),
        ("mail.shop.example", {"hello": "out.shop.example"}, "out.shop.example"),
    ],
)
async def test_servers_are_greeted_by_a_name_they_can_know(
    world: World, monkeypatch: pytest.MonkeyPatch, base: str, more: dict[str, Any], said: str
) -> None:
    monkeypatch.setattr(Settings, "public_host", base)
    sender_in = {"from_name": "Shop", "from_address": "shop@müller.example"}
    assert (await world.http.post(f"{world.path}/senders", json=sender_in)).status_code == 201
    async with FakeSmtp() as server:
        settings = SMTP | {"port": server.port} | more
        assert (await world.http.post(f"{world.path}/email/settings/test", json=settings)).json()["ok"]
        assert server.commands[0] == f"EHLO {said}"
        assert (await world.http.put(f"{world.path}/email/settings", json=settings)).json()["greets_as"] == said
        assert (await world.http.post(f"{world.path}/email/settings/test")).json()["ok"]
    assert [command for command in server.commands if command.startswith("EHLO")] == [f"EHLO {said}"] * 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"host": ""}, "host_missing"),
        ({"host": "a\r\nb"}, "request_invalid"),
        ({"port": 0}, "request_invalid"),
        ({"security": "rot13"}, "request_invalid"),
        ({"connections": 1000}, "request_invalid"),
    ],
)
async def test_settings_that_can_not_be(world: World, change: dict[str, Any], code: str) -> None:
    answer = await world.http.put(f"{world.path}/email/settings", json=SMTP | change)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_roles(world: World) -> None:
    creator = await world.member(Role.CREATOR)
    assert (await creator.get(f"{world.path}/email/settings")).status_code == 200
    assert (await creator.put(f"{world.path}/email/settings", json=SMTP)).status_code == 403
    assert (
        await creator.post(f"{world.path}/senders", json={"from_name": "x", "from_address": "a@b.se"})
    ).status_code == 403
    guest = await world.member(Role.GUEST)
    assert (await guest.get(f"{world.path}/sandbox/mails")).status_code == 403


async def test_a_connection_can_be_tried(world: World) -> None:
    path = f"{world.path}/email/settings/test"
    async with FakeSmtp() as server:
        good = (await world.http.post(path, json=SMTP | {"port": server.port})).json()
        assert (good["ok"], good["pipelining"], good["max_size"]) == (True, True, 30_000_000)
        bad = (await world.http.post(path, json=SMTP | {"port": server.port, "security": "starttls"})).json()
        assert not bad["ok"]
        assert ("offers no STARTTLS" in bad["sentence"], bad["fault"]) == (True, "no_starttls")
        port = server.port
    gone = (await world.http.post(path, json=SMTP | {"port": port})).json()
    assert not gone["ok"]
    assert ("check the host and the port" in gone["sentence"], gone["fault"]) == (True, "unreachable")


async def test_a_signing_key_and_its_record(world: World, mailroom: SandboxInbox) -> None:
    made = (await world.http.post(f"{world.path}/email/dkim", json={"domain": "Example.com", "selector": "g1"})).json()
    record = made["dkim_record"]
    assert record["name"] == "g1._domainkey.example.com"
    assert "PRIVATE" not in str(made)
    template, identity = await make_template(world)
    await world.http.post(
        f"{world.path}/templates/{template}/test",
        json={"version": 1, "sender_identity_id": identity, "to": address_of(world)},
    )
    mail = (await world.http.get(f"{world.path}/sandbox/mails")).json()["items"][0]
    raw = (await world.http.get(f"{world.path}/sandbox/mails/{mail['id']}")).json()["raw"].encode()
    assert dkim.DKIM(raw).verify(dnsfunc=lambda name, timeout=5: record["value"].encode())
    removed = (await world.http.delete(f"{world.path}/email/dkim")).json()
    assert removed["dkim_record"] is None


async def test_domains_are_taken_in_every_spelling(world: World) -> None:
    path = f"{world.path}/email"
    signed = (await world.http.post(f"{path}/dkim", json={"domain": "Müller.example"})).json()
    assert signed["dkim_record"]["name"] == "gonfalon._domainkey.xn--mller-kva.example"
    saved = await world.http.put(f"{path}/settings", json=SMTP | {"return_path_domain": "rück.müller.example"})
    assert saved.json()["return_path_domain"] == "xn--rck-hoa.xn--mller-kva.example"
    for bad in ("localhost", "a..b", "a b.de", "x" * 64 + ".de"):
        assert (await world.http.post(f"{path}/dkim", json={"domain": bad})).status_code == 422
        answer = await world.http.put(f"{path}/settings", json=SMTP | {"return_path_domain": bad})
        assert answer.status_code == 422


async def test_senders(world: World) -> None:
    path = f"{world.path}/senders"
    made = (await world.http.post(path, json={"from_name": "Kim", "from_address": "Kim@Example.com"})).json()
    assert made["from_address"] == "kim@example.com"
    assert [one["id"] for one in (await world.http.get(path)).json()] == [made["id"]]
    changed = await world.http.put(
        f"{path}/{made['id']}",
        json={"from_name": "Kim B", "from_address": "kim@example.com", "reply_to": "r@example.com"},
    )
    assert changed.json()["reply_to"] == "r@example.com"
    bad = await world.http.post(path, json={"from_name": "x", "from_address": "nobody"})
    assert (bad.status_code, bad.json()["code"]) == (422, "email_invalid")
    assert (await world.http.delete(f"{path}/{made['id']}")).status_code == 204
    assert (await world.http.get(path)).json() == []
    assert (await world.http.delete(f"{path}/{made['id']}")).status_code == 404


async def test_a_test_message_is_in_no_ledger(world: World, mailroom: SandboxInbox) -> None:
    from tests.planning.factory import BODY

    template, identity = await make_template(world)
    async with world.services.db.transaction() as connection:
        topic = await make_topic(connection, world.workspace.id)
        await make_people(connection, world.workspace.id, topic, 1)
        person = (
            await connection.execute(text("select id from people where workspace_id = :w"), {"w": world.workspace.id})
        ).scalar_one()
    path = f"{world.path}/templates/{template}/test"
    me = address_of(world)
    body = {"version": 1, "sender_identity_id": identity, "to": me, "person_id": person}
    sent = await world.http.post(path, json=body)
    assert sent.status_code == 200, sent.text
    (listed,) = (await world.http.get(f"{world.path}/sandbox/mails")).json()["items"]
    assert (listed["rcpt_to"], listed["subject"]) == (me, "Hi Name 1")
    assert listed["test"], "marked in the list"
    mail = (await world.http.get(f"{world.path}/sandbox/mails/{listed['id']}")).json()
    assert "Hello Name 1" in mail["html"]
    assert {"name": "X-Gonfalon-Test", "value": "yes"} in mail["headers"]
    async with world.services.db.transaction() as connection:
        count = await connection.execute(
            text("select count(*) from messages where workspace_id = :w"), {"w": world.workspace.id}
        )
        assert count.scalar_one() == 0
    (line,) = (await world.http.get(f"{world.path}/audit?target_id={template}")).json()["items"]
    assert (line["action"], line["target_name"]) == ("template.test_sent", "T"), "the trail names the email"
    assert "/o/" not in mail["html"], "a test measures nobody"
    assert "/c/" not in mail["html"]
    made_up = await world.http.post(path, json=body | {"person_id": None})
    assert made_up.status_code == 200, made_up.text
    newest = (await world.http.get(f"{world.path}/sandbox/mails")).json()["items"][0]
    source = {"subject": "Hi {{ person.first_name }}", "body": BODY}
    shown = await world.http.post(f"{world.path}/templates/preview", json=source)
    assert newest["subject"] == shown.json()["subject"] != "Hi ", "rendered for the same person as the preview"
    wrong = await world.http.post(path, json=body | {"version": 9})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "template_version_unknown")


async def test_a_test_to_a_dead_server_says_so(world: World) -> None:
    template, identity = await make_template(world)
    server = FakeSmtp()
    await server.start()
    await server.stop()
    await world.http.put(f"{world.path}/email/settings", json=SMTP | {"port": server.port})
    answer = await world.http.post(
        f"{world.path}/templates/{template}/test",
        json={"version": 1, "sender_identity_id": identity, "to": address_of(world)},
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "provider_unreachable")


async def test_a_send_arrives_in_the_sandbox_of_its_workspace(
    world: World, make_world: Any, mailroom: SandboxInbox
) -> None:
    async with world.services.db.transaction() as connection:
        topic = await make_topic(connection, world.workspace.id)
        await make_people(connection, world.workspace.id, topic, 120)
    sending = await launch(world.services, world.workspace.id, topic)
    async with sender(world.services):
        await eventually(lambda: is_finished(world.services, sending))
    seen: list[int] = []
    cursor: str | None = None
    while True:
        page = (
            await world.http.get(
                f"{world.path}/sandbox/mails", params={"limit": 50} | ({"cursor": cursor} if cursor else {})
            )
        ).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen, reverse=True)
    found = (await world.http.get(f"{world.path}/sandbox/mails", params={"search": "P77@"})).json()["items"]
    assert [item["rcpt_to"] for item in found] == [f"p77@w{world.workspace.id}.example"]
    stranger = await make_world()
    assert (await stranger.http.get(f"{stranger.path}/sandbox/mails")).json()["items"] == []
    assert (await stranger.http.get(f"{stranger.path}/sandbox/mails/{seen[0]}")).status_code == 404
    assert (await world.http.delete(f"{world.path}/sandbox/mails")).status_code == 204
    assert (await world.http.get(f"{world.path}/sandbox/mails")).json()["items"] == []


async def test_the_sandbox_keeps_the_newest(services: Services, world: World) -> None:
    from gonfalon.channels.email.receiver import ReceivedMail

    room = SandboxInbox(services.db.url, kept=10)
    for number in range(25):
        await room.keep([ReceivedMail(world.workspace.id, "a@b", f"p{number}@x", b"Subject: \xff =?x?=\r\n\r\nhi\r\n")])
    await room.trim({world.workspace.id})
    await room.close()
    items = (await world.http.get(f"{world.path}/sandbox/mails")).json()["items"]
    assert [item["rcpt_to"] for item in items] == [f"p{number}@x" for number in range(24, 14, -1)]


async def test_suppressions(world: World) -> None:
    path = f"{world.path}/suppressions"
    made = (await world.http.post(path, json={"address": "Kim@Example.com", "note": "asked by phone"})).json()
    assert (made["address"], made["reason"], made["note"]) == ("kim@example.com", "manual", "asked by phone")
    again = await world.http.post(path, json={"address": "kim@example.com"})
    assert (again.status_code, again.json()["code"]) == (409, "already_suppressed")
    assert len((await world.http.get(path, params={"search": "KIM"})).json()["items"]) == 1
    assert (await world.http.get(path, params={"search": "%"})).json()["items"] == []
    assert (await world.http.delete(f"{path}/{made['id']}")).status_code == 204
    assert (await world.http.delete(f"{path}/{made['id']}")).status_code == 404
