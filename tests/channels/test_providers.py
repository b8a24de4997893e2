"""Providers with an API: what they are asked, what their answers mean, and that nobody is mailed twice by them."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from gonfalon.channels.contract import Blame, ChannelUnavailable, Envelope, Verdict
from gonfalon.channels.email.mime import Composer, Identity
from gonfalon.channels.email.providers.every import PROVIDERS, settings_of
from gonfalon.channels.email.providers.line import ApiRelay
from gonfalon.channels.email.providers.model import Account, Outgoing
from gonfalon.channels.email.providers.reading import rest_of
from gonfalon.channels.email.providers.sigv4 import signed
from gonfalon.kit.network import read_reach
from gonfalon.kit.outbound import NoAnswer, Origin, Reply, Request, ask
from tests.channels.fake_api import KEY, KEY_ID, NO, TOO_MUCH, FakeApi

EVERY = sorted(PROVIDERS)
GIVEN = {"ses": {"region": "eu-north-1"}, "mailgun": {"domain": "mg.example.com"}, "postmark": {"stream": "broadcast"}}
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def relay(fake: FakeApi, key: str = KEY) -> ApiRelay:
    provider = PROVIDERS[fake.provider]
    origin = Origin("127.0.0.1", fake.port, encrypted=False)
    options = settings_of(provider, GIVEN.get(fake.provider, {}))
    return ApiRelay(provider, origin, Account(origin.name, KEY_ID, key, options))


def mail(to: str = "ada@example.com") -> tuple[Envelope, list[bytes]]:
    composer = Composer(
        Identity("Shöp, Inc.", "news@shop.example", "help@shop.example"), reference="r", feedback_id="a:b:c:d"
    )
    payload = composer.compose(
        7, to, subject="Grüße, Ada", text=b"Hello", html=b"<p>Gr=C3=BC=C3=9Fe =7B=7Bx=7D=7D</p>", at=NOW,
        unsubscribe="https://shop.example/u/t",
    )  # fmt: skip
    return Envelope("news@shop.example", to, reference="a" * 24), payload


@pytest.mark.parametrize("name", EVERY)
async def test_a_mail_arrives_whole_and_once(name: str) -> None:
    async with FakeApi(name) as fake:
        line = await relay(fake).connect()
        envelope, payload = mail()
        for _ in range(2):
            line.offer(envelope)
            assert await line.offered() is None
            outcome = await line.deliver(payload)
            assert (outcome.verdict, outcome.detail[:15]) == (Verdict.ACCEPTED, "accepted as id-")
        await line.close()
        assert (len(fake.accepted), fake.connections) == (2, 1)
        got = fake.accepted[0]
        assert (got.recipient, got.reference) == ("ada@example.com", "a" * 24)
        assert "Grüße {{x}}" in got.html
        assert got.unsubscribe == "<https://shop.example/u/t>"
        await relay(fake).try_out(5)


@pytest.mark.parametrize("name", EVERY)
async def test_a_wrong_key_loses_no_mail(name: str) -> None:
    async with FakeApi(name) as fake:
        locked = relay(fake, "wrong")
        with pytest.raises(ChannelUnavailable) as refusal:
            await locked.try_out(5)
        assert refusal.value.permanent
        line = await locked.connect()
        line.offer(mail()[0])
        assert await line.offered() is None
        assert (await line.deliver(mail()[1])).verdict is Verdict.NOT_SENT
        assert not line.usable
        await line.close()
        with pytest.raises(ChannelUnavailable) as again:
            await locked.connect()
        assert again.value.permanent, "nobody tries a key again that was refused"


@pytest.mark.parametrize("name", EVERY)
async def test_too_much_at_once_rests_and_goes_on(name: str) -> None:
    async with FakeApi(name, lambda recipient, before: TOO_MUCH[name] if before == 0 else None) as fake:
        way = relay(fake)
        line = await way.connect()
        envelope, payload = mail()
        line.offer(envelope)
        assert await line.offered() is None
        assert (await line.deliver(payload)).verdict is Verdict.THROTTLED
        assert way.standing.resumes > asyncio.get_running_loop().time()
        assert line.usable
        line.offer(envelope)
        assert await line.offered() is None
        assert asyncio.get_running_loop().time() >= way.standing.resumes
        assert (await line.deliver(payload)).verdict is Verdict.ACCEPTED
        await line.close()


@pytest.mark.parametrize("name", EVERY)
async def test_a_no_is_final_and_a_crash_is_doubt(name: str) -> None:
    crash = (500, {}, {"message": "oops"})
    away = (503, {"Connection": "close"}, {"message": "later"})
    answers: list[Any] = [NO[name], crash, away, "close"]
    async with FakeApi(name, lambda recipient, before: answers[before]) as fake:
        line = await relay(fake).connect()
        envelope, payload = mail()
        found = []
        for _ in answers:
            line.offer(envelope)
            assert await line.offered() is None, "a connection that was closed politely is opened again"
            found.append((await line.deliver(payload)).verdict)
        assert found == [Verdict.REJECTED, Verdict.UNKNOWN, Verdict.DEFERRED, Verdict.UNKNOWN]
        assert not line.usable
        await line.close()


async def test_words_about_the_recipient_suppress_and_others_do_not() -> None:
    inactive = PROVIDERS["postmark"].outcome(Reply(422, {}, b'{"ErrorCode":406,"Message":"inactive"}'))
    assert inactive.blame is Blame.RECIPIENT
    assert PROVIDERS["ses"].outcome(Reply(400, {}, b'{"message":"not verified"}')).blame is Blame.POLICY


async def test_nobody_home_and_no_way_in() -> None:
    async with FakeApi("brevo") as fake:
        port = fake.port
    way = replace(relay(FakeApi("brevo")), origin=Origin("127.0.0.1", port, encrypted=False))
    with pytest.raises(ChannelUnavailable) as refusal:
        await way.connect()
    assert not refusal.value.permanent
    closed = replace(way, origin=replace(way.origin, reach=read_reach("none", published=True)))
    with pytest.raises(ChannelUnavailable, match="GONFALON_PRIVATE_HOSTS"):
        await closed.connect()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"retry-after": "7"}, 7), ({"retry-after": "99999"}, 60), ({"retry-after": "Tue, 01 Dec 2026 09:30:20 GMT"}, 20),
     ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 12)}, 12), ({"retry-after": "-3"}, 1), ({}, 1),
     ({"retry-after": "x" * 99_999}, 1)],
)  # fmt: skip
def test_how_long_a_rest_is(headers: dict[str, str], seconds: float) -> None:
    assert rest_of(Reply(429, headers), NOW) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("method", "signature"),
    [
        ("GET", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("POST", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    ],
)
def test_signing_is_amazons(method: str, signature: str) -> None:
    """get-vanilla and post-vanilla of Amazon's own test suite for Signature Version 4."""
    found = signed(
        method, "/", "example.amazonaws.com", b"", key_id="AKIDEXAMPLE",
        secret="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        region="us-east-1", service="service", at=datetime(2015, 8, 30, 12, 36, tzinfo=UTC),
    )  # fmt: skip
    assert found["authorization"].endswith(f"SignedHeaders=host;x-amz-date, Signature={signature}")


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"[" * 100_000, b'{"errors":7,"message":[1]}', b"\xff" * 99, b"null"]
)
@pytest.mark.parametrize("status", [200, 204, 302, 400, 408, 418, 429, 502, 599])
def test_whatever_is_answered_means_something(name: str, body: bytes, status: int) -> None:
    outcome = PROVIDERS[name].outcome(Reply(status, {}, body))
    assert outcome.verdict in Verdict
    assert outcome.detail.isprintable()
    if status >= 500 or status == 408:
        assert outcome.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort", b"SSH-2.0-x\r\n",
     b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 3_000_000,
     b"HTTP/1.1 200 OK\r\nx: " + b"y" * 3_000_000],
)  # fmt: skip
async def test_no_whole_answer_is_none(answer: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(NoAnswer) as none:
            await ask(Origin("127.0.0.1", port, encrypted=False), Request("GET", "/"))
        assert none.value.sent


async def test_an_answer_may_come_in_pieces_or_without_a_length() -> None:
    answers = [
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
        b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nabcde",
    ]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answers.pop())
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        origin = Origin("127.0.0.1", server.sockets[0].getsockname()[1], encrypted=False)
        for _ in range(2):
            assert await ask(origin, Request("GET", "/")) == Reply(
                200, pytest.importorskip("unittest.mock").ANY, b"abcde"
            )


@pytest.mark.parametrize("path", ["/a b", "/a\r\nx: y", "a", "/ü"])
async def test_nothing_begins_another_request(path: str) -> None:
    with pytest.raises(ValueError, match="characters"):
        Request("GET", path).encoded("h")
    with pytest.raises(ValueError, match="characters"):
        Request("GET", "/", {"x": "a\r\nb: c"}).encoded("h")


def test_attachments_and_plain_mail_are_taken_apart() -> None:
    raw = (
        b'From: "A" <a@x.example>\r\nSubject: S\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n'
        b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhi\r\n"
        b"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="r.pdf"\r\n\r\nUERG\r\n--b--\r\n'
    )
    parts = Outgoing(Envelope("a@x.example", "b@y.example"), raw).parts
    assert (parts.text.strip(), parts.html, [(a.name, a.content) for a in parts.attached]) == (
        "hi",
        "",
        [("r.pdf", b"PDF")],
    )
