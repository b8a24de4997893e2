"""How text becomes the bytes of a part. Static segments are encoded once, values for each message."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_BREAKS: Final = re.compile(r"\r\n|\r|\n")
_WIDTH: Final = 72
_SOFT: Final = b"=\r\n"
_EQUALS: Final = ord("=")
_DOT: Final = ord(".")
_CODED: Final = re.compile(rb"[^ !-<>-~]")


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
    if not (text.isascii() and text.isprintable()) or "=" in text:
        return _quoted(text)
    octets = text.encode("ascii")
    if len(octets) <= _WIDTH:  # names, places and numbers
        return octets + _SOFT if octets and octets[0] != _DOT else _quoted(text)
    # The addresses of tracked links: long, and never the same twice.
    lines = [octets[start : start + _WIDTH] for start in range(0, len(octets), _WIDTH)]
    if any(line[0] == _DOT for line in lines):
        return _quoted(text)
    return _SOFT.join(lines) + _SOFT


def _quoted(text: str) -> bytes:
    """Quoted-printable (RFC 2045) that ends with a soft break, so that whatever follows begins a line.

    No line begins with a dot, so nothing has to be doubled for SMTP, and no text can end a message.
    """
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
        pieces.append(_undotted(coded[at:cut]))
        at = cut
    pieces.append(_undotted(coded[at:]))
    return _SOFT.join(pieces)


def _undotted(line: bytes) -> bytes:
    return b"=2E" + line[1:] if line.startswith(b".") else line


def _code(found: re.Match[bytes]) -> bytes:
    return b"=%02X" % found[0][0]


UTF8: Final = Encoding("8bit", _utf8, _utf8)
QUOTED_PRINTABLE: Final = Encoding("quoted-printable", _quoted, _quoted_value)
