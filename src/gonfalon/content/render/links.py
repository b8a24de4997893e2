"""Finding an email's links and putting our marks in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Final
from urllib.parse import urlencode, urlsplit

from gonfalon.content.render.mjml import Masked
from gonfalon.content.render.model import Link, Report
from gonfalon.tracking.links.utm import tag_url

# Addresses of our own pages: never counted, never tagged, and the law wants them direct.
OWN_URLS: Final = frozenset(("unsubscribe_url", "preferences_url"))

_ANCHOR: Final = re.compile(r"<(?:a|area)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_HREF: Final = re.compile(r"(\shref\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_LABEL: Final = re.compile(r"<[^>]*>")
_OWN: Final = re.compile(r"\{\{-?\s*(\w+)\s*-?\}\}")
_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


@dataclass(slots=True)
class Found:
    """The links of an email, numbered from 1 in reading order."""

    masked: Masked
    utm: Mapping[str, str]
    report: Report
    links: list[Link] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    _by_target: dict[str, int] = field(default_factory=dict)

    def mark_html(self, html: str) -> str:
        """`html` (masked) with each href replaced by the tag of its number."""

        def anchor(match: re.Match[str]) -> str:
            label = self._label(html, match.end())
            return _HREF.sub(lambda href: self._href(href, label), match[0], count=1)

        return _ANCHOR.sub(anchor, html)

    def mark_text(self, destination: str) -> str:
        """The mark for a link of the text part, with the number its destination has in the HTML."""
        return self.mark(destination, "", unescape=str, escape=str, again=True)

    def _href(self, match: re.Match[str], label: str) -> str:
        written = match[2] if match[2] is not None else match[3]
        return f'{match[1]}"{self.mark(written, label, unescape=unescape, escape=escape)}"'

    def mark(
        self,
        written: str,
        label: str,
        *,
        unescape: Callable[[str], str],
        escape: Callable[[str], str],
        again: bool = False,
    ) -> str:
        """The text to write instead of a destination; `again` reuses the number of an earlier equal link."""
        destination = unescape(written).strip()
        liquid = self.masked.unmask(destination)
        if liquid == destination:
            return self._static(destination, written, label, escape, again=again)
        own = _OWN.fullmatch(liquid)
        if own and own[1] in OWN_URLS:
            self.own.add(own[1])
            return written
        start = self.masked.word.match(destination)
        scheme = _SCHEME.match(destination) if not start else None
        if scheme and scheme[1].lower() not in ("http", "https"):
            return written
        number = self._number(liquid, label, dynamic=True, again=again)
        query = f" {urlencode(self.utm)}" if self.utm else ""
        return f"{{% glink {number}{query} %}}{written}{{% endglink %}}"

    def _static(self, destination: str, written: str, label: str, escape: Callable[[str], str], *, again: bool) -> str:
        try:
            parts = urlsplit(destination)
        except ValueError:
            self.report.error(
                "link_invalid", f"The link “{destination[:80]}” is not an address.", link=destination[:80]
            )
            return "#"
        if parts.scheme in ("mailto", "tel", "sms") or destination.startswith("#"):
            if destination == "#":
                self.report.warn("link_empty", f"The link “{label or '#'}” leads nowhere.", link=label or "#")
            return written
        if parts.scheme not in ("http", "https") or not parts.netloc:
            self.report.error(
                "link_invalid",
                f"The link “{destination[:80]}” must be a full address that begins with https://.",
                reason="link_relative",
                link=destination[:80],
            )
            return "#"
        if parts.scheme == "http":
            self.report.warn(
                "link_insecure",
                f"The link “{destination[:80]}” is not encrypted; use https:// if the site has it.",
                link=destination[:80],
            )
        tagged = tag_url(destination, self.utm)
        number = self._number(tagged, label, dynamic=False, again=again)
        # A destination that holds Liquid's own signs must not be read as Liquid.
        safe = tagged.replace("{", "%7B").replace("}", "%7D")
        return f"{{% glink {number} %}}{escape(safe)}{{% endglink %}}"

    def _number(self, destination: str, label: str, *, dynamic: bool, again: bool) -> int:
        if again and destination in self._by_target:
            return self._by_target[destination]
        number = len(self.links) + 1
        self.links.append(Link(number, destination, label, dynamic))
        self._by_target.setdefault(destination, number)
        return number

    def _label(self, html: str, position: int) -> str:
        end = html.find("</a>", position)
        inner = html[position : end if 0 <= end < position + 2000 else position]
        alt = re.search(r"\salt=\"([^\"]*)\"", inner)
        text = unescape(_LABEL.sub(" ", inner)) or ""
        text = self.masked.word.sub("…", " ".join(text.split()))
        return (text or (unescape(alt[1]) if alt else ""))[:120]
