"""The text part made from the HTML: readable, in order, with its links.

A tokenising parser on purpose: a tree parser would move the Liquid words that stand between table rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Final

from gonfalon.content.render.markup import attributes, unescape_address

_BLOCKS: Final = frozenset(
    ["p", "div", "table", "tr", "ul", "ol", "section", "article", "header", "footer", "blockquote", "center"]
)
_HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SKIPPED: Final = frozenset(["style", "script", "head", "title", "noscript"])
_SPACES: Final = re.compile(r"[ \t\r\f\v\u00a0\u200c\u200b\u034f]+")


class _Writer(HTMLParser):
    def __init__(self, mark: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.mark = mark
        self.out: list[str] = []
        self.skipping = 0
        self.links: list[tuple[str, int]] = []
        self.said = 0  # pieces after which an address has just been said: what follows keeps its distance

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _SKIPPED:
            self.skipping += 1
        elif tag == "br":
            self.out.append("\n")
        elif tag in _HEADINGS or tag == "p":
            self.out.append("\n\n")
        elif tag in _BLOCKS:
            self.out.append("\n")
        elif tag in ("td", "th"):
            self.out.append(" ")
        elif tag == "li":
            self.out.append("\n- ")
        elif tag == "hr":
            self.out.append("\n\n----\n\n")
        elif tag == "img" and given.get("alt"):
            self.out.append(given["alt"] or "")
        elif tag == "a":
            found = attributes(self.get_starttag_text() or "")
            written = next((value for name, value in found if name == "href"), "")
            if len(self.out) == self.said:
                self.out.append(" ")
            self.links.append((unescape_address(written).strip(), len(self.out)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag in _HEADINGS or tag in ("p", "table", "ul", "ol"):
            self.out.append("\n\n")
        elif tag in _BLOCKS:
            self.out.append("\n")
        elif tag == "a" and self.links:
            href, begin = self.links.pop()
            label = _SPACES.sub(" ", "".join(self.out[begin:])).strip(" \n→›»:")
            if href and not href.startswith("#"):
                del self.out[begin:]
                bare = _bare(href)
                address = self.mark(href) if bare == href else bare
                self.out.append(f"{label}: {address}" if label and address and label != bare else address or label)
                self.said = len(self.out)

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            if len(self.out) == self.said and data[:1].isalnum():
                self.out.append(" ")
            self.out.append(_SPACES.sub(" ", data.replace("\n", " ")))


def _bare(href: str) -> str:
    """What a reader writes to or calls, of a link to it; other addresses as they are."""
    scheme, colon, rest = href.partition(":")
    plain = colon and scheme.lower() in ("mailto", "tel", "sms")
    return rest.partition("?")[0] if plain else href


def html_to_text(html: str, mark: Callable[[str], str] = str) -> str:
    """Return the readable text of an HTML body; `mark` turns each address into what stands for it.

    Masked Liquid words come through in order.
    """
    writer = _Writer(mark)
    writer.feed(html)
    writer.close()
    lines = [_SPACES.sub(" ", line).strip() for line in "".join(writer.out).split("\n")]
    text = "\n".join(lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
