"""Our own receiver, the sandbox's: it keeps a mail before it says that it took it."""

from __future__ import annotations

import asyncio

import pytest

from gonfalon.channels.contract import Blame, ChannelUnavailable, Envelope, Verdict
from gonfalon.channels.email.connect import connect
from gonfalon.channels.email.model import Security, SmtpSettings
from gonfalon.channels.email.receiver import ReceivedMail, Receiver
from tests.channels.test_smtp import BODY, send_all


async def test_our_receiver_keeps_before_it_answers() -> None:
    kept: list[ReceivedMail] = []
    gate = asyncio.Event()

    async def keep(mails: object) -> None:
        await gate.wait()
        kept.extend(mails)  # type: ignore[arg-type]

    receiver = Receiver(keep, lambda user, password: 7 if (user, password) == ("w", "s") else None)
    port = await receiver.start("127.0.0.1", 0)
    try:
        line = await connect(SmtpSettings("127.0.0.1", port, Security.NONE, user="w", password="s"))
        line.offer(Envelope("a@b.example", "c@d.example"))
        assert await line.offered() is None
        answer = asyncio.create_task(line.deliver(BODY))
        await asyncio.sleep(0.01)
        assert not answer.done()
        gate.set()
        assert (await answer).verdict is Verdict.ACCEPTED
        assert kept == [ReceivedMail(7, "a@b.example", "c@d.example", b"Subject: hello\r\n\r\none\r\n.two\r\n")]
        outcomes = await send_all(
            line, ["bounce-550@x.example", "defer-451+me@x.example", "e@x.example", "drop@x.example"]
        )
        assert [(o.verdict, o.code) for o in outcomes] == [
            (Verdict.REJECTED, 550),
            (Verdict.DEFERRED, 451),
            (Verdict.ACCEPTED, 250),
            (Verdict.UNKNOWN, 0),
        ]
    finally:
        await receiver.stop()


async def test_our_receiver_says_later_when_it_can_not_keep() -> None:
    async def keep(mails: object) -> None:
        raise OSError("disk full")

    receiver = Receiver(keep)
    port = await receiver.start("127.0.0.1", 0)
    try:
        line = await connect(SmtpSettings("127.0.0.1", port, Security.NONE))
        (outcome,) = await send_all(line, ["a@b.example"])
        assert (outcome.verdict, outcome.code) == (Verdict.DEFERRED, 451)
        await line.close()
    finally:
        await receiver.stop()


async def test_our_receiver_takes_nothing_from_who_has_not_signed_in() -> None:
    kept: list[ReceivedMail] = []

    async def keep(mails: object) -> None:
        kept.extend(mails)  # type: ignore[arg-type]

    receiver = Receiver(keep, lambda user, password: 7 if (user, password) == ("w", "s") else None, closed=True)
    port = await receiver.start("127.0.0.1", 0)
    try:
        line = await connect(SmtpSettings("127.0.0.1", port, Security.NONE))
        outcomes = await send_all(line, ["a@b.example", "c@d.example"])
        assert {(o.verdict, o.code, o.blame) for o in outcomes} == {(Verdict.REJECTED, 530, Blame.POLICY)}
        await line.close()
        with pytest.raises(ChannelUnavailable, match="refused the user name or password"):
            await connect(SmtpSettings("127.0.0.1", port, Security.NONE, user="w", password="wrong"))
        line = await connect(SmtpSettings("127.0.0.1", port, Security.NONE, user="w", password="s"))
        assert [o.verdict for o in await send_all(line, ["e@f.example"])] == [Verdict.ACCEPTED]
        await line.close()
    finally:
        await receiver.stop()
    assert [mail.rcpt_to for mail in kept] == ["e@f.example"]
