"""Providers with an API for tests, written apart from ours: each asks for what it does, and misbehaves on request."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, message_from_string
from typing import Any

import httptools

KEY, KEY_ID = "k3y", "AKIDEXAMPLE"
Reply = tuple[int, dict[str, str], Any]
Behaviour = Callable[[str, int], "Reply | str | None"]
"""(recipient, how many requests came before) → a reply to give instead, "close" (after taking it), or None."""


@dataclass
class Taken:
    """A mail that a provider took, in its own terms."""

    recipient: str
    reference: str
    subject: str
    html: str
    unsubscribe: str


class Refused(Exception):
    def __init__(self, status: int, body: Any) -> None:
        self.status, self.body = status, body


class _Request:
    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.body = b""
        self.url = b""
        self.done = False
        self.parser = httptools.HttpRequestParser(self)

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode().lower()] = value.decode()

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_message_complete(self) -> None:
        self.done = True


@dataclass
class FakeApi:
    """`accepted`: mails answered with a yes. `doubtful`: recipients of mails taken and never answered."""

    provider: str
    behaviour: Behaviour = lambda recipient, before: None
    accepted: list[Taken] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    requests: int = 0
    connections: int = 0
    port: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> FakeApi:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        with contextlib.suppress(OSError, asyncio.CancelledError):
            while await self._one(reader, writer):
                pass
        writer.close()
        self._tasks.discard(task)

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        request = _Request()
        while not request.done:
            data = await reader.read(65_536)
            if not data:
                return False
            request.parser.feed_data(data)
        answer = self._answer(request)
        if answer == "close":
            return False
        status, headers, body = answer
        payload = json.dumps(body).encode()
        head = [
            f"HTTP/1.1 {status} Whatever",
            f"Content-Length: {len(payload)}",
            *(f"{k}: {v}" for k, v in headers.items()),
        ]
        writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + payload)
        await writer.drain()
        return headers.get("Connection") != "close"

    def _answer(self, request: _Request) -> Any:
        try:
            taken = SPOKEN[self.provider](self, request)
        except Refused as refusal:
            return refusal.status, {}, refusal.body
        if taken is None:
            return 200, {}, {}
        before, self.requests = self.requests, self.requests + 1
        instead = self.behaviour(taken.recipient, before)
        if instead == "close":
            self.doubtful.append(taken.recipient)
        if instead is not None:
            return instead
        self.accepted.append(taken)
        return YES[self.provider](f"id-{before}")


def _mime(raw: str | bytes) -> tuple[str, str, str]:
    mail = message_from_string(raw) if isinstance(raw, str) else message_from_bytes(raw)
    html = next(part for part in mail.walk() if part.get_content_type() == "text/html").get_payload(decode=True)
    assert isinstance(html, bytes)
    return str(mail["Subject"]), html.decode(), str(mail["List-Unsubscribe"] or "")


def _ses(fake: FakeApi, request: _Request) -> Taken | None:
    proof = request.headers.get("authorization", "")
    parts = dict(part.split("=", 1) for part in proof.removeprefix("AWS4-HMAC-SHA256 ").split(", ")) if proof else {}
    names = parts.get("SignedHeaders", "").split(";")
    method = "POST" if request.body else "GET"
    canonical = [
        method,
        request.url.decode(),
        "",
        *(f"{n}:{request.headers.get(n)}" for n in names),
        "",
        ";".join(names),
    ]
    text = "\n".join([*canonical, hashlib.sha256(request.body).hexdigest()])
    scope = parts.get("Credential", "").partition("/")[2]
    wanted = [
        "AWS4-HMAC-SHA256",
        request.headers.get("x-amz-date", ""),
        scope,
        hashlib.sha256(text.encode()).hexdigest(),
    ]
    key = b"AWS4" + KEY.encode()
    for each in scope.split("/"):
        key = hmac.new(key, each.encode(), "sha256").digest()
    if hmac.new(key, "\n".join(wanted).encode(), "sha256").hexdigest() != parts.get("Signature") or "host" not in names:
        raise Refused(
            403, {"message": "The request signature we calculated does not match the signature you provided."}
        )
    if method == "GET":
        return None
    body = json.loads(request.body)
    subject, html, unsubscribe = _mime(base64.b64decode(body["Content"]["Raw"]["Data"]))
    (tag,) = body["EmailTags"]
    assert tag["Name"] == "gonfalon"
    return Taken(body["Destination"]["ToAddresses"][0], tag["Value"], subject, html, unsubscribe)


def _sendgrid(fake: FakeApi, request: _Request) -> Taken | None:
    if request.headers.get("authorization") != f"Bearer {KEY}":
        raise Refused(
            401, {"errors": [{"message": "The provided authorization grant is invalid, expired, or revoked"}]}
        )
    if request.url == b"/v3/scopes":
        return None
    body = json.loads(request.body)
    assert request.url == b"/v3/mail/send"
    assert body["from"]["email"]
    assert body["content"][0]["type"] == "text/plain"
    (person,) = body["personalizations"]
    unsubscribe = body["headers"]["List-Unsubscribe"]
    return Taken(
        person["to"][0]["email"],
        person["custom_args"]["gonfalon"],
        body["subject"],
        body["content"][1]["value"],
        unsubscribe,
    )


def _mailgun(fake: FakeApi, request: _Request) -> Taken | None:
    if request.headers.get("authorization") != "Basic " + base64.b64encode(f"api:{KEY}".encode()).decode():
        raise Refused(401, "Forbidden")
    if request.url == b"/v4/domains/mg.example.com":
        return None
    assert request.url == b"/v3/mg.example.com/messages.mime"
    form = message_from_bytes(b"Content-Type: " + request.headers["content-type"].encode() + b"\r\n\r\n" + request.body)
    fields: dict[str, bytes] = {}
    for part in form.get_payload():  # type: ignore[union-attr]
        name = part.get_param("name", header="content-disposition")  # type: ignore[union-attr]
        inner = part.get_payload()  # type: ignore[union-attr]
        fields[str(name)] = inner[0].as_bytes() if isinstance(inner, list) else str(inner).encode()  # type: ignore[union-attr]
    subject, html, unsubscribe = _mime(fields["message"])
    return Taken(fields["to"].decode(), fields["v:gonfalon"].decode(), subject, html, unsubscribe)


def _postmark(fake: FakeApi, request: _Request) -> Taken | None:
    if request.headers.get("x-postmark-server-token") != KEY:
        raise Refused(401, {"ErrorCode": 10, "Message": "The Server Token you provided is invalid."})
    if request.url == b"/server":
        return None
    body = json.loads(request.body)
    assert (request.url, body["MessageStream"]) == (b"/email", "broadcast")
    unsubscribe = next(each["Value"] for each in body["Headers"] if each["Name"] == "List-Unsubscribe")
    return Taken(body["To"], body["Metadata"]["gonfalon"], body["Subject"], body["HtmlBody"], unsubscribe)


def _brevo(fake: FakeApi, request: _Request) -> Taken | None:
    if request.headers.get("api-key") != KEY:
        raise Refused(401, {"code": "unauthorized", "message": "Key not found"})
    if request.url == b"/v3/account":
        return None
    body = json.loads(request.body)
    headers = body["headers"]
    return Taken(
        body["to"][0]["email"],
        headers["X-Mailin-custom"],
        body["subject"],
        body["htmlContent"],
        headers["List-Unsubscribe"],
    )


def _sparkpost(fake: FakeApi, request: _Request) -> Taken | None:
    if request.headers.get("authorization") != KEY:
        raise Refused(401, {"errors": [{"message": "Unauthorized."}]})
    if request.url == b"/api/v1/account":
        return None
    body = json.loads(request.body)
    subject, html, unsubscribe = _mime(body["content"]["email_rfc822"])
    (person,) = body["recipients"]
    return Taken(person["address"]["email"], person["metadata"]["gonfalon"], subject, html, unsubscribe)


SPOKEN: dict[str, Callable[[FakeApi, _Request], Taken | None]] = {
    "ses": _ses, "sendgrid": _sendgrid, "mailgun": _mailgun, "postmark": _postmark, "brevo": _brevo,
    "sparkpost": _sparkpost,
}  # fmt: skip
YES: dict[str, Callable[[str], Reply]] = {
    "ses": lambda name: (200, {}, {"MessageId": name}),
    "sendgrid": lambda name: (202, {"X-Message-Id": name}, ""),
    "mailgun": lambda name: (200, {}, {"id": f"<{name}>", "message": "Queued. Thank you."}),
    "postmark": lambda name: (200, {}, {"ErrorCode": 0, "Message": "OK", "MessageID": name}),
    "brevo": lambda name: (201, {}, {"messageId": f"<{name}>"}),
    "sparkpost": lambda name: (
        200,
        {},
        {"results": {"total_accepted_recipients": 1, "total_rejected_recipients": 0, "id": name}},
    ),
}
TOO_MUCH: dict[str, Reply] = {
    "ses": (429, {"x-amzn-ErrorType": "TooManyRequestsException"}, {"message": "Maximum sending rate exceeded."}),
    "sendgrid": (429, {"X-RateLimit-Reset": "1"}, {"errors": [{"message": "too many requests"}]}),
    "mailgun": (429, {"Retry-After": "1"}, {"message": "Domain limit exceeded"}),
    "postmark": (429, {}, {"ErrorCode": 429, "Message": "Rate limit exceeded"}),
    "brevo": (429, {"x-sib-ratelimit-reset": "1"}, {"code": "too_many_requests", "message": "slow down"}),
    "sparkpost": (420, {}, {"errors": [{"message": "Exceed Sending Limit (hourly)"}]}),
}
NO: dict[str, Reply] = {
    "ses": (400, {"x-amzn-ErrorType": "MessageRejected"}, {"message": "Email address is not verified."}),
    "sendgrid": (400, {}, {"errors": [{"message": "Does not contain a valid address.", "field": "to"}]}),
    "mailgun": (400, {}, {"message": "'to' parameter is not a valid address."}),
    "postmark": (
        422,
        {},
        {"ErrorCode": 406, "Message": "You tried to send to a recipient that has been marked as inactive."},
    ),
    "brevo": (400, {}, {"code": "invalid_parameter", "message": "email is not valid in to"}),
    "sparkpost": (422, {}, {"errors": [{"message": "invalid data format/type", "description": "bad address"}]}),
}
