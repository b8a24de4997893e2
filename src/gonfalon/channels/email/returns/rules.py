"""Decide what a mail that came back means, and for whom it was brought. Pure."""

from __future__ import annotations

import hmac
from base64 import b32decode, b32encode
from binascii import Error as Base32Error

from gonfalon.channels.contract import Blame
from gonfalon.channels.email.blame import blame_of
from gonfalon.channels.email.mime import ReturnPath
from gonfalon.channels.email.returns.model import ReturnKind, Told
from gonfalon.channels.offers import Back
from gonfalon.tracking.links.tokens import Keys, Purpose, verify

_WORKSPACE_OCTETS = 4
_MAC_OCTETS = 11


def intake_token(key: bytes, workspace_id: int) -> str:
    """Return the secret part of the address at which a workspace's returned mails are taken in."""
    number = workspace_id.to_bytes(_WORKSPACE_OCTETS, "big")
    return b32encode(number + hmac.digest(key, number, "sha256")[:_MAC_OCTETS]).decode("ascii").lower()


def workspace_of(key: bytes, token: str) -> int | None:
    """Return the workspace whose intake this is; None when we have not made the token."""
    try:
        number = int.from_bytes(b32decode(token.upper())[:_WORKSPACE_OCTETS], "big")
    except (Base32Error, ValueError):
        return None
    return number if hmac.compare_digest(token.lower(), intake_token(key, number)) else None


def message_of(told: Told, return_path_key: bytes, keys: Keys, workspace_id: int) -> int | None:
    """Return the message that a mail is about, as its return path or unsubscribe link proves; None without proof."""
    paths = ReturnPath("", return_path_key)
    for address in told.addresses:
        if (message_id := paths.message_id(address)) is not None:
            return message_id
    for token in told.tokens:
        claim = verify(keys, Purpose.preferences, token)
        if claim is not None and claim.workspace == workspace_id and claim.message > 0:
            return claim.message
    return None


def consequence(told: Told, message_id: int) -> Back | None:
    """Return what follows for the message and its address; None: nothing does."""
    if told.kind is ReturnKind.COMPLAINT:
        return Back(message_id, complaint=True)
    if told.kind is ReturnKind.UNSUBSCRIBE:
        return Back(message_id, unsubscribed=True)
    if told.kind is ReturnKind.DELIVERED:
        return Back(message_id, delivered=True, reply=told.detail)
    if told.kind is not ReturnKind.BOUNCE:
        return None
    status = "" if told.status in told.detail else told.status
    said = " ".join(filter(None, (str(told.code or ""), status, told.detail)))
    gone = told.code >= 500 and blame_of(told.code, told.status, told.detail) is Blame.RECIPIENT
    return Back(message_id, gone=gone, reply=said)
