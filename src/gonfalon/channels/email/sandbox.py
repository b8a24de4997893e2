"""The mail sandbox: what it receives is kept in the database, durable before it is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from typing import Any

import psycopg

from gonfalon.channels.email.mime import PRIVATE, TEST
from gonfalon.channels.email.provider import sandbox_workspace
from gonfalon.channels.email.receiver import ReceivedMail, Receiver
from gonfalon.channels.email.returns.jobs import take_returned_job
from gonfalon.kit.db import plain_url
from gonfalon.kit.jobs import defer
from gonfalon.kit.services import Services

KEPT = 100_000
"""Mails kept for a workspace; older ones go."""
_TRIM_EVERY = 2_000
_LATER = re.compile(r"(later-5\d\d|complain)(?:[+.][^@]*)?@", re.IGNORECASE)


class SandboxInbox:
    """Writes received mails, all that arrived together in one commit, and lets the oldest go."""

    def __init__(self, url: str, kept: int = KEPT) -> None:
        self._url = plain_url(url)
        self._kept = kept
        self._link: psycopg.AsyncConnection[Any] | None = None
        self._since_trim = 0

    async def keep(self, mails: Sequence[ReceivedMail]) -> None:
        """Write the mails; returns when they are durable. Raises psycopg.Error when they are not."""
        if self._link is None or self._link.closed:
            self._link = await psycopg.AsyncConnection.connect(self._url, autocommit=True, connect_timeout=10)
        await self._link.execute(
            "insert into sandbox_mails (workspace_id, mail_from, rcpt_to, subject, size, raw, private, test) "
            "select * from unnest("
            "%s::int[], %s::text[], %s::text[], %s::text[], %s::int[], %s::bytea[], %s::bool[], %s::bool[])",
            [
                [mail.workspace for mail in mails],
                [_storable(mail.mail_from) for mail in mails],
                [_storable(mail.rcpt_to) for mail in mails],
                [subject_of(mail.raw) for mail in mails],
                [len(mail.raw) for mail in mails],
                [mail.raw for mail in mails],
                [says(mail.raw, PRIVATE) for mail in mails],
                [says(mail.raw, TEST) for mail in mails],
            ],
        )
        self._since_trim += len(mails)
        if self._since_trim >= min(_TRIM_EVERY, self._kept):
            self._since_trim = 0
            await self.trim({mail.workspace for mail in mails})

    async def trim(self, workspaces: set[int]) -> None:
        """Delete all but the newest mails of these workspaces."""
        assert self._link is not None
        for workspace in workspaces:
            await self._link.execute(
                "delete from sandbox_mails where workspace_id = %(workspace)s and id <= ("
                "select id from sandbox_mails where workspace_id = %(workspace)s "
                "order by id desc offset %(kept)s limit 1)",
                {"workspace": workspace, "kept": self._kept},
            )

    async def close(self) -> None:
        """Give the connection back."""
        if self._link is not None:
            await self._link.close()


def subject_of(raw: bytes) -> str:
    """Return the decoded subject of a mail, "" when it has none or it can't be read; at most 500 characters."""
    head = raw[: raw.find(b"\r\n\r\n")] if b"\r\n\r\n" in raw else raw
    value = BytesHeaderParser().parsebytes(head + b"\r\n\r\n").get("Subject", "")
    try:
        text = str(make_header(decode_header(str(value))))
    except (ValueError, LookupError):
        text = str(value)
    return _storable(" ".join(text.split()))[:500]


def says(raw: bytes, header: bytes) -> bool:
    """Return whether a mail says of itself that few may read it, or that it is a test."""
    return b"\r\n" + header + b": yes\r\n" in raw[: raw.find(b"\r\n\r\n") + 2]


def _storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def returned_for(mail: ReceivedMail) -> bytes | None:
    """Return what comes back later for an address that asks for it: `later-550@…` bounces, `complain@…` complains."""
    asked = _LATER.match(mail.rcpt_to)
    if asked is None:
        return None
    head = mail.raw[: mail.raw.find(b"\r\n\r\n") + 2]
    complains = asked.group(1).lower() == "complain"
    kind = b"feedback-report" if complains else b"delivery-status"
    told = b"Feedback-Type: abuse" if complains else _failed(mail, asked)
    parts = (b"message/" + kind, told), (b"message/rfc822-headers", head)
    body = b"".join(b"--later\r\nContent-Type: %s\r\n\r\n%s\r\n" % each for each in parts)
    return (
        b"Return-Path: <>\r\nFrom: mailer-daemon@sandbox.invalid\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=%s; boundary="later"\r\n\r\n%s--later--\r\n' % (kind, body)
    )


def _failed(mail: ReceivedMail, asked: re.Match[str]) -> bytes:
    code = asked.group(1)[-3:]
    return (
        f"Reporting-MTA: dns; sandbox.invalid\r\n\r\nFinal-Recipient: rfc822; {mail.rcpt_to}\r\nAction: failed\r\n"
        f"Status: 5.1.1\r\nDiagnostic-Code: smtp; {code} 5.1.1 no such user (the address asks for it)\r\n"
    ).encode("utf-8", "replace")


def sandbox_receiver(services: Services) -> tuple[Receiver, SandboxInbox]:
    """Return the sandbox's server, not yet listening, and what it keeps its mails in."""
    room = SandboxInbox(services.db.url)

    async def keep(mails: Sequence[ReceivedMail]) -> None:
        await room.keep(mails)
        for mail in mails:
            if (returned := returned_for(mail)) is not None:
                plain = returned.decode("latin-1")
                async with services.db.transaction() as connection:
                    await defer(connection, take_returned_job, workspace_id=mail.workspace, mail=plain)

    known = lambda user, password: sandbox_workspace(services.secrets, user, password)  # noqa: E731
    return Receiver(keep, known, closed=True), room
