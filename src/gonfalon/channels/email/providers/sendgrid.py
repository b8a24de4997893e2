"""SendGrid: mail/send v3, signed event webhook.

https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

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
from gonfalon.kit.outbound import Reply, Request

_KINDS = {
    "delivered": ReturnKind.DELIVERED,
    "deferred": ReturnKind.DELAY,
    "spamreport": ReturnKind.COMPLAINT,
    "unsubscribe": ReturnKind.UNSUBSCRIBE,
    "group_unsubscribe": ReturnKind.UNSUBSCRIBE,
}
_OFF = {"enable": False}


def _host(options: Mapping[str, str]) -> str:
    return "api.eu.sendgrid.com" if options.get("region") == "eu" else "api.sendgrid.com"


def _headers(account: Account) -> dict[str, str]:
    return {"authorization": f"Bearer {account.key}", "content-type": "application/json"}


def _compose(account: Account, mail: Outgoing, at: datetime) -> Request:
    parts = mail.parts
    person: dict[str, Any] = {"to": [{"email": mail.envelope.recipient}]}
    if mail.reference:
        person["custom_args"] = {REFERENCE: mail.reference}
    wanted: dict[str, Any] = {
        "personalizations": [person],
        "from": {"email": parts.sender} | ({"name": parts.sender_name} if parts.sender_name else {}),
        "subject": parts.subject,
        "content": [
            {"type": kind, "value": value}
            for kind, value in (("text/plain", parts.text), ("text/html", parts.html))
            if value
        ],
        "headers": dict(parts.headers),
        "tracking_settings": {
            "click_tracking": _OFF | {"enable_text": False},
            "open_tracking": _OFF,
            "subscription_tracking": _OFF,
        },
    }
    if parts.reply_to:
        wanted["reply_to"] = {"email": parts.reply_to}
    if parts.attached:
        wanted["attachments"] = [
            {"content": b64encode(each.content).decode("ascii"), "type": each.kind, "filename": each.name}
            for each in parts.attached
        ]
    return Request("POST", "/v3/mail/send", _headers(account), json.dumps(wanted).encode())


def _outcome(reply: Reply) -> Outcome:
    if reply.status in (200, 202):
        return reading.accepted(reply, reply.headers.get("x-message-id", ""))
    return reading.refused(reply, reading.errors(reply))


def _probe(account: Account, at: datetime) -> Request:
    return Request("GET", "/v3/scopes", _headers(account))


async def _hear(call: Call) -> Sequence[Heard]:
    _check(call)
    heard = ((reading.word(event, "sg_event_id"), _told(event)) for event in reading.documents(call.body))
    return [Heard(key, told) for key, told in heard if key and told is not None]


def _told(event: dict[str, Any]) -> Told | None:
    kind, reference = reading.word(event, "event"), reading.word(event, REFERENCE)
    said = reading.word(event, "reason") or reading.word(event, "response")
    if kind == "bounce":
        hard = reading.word(event, "type") == "bounce"
        return reading.bounce(reference, said, hard=hard, status=reading.word(event, "status"))
    if kind == "dropped":
        gone = "bounced" in said.lower() or "invalid" in said.lower()
        return reading.bounce(reference, said, hard=gone, status="5.1.1" if gone else "5.7.1", code="550")
    return reading.told(_KINDS[kind], reference, said) if kind in _KINDS else None


def _check(call: Call) -> None:
    """Raise Forged unless the key that was entered here has signed the call."""
    stamp = call.headers.get("x-twilio-email-event-webhook-timestamp", "")
    try:
        signature = b64decode(call.headers.get("x-twilio-email-event-webhook-signature", ""), validate=True)
        key = load_der_public_key(b64decode("".join(call.secret.split()), validate=True))
    except ValueError as problem:
        raise Forged("its signature or the verification key can't be read") from problem
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise Forged("the verification key is of another kind")
    try:
        key.verify(signature, stamp.encode() + call.body, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as problem:
        raise Forged("its signature does not fit") from problem


SENDGRID = ApiProvider(
    "sendgrid",
    "SendGrid",
    _host,
    _compose,
    _outcome,
    _probe,
    _hear,
    Authenticity.KEY,
    settings=(Setting("region", ("global", "eu"), "global"),),
)
