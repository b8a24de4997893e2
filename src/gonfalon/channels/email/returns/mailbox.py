"""Read new mails of a mailbox (IMAP4rev1, RFC 3501), changing nothing in it. Run in a child process.

What a server announces is believed by Python's client, so it runs where only so much memory can be taken.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
from dataclasses import dataclass, field
from typing import Any

from gonfalon.channels.contract import Fault
from gonfalon.channels.email.connect import tls_context
from gonfalon.channels.email.model import Security
from gonfalon.channels.email.returns.model import READ_BYTES, Fetched

MOST = 200
"""Mails that one look takes."""
FIRST_DAYS = 7
"""How far back the first look goes."""
_TIMEOUT = 20.0


class MailboxTrouble(Exception):
    """A mailbox can't be read; the text is a sentence that says what to do, the others the same in every language."""

    def __init__(self, sentence: str, fault: Fault, said: str = "") -> None:
        super().__init__(sentence, fault, said)  # all of it: it comes from another process
        self.sentence = sentence
        self.fault = fault
        self.said = said

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class MailHost:
    """Where a mailbox is. address: what `host` was resolved to, within reach."""

    host: str
    address: str
    port: int
    security: Security
    username: str
    password: str = field(repr=False)
    folder: str


def fetch(place: MailHost, since: str, validity: int | None, read_to: int) -> Fetched:
    """Mail after those that were read, the oldest first.

    since: the day to begin with the first time, as IMAP writes it (29-Nov-2026). Raises MailboxTrouble.
    """
    where = f"{place.host}:{place.port}"
    try:
        client = _Client(place)
    except ssl.SSLError as problem:
        raise MailboxTrouble(
            f"No encrypted connection to {where} ({problem.reason}): check port and security.",
            Fault.TLS,
            str(problem.reason),
        ) from None
    except (OSError, imaplib.IMAP4.error) as problem:
        raise MailboxTrouble(
            f"{where} can't be reached ({problem}): check the host and the port.", Fault.UNREACHABLE, str(problem)
        ) from None
    try:
        _sign_in(client, place)
        return _new_mails(client, place, since, validity, read_to)
    except imaplib.IMAP4.error as problem:
        said = _said(problem)
        raise MailboxTrouble(
            f"{place.host} answered {said}: check user name, password and folder.", Fault.SIGN_IN, said
        ) from None
    except OSError as problem:
        raise MailboxTrouble(
            f"{where} ended the conversation ({problem}); it is tried again.", Fault.LOST, str(problem)
        ) from None
    finally:
        client.shutdown()


class _Client(imaplib.IMAP4):
    """Goes to the address it was given, and shows the host's name to check the certificate."""

    def __init__(self, place: MailHost) -> None:
        self._place = place
        super().__init__(place.host, place.port, _TIMEOUT)
        if place.security is Security.STARTTLS:
            self.starttls(tls_context())

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self._place.address, self._place.port), timeout)
        if self._place.security is not Security.TLS:
            return plain
        return tls_context().wrap_socket(plain, server_hostname=self._place.host)


def _sign_in(client: _Client, place: MailHost) -> None:
    client.login(place.username, place.password)
    answer, said = client.select(_quoted(place.folder), readonly=True)
    if answer != "OK":
        why = _said(said)
        raise MailboxTrouble(
            f"{place.host} has no folder “{place.folder}” ({why}): enter another one.", Fault.FOLDER, why
        )


def _new_mails(client: _Client, place: MailHost, since: str, validity: int | None, read_to: int) -> Fetched:
    _, untagged = client.response("UIDVALIDITY")
    now = int(untagged[0]) if untagged and untagged[0] else 0
    same = validity == now
    wanted = f"UID {read_to + 1}:*" if same else f"SINCE {since}"
    _, (found,) = client.uid("SEARCH", wanted)
    # "n:*" brings the last mail even when its number is smaller.
    numbers = sorted(uid for uid in map(int, (found or b"").split()) if not same or uid > read_to)
    mails = [raw for uid in numbers[:MOST] if (raw := _one(client, uid)) is not None]
    last = numbers[:MOST][-1] if numbers else read_to if same else _last(client)
    return Fetched(now, last, tuple(mails), len(numbers) > MOST)


def _one(client: _Client, uid: int) -> bytes | None:
    """The beginning of one mail, without marking it as read; None when it has gone."""
    _, parts = client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{READ_BYTES}>)")
    return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), None)


def _last(client: _Client) -> int:
    """The mailbox's newest number; 0 when it is empty."""
    _, (found,) = client.uid("SEARCH", "UID *")
    return max(map(int, (found or b"").split()), default=0)


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _said(problem: Any) -> str:
    text = b" ".join(problem).decode("utf-8", "replace") if isinstance(problem, list) else str(problem)
    return " ".join(text.split())[:200]
