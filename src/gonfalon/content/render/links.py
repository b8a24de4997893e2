"""Finding an email's links and putting our marks in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Final
from urllib.parse import urlencode, urlsplit

from gonfalon.content.render.markup import ATTRIBUTE, unescape_address, value_of
from gonfalon.content.render.mjml import Masked
from gonfalon.content.render.model import Link, Report
from gonfalon.tracking.links.addresses import clean_address
from gonfalon.tracking.links.utm import tag_url

# Addresses of our own pages: never counted, never tagged, and the law wants them direct.
OWN_URLS: Final = frozenset(("unsubscribe_url", "preferences_url"))

# Outlook's drawings (VML) are links too: its buttons are made of them. A comment that no program reads has none.
_ANCHOR: Final = re.compile(
    r"<!--(?!\[if|-?>).*?-->|<(?P<name>a|area|v:[a-z]+)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE | re.DOTALL
)
_ENCODES: Final = re.compile(r"\|\s*url_encode\b")
_LABEL: Final = re.compile(r"<[^>]*>")
_OWN: Final = re.compile(r"\{\{-?\s*(unsubscribe_url|preferences_url)\b")
_SCHEMES: Final = ("https://", "http://")
_PLAIN: Final = ("mailto:", "tel:", "sms:")


@dataclass(slots=True)
class Found:
    """The links of an email, numbered from 1 in reading order."""

    masked: Masked
    utm: Mapping[str, str]
    report: Report
    part: str = "body"
    links: list[Link] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    _by_target: dict[str, int] = field(default_factory=dict)

    def choose(self, html: str) -> str:
        """Return `html` (masked) in which conditions around whole hrefs stand inside of one, where they make one
        link."""
        word = f"{self.masked.word.pattern.partition('(')[0]}[0-9]+z"
        choices = re.compile(
            rf"(?:(?:{word}\s*)+href\s*=\s*(?:\"[^\"]*\"|'[^']*')\s*){{2,}}{word}(?=[\s/>]|[a-z]+=)", re.IGNORECASE
        )
        piece = re.compile(rf"{word}|\"[^\"]*\"|'[^']*'", re.IGNORECASE)
        glued = re.compile(rf"({word})(?=[a-z-]+\s*=)", re.IGNORECASE)

        def joined(match: re.Match[str]) -> str:
            pieces = (
                each[1:-1].replace('"', "&quot;") if each[0] in "\"'" else each for each in piece.findall(match[0])
            )
            return f'href="{"".join(pieces)}"'

        return _ANCHOR.sub(lambda tag: glued.sub(r"\1 ", choices.sub(joined, tag[0])) if tag["name"] else tag[0], html)

    def mark_html(self, html: str) -> str:
        """Return `html` (masked) with each href replaced by the tag of its number."""

        def anchor(match: re.Match[str]) -> str:
            if not match["name"]:
                return match[0]
            label = self._label(html, match["name"], match.end())
            before = None

            def attribute(found: re.Match[str]) -> str:
                nonlocal before
                if found["name"].lower() != "href":
                    return found[0]
                # Only the first counts, unless conditions stand between them.
                again = before is not None and not self.masked.word.search(match[0], before, found.start("equals"))
                before = found.end()
                if again:
                    return found[0]
                marked = self.mark(value_of(found), label, unescape=unescape_address, escape=escape)
                return f'{found["name"]}{found["equals"]}"{marked}"'

            return ATTRIBUTE.sub(attribute, match[0])

        return _ANCHOR.sub(anchor, html)

    def mark_text(self, destination: str) -> str:
        """Return the mark for a link of the text part, with the number its destination has in the HTML."""
        return self.mark(destination, "", unescape=str, escape=str, again=True)

    def mark(
        self,
        written: str,
        label: str,
        *,
        unescape: Callable[[str], str],
        escape: Callable[[str], str],
        again: bool = False,
    ) -> str:
        """Return the text to write instead of a destination; `again` reuses the number of an earlier equal link."""
        destination = unescape(written).strip()
        liquid = self.masked.unmask(destination)
        if liquid == destination:
            return self._static(destination, label, escape, again=again)
        own = _OWN.match(liquid)
        if own:
            self.own.add(own[1])
            return written
        word = self.masked.word.search(destination)
        begins = destination[: word.start() if word else 0].lower()
        if begins.startswith((*_PLAIN, "#")):
            self._check_query(destination)
            return written
        if begins and not begins.startswith(_SCHEMES) and not _SCHEMES[0].startswith(begins):
            self._say_relative(liquid, destination)
            return "#"
        if begins.startswith("http://"):
            self._say_insecure(liquid, destination)
        self._check_query(destination)
        number = self._number(liquid, label, dynamic=True, again=again)
        query = f" {urlencode(self.utm)}" if self.utm else ""
        return f"{{% glink {number}{query} %}}{written}{{% endglink %}}"

    def _static(self, destination: str, label: str, escape: Callable[[str], str], *, again: bool) -> str:
        typed = destination
        try:
            destination = clean_address(typed)
            parts = urlsplit(destination)
        except ValueError:
            self.report.error(
                "link_invalid",
                f"The link “{typed[:80]}” is not an address.",
                self.part,
                self._line(typed),
                link=typed[:80],
            )
            return "#"
        if parts.scheme in ("mailto", "tel", "sms") or destination.startswith("#"):
            if destination == "#":
                sentence = f"The link “{label or '#'}” leads nowhere."
                self.report.warn("link_empty", sentence, self.part, self._line('"#"'), link=label or "#")
            return escape(destination)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            self._say_relative(destination, typed)
            return "#"
        if parts.scheme == "http":
            self._say_insecure(destination, typed)
        tagged = tag_url(destination, self.utm)
        number = self._number(tagged, label, dynamic=False, again=again)
        # A destination that holds Liquid's own signs must not be read as Liquid.
        safe = tagged.replace("{", "%7B").replace("}", "%7D")
        return f"{{% glink {number} %}}{escape(safe)}{{% endglink %}}"

    def _say_relative(self, link: str, written: str) -> None:
        self.report.error(
            "link_invalid",
            f"The link “{link[:80]}” must be a full address that begins with https://.",
            self.part,
            self._line(written),
            reason="link_relative",
            link=link[:80],
        )

    def _say_insecure(self, link: str, written: str) -> None:
        self.report.warn(
            "link_insecure",
            f"The link “{link[:80]}” is not encrypted; use https:// if the site has it.",
            self.part,
            self._line(written),
            link=link[:80],
        )

    def _line(self, written: str) -> int | None:
        """The author's line a link first stands in, whether its ampersands are written `&` or `&amp;`."""
        text = self.masked.text
        found = [place for place in (text.find(written), text.find(escape(written))) if place >= 0 and written]
        return text.count("\n", 0, min(found)) + 1 if found else None

    def _check_query(self, destination: str) -> None:
        """Warn of values in a query that nothing makes fit for one: an & in a name would end it."""
        begins = destination.find("?")
        for match in self.masked.word.finditer(destination, begins) if begins >= 0 else ():
            piece = self.masked.pieces[int(match[1])]
            if piece.startswith("{{") and not _ENCODES.search(piece):
                value = piece.strip("{-} ")
                self.report.warn(
                    "link_unescaped",
                    f"“{value}” stands in a link's query as it is; write {{{{ {value} | url_encode }}}}, "
                    "or an & or a blank in it breaks the link.",
                    self.part,
                    self.masked.lines[int(match[1])],
                    value=value[:100],
                )

    def _number(self, destination: str, label: str, *, dynamic: bool, again: bool) -> int:
        if again and destination in self._by_target:
            return self._by_target[destination]
        number = len(self.links) + 1
        self.links.append(Link(number, destination, label, dynamic))
        self._by_target.setdefault(destination, number)
        return number

    def _label(self, html: str, name: str, position: int) -> str:
        end = html.find(f"</{name}>", position)
        inner = html[position : end if 0 <= end < position + 2000 else position]
        alt = re.search(r"\salt=\"([^\"]*)\"", inner)
        text = unescape(_LABEL.sub(" ", inner)) or ""
        text = self.masked.word.sub("…", " ".join(text.split()))
        return (text or (unescape(alt[1]) if alt else ""))[:120]
