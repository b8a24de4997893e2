"""Brevo: transactional email v3, webhooks behind a token.

https://developers.brevo.com/reference/sendtransacemail
https://developers.brevo.com/docs/transactional-webhooks
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gonfalon.channels.contract import Blame, Outcome, Verdict
from gonfalon.channels.email.providers import reading
from gonfalon.channels.email.providers.model import (
    Account,
    ApiProvider,
    Authenticity,
    Call,
    Heard,
    Outgoing,
)
from gonfalon.channels.email.returns.model import ReturnKind, Told
from gonfalon.kit.outbound import Reply, Request

_CUSTOM = "X-Mailin-custom"
"""The header that Brevo gives back with its events."""
_KINDS = {
    "delivered": ReturnKind.DELIVERED,
    "deferred": ReturnKind.DELAY,
    "spam": ReturnKind.COMPLAINT,
    "complaint": ReturnKind.COMPLAINT,
    "unsubscribed": ReturnKind.UNSUBSCRIBE,
}
_BOUNCES = {"hard_bounce": True, "invalid_email": True, "soft_bounce": False, "blocked": False, "error": False}
_LOCKED = frozenset(("unauthorized", "not_enough_credits", "permission_denied", "account_under_validation"))


def _host(options: Mapping[str, str]) -> str:
    return "api.brevo.com"


def _headers(account: Account) -> dict[str, str]:
    return {"api-key": account.key, "accept": "application/json", "content-type": "application/json"}


def _compose(account: Account, mail: Outgoing, at: datetime) -> Request:
    parts = mail.parts
    headers = dict(parts.headers) | ({_CUSTOM: mail.reference} if mail.reference else {})
    wanted: dict[str, Any] = {
        "sender": {"email": parts.sender} | ({"name": parts.sender_name} if parts.sender_name else {}),
        "to": [{"email": mail.envelope.recipient}],
        "subject": parts.subject,
        "htmlContent": parts.html,
        "textContent": parts.text,
    }
    if headers:
        wanted["headers"] = headers
    if parts.reply_to:
        wanted["replyTo"] = {"email": parts.reply_to}
    if parts.attached:
        wanted["attachment"] = [
            {"name": each.name, "content": b64encode(each.content).decode("ascii")} for each in parts.attached
        ]
    return Request("POST", "/v3/smtp/email", _headers(account), json.dumps(wanted).encode())


def _outcome(reply: Reply) -> Outcome:
    found = reading.document(reply.body)
    if reply.status in (200, 201, 202):
        return reading.accepted(reply, reading.word(found, "messageId").strip("<>"))
    code = reading.word(found, "code")
    said = reading.line(f"{code} {reading.word(found, 'message')}")
    if code in _LOCKED:
        return Outcome(Verdict.NOT_SENT, reply.status, detail=said, blame=Blame.PROVIDER)
    return reading.refused(reply, said)


def _probe(account: Account, at: datetime) -> Request:
    return Request("GET", "/v3/account", _headers(account))


async def _hear(call: Call) -> Sequence[Heard]:
    reading.check_password(call)
    heard = ((_key(event), _told(event)) for event in reading.documents(call.body))
    return [Heard(key, told) for key, told in heard if told is not None]


def _key(event: dict[str, Any]) -> str:
    moment = reading.word(event, "ts_epoch") or reading.word(event, "ts_event")
    return " ".join((reading.word(event, "message-id"), reading.word(event, "event"), moment))


def _told(event: dict[str, Any]) -> Told | None:
    kind, reference = reading.word(event, "event"), reading.word(event, _CUSTOM)
    said = reading.word(event, "reason")
    if kind in _BOUNCES:
        return reading.bounce(reference, said, hard=_BOUNCES[kind], about=kind)
    return reading.told(_KINDS[kind], reference, said) if kind in _KINDS else None


BREVO = ApiProvider("brevo", "Brevo", _host, _compose, _outcome, _probe, _hear, Authenticity.PASSWORD)
