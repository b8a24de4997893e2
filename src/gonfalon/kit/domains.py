"""Names of hosts and mail domains: the form that machines compare and send, and the one that people read.

ASCII-only names ("A-labels", RFC 5890) are what DNS, SMTP, DKIM and web servers take; "müller.example" and
"xn--mller-kva.example" are one name. Mapping follows UTS #46 as browsers apply it, so that a name a browser opens is
never refused here.
"""

from __future__ import annotations

import re
from functools import lru_cache

import idna

_LABELS = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}")
_DOT = re.compile("[.\u3002\uff0e\uff61]")
_LONGEST = 253


class BadDomain(ValueError):
    """A text that cannot be the name of a host or domain."""


@lru_cache(maxsize=4096)
def ascii_domain(name: str) -> str:
    """Return the name in lower-case ASCII without a dot at its end: "Müller.example" → "xn--mller-kva.example".

    Raises BadDomain, never anything else.
    """
    given = name.removesuffix(".")
    if len(given) > _LONGEST:
        raise _bad(name)
    found = given.lower() if given.isascii() else ".".join(map(_ascii_label, _DOT.split(_mapped(given))))
    if len(found) > _LONGEST or not _LABELS.fullmatch(found):
        raise _bad(name)
    return found


def readable_domain(name: str) -> str:
    """Return the name as people write it: "xn--mller-kva.example" → "müller.example". What can't be decoded stays."""
    return ".".join(_readable_label(label) for label in name.lower().split("."))


def ascii_address(address: str) -> str:
    """Return the mail address with its domain in ASCII; the part before the @ stays. Raises BadDomain."""
    if address.isascii():
        return address
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{ascii_domain(domain)}" if at else address


def _bad(name: str) -> BadDomain:
    shown = name[:60].encode("utf-8", "replace").decode()
    return BadDomain(f"“{shown}” cannot be the name of a host.")


def _mapped(name: str) -> str:
    try:
        return idna.uts46_remap(name, std3_rules=False)
    except idna.IDNAError as problem:
        raise _bad(name) from problem


def _ascii_label(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"


def _readable_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return idna.ulabel(label)
    except (idna.IDNAError, UnicodeError):
        return label
