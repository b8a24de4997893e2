"""An email compiled once and rendered for each person.

Compile: mask the Liquid, MJML to HTML, number the links, make the text part, put the Liquid back, parse, build
the programs. Render: run three programs over one dictionary and join the pieces.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

import msgspec
from liquid.builtin.content import ContentNode
from liquid.exceptions import LiquidError, LiquidInterrupt

from gonfalon.content.render import limits
from gonfalon.content.render.encoding import UTF8, Encoding
from gonfalon.content.render.fast import RUN, Run, State, compile_program
from gonfalon.content.render.links import Found
from gonfalon.content.render.liquid import FencedTemplate, environment, parse, run_library
from gonfalon.content.render.mjml import GMAIL_CLIP_BYTES, Lines, Masked, is_mjml, mask, to_html
from gonfalon.content.render.model import FieldUse, Link, Problem, Report, Source, Style, TemplateError
from gonfalon.content.render.text import html_to_text
from gonfalon.content.render.uses import find_uses
from gonfalon.tracking.links.urls import MessageUrls

_FAILURES: Final = (
    LiquidError, LiquidInterrupt, RecursionError, TypeError, ValueError, ArithmeticError, AssertionError, LookupError,
)  # fmt: skip
_PREHEADER_STYLE: Final = (
    "display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all"
)
_PLAIN_STYLE: Final = Style()
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")
# Invisible characters that keep mail programs from showing the body's beginning after a short preheader.
_PREHEADER_FILL: Final = "&#847;&zwnj;&nbsp;" * 40


class RenderedEmail(msgspec.Struct, frozen=True):
    """One person's message: subject and preheader as text, the two bodies encoded.

    `gaps` are the fields that would have been printed but were missing, in order, repeated as they occur.
    """

    subject: str
    preheader: str
    html: bytes
    text: bytes
    gaps: tuple[str, ...]


class Part:
    """A compiled piece of the email: the library's tree and, where possible, the fast program."""

    __slots__ = ("encoding", "fixed", "lines", "name", "program", "template")

    def __init__(
        self, name: str, template: FencedTemplate, encoding: Encoding | None, lines: Lines | None = None
    ) -> None:
        self.name = name
        self.template = template
        self.encoding = encoding
        self.lines = lines
        self.program: Run | None = compile_program(template, encoding)
        self.fixed: Any = None
        if all(isinstance(node, ContentNode) for node in template.nodes):  # nothing differs by person
            text = "".join(node.text for node in template.nodes if isinstance(node, ContentNode))
            self.fixed = text if encoding is None else encoding.static(text)

    def with_encoding(self, encoding: Encoding) -> Part:
        """The same part in another transfer encoding."""
        return Part(self.name, self.template, encoding, self.lines)

    def render(self, fields: Mapping[str, object], state: State) -> Any:
        """Bytes of the encoding, or text without one; raises TemplateError."""
        if self.fixed is not None:
            return self.fixed
        scope: dict[Any, Any] = {**fields, RUN: state}
        if self.program is not None:
            pieces: list[Any] = []
            known = len(state.gaps)
            try:
                self.program(scope, pieces.append)
                joined = ("" if self.encoding is None else b"").join(pieces)
                if len(joined) <= limits.OUTPUT_BYTES:
                    return joined
            except _FAILURES:
                pass
            del state.gaps[known:]
        return self._by_library(fields, state)

    def _by_library(self, fields: Mapping[str, object], state: State) -> Any:
        try:
            text, gaps = run_library(self.template, fields, state.urls, self.name)
        except TemplateError as error:
            raise self._relocated(error) from error
        state.gaps.extend(gaps)
        return text if self.encoding is None else self.encoding.value(text)

    def _relocated(self, error: TemplateError) -> TemplateError:
        """The error with the author's line instead of the compiled text's."""
        cause = error.__cause__
        token = getattr(cause, "token", None)
        if self.lines is None or error.line is None or token is None:
            return error
        line = self.lines.at(token.start_index)
        sentence = error.sentence.replace(f", line {error.line}", f", line {line}" if line else "", 1)
        return TemplateError(error.code, sentence, self.name, line, reason=error.reason, **error.values)


@dataclass(frozen=True, slots=True)
class CompiledEmail:
    """An email ready to be rendered any number of times; immutable and safe to share between threads."""

    subject: Part
    preheader: Part
    html: Part
    text: Part
    links: tuple[Link, ...]
    uses: tuple[FieldUse, ...]
    problems: tuple[Problem, ...]
    html_bytes: int

    def with_encoding(self, encoding: Encoding) -> CompiledEmail:
        """The same email whose bodies come out in a content transfer encoding (compiles anew: milliseconds)."""
        return CompiledEmail(
            self.subject, self.preheader, self.html.with_encoding(encoding), self.text.with_encoding(encoding),
            self.links, self.uses, self.problems, self.html_bytes,
        )  # fmt: skip

    def render(self, fields: Mapping[str, object], urls: MessageUrls) -> RenderedEmail:
        """The message of one person; `fields` are plain values (text, numbers, booleans, lists, mappings).

        Raises TemplateError when the template cannot be rendered with these values.
        """
        given = {**fields, "unsubscribe_url": urls.unsubscribe, "preferences_url": urls.preferences}
        state = State(urls)
        return RenderedEmail(
            _one_line(self.subject.render(given, state)),
            _one_line(self.preheader.render(given, state)),
            self.html.render(given, state),
            self.text.render(given, state),
            tuple(state.gaps),
        )


def compile_email(
    source: Source,
    style: Style = _PLAIN_STYLE,
    *,
    utm: Mapping[str, str] | None = None,
    encoding: Encoding = UTF8,
) -> CompiledEmail:
    """Compile an email; raises TemplateError for what cannot be used, and lists lesser problems.

    `utm` are the parameters (`Utm.parameters()`) to add to every link that does not have them.
    A 10 KB email takes about 10 ms.
    """
    report = Report()
    author, author_text = environment(style, html=True), environment(style, html=False)
    subject = parse(source.subject, author_text, "subject")
    preheader = parse(source.preheader, author_text, "preheader")
    body = parse(source.body, author, "body")
    uses = [*find_uses(subject, "subject"), *find_uses(preheader, "preheader"), *find_uses(body, "body")]
    if source.text:
        uses += find_uses(parse(source.text, author_text, "text"), "text")

    masked = mask(source.body)
    html = to_html(masked, report) if is_mjml(source.body) else _checked_html(masked, report)
    found = Found(masked, utm or {}, report)
    marked = found.mark_html(html)
    written = _text_part(source, html, found)
    marked = _with_extras(marked, source.preheader)

    located, lines = masked.unmask_located(marked)
    html_template = parse(located, environment(style, html=True, links=True), "body", compiled=True)
    text_template = parse(written, environment(style, html=False, links=True), "text", compiled=True)
    size = len(located.encode())
    _check_whole(source, found, size, report)
    return CompiledEmail(
        Part("subject", subject, None),
        Part("preheader", preheader, None),
        Part("body", html_template, encoding, lines),
        Part("text", text_template, encoding),
        tuple(found.links),
        tuple(uses),
        tuple(dict.fromkeys(report.problems)),  # the HTML and the text part have the same links
        size,
    )


@functools.lru_cache(maxsize=64)
def cached_email(source: Source, style: Style, utm: tuple[tuple[str, str], ...] = ()) -> CompiledEmail:
    """`compile_email`, remembered: previews ask for the same text again and again."""
    return compile_email(source, style, utm=dict(utm))


def _checked_html(masked: Masked, report: Report) -> str:
    if "<body" not in masked.text.lower():
        return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{masked.text}</body></html>'
    return masked.text


def _text_part(source: Source, html: str, found: Found) -> str:
    """The text part as Liquid: the author's own, or made from the HTML; its links share the HTML's numbers."""
    if not source.text:
        written = found.masked.close_up(html_to_text(html, found.mark_text))
        return found.masked.unmask(written)
    own = mask(source.text, "text")
    marked = replace(found, masked=own)
    return own.unmask(_ADDRESS.sub(lambda match: marked.mark_text(match[0]), own.text))


def _with_extras(html: str, preheader: str) -> str:
    """Put the hidden preheader first and the open pixel last in the body."""
    if preheader:
        hidden = mask(preheader, "preheader")
        shown = hidden.unmask(escape(hidden.text))
        html = _after_body(html, f'<div style="{_PREHEADER_STYLE}">{shown}{_PREHEADER_FILL}</div>')
    position = html.lower().rfind("</body>")
    return f"{html[:position]}{{% gpixel %}}{html[position:]}" if position >= 0 else html + "{% gpixel %}"


def _after_body(html: str, piece: str) -> str:
    start = html.lower().find("<body")
    end = html.find(">", start) + 1
    return html[:end] + piece + html[end:]


def _check_whole(source: Source, found: Found, size: int, report: Report) -> None:
    if not found.own and not any(name in source.body for name in ("unsubscribe_url", "preferences_url")):
        report.error(
            "unsubscribe_missing",
            "The email has no unsubscribe link; put {{ unsubscribe_url }} or {{ preferences_url }} "
            "behind a visible link.",
        )
    if size > GMAIL_CLIP_BYTES:
        report.warn(
            "html_large",
            f"The email is {size // 1024} KB; Gmail cuts messages after 102 KB and hides the unsubscribe link.",
            size=size // 1024,
        )
    if not source.subject.strip():
        report.error("subject_missing", "The subject is empty.", "subject")
    elif len(source.subject) > 120 and "{" not in source.subject:
        report.warn("subject_long", "The subject is longer than 120 characters; most inboxes show about 60.", "subject")


def _one_line(text: str) -> str:
    return " ".join(text.split())
