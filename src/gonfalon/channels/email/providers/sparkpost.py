"""SparkPost: transmissions of whole mails, webhooks behind a password or token.

https://developers.sparkpost.com/api/transmissions/
https://developers.sparkpost.com/api/webhooks/
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gonfalon.channels.contract import Outcome
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
from gonfalon.channels.email.returns.model import ReturnKind, Told
from gonfalon.kit.outbound import Reply, Request

_KINDS = {
    "delivery": ReturnKind.DELIVERED,
    "delay": ReturnKind.DELAY,
    "spam_complaint": ReturnKind.COMPLAINT,
    "list_unsubscribe": ReturnKind.UNSUBSCRIBE,
    "link_unsubscribe": ReturnKind.UNSUBSCRIBE,
}
_BOUNCES = frozenset(("bounce", "out_of_band", "policy_rejection", "generation_failure", "generation_rejection"))
_HARD = frozenset(("10", "30", "90"))
"""Classes of bounces that are for good: invalid recipient, no recipient, unsubscribed."""


def _host(options: Mapping[str, str]) -> str:
    return "api.eu.sparkpost.com" if options.get("region") == "eu" else "api.sparkpost.com"


def _headers(account: Account) -> dict[str, str]:
    return {"authorization": account.key, "accept": "application/json", "content-type": "application/json"}


def _compose(account: Account, mail: Outgoing, at: datetime) -> Request:
    person: dict[str, Any] = {"address": {"email": mail.envelope.recipient}}
    if mail.reference:
        person["metadata"] = {REFERENCE: mail.reference}
    wanted = {
        "options": {"open_tracking": False, "click_tracking": False, "perform_substitutions": False},
        "recipients": [person],
        "content": {"email_rfc822": mail.raw.decode("utf-8", "replace")},
    }
    return Request("POST", "/api/v1/transmissions", _headers(account), json.dumps(wanted).encode())


def _outcome(reply: Reply) -> Outcome:
    results = reading.at(reading.document(reply.body), "results")
    if reply.status == 200 and reading.word(results, "total_accepted_recipients") != "0":
        return reading.accepted(reply, reading.word(results, "id"))
    said = reading.errors(reply)
    if reply.status == 200:
        return reading.refused(Reply(422, reply.headers, reply.body), said or "the recipient was rejected")
    return reading.refused(reply, said)


def _probe(account: Account, at: datetime) -> Request:
    return Request("GET", "/api/v1/account", _headers(account))


async def _hear(call: Call) -> Sequence[Heard]:
    reading.check_password(call)
    heard = []
    for found in reading.documents(call.body):
        inside = reading.at(found, "msys")
        event = next(iter(inside.values()), None) if isinstance(inside, dict) else None
        key, told = reading.word(event, "event_id"), _told(event)
        if key and told is not None:
            heard.append(Heard(key, told))
    return heard


def _told(event: Any) -> Told | None:
    kind, reference = reading.word(event, "type"), reading.word(event, "rcpt_meta", REFERENCE)
    said = reading.word(event, "raw_reason") or reading.word(event, "reason")
    if kind in _BOUNCES:
        hard = reading.word(event, "bounce_class") in _HARD
        return reading.bounce(reference, said, hard=hard, code=reading.word(event, "error_code"), about=kind)
    return reading.told(_KINDS[kind], reference, said) if kind in _KINDS else None


SPARKPOST = ApiProvider(
    "sparkpost",
    "SparkPost",
    _host,
    _compose,
    _outcome,
    _probe,
    _hear,
    Authenticity.PASSWORD,
    settings=(Setting("region", ("us", "eu"), "us"),),
)
