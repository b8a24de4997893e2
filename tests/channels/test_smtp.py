"""The SMTP client against a server that misbehaves in every way we could think of."""

from __future__ import annotations

import asyncio

import pytest

from gonfalon.channels.contract import Blame, Envelope, Outcome, Verdict
from gonfalon.channels.email.connect import connect
from gonfalon.channels.email.mime import Identity
from gonfalon.channels.email.model import Security, SmtpSettings, Timeouts
from gonfalon.channels.email.smtp import SmtpConnection
from tests.channels.fake_smtp import FakeSmtp

BODY = [b"Subject: hello\r\n\r\n", b"one\r\n..two\r\n"]


def settings(server: FakeSmtp, **more: object) -> SmtpSettings:
    return SmtpSettings("127.0.0.1", server.port, **({"security": Security.NONE} | more))  # type: ignore[arg-type]


async def send_all(line: SmtpConnection, recipients: list[str]) -> list[Outcome]:
    """Offers each in the group of the one before, as a sender does."""
    outcomes: list[Outcome] = []
    line.offer(Envelope("from@a.example", recipients[0]))
    for place, _ in enumerate(recipients):
        following = recipients[place + 1] if place + 1 < len(recipients) else None
        refusal = await line.offered()
        if refusal is not None:
            outcomes.append(refusal)
            if following is not None:
                line.offer(Envelope("from@a.example", following))
            continue
        outcomes.append(await line.deliver(BODY, Envelope("from@a.example", following) if following else None))
    return outcomes


def verdicts(outcomes: list[Outcome]) -> list[Verdict]:
    return [outcome.verdict for outcome in outcomes]


@pytest.mark.parametrize("extensions", [("PIPELINING", "SIZE 1000000"), ("SIZE 1000000",)])
async def test_sends_many_on_one_connection(extensions: tuple[str, ...]) -> None:
    async with FakeSmtp(extensions=extensions, keep_raw=True) as server:
        line = await connect(settings(server))
        assert line.pipelining is ("PIPELINING" in extensions)
        people = [f"p{n}@b.example" for n in range(20)]
        assert verdicts(await send_all(line, people)) == [Verdict.ACCEPTED] * 20
        await line.close()
    assert server.accepted == people
    assert server.raw[0] == b"".join([*BODY, b".\r\n"])
    assert server.commands[-1] == "QUIT"


@pytest.mark.parametrize("extensions", [("PIPELINING",), ()])
@pytest.mark.parametrize(
    ("stage", "reply", "verdict", "blame"),
    [
        ("mail", b"451 4.3.0 try later\r\n", Verdict.DEFERRED, Blame.PROVIDER),
        ("mail", b"550 5.7.1 blocked\r\n", Verdict.REJECTED, Blame.POLICY),
        ("mail", b"550 5.1.1 no such user\r\n", Verdict.REJECTED, Blame.POLICY),
        ("rcpt", b"550 5.1.1 no such user\r\n", Verdict.REJECTED, Blame.RECIPIENT),
        ("rcpt", b"450-4.2.0 greylisted\r\n450 4.2.0 come back\r\n", Verdict.DEFERRED, Blame.MAILBOX),
        ("data", b"554 5.7.0 spam\r\n", Verdict.REJECTED, Blame.POLICY),
        ("body", b"552 5.2.2 mailbox full\r\n", Verdict.REJECTED, Blame.MAILBOX),
        ("body", b"451 4.7.0 slow down\r\n", Verdict.DEFERRED, Blame.POLICY),
    ],
)
async def test_a_refusal_concerns_one_message_only(
    extensions: tuple[str, ...], stage: str, reply: bytes, verdict: Verdict, blame: Blame
) -> None:
    count = 0

    def behaviour(at: str, recipient: str) -> bytes | None:
        nonlocal count
        count += at == stage
        return reply if at == stage and count == 2 else None

    async with FakeSmtp(behaviour, extensions=extensions) as server:
        line = await connect(settings(server))
        outcomes = await send_all(line, [f"p{n}@b.example" for n in range(4)])
        await line.close()
    assert verdicts(outcomes) == [Verdict.ACCEPTED, verdict, Verdict.ACCEPTED, Verdict.ACCEPTED]
    assert outcomes[1].blame is blame
    assert outcomes[1].code == int(reply[:3])
    assert server.accepted == ["p0@b.example", "p2@b.example", "p3@b.example"]


async def test_a_server_that_asks_for_the_body_of_a_refused_recipient_gets_none() -> None:
    def behaviour(stage: str, recipient: str) -> bytes | None:
        if recipient.startswith("gone"):
            return {"rcpt": b"550 5.1.1 no\r\n", "data": b"354 go\r\n"}.get(stage)
        return None

    async with FakeSmtp(behaviour) as server:
        line = await connect(settings(server))
        outcomes = await send_all(line, ["a@b.example", "gone@b.example", "c@b.example"])
        await line.close()
    assert verdicts(outcomes) == [Verdict.ACCEPTED, Verdict.REJECTED, Verdict.ACCEPTED]
    assert server.accepted == ["a@b.example", "c@b.example"]


@pytest.mark.parametrize("way", ["reset", "close"])
@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("rcpt", [Verdict.ACCEPTED, Verdict.NOT_SENT]),
        ("data", [Verdict.ACCEPTED, Verdict.NOT_SENT]),
        ("body", [Verdict.ACCEPTED, Verdict.UNKNOWN]),
        ("after", [Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.NOT_SENT]),
    ],
)
async def test_a_broken_connection_is_in_doubt_only_after_the_dot(
    stage: str, expected: list[Verdict], way: str
) -> None:
    def behaviour(at: str, recipient: str) -> str | None:
        return way if at == stage and recipient.startswith("p1@") else None

    async with FakeSmtp(behaviour) as server:
        line = await connect(settings(server))
        outcomes = await send_all(line, [f"p{n}@b.example" for n in range(3)])
        assert not line.usable
    assert verdicts(outcomes)[: len(expected)] == expected
    assert set(verdicts(outcomes)[len(expected) :]) <= {Verdict.NOT_SENT}
    assert [v for v in verdicts(outcomes) if v is Verdict.UNKNOWN] == [v for v in expected if v is Verdict.UNKNOWN]


@pytest.mark.parametrize(
    ("stage", "reply", "expected"),
    [
        ("body", b"what is this\r\n", Verdict.UNKNOWN),
        ("body", b"999 5.0.0 no\r\n", Verdict.UNKNOWN),
        ("body", b"250-a\r\n550 b\r\n", Verdict.UNKNOWN),
        ("body", b"354 more\r\n", Verdict.UNKNOWN),
        ("body", b"2" * 5000 + b"\r\n", Verdict.UNKNOWN),
        ("rcpt", b"\xff\x00\r\n", Verdict.NOT_SENT),
        ("rcpt", b"354 go\r\n", Verdict.NOT_SENT),
        ("rcpt", b"421 4.3.2 closing\r\n", Verdict.NOT_SENT),
        ("mail", b"421 4.3.2 closing\r\n", Verdict.NOT_SENT),
        ("body", b"421 4.3.2 closing\r\n", Verdict.DEFERRED),
    ],
)
async def test_garbage_and_421(stage: str, reply: bytes, expected: Verdict) -> None:
    async with FakeSmtp(lambda at, _: reply if at == stage else None) as server:
        line = await connect(settings(server))
        first, second = await send_all(line, ["a@b.example", "c@b.example"])
    assert first.verdict is expected
    if reply.startswith(b"421"):
        assert second.verdict is Verdict.NOT_SENT
    assert Verdict.ACCEPTED not in (first.verdict, second.verdict)


async def test_a_silent_server_is_given_up() -> None:
    patience = Timeouts(connect=5, command=0.05, accept=0.05)
    async with FakeSmtp(lambda stage, _: "hang" if stage == "body" else None) as server:
        line = await connect(settings(server, timeouts=patience))
        assert verdicts(await send_all(line, ["a@b.example", "b@b.example"])) == [Verdict.UNKNOWN, Verdict.NOT_SENT]
        assert server.doubtful == ["a@b.example"]
    async with FakeSmtp(lambda stage, _: "hang" if stage == "rcpt" else None) as server:
        line = await connect(settings(server, timeouts=patience))
        assert verdicts(await send_all(line, ["a@b.example"])) == [Verdict.NOT_SENT]
        assert server.doubtful == []


@pytest.mark.parametrize(
    "address",
    ["a@b.example>\r\nRCPT TO:<evil@b.example", "a b@c.example", "a@b.example\n", "", "a\0@b", "<a@b>", "x" * 300],
)
async def test_an_address_can_not_carry_a_command(address: str) -> None:
    async with FakeSmtp() as server:
        line = await connect(settings(server))
        outcomes = await send_all(line, [address, "fine@b.example"])
        await line.close()
    assert verdicts(outcomes) == [Verdict.REJECTED, Verdict.ACCEPTED]
    assert server.accepted == ["fine@b.example"]


async def test_international_domains_need_nothing_of_the_server() -> None:
    async with FakeSmtp(extensions=("PIPELINING",)) as server:
        line = await connect(settings(server))
        line.offer(Envelope("news@müller-shop.example", "info@Müller-Example.de"))
        assert await line.offered() is None
        assert (await line.deliver(BODY)).verdict is Verdict.ACCEPTED
        await line.close()
    assert server.accepted == ["info@xn--mller-example-wob.de"]
    assert server.senders == ["news@xn--mller-shop-9db.example"]


async def test_international_addresses_need_smtputf8() -> None:
    async with FakeSmtp(extensions=("PIPELINING",)) as server:
        line = await connect(settings(server))
        assert verdicts(await send_all(line, ["zoë@b.example"])) == [Verdict.REJECTED]
        await line.close()
    async with FakeSmtp(extensions=("PIPELINING", "SMTPUTF8")) as server:
        line = await connect(settings(server))
        assert verdicts(await send_all(line, ["zoë@b.example"])) == [Verdict.ACCEPTED]
        await line.close()
    assert server.accepted == ["zoë@b.example"]


async def test_a_head_with_letters_beyond_ascii_needs_smtputf8_too() -> None:
    assert Identity("Zoë", "zoë@b.example").wide
    assert Identity("Zoë", "zoe@b.example", "zoë@b.example").wide
    assert not Identity("Zoë", "zoe@müller.example").wide
    async with FakeSmtp(extensions=("PIPELINING",)) as server:
        line = await connect(settings(server))
        line.offer(Envelope("bounce@b.example", "c@d.example", wide=True))
        refusal = await line.offered()
        assert refusal is not None
        assert refusal.status == "5.6.7"
        await line.close()


async def test_a_mail_larger_than_the_server_takes_is_not_offered() -> None:
    async with FakeSmtp(extensions=("PIPELINING", "SIZE 100")) as server:
        line = await connect(settings(server))
        line.offer(Envelope("a@b.example", "c@d.example", size=101))
        refusal = await line.offered()
        assert refusal is not None
        assert (refusal.verdict, refusal.code) == (Verdict.REJECTED, 552)
        await line.close()


async def test_withdrawn_is_not_sent() -> None:
    async with FakeSmtp() as server:
        line = await connect(settings(server))
        line.offer(Envelope("a@b.example", "c@d.example"))
        assert await line.offered() is None
        line.withdraw()
        assert not line.usable
        await asyncio.sleep(0)
    assert server.accepted == server.doubtful == []
