"""Reading pieces of HTML as browsers do, without making a tree of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Final

ATTRIBUTE: Final = re.compile(
    r"(?P<name>[^\s\"'<>/=]+)(?P<equals>\s*=\s*)(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>`]+))"
)
"""One attribute with a value, quoted or not."""

TAG: Final = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<!doctype[^>]*>|<\?.*?\?>"
    r"|<(?P<close>/)?(?P<name>[a-zA-Z][\w:-]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(?P<self>/)?>",
    re.DOTALL | re.IGNORECASE,
)
"""A tag or a comment; for the latter `name` is None."""

_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NAME: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]*)(;?)")
_PARAMETER: Final = re.compile(r"[\w.%\[\]-]*=")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']*", re.IGNORECASE)
_OTHER_TEXT: Final = re.compile(r"(<(style|script|title|textarea)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
_OUTSIDE: Final = re.compile(
    rf"<(?P<other>style|script|title|textarea)\b.*?</(?P=other)\s*>|{TAG.pattern}", re.DOTALL | re.IGNORECASE
)
_BEGINNING: Final = re.compile(r"</?[a-zA-Z]")
_OLD_NAMES: Final = frozenset(name for name in html5 if not name.endswith(";"))
"""Names that browsers know without a semicolon: &copy, &curren, &reg …"""
_LONGEST_OLD: Final = max(map(len, _OLD_NAMES))


def value_of(match: re.Match[str]) -> str:
    """Return the value of a match of ATTRIBUTE, as it is written."""
    return next((match[kind] for kind in ("double", "single", "bare") if match[kind] is not None), "")


def attributes(tag: str) -> Iterator[tuple[str, str]]:
    """Return the names (lower case) and written values of a tag's attributes."""
    for match in ATTRIBUTE.finditer(tag):
        yield match["name"].lower(), value_of(match)


def unescape_address(written: str) -> str:
    """Return the address an attribute was meant to hold: references end with a semicolon, all else is as it was typed.

    Browsers read `?a=1&copy` as a sign; nobody who writes an address means that.
    """
    return _REFERENCE.sub(_character, written)


def unended(html: str) -> int | None:
    """Return where an element begins that never ends, such as one with a quote too few; None where all do."""
    position = 0
    for match in _OUTSIDE.finditer(html):
        found = _BEGINNING.search(html, position, match.start())
        if found:
            return found.start()
        position = match.end()
    found = _BEGINNING.search(html, position)
    return found.start() if found else None


def keep_ampersands(html: str) -> str:
    """Return HTML in which `&currency=` is no currency sign with letters behind it: such ampersands are written
    `&amp;`.

    A name that ends where a known one does (`&copy 2026`) is the sign browsers show, but not in an address; styles
    and scripts stay.
    """
    parts = _OTHER_TEXT.split(html)
    # Every match gives two groups: the element whole, and its name, which is not written again.
    return "".join(part if place % 3 == 1 else _kept(part) for place, part in enumerate(parts) if place % 3 != 2)


def _kept(text: str) -> str:
    addresses = _ADDRESS.sub(lambda address: _NAME.sub(_as_typed_in_address, address[0]), text)
    return _NAME.sub(_as_typed, addresses)


def _character(match: re.Match[str]) -> str:
    written = match[0]
    if written[1] != "#":
        return html5.get(written[1:], written)
    number = int(written[3:-1], 16) if written[2] in "xX" else int(written[2:-1])
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else written


def _as_typed(match: re.Match[str]) -> str:
    name, end = match[1], match[2]
    if end and f"{name};" in html5:
        return match[0]
    begins_like_one = any(name[:length] in _OLD_NAMES for length in range(2, min(len(name), _LONGEST_OLD) + 1))
    is_one = not end and name in _OLD_NAMES and not _PARAMETER.match(match.string, match.end())
    return match[0] if is_one or not begins_like_one else f"&amp;{match[0][1:]}"


def _as_typed_in_address(match: re.Match[str]) -> str:
    return match[0] if match[2] and f"{match[1]};" in html5 else f"&amp;{match[0][1:]}"
