"""Web addresses as they go over the wire: hosts in ASCII, blanks and letters beyond ASCII in percent codes."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from gonfalon.kit.domains import ascii_domain

_CLEAN: Final = re.compile(r"https?://[a-z0-9._-]+(?::[0-9]+)?(?:[/?#][!#-;=?-_a-~]*)?")
_KEPT: Final = "!#$%&'()*+,-./:;=?@[\\]^_{|}~"
"""What stays as it was typed; a percent sign is taken for the beginning of a code."""
_HOST: Final = re.compile(r"(?P<user>.*@)?(?P<name>\[[^\]]*\]|[^:]*)(?P<port>:[0-9]*)?", re.DOTALL)


def clean_address(address: str) -> str:
    """Return the same place in ASCII: https://müller.example/straße → https://xn--mller-kva.example/stra%C3%9Fe.

    Raises ValueError for what leads nowhere. Addresses that are no web pages stay as they are.
    """
    if _CLEAN.fullmatch(address):
        return address
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https"):
        return address
    found = _HOST.fullmatch(parts.netloc)
    if found is None or not found["name"]:
        raise ValueError("an address has one port, a number")
    name = found["name"] if found["name"].startswith("[") else ascii_domain(found["name"])
    host = f"{_coded(found['user'] or '')}{name}{found['port'] or ''}"
    return urlunsplit((parts.scheme, host, _coded(parts.path), _coded(parts.query), _coded(parts.fragment)))


def _coded(text: str) -> str:
    return quote(text, safe=_KEPT, errors="replace")
