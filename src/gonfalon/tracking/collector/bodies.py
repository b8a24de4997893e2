"""Reading the body of a request to the collector: compressed or not, never more than a message may be."""

from __future__ import annotations

import zlib
from codecs import BOM_UTF8
from typing import Final

from fastapi import Request

from gonfalon.kit.errors import Invalid, TooLarge

_WINDOWS: Final = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}
"""zlib's window bits by Content-Encoding; deflate is sent with zlib's frame (RFC 9110) and, by some, without."""


async def read_body(request: Request, limit: int, what: str) -> bytes:
    """Return the body without a byte order mark, unpacked where Content-Encoding says so.

    limit: most bytes of the message itself, before and after unpacking. Raises TooLarge beyond it, and Invalid for an
    encoding that is not taken or damaged data.
    """
    body = await request.body()
    encodings = [
        each.strip() for each in request.headers.get("content-encoding", "").lower().split(",") if each.strip()
    ]
    if len(body) <= limit:
        for encoding in reversed(encodings):
            if encoding != "identity":
                body = _unpack(body, encoding, limit)
    if len(body) > limit:
        most = f"{limit // 1024} KB"
        raise TooLarge("body_too_large", f"A {what} request may have at most {most}; send fewer at a time.", most=most)
    # Windows' programs begin files, and so what they send of them, with a mark that says UTF-8.
    return body.removeprefix(BOM_UTF8)


def _unpack(body: bytes, encoding: str, limit: int) -> bytes:
    if encoding not in _WINDOWS:
        raise Invalid(
            "encoding_unknown",
            f"Content-Encoding “{encoding[:40]}” is not taken; send gzip, deflate or plain JSON.",
            value=encoding[:40],
        )
    for window in _WINDOWS[encoding]:
        unpacker = zlib.decompressobj(window)
        try:
            # One byte more than allowed tells that there is more, without unpacking it.
            found = unpacker.decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(found) > limit or unpacker.eof:
            return found
    raise Invalid("body_damaged", f"The body is not complete {encoding} data; send it again.", encoding=encoding)
