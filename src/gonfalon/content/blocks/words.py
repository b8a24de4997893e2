"""Words to HTML and back, with the Liquid in them left alone. Pure."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final

from gonfalon.content.render.liquid import tokens
from gonfalon.content.render.markup import keep_ampersands, unescape_address
from gonfalon.content.render.model import TemplateError

_BRACE: Final = re.compile(r"\{(?=[{%]|$)")
_NBSP: Final = "\u00a0"


def pieces(text: str) -> list[tuple[bool, str]]:
    """Return the text in stretches: whether each is Liquid, and what it is. A text with Liquid that never ends has
    none."""
    try:
        spans = list(tokens(text, "body"))
    except TemplateError:
        spans = []
    found: list[tuple[bool, str]] = []
    position = 0
    for start, end in spans:
        found += [(False, text[position:start]), (True, text[start:end])]
        position = end
    found.append((False, text[position:]))
    return [(liquid, piece) for liquid, piece in found if piece]


def is_value(code: str) -> bool:
    """Return whether a text is one piece of Liquid and nothing else."""
    return [liquid for liquid, _ in pieces(code)] == [True]


def closed(text: str) -> str:
    """Return the text without signs of Liquid that begin nothing: styles are worked on as text, where no escape would
    hold."""
    found = "".join(piece if liquid else _BRACE.sub("", piece) for liquid, piece in pieces(text))
    return found if found == text else closed(found)


def plain(text: str) -> str:
    """Return plain words as HTML: no sign of HTML or Liquid in them means anything."""
    return _BRACE.sub("&#123;", escape(text)).replace(_NBSP, "&nbsp;")


def written(text: str) -> str:
    """Return words with Liquid in them as HTML, fit for an attribute's value too."""
    return "".join(piece if liquid else plain(piece) for liquid, piece in pieces(text))


def read_text(html: str) -> str:
    """Return the words that stand in HTML between tags."""
    return unescape(keep_ampersands(html))


def read_value(html: str) -> str:
    """Return the words of an attribute's value, as whoever wrote an address meant them."""
    return unescape_address(html)
