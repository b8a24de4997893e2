"""Two tags of our own that stand for a tracked link and for the open pixel in compiled text.

    {% glink 3 %}https://shop.example/{% endglink %}                  the same for everybody
    {% glink 4 utm_source=x %}https://…/{{ person.id }}{% endglink %}   differs by person

Authors cannot write them: their text is checked by an environment that does not have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final, TextIO
from urllib.parse import parse_qsl

from liquid.ast import BlockNode, Node
from liquid.context import RenderContext
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from gonfalon.content.render.markup import unescape_address
from gonfalon.tracking.links.addresses import clean_address
from gonfalon.tracking.links.utm import tag_url

_END: Final = frozenset(("endglink",))
_TRACKED: Final = ("http://", "https://")
_PLAIN: Final = ("mailto:", "tel:", "sms:")


class LinkNode(Node):
    """A link: its number, the text of its destination, and whether that differs by person."""

    __slots__ = ("block", "dynamic", "number", "utm")

    def __init__(self, token: Token, number: int, utm: Mapping[str, str], block: BlockNode, *, dynamic: bool) -> None:
        super().__init__(token)
        self.number = number
        self.utm = utm
        self.block = block
        self.dynamic = dynamic
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the address this message uses for the link."""
        inner = context.get_buffer(buffer)
        self.block.render(context, inner)
        urls = context.urls  # type: ignore[attr-defined]
        return buffer.write(self.address(inner.getvalue(), urls, html=context.autoescape))

    def address(self, written: str, urls: Any, *, html: bool) -> str:
        """Return the address for the destination as written (HTML-escaped in HTML), escaped again where needed."""
        destination = unescape_address(written) if html else written
        address = self.dynamic_address(destination, urls) if self.dynamic else self.static_address(destination, urls)
        return escape(address) if html else address

    def static_address(self, destination: str, urls: Any) -> str:
        """Return the tracked address, or the destination itself when this message is not tracked."""
        return destination if urls.click is None else f"{urls.click}{self.number}"

    def dynamic_address(self, destination: str, urls: Any) -> str:
        """Return the tracked address with the sealed destination; what is not a web address is not made a link."""
        destination = destination.strip()
        if destination.startswith((urls.unsubscribe, urls.preferences)):
            return destination  # never counted, however the author came by them
        lowered = destination[:8].lower()
        if not lowered.startswith(_TRACKED):
            return destination if lowered.startswith(_PLAIN) else "#"
        try:
            destination = tag_url(clean_address(destination), self.utm)
        except ValueError:
            return "#"
        if urls.click is None or urls.seal is None:
            return destination
        return f"{urls.click}{self.number}/{urls.seal(self.number, destination)}"

    def children(self, static_context: RenderContext, *, include_partials: bool = True) -> Iterable[Node]:
        """Return the destination's nodes."""
        return (self.block,)


class LinkTag(Tag):
    """`{% glink NUMBER [utm query] %}destination{% endglink %}`."""

    name = "glink"
    end = "endglink"

    def parse(self, stream: TokenStream) -> Node:
        """Parse the tag and its block."""
        token = stream.eat(TOKEN_TAG)
        words = stream.eat(TOKEN_EXPRESSION).value.split()
        block = get_parser(self.env).parse_block(stream, _END)
        stream.expect(TOKEN_TAG, value=self.end)
        utm = dict(parse_qsl(words[1])) if len(words) > 1 else {}
        dynamic = any(type(node).__name__ != "ContentNode" for node in block.nodes)
        return LinkNode(token, int(words[0]), utm, block, dynamic=dynamic)


class PixelNode(Node):
    """The picture of one point that tells when a message is opened; nothing without an address."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the picture."""
        return buffer.write(pixel(context.urls.open))  # type: ignore[attr-defined]


class PixelTag(Tag):
    """`{% gpixel %}`."""

    name = "gpixel"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Parse the tag."""
        return PixelNode(stream.current)


def pixel(address: str | None) -> str:
    """Return the HTML of the open pixel."""
    if address is None:
        return ""
    return (
        f'<img src="{escape(address)}" width="1" height="1" alt="" style="display:block;border:0;width:1px;height:1px">'
    )
