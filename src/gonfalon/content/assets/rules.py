"""What a picture is, told from its bytes and never from its name."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from gonfalon.kit.errors import Invalid, TooLarge

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
EXTENSIONS: Final = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_JPEG_SIZES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Picture:
    """Media type and size in pixels."""

    media_type: str
    width: int
    height: int


def look(body: bytes) -> Picture:
    """Return the picture in these bytes; raises Invalid for anything but PNG, JPEG, GIF and WebP, and TooLarge."""
    try:
        picture = _png(body) or _gif(body) or _webp(body) or _jpeg(body)
    except (struct.error, IndexError):
        picture = None
    if picture is None:
        raise Invalid(
            "asset_not_a_picture",
            "Only PNG, JPEG, GIF and WebP pictures are taken; mail programs do not show SVG and others.",
        )
    if len(body) > MOST_BYTES:
        raise TooLarge(
            "asset_too_large", "A picture may have at most 5 MB; make it smaller, mail programs load it slowly."
        )
    if not 0 < picture.width * picture.height <= MOST_PIXELS:
        raise Invalid("asset_pixels", "The picture has no size, or more than 40 million pixels.")
    return picture


def _png(body: bytes) -> Picture | None:
    if not body.startswith(b"\x89PNG\r\n\x1a\n") or body[12:16] != b"IHDR":
        return None
    return Picture("image/png", *struct.unpack(">II", body[16:24]))


def _gif(body: bytes) -> Picture | None:
    if not body.startswith((b"GIF87a", b"GIF89a")):
        return None
    return Picture("image/gif", *struct.unpack("<HH", body[6:10]))


def _webp(body: bytes) -> Picture | None:
    if body[:4] != b"RIFF" or body[8:12] != b"WEBP":
        return None
    kind = body[12:16]
    if kind == b"VP8X":
        return Picture(
            "image/webp",
            int.from_bytes(_exactly(body, 24, 3), "little") + 1,
            int.from_bytes(_exactly(body, 27, 3), "little") + 1,
        )
    if kind == b"VP8L":
        bits = int.from_bytes(_exactly(body, 21, 4), "little")
        return Picture("image/webp", (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", body[26:30])
        return Picture("image/webp", width & 0x3FFF, height & 0x3FFF)
    return None


def _jpeg(body: bytes) -> Picture | None:
    if not body.startswith(b"\xff\xd8\xff"):
        return None
    position = 2
    while position < len(body) - 9:
        if body[position] != 0xFF:
            return None
        marker = body[position + 1]
        if marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", body[position + 5 : position + 9])
            return Picture("image/jpeg", width, height)
        if marker == 0xFF or 0xD0 <= marker <= 0xD9:
            position += 1 if marker == 0xFF else 2
            continue
        position += 2 + struct.unpack(">H", body[position + 2 : position + 4])[0]
    return None


def _exactly(body: bytes, start: int, size: int) -> bytes:
    found = body[start : start + size]
    if len(found) != size:
        raise IndexError
    return found


def clean_name(given: str) -> str:
    """Return a name for people, from a file's name: no folder, no control characters, at most 120 characters."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(character for character in last if character.isprintable()).strip()[:120] or "picture"
