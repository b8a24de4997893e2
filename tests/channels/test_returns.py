"""Mail that comes back: what it says, whose message it is about, and what follows, once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from gonfalon.accounts.model import Role
from gonfalon.channels.email.mime import ReturnPath
from gonfalon.channels.email.provider import RETURN_PATH
from gonfalon.channels.email.receiver import ReceivedMail
from gonfalon.channels.email.returns import actions
from gonfalon.channels.email.returns.model import ReturnKind
from gonfalon.channels.email.returns.report import read_report
from gonfalon.channels.email.sandbox import returned_for
from gonfalon.tracking.links.tokens import Claim, Keys, Purpose, sign
from tests.channels import bounces
from tests.channels.fake_imap import FakeImap
from tests.conftest import World
from tests.delivery.factory import launch, make_people, make_topic

GONE = "550 5.1.1 <ada@gone.example>: Recipient address rejected: User unknown in virtual mailbox table"
PATH = "bounce+aaaaaaaaaaaaaaaaaaaaaaaa@back.shop.example"


@pytest.mark.parametrize(
    ("mail", "kind", "code", "status"),
    [
        (bounces.POSTFIX, "bounce", 550, "5.1.1"),
        (bounces.FULL, "bounce", 552, "5.2.2"),
        (bounces.DELAYED, "delay", 450, "4.4.1"),
        (bounces.EXCHANGE, "bounce", 550, "5.1.10"),
        (bounces.QMAIL, "bounce", 550, "5.1.1"),
        (bounces.COMPLAINT, "complaint", 0, ""),
        (bounces.AWAY, "auto_reply", 0, ""),
        (bounces.ANSWER, "other", 0, ""),
    ],
)
def test_what_it_says(mail: str, kind: str, code: int, status: str) -> None:
    told = read_report(mail.format(path=PATH, head="Subject: News").encode())
    assert (told.kind, told.code, told.status) == (kind, code, status)
    assert told.addresses == (() if kind == "complaint" else (PATH,))


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\0" * 10_000, b"From: \xff\xfe\n\n" + b"\x80" * 999, b"Content-Type: multipart/report\n\n--\n",
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 5_000,
        b"Content-Type: message/rfc822\n\n" * 20_000, b"Subject: " + b"=?utf-8?q?a?=" * 20_000 + b"\n\n",
        b"Content-Type: message/delivery-status\n\nAction: failed\nStatus: 9.9.9\nDiagnostic-Code: ;;;\n",
    ],
)  # fmt: skip
async def test_whatever_is_brought_is_read(raw: bytes) -> None:
    assert isinstance((await actions._read(raw)).kind, ReturnKind)


async def sent(world: World, people: int = 1, times: int = 1) -> list[int]:
    """Messages that were accepted, of so many launches to so many people."""
    async with world.services.db.transaction() as connection:
        topic = await make_topic(connection, world.workspace.id)
        await make_people(connection, world.workspace.id, topic, people)
    for _ in range(times):
        await launch(world.services, world.workspace.id, topic)
    async with world.services.db.transaction() as connection:
        rows = await connection.execute(
            text("update messages set state = 'accepted', ended_at = now() where workspace_id = :w returning id"),
            {"w": world.workspace.id},
        )
        return sorted(rows.scalars())


async def ledger(world: World) -> dict[int, tuple[str, str, str | None]]:
    async with world.services.db.transaction() as connection:
        found = await connection.execute(
            text("select id, state, reason, reply from messages where workspace_id = :w"), {"w": world.workspace.id}
        )
        return {row.id: (row.state, row.reason, row.reply) for row in found}


async def suppressed(world: World) -> dict[str, str]:
    shown = (await world.http.get(f"{world.path}/suppressions")).json()["items"]
    return {each["address"]: each["reason"] for each in shown}


def bounced(world: World, mail: str, message: int) -> bytes:
    path = ReturnPath("back.shop.example", world.services.secrets.key(RETURN_PATH)).address(message)
    return mail.format(path=path, head="Subject: News").encode()


async def test_a_bounce_is_written_down_once_and_suppresses_who_is_gone(world: World) -> None:
    first, second, third = await sent(world, people=3)
    intake = (await world.http.get(f"{world.path}/email/returns")).json()["address"]
    for mail in (bounced(world, bounces.POSTFIX, first), bounced(world, bounces.FULL, second)):
        for _ in range(2):
            answer = await world.http.post(intake, content=mail)
            assert (answer.status_code, answer.json()) == (200, {"kind": "bounce"})
    await world.http.post(intake, content=bounced(world, bounces.AWAY, third))
    now = await ledger(world)
    assert now[first] == ("accepted", "bounced", GONE)
    assert now[second][:2] == ("accepted", "bounced")
    assert now[third][:2] == ("accepted", "")
    assert await suppressed(world) == {f"p1@w{world.workspace.id}.example": "hard_bounce"}
    shown = (await world.http.get(f"{world.path}/email/returns/mails")).json()["items"]
    assert [(each["kind"], each["address"]) for each in shown] == [
        ("auto_reply", f"p3@w{world.workspace.id}.example"),
        ("bounce", f"p2@w{world.workspace.id}.example"),
        ("bounce", f"p1@w{world.workspace.id}.example"),
    ]
    assert (await world.http.get(f"{world.path}/email/returns")).json()["counts"] == {"bounce": 2, "auto_reply": 1}
    assert (await world.http.get(f"{world.path}/email/settings")).json()["hears_back"]


async def test_a_complaint_is_found_by_the_unsubscribe_link(world: World) -> None:
    (message,) = await sent(world)
    keys = Keys.from_secrets(world.services.secrets)
    token = sign(keys, Purpose.preferences, Claim(world.workspace.id, message, 1))
    head = f"Subject: News\nList-Unsubscribe: <https://shop.example/u/{token}>"
    mail = bounces.COMPLAINT.format(path="", head=head).encode()
    assert await actions.take(world.services, world.workspace.id, [mail]) == ["complaint"]
    assert (await ledger(world))[message][:2] == ("accepted", ""), "it did arrive"
    assert list((await suppressed(world)).values()) == ["complaint"]


async def test_who_forges_a_bounce_suppresses_nobody(world: World, make_world: Callable[..., Awaitable[World]]) -> None:
    other = await make_world()
    (message,) = await sent(world)
    forged = bounces.POSTFIX.format(path=PATH, head=f"Message-ID: <{message}.x@shop.example>").encode()
    await actions.take(world.services, world.workspace.id, [forged])
    assert await actions.take(world.services, other.workspace.id, [bounced(world, bounces.POSTFIX, message)])
    assert (await ledger(world))[message][:2] == ("accepted", "")
    assert await suppressed(world) == {}
    address = (await world.http.get(f"{world.path}/email/returns")).json()["address"]
    assert (
        await world.http.post(address[:-1] + ("a" if address[-1] != "a" else "b"), content=forged)
    ).status_code == 404
    assert (await world.http.post(address, content=b"hello")).status_code == 422
    assert (await world.http.post(address, content=b"a: b\n" + b"x" * 1_100_000)).status_code == 413
    assert (await (await world.member(Role.ANALYST)).get(f"{world.path}/email/returns")).status_code == 403


async def test_a_mailbox_that_stays_full_is_suppressed(world: World) -> None:
    messages = await sent(world, times=5)
    for message in messages[:-1]:
        await actions.take(world.services, world.workspace.id, [bounced(world, bounces.FULL, message)])
    assert await suppressed(world) == {}
    await actions.take(world.services, world.workspace.id, [bounced(world, bounces.FULL, messages[-1])])
    assert list((await suppressed(world)).values()) == ["hard_bounce"]


async def test_a_bounce_settles_a_doubt(world: World) -> None:
    (message,) = await sent(world)
    async with world.services.db.transaction() as connection:
        await connection.execute(text("update messages set state = 'unknown' where id = :m"), {"m": message})
    await actions.take(world.services, world.workspace.id, [bounced(world, bounces.FULL, message)])
    assert (await ledger(world))[message][:2] == ("accepted", "bounced")


@pytest.mark.parametrize(("local", "reason"), [("later-550+x", "hard_bounce"), ("complain", "complaint")])
async def test_the_sandbox_returns_what_addresses_ask_for(world: World, local: str, reason: str) -> None:
    (message,) = await sent(world)
    keys = Keys.from_secrets(world.services.secrets)
    token = sign(keys, Purpose.preferences, Claim(world.workspace.id, message, 1))
    raw = f"Subject: News\r\nList-Unsubscribe: <https://shop.example/u/{token}>\r\n\r\nHello\r\n".encode()
    returned = returned_for(ReceivedMail(world.workspace.id, "shop@shop.example", f"{local}@example.com", raw))
    assert returned is not None
    await actions.take(world.services, world.workspace.id, [returned])
    assert list((await suppressed(world)).values()) == [reason]
    assert returned_for(ReceivedMail(world.workspace.id, "shop@shop.example", "ada@example.com", raw)) is None


def mailbox(server: FakeImap, **more: Any) -> dict[str, Any]:
    return {"host": "127.0.0.1", "port": server.port, "security": "none", "username": "ada", **more}


async def test_a_mailbox_is_read_from_where_it_was_left(world: World) -> None:
    first, second = await sent(world, people=2)
    path = f"{world.path}/email/returns/mailbox"
    async with FakeImap([b"Subject: private\n\nFor nobody", bounced(world, bounces.POSTFIX, first)]) as server:
        wrong = await world.http.post(f"{path}/test", json=mailbox(server, password="wrong"))
        assert (wrong.json()["ok"], "check user name" in wrong.json()["sentence"]) == (False, True)
        assert wrong.json()["fault"] == "sign_in"
        tried = (await world.http.post(f"{path}/test", json=mailbox(server, password="secret"))).json()
        assert tried == {
            "ok": True, "fault": None, "said": "", "mails": 2, "more": False,
            "sentence": "INBOX can be read; it has 2 mails of the last 7 days.",
        }  # fmt: skip
        assert (await world.http.put(path, json=mailbox(server))).status_code == 422
        saved = await world.http.put(path, json=mailbox(server, password="secret"))
        assert saved.status_code == 200
        assert "secret" not in saved.text
        assert not await actions.look_into(world.services, world.workspace.id)
        server.mails.append(bounced(world, bounces.FULL, second))
        assert not await actions.look_into(world.services, world.workspace.id)
        fetched = [each for each in server.asked if each.startswith("UID FETCH")]
        assert [each.split()[2] for each in fetched] == ["1", "2", "1", "2", "3"]
        assert not any("STORE" in each or "EXPUNGE" in each or "SELECT" in each for each in server.asked)
    assert {state[1] for state in (await ledger(world)).values()} == {"bounced"}
    await actions.look_into(world.services, world.workspace.id)
    now = (await world.http.get(f"{world.path}/email/returns")).json()
    assert "can't be reached" in now["mailbox"]["problem"]
    assert now["counts"] == {"bounce": 2}
