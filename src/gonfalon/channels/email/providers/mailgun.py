"""Mailgun: whole mails by messages.mime, signed webhooks.

https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from gonfalon.channels.contract import Outcome
from gonfalon.channels.email.providers import reading
from gonfalon.channels.email.providers.model import (
    REFERENCE,
    Account,
    ApiProvider,
    Authenticity,
    Call,
    Forged,
    Heard,
    Outgoing,
    Setting,
)
from gonfalon.channels.email.returns.model import ReturnKind, Told
from gonfalon.kit.numbers import read_whole
from gonfalon.kit.outbound import Reply, Request

_KINDS = {
    "delivered": ReturnKind.DELIVERED,
    "complained": ReturnKind.COMPLAINT,
    "unsubscribed": ReturnKind.UNSUBSCRIBE,
}
_NOT_TRIED = frozenset(("605", "607"))
"""Numbers of its own: an address that bounced before, and one that complained."""
_FRESH_SECONDS = 3 * 86_400
"""How old a signed moment may be: Mailgun tries again for eight hours."""


def _host(options: Mapping[str, str]) -> str:
    return "api.eu.mailgun.net" if options.get("region") == "eu" else "api.mailgun.net"


def _compose(account: Account, mail: Outgoing, at: datetime) -> Request:
    fields = {"to": mail.envelope.recipient, "o:tracking": "no"}
    if mail.reference:
        fields[f"v:{REFERENCE}"] = mail.reference
    boundary = secrets.token_hex(16)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="message"; filename="message.mime"\r\n'
        "Content-Type: message/rfc822\r\n\r\n"
    )
    body = b"".join((*parts, head.encode(), mail.raw, f"\r\n--{boundary}--\r\n".encode()))
    headers = {
        "authorization": reading.basic("api", account.key),
        "content-type": f"multipart/form-data; boundary={boundary}",
    }
    return Request("POST", f"/v3/{quote(account.options['domain'], safe='')}/messages.mime", headers, body)


def _outcome(reply: Reply) -> Outcome:
    if reply.status == 200:
        return reading.accepted(reply, reading.word(reading.document(reply.body), "id").strip("<>"))
    return reading.refused(reply, reading.errors(reply, "message") or reply.body.decode("utf-8", "replace"))


def _probe(account: Account, at: datetime) -> Request:
    domain = quote(account.options["domain"], safe="")
    return Request("GET", f"/v4/domains/{domain}", {"authorization": reading.basic("api", account.key)})


async def _hear(call: Call) -> Sequence[Heard]:
    heard = []
    for found in reading.documents(call.body):
        _check(found, call)
        event = reading.at(found, "event-data")
        key, told = reading.word(event, "id"), _told(event)
        if key and told is not None:
            heard.append(Heard(key, told))
    return heard


def _told(event: Any) -> Told | None:
    kind = reading.word(event, "event")
    reference = reading.word(event, "user-variables", REFERENCE)
    status = reading.at(event, "delivery-status")
    said = reading.word(status, "message") or reading.word(status, "description")
    code = reading.word(status, "code")
    if kind == "failed":
        if reading.word(event, "severity") == "temporary":
            return reading.told(ReturnKind.DELAY, reference, said)
        return reading.bounce(
            reference,
            said,
            hard=reading.word(event, "reason") in ("bounce", "suppress-bounce", "generic", ""),
            status=reading.word(status, "enhanced-code") or ("5.1.1" if code == "605" else ""),
            code=_smtp(code),
            about=reading.word(event, "reason"),
        )
    if kind == "rejected":
        return reading.bounce(reference, f"554 5.7.1 {reading.word(event, 'reject', 'reason')}", hard=True)
    return reading.told(_KINDS[kind], reference, said) if kind in _KINDS else None


def _smtp(code: str) -> str:
    """Return a number of SMTP's: Mailgun has more, those for what it does not even try and 498, 499."""
    return "550" if code in _NOT_TRIED else {"498": "554", "499": "450"}.get(code, code)


def _check(found: dict[str, Any], call: Call) -> None:
    """Raise Forged unless the key that was entered here has signed the moment and token of a call, lately."""
    stamp = reading.word(found, "signature", "timestamp")
    proof = hmac.digest(call.secret.encode(), (stamp + reading.word(found, "signature", "token")).encode(), "sha256")
    if not call.secret or not hmac.compare_digest(proof.hex(), reading.word(found, "signature", "signature").lower()):
        raise Forged("its signature does not fit")
    moment = read_whole(stamp)
    if moment is None or abs(call.now.timestamp() - moment) > _FRESH_SECONDS:
        raise Forged("it is too old")


MAILGUN = ApiProvider(
    "mailgun",
    "Mailgun",
    _host,
    _compose,
    _outcome,
    _probe,
    _hear,
    Authenticity.KEY,
    settings=(Setting("region", ("us", "eu"), "us"), Setting("domain")),
)
