"""Amazon SES: API v2 with whole mails, events by SNS.

https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gonfalon.channels.contract import Blame, Outcome, Verdict
from gonfalon.channels.email.providers import reading, sns
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
from gonfalon.channels.email.providers.sigv4 import signed
from gonfalon.channels.email.returns.model import ReturnKind, Told
from gonfalon.channels.email.returns.report import tokens_in
from gonfalon.kit.outbound import Reply, Request

_REGIONS = (
    "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "eu-central-1", "eu-central-2",
    "eu-north-1", "eu-south-1", "eu-west-1", "eu-west-2", "eu-west-3", "me-south-1", "il-central-1", "af-south-1",
    "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1",
    "ap-southeast-2", "ap-southeast-3",
)  # fmt: skip
_SENDING = "/v2/email/outbound-emails"
_LOCKED = ("AccountSuspendedException", "SendingPausedException", "NotFoundException", "LimitExceededException")
_KINDS = {"Delivery": ReturnKind.DELIVERED, "DeliveryDelay": ReturnKind.DELAY, "Complaint": ReturnKind.COMPLAINT}


def _host(options: Mapping[str, str]) -> str:
    return f"email.{options['region']}.amazonaws.com"


def _signed(account: Account, method: str, path: str, body: bytes, at: datetime) -> Request:
    region = account.options["region"]
    headers = signed(
        method,
        path,
        account.host,
        body,
        key_id=account.user,
        secret=account.key,
        region=region,
        service="ses",
        at=at,
        headers={"content-type": "application/json"} if body else None,
    )
    return Request(method, path, headers, body)


def _compose(account: Account, mail: Outgoing, at: datetime) -> Request:
    wanted: dict[str, Any] = {
        "Content": {"Raw": {"Data": b64encode(mail.raw).decode("ascii")}},
        "Destination": {"ToAddresses": [mail.envelope.recipient]},
    }
    if mail.reference:
        wanted["EmailTags"] = [{"Name": REFERENCE, "Value": mail.reference}]
    if configuration := account.options.get("configuration", ""):
        wanted["ConfigurationSetName"] = configuration
    return _signed(account, "POST", _SENDING, json.dumps(wanted).encode(), at)


def _outcome(reply: Reply) -> Outcome:
    if reply.status == 200:
        return reading.accepted(reply, reading.word(reading.document(reply.body), "MessageId"))
    kind = reply.headers.get("x-amzn-errortype", "").partition(":")[0].rpartition("#")[2]
    said = reading.line(f"{kind} {reading.errors(reply, 'message', 'Message')}")
    if kind in _LOCKED:
        return Outcome(Verdict.NOT_SENT, reply.status, detail=said, blame=Blame.PROVIDER)
    if kind == "TooManyRequestsException" and "daily" in said.lower():
        return Outcome(Verdict.DEFERRED, reply.status, detail=said, blame=Blame.PROVIDER)
    return reading.refused(reply, said)


def _probe(account: Account, at: datetime) -> Request:
    return _signed(account, "GET", "/v2/email/account", b"", at)


async def _hear(call: Call) -> Sequence[Heard]:
    envelope = await sns.opened(call)
    if envelope is None:
        return ()
    event = reading.document(envelope.message.encode())
    kind = reading.word(event, "eventType") or reading.word(event, "notificationType")
    told = _told(kind, event)
    return [Heard(envelope.id, told)] if told is not None else ()


def _told(kind: str, event: Any) -> Told | None:
    tags = reading.at(event, "mail", "tags", REFERENCE)
    reference = reading.word(reading.first(tags))
    if kind == "Bounce":
        about = reading.at(event, "bounce")
        to = reading.first(reading.at(about, "bouncedRecipients"))
        told = reading.bounce(
            reference,
            reading.word(to, "diagnosticCode"),
            hard=reading.word(about, "bounceType") == "Permanent",
            status=reading.word(to, "status"),
            about=f"{reading.word(about, 'bounceType')} {reading.word(about, 'bounceSubType')}",
        )
    elif kind in ("Reject", "RenderingFailure", "Rendering Failure"):
        why = reading.word(event, "reject", "reason") or reading.word(event, "failure", "errorMessage") or kind
        told = reading.bounce(reference, f"554 5.7.1 {why}", hard=True)
    elif kind in _KINDS:
        said = reading.at(event, kind[0].lower() + kind[1:])
        told = reading.told(
            _KINDS[kind],
            reference,
            reading.word(said, "smtpResponse")
            or reading.word(said, "delayType")
            or reading.word(said, "complaintFeedbackType"),
        )
    elif kind == "Subscription" and reading.at(event, "subscription", "newTopicPreferences", "unsubscribeAll") is True:
        told = reading.told(ReturnKind.UNSUBSCRIBE, reference)
    else:
        return None
    return told if reference else _found(told, reading.at(event, "mail", "headers"))


def _found(told: Told, headers: Any) -> Told:
    """The same with what proves the message in the mail's own headers: notifications of an identity have no tags."""
    lines = [reading.word(each, "value") for each in headers] if isinstance(headers, list) else []
    return Told(told.kind, told.code, told.status, told.detail, tokens=tokens_in("\n".join(lines)))


SES = ApiProvider(
    "ses",
    "Amazon SES",
    _host,
    _compose,
    _outcome,
    _probe,
    _hear,
    Authenticity.SIGNED,
    settings=(Setting("region", _REGIONS), Setting("configuration", optional=True)),
    keyed_by=True,
)
