"""Tokens of public links: who, which message, and a MAC; nothing to look up, nothing to guess.

A token is `version (1) · kind (1) · workspace (4) · message (8) · person (8) · link set (8) · MAC (18)` bytes
in base64url, 64 characters. The MAC is HMAC-SHA256 cut to 144 bits under a key of its purpose, so that a
click token is worthless at the unsubscribe page. One MAC covers all links of a message: the link's number
stands behind the token and only chooses among destinations that the workspace stored itself.

A destination that differs by person cannot be stored; it travels in the link with a MAC of its own
(`sealed destination`), bound to the token and the number.
"""

from __future__ import annotations

import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any, Final

import msgspec

from gonfalon.kit.secrets import SecretBox

_BODY: Final = struct.Struct(">BBIqqq")
_MAC_BYTES: Final = 18
_TOKEN_BYTES: Final = _BODY.size + _MAC_BYTES
TOKEN_LENGTH: Final = (_TOKEN_BYTES + 2) // 3 * 4
KEY_VERSION: Final = 1


class Purpose(StrEnum):
    """What a token is good for; each has its own key."""

    click_open = "click-open"
    preferences = "unsubscribe-preferences"


_KINDS: Final = {Purpose.click_open: 1, Purpose.preferences: 2}


class Claim(msgspec.Struct, frozen=True):
    """What a token says: a message to a person, whose links are numbered in `link_set`.

    `message` is 0 for a test message, which is never counted.
    """

    workspace: int
    message: int
    person: int
    link_set: int = 0


@dataclass(frozen=True, slots=True)
class Keys:
    """Signing keys by version; new tokens use `current`, older ones stay good as long as their key is kept."""

    by_version: Mapping[int, Mapping[Purpose, bytes]]
    current: int = KEY_VERSION

    @classmethod
    def from_secrets(cls, box: SecretBox) -> Keys:
        """Return the keys of this installation."""
        return cls({KEY_VERSION: {purpose: box.key(f"tokens/{KEY_VERSION}/{purpose}") for purpose in Purpose}})


def sign(keys: Keys, purpose: Purpose, claim: Claim) -> str:
    """Return the token of a claim: `TOKEN_LENGTH` URL-safe characters."""
    body = _BODY.pack(keys.current, _KINDS[purpose], claim.workspace, claim.message, claim.person, claim.link_set)
    inner, outer = _begun(keys.by_version[keys.current][purpose])
    inner, outer = inner.copy(), outer.copy()
    inner.update(body)
    outer.update(inner.digest())
    return urlsafe_b64encode(body + outer.digest()[:_MAC_BYTES]).decode("ascii")


@cache
def _begun(key: bytes) -> tuple[Any, Any]:
    """HMAC-SHA256 (RFC 2104) under a key of at most 64 octets, as far as it does not depend on the message.

    That is half of the work for a short one.
    """
    block = key.ljust(64, b"\0")
    return sha256(bytes(octet ^ 0x36 for octet in block)), sha256(bytes(octet ^ 0x5C for octet in block))


def verify(keys: Keys, purpose: Purpose, token: str) -> Claim | None:
    """Return the claim of a genuine token of this purpose, else None. Constant time in the MAC."""
    if len(token) != TOKEN_LENGTH:
        return None
    raw = _decode(token)
    if raw is None or len(raw) != _TOKEN_BYTES:
        return None
    body, mac = raw[: _BODY.size], raw[_BODY.size :]
    version, kind, workspace, message, person, link_set = _BODY.unpack(body)
    by_purpose = keys.by_version.get(version)
    if by_purpose is None or kind != _KINDS[purpose]:
        return None
    expected = hmac.digest(by_purpose[purpose], body, "sha256")[:_MAC_BYTES]
    if not hmac.compare_digest(mac, expected):
        return None
    return Claim(workspace, message, person, link_set)


def seal_destination(keys: Keys, token: str, number: int, url: str) -> str:
    """Return a destination in a form that only we can have made, for link `number` of the message of `token`."""
    mac = hmac.digest(keys.by_version[keys.current][Purpose.click_open], _bound(token, number, url), "sha256")
    sealed = bytes([keys.current]) + mac[:_MAC_BYTES] + url.encode()
    return urlsafe_b64encode(sealed).decode("ascii").rstrip("=")


def open_destination(keys: Keys, token: str, number: int, sealed: str) -> str | None:
    """Return the destination of `seal_destination`, or None when it was not made by us for this very link."""
    raw = _decode(sealed + "=" * (-len(sealed) % 4))
    if raw is None or len(raw) <= 1 + _MAC_BYTES:
        return None
    by_purpose = keys.by_version.get(raw[0])
    if by_purpose is None:
        return None
    try:
        url = raw[1 + _MAC_BYTES :].decode()
    except UnicodeDecodeError:
        return None
    expected = hmac.digest(by_purpose[Purpose.click_open], _bound(token, number, url), "sha256")[:_MAC_BYTES]
    return url if hmac.compare_digest(raw[1 : 1 + _MAC_BYTES], expected) else None


def _bound(token: str, number: int, url: str) -> bytes:
    return f"destination\0{token}\0{number}\0{url}".encode()


def _decode(text: str) -> bytes | None:
    """Strict base64url: no foreign character, no second spelling of the same bytes."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii"))
    except (Base64Error, UnicodeEncodeError, ValueError):
        return None
    return raw if urlsafe_b64encode(raw).decode("ascii") == text else None
