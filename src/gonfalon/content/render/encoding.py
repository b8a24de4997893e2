"""How text becomes the bytes of a part. Static segments are encoded once, values for each message."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_BREAKS: Final = re.compile(r"\r\n|\r|\n")
_WIDTH: Final = 72
_SOFT: Final = b"=\r\n"
_EQUALS: Final = ord("=")
_CODED: Final = re.compile(rb"[^ !-<>-~]")
_PLAIN_TEXT: Final = re.compile(r"[ -<>-~]+")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A content transfer encoding, as two functions from text to bytes.

    `static` encodes a piece of the template, `value` a piece that differs by person. The pieces are joined as
    they are, so neither may depend on what stands beside it.
    """

    name: str
    static: Callable[[str], bytes]
    value: Callable[[str], bytes]


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _quoted_value(text: str) -> bytes:
    if len(text) <= _WIDTH:
        return _quoted_short(text)
    if _PLAIN_TEXT.fullmatch(text):  # the addresses of tracked links: long, and never the same twice
        octets = text.encode("ascii")
        return b"".join(octets[start : start + _WIDTH] + _SOFT for start in range(0, len(octets), _WIDTH))
    return _quoted(text)


@functools.lru_cache(maxsize=8192)
def _quoted_short(text: str) -> bytes:
    """Names, places and numbers: the same ones come again with other messages."""
    return text.encode("ascii") + _SOFT if _PLAIN_TEXT.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> bytes:
    """Quoted-printable (RFC 2045) that ends with a soft break, so that whatever follows begins a line."""
    if not text:
        return b""
    return b"\r\n".join([_quoted_line(line) for line in _BREAKS.split(text)]) + _SOFT


def _quoted_line(text: str) -> bytes:
    coded = _CODED.sub(_code, text.encode("utf-8", "replace"))
    if coded.endswith(b" "):
        # A blank at the end of a line may be lost on the way, so it is written as a code.
        coded = coded[:-1] + b"=20"
    at, pieces = 0, []
    while len(coded) - at > _WIDTH:
        cut = at + _WIDTH
        # A code is never cut in two.
        cut -= 1 if coded[cut - 1] == _EQUALS else 2 if coded[cut - 2] == _EQUALS else 0
        pieces.append(coded[at:cut])
        at = cut
    pieces.append(coded[at:])
    return _SOFT.join(pieces)


def _code(found: re.Match[bytes]) -> bytes:
    return b"=%02X" % found[0][0]


UTF8: Final = Encoding("8bit", _utf8, _utf8)
QUOTED_PRINTABLE: Final = Encoding("quoted-printable", _quoted, _quoted_value)
