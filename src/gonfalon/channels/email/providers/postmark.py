"""Postmark: the email API, webhooks behind a password.

https://postmarkapp.com/developer/api/email-api
https://postmarkapp.com/developer/webhooks/webhooks-overview
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.headerregistry import Address
from typing import Any

from gonfalon.channels.contract import Blame, Outcome, Verdict
from gonfalon.channels.email.providers import reading
from gonfalon.channels.email.providers.model import (
    REFERENCE,
    Account,
    ApiProvider,
    Authenticity,
    Call,
    Heard,
    Outgoing,
    Setting,
)
from gonfalon.channels.email.providers.parts import Parts
from gonfalon.channels.email.returns.model import ReturnKind, Told
from gonfalon.kit.outbound import Reply, Request

_GONE = frozenset(("300", "406"))
"""An address that is none, or that came back before (https://postmarkapp.com/developer/api/overview)."""
_LOCKED = frozenset(("10", "400", "401", "402", "405", "412", "413", "1221", "1235"))
_SOFT = frozenset(("SoftBounce", "Undeliverable", "Blocked"))
_KINDS = {
    "Transient": ReturnKind.DELAY,
    "DnsError": ReturnKind.DELAY,
    "AutoResponder": ReturnKind.AUTO_REPLY,
}
"""Of what it calls bounces, what are none."""


def _host(options: Mapping[str, str]) -> str:
    return "api.postmarkapp.com"


def _headers(account: Account) -> dict[str, str]:
    return {
        "x-postmark-server-token": account.key,
        "accept": "application/json",
        "content-type": "application/json",
    }


def _compose(account: Account, mail: Outgoing, at: datetime) -> Request:
    parts = mail.parts
    wanted: dict[str, Any] = {
        "From": _mailbox(parts),
        "To": mail.envelope.recipient,
        "Subject": parts.subject,
        "HtmlBody": parts.html,
        "TextBody": parts.text,
        "Headers": [{"Name": name, "Value": value} for name, value in parts.headers],
        "MessageStream": account.options["stream"],
        "TrackOpens": False,
        "TrackLinks": "None",
    }
    if mail.reference:
        wanted["Metadata"] = {REFERENCE: mail.reference}
    if parts.reply_to:
        wanted["ReplyTo"] = parts.reply_to
    if parts.attached:
        wanted["Attachments"] = [
            {"Name": each.name, "Content": b64encode(each.content).decode("ascii"), "ContentType": each.kind}
            for each in parts.attached
        ]
    return Request("POST", "/email", _headers(account), json.dumps(wanted).encode())


def _mailbox(parts: Parts) -> str:
    user, _, domain = parts.sender.rpartition("@")
    return str(Address(parts.sender_name, user, domain)) if parts.sender_name else parts.sender


def _outcome(reply: Reply) -> Outcome:
    found = reading.document(reply.body)
    code, said = reading.word(found, "ErrorCode"), reading.word(found, "Message")
    if reply.status == 200 and code == "0":
        return reading.accepted(reply, reading.word(found, "MessageID"))
    said = f"{code} {said}".strip()
    if reply.status == 422 and code in _LOCKED:
        return Outcome(Verdict.NOT_SENT, reply.status, detail=reading.line(said), blame=Blame.PROVIDER)
    return reading.refused(reply, said, Blame.RECIPIENT if code in _GONE else None)


def _probe(account: Account, at: datetime) -> Request:
    return Request("GET", "/server", _headers(account))


async def _hear(call: Call) -> Sequence[Heard]:
    reading.check_password(call)
    heard = ((_key(event), _told(event)) for event in reading.documents(call.body))
    return [Heard(key, told) for key, told in heard if told is not None]


def _key(event: dict[str, Any]) -> str:
    names = ("MessageID", "RecordType", "BouncedAt", "DeliveredAt", "ChangedAt", "ID")
    return " ".join(reading.word(event, name) for name in names)


def _told(event: dict[str, Any]) -> Told | None:
    reference = reading.word(event, "Metadata", REFERENCE)
    match reading.word(event, "RecordType"):
        case "Bounce":
            return _bounced(event, reference)
        case "SpamComplaint":
            return reading.told(ReturnKind.COMPLAINT, reference, reading.word(event, "Description"))
        case "Delivery":
            return reading.told(ReturnKind.DELIVERED, reference, reading.word(event, "Details"))
        case "SubscriptionChange" if event.get("SuppressSending") is True:
            if reading.word(event, "SuppressionReason") == "ManualSuppression":
                return reading.told(ReturnKind.UNSUBSCRIBE, reference)
    return None


def _bounced(event: dict[str, Any], reference: str) -> Told:
    kind, said = reading.word(event, "Type"), reading.word(event, "Details")
    if kind in _KINDS:
        return reading.told(_KINDS[kind], reference, said)
    return reading.bounce(reference, said, hard=kind not in _SOFT, about=reading.word(event, "Description"))


POSTMARK = ApiProvider(
    "postmark",
    "Postmark",
    _host,
    _compose,
    _outcome,
    _probe,
    _hear,
    Authenticity.PASSWORD,
    settings=(Setting("stream", default="broadcast"),),
)
