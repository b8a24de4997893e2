"""Header fields: encoding words, and the guard that no value can start a header of its own. Pure."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from gonfalon.channels.contract import BadAddress
from gonfalon.kit.domains import BadDomain, ascii_address

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PLAIN = re.compile(r"[ -~]*")
_WORD_OCTETS = 45
"""Octets in one encoded word: 75 characters at most (RFC 2047), 12 of them frame, base64 makes 4 of 3."""
_RAW_LENGTH = 200
_ADDRESS = re.compile(r"[^\x00-\x20<>\x7f-\xa0\u2028\u2029\ud800-\udfff,;:\\\"()\[\]]{1,254}")


class UnsafeAddress(BadAddress):
    """An address that can't stand in a header or an envelope."""


def safe(value: str) -> str:
    """Return the value as one line: every run of control characters (CR, LF, NUL …) becomes a space."""
    return _CONTROL.sub(" ", value).strip() if _CONTROL.search(value) else value


def unstructured(value: str) -> bytes:
    """Return a subject or the like: as it is when short ASCII, else encoded words (RFC 2047), folded."""
    value = safe(value)
    if len(value) <= _RAW_LENGTH and _PLAIN.fullmatch(value) and "=?" not in value:
        return value.encode("ascii")
    words: list[bytes] = []
    piece = bytearray()
    for character in value:
        octets = character.encode("utf-8", "replace")
        if len(piece) + len(octets) > _WORD_OCTETS:
            words.append(bytes(piece))
            piece.clear()
        piece += octets
    words.append(bytes(piece))
    return b"\r\n ".join(b"=?utf-8?B?" + b64encode(word) + b"?=" for word in words)


def mailbox(name: str, address: str) -> bytes:
    """Return `"Name" <address>`, or the address alone. Raises UnsafeAddress."""
    plain = addr_spec(address)
    name = safe(name)
    if not name:
        return plain
    if _PLAIN.fullmatch(name) and len(name) <= _RAW_LENGTH and "=?" not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return b'"' + quoted.encode("ascii") + b'" <' + plain + b">"
    return unstructured(name) + b" <" + plain + b">"


def addr_spec(address: str) -> bytes:
    """Return an address as it may stand in a header, its domain in ASCII. Raises UnsafeAddress."""
    if not _ADDRESS.fullmatch(address) or address.count("@") != 1:
        raise UnsafeAddress(f"not an address that can be mailed: {address!r}")
    try:
        return ascii_address(address).encode()
    except BadDomain as problem:
        raise UnsafeAddress(f"not an address that can be mailed: {address!r}") from problem


@lru_cache(maxsize=256)
def date(moment: datetime) -> bytes:
    """Return the RFC 5322 date of an aware moment."""
    return format_datetime(moment).encode("ascii")
