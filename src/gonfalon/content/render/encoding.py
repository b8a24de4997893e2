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
_PLAIN: Final = frozenset(range(33, 127)) - {ord("=")}
_OCTET: Final = tuple(bytes([o]) if o in _PLAIN or o == 32 else b"=%02X" % o for o in range(256))
_SHORT_PLAIN: Final = re.compile(r"[ -<>-~]+")


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


@functools.lru_cache(maxsize=4096)
def _quoted_value(text: str) -> bytes:
    if len(text) <= _WIDTH and _SHORT_PLAIN.fullmatch(text):
        return text.encode("ascii") + _SOFT
    return _quoted(text)


def _quoted(text: str) -> bytes:
    """Quoted-printable (RFC 2045) that ends with a soft break, so that whatever follows begins a line."""
    if not text:
        return b""
    lines: list[bytes] = []
    for raw in _BREAKS.split(text):
        octets = raw.encode("utf-8", "replace")
        line, width, pieces = bytearray(), 0, []
        last = len(octets) - 1
        for position, octet in enumerate(octets):
            # A blank at the end of a line may be lost on the way, so it is written as a code.
            coded = b"=20" if octet == 32 and position == last else _OCTET[octet]
            if width + len(coded) > _WIDTH:
                pieces.append(bytes(line))
                line, width = bytearray(), 0
            line += coded
            width += len(coded)
        pieces.append(bytes(line))
        lines.append(_SOFT.join(pieces))
    return b"\r\n".join(lines) + _SOFT


UTF8: Final = Encoding("8bit", _utf8, _utf8)
QUOTED_PRINTABLE: Final = Encoding("quoted-printable", _quoted, _quoted_value)
