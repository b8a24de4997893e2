"""Amazon SNS: messages to an HTTP endpoint, and how their signature is checked.

https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
"""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509 import load_pem_x509_certificate

from gonfalon.channels.email.providers import reading
from gonfalon.channels.email.providers.model import Call, Forged
from gonfalon.kit.outbound import NoAnswer

_HOST = re.compile(r"sns\.[a-z0-9-]{3,30}\.amazonaws\.com(?:\.cn)?")
_HASHES = {"1": hashes.SHA1, "2": hashes.SHA256}
_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_OLDEST = timedelta(days=14)
"""How long a message may have been on its way: SNS tries for up to 23 days, a signature alone proves no freshness."""


@dataclass(frozen=True, slots=True)
class Notification:
    """What SNS brought. id: its own name of it, kept over retries."""

    id: str
    message: str


async def opened(call: Call) -> Notification | None:
    """Return what a call brings; None once a subscription is confirmed or ended. Raises Forged, ValueError."""
    (found,) = reading.documents(call.body)[:1] or ({},)
    kind = reading.word(found, "Type")
    await _check(found, _NOTIFICATION if kind == "Notification" else _CONFIRMATION, call)
    if kind == "Notification":
        return Notification(reading.word(found, "MessageId"), reading.word(found, "Message"))
    if kind == "SubscriptionConfirmation":
        try:
            await call.fetch(_amazons(reading.word(found, "SubscribeURL")))
        except NoAnswer as problem:
            raise ValueError(f"its subscription could not be confirmed: {problem}") from problem
    return None


async def _check(found: dict[str, Any], names: tuple[str, ...], call: Call) -> None:
    """Raise Forged unless Amazon has signed these fields."""
    algorithm = _HASHES.get(reading.word(found, "SignatureVersion"))
    address = _amazons(reading.word(found, "SigningCertURL"))
    if algorithm is None or not urlsplit(address).path.endswith(".pem"):
        raise Forged("it names no signature that is known")
    try:
        sent = datetime.fromisoformat(reading.word(found, "Timestamp"))
        if sent.tzinfo is None or abs(call.now - sent) > _OLDEST:
            raise Forged("it is too old")
        signature = b64decode(reading.word(found, "Signature"), validate=True)
        key = load_pem_x509_certificate(await call.fetch(address)).public_key()
    except (ValueError, NoAnswer) as problem:
        raise Forged("its signature can't be checked") from problem
    if not isinstance(key, rsa.RSAPublicKey):
        raise Forged("its certificate is not of Amazon's kind")
    text = "".join(f"{name}\n{reading.word(found, name)}\n" for name in names if found.get(name) is not None)
    try:
        key.verify(signature, text.encode(), padding.PKCS1v15(), algorithm())
    except InvalidSignature as problem:
        raise Forged("its signature does not fit") from problem


def _amazons(address: str) -> str:
    """Return an address if it leads to SNS itself. Raises Forged."""
    try:
        parts = urlsplit(address)
        ours = parts.scheme == "https" and parts.port in (None, 443) and "@" not in parts.netloc
    except ValueError:
        ours = False
    if not ours or not _HOST.fullmatch(parts.hostname or ""):
        raise Forged("it names an address that is not Amazon's")
    return address
