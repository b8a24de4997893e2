"""An email compiled once and rendered for each person.

Compile: mask the Liquid, MJML to HTML, number the links, make the text part, put the Liquid back, parse, build
the programs. Render: run three programs over one dictionary and join the pieces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import islice
from typing import Any, Final

import msgspec
from liquid.builtin.content import ContentNode
from liquid.exceptions import LiquidError, LiquidInterrupt

from gonfalon.content.render import limits
from gonfalon.content.render.encoding import UTF8, Encoding
from gonfalon.content.render.fast import RUN, Run, State, compile_program
from gonfalon.content.render.foreign import Sign, signs
from gonfalon.content.render.inlining import inline_styles
from gonfalon.content.render.links import Found
from gonfalon.content.render.liquid import (
    FencedEnvironment,
    FencedTemplate,
    environment,
    explain,
    parse,
    run_library,
    tokens,
)
from gonfalon.content.render.markup import keep_ampersands, unended
from gonfalon.content.render.mjml import GMAIL_CLIP_BYTES, Lines, Masked, is_mjml, mask, to_html
from gonfalon.content.render.model import FieldUse, Link, Report, Source, Style, TemplateError, TemplateProblem
from gonfalon.content.render.text import html_to_text
from gonfalon.content.render.uses import find_uses
from gonfalon.tracking.links.urls import MessageUrls

_FAILURES: Final = (
    LiquidError, LiquidInterrupt, RecursionError, TypeError, ValueError, ArithmeticError, AssertionError, LookupError,
)  # fmt: skip
_MOST_SIGNS: Final = 50
_PREHEADER_STYLE: Final = (
    "display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all"
)
_PLAIN_STYLE: Final = Style()
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"“”«»。，；：！？、（）【】《》]+", re.IGNORECASE)
_TAG: Final = re.compile(r"\{%.*?%\}")
_BEHIND: Final = ".,;:!?'’…*_"
_CLOSERS: Final = {")": "(", "]": "[", "}": "{"}
"""Brackets that close, and what opens them."""
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
        """Return the same part in another transfer encoding."""
        return Part(self.name, self.template, encoding, self.lines)

    def render(self, fields: Mapping[str, object], state: State) -> Any:
        """Return bytes of the encoding, or text without one; raises TemplateError."""
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
    problems: tuple[TemplateProblem, ...]
    html_bytes: int

    def with_encoding(self, encoding: Encoding) -> CompiledEmail:
        """Return the same email whose bodies come out in a content transfer encoding (compiles anew: milliseconds)."""
        return CompiledEmail(
            self.subject, self.preheader, self.html.with_encoding(encoding), self.text.with_encoding(encoding),
            self.links, self.uses, self.problems, self.html_bytes,
        )  # fmt: skip

    def render(self, fields: Mapping[str, object], urls: MessageUrls) -> RenderedEmail:
        """Return the message of one person; `fields` are plain values (text, numbers, booleans, lists, mappings).

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


@dataclass(frozen=True, slots=True)
class Draft:
    """An email worked out as far as it is the same in every process: Liquid with numbered links, and what was found.

    `html` and `text` are ours, made of an author's text that was measured; `lines` leads back to it.
    """

    subject: str
    preheader: str
    html: str
    text: str
    lines: Lines
    links: tuple[Link, ...]
    uses: tuple[FieldUse, ...]
    problems: tuple[TemplateProblem, ...]
    html_bytes: int


def compile_email(
    source: Source,
    style: Style = _PLAIN_STYLE,
    *,
    utm: Mapping[str, str] | None = None,
    encoding: Encoding = UTF8,
) -> CompiledEmail:
    """Compile an email; raises TemplateError for what cannot be used, and lists lesser problems.

    `utm` are the parameters (`Utm.parameters()`) to add to every link that does not have them.
    A 10 KB email takes about 10 ms. Whoever serves others asks `bench.py`, which drafts in a child process: MJML and
    style sheets may be made to take any time and memory.
    """
    return finish_email(draft_email(source, style, utm or {}), style, encoding)


def draft_email(source: Source, style: Style, utm: Mapping[str, str]) -> Draft:
    """Return everything of compiling that reads foreign formats: MJML, HTML, style sheets. Raises TemplateError."""
    try:
        return _draft(source, style, utm)
    except RecursionError as error:
        raise explain(error, "body") from error


def finish_email(draft: Draft, style: Style, encoding: Encoding = UTF8) -> CompiledEmail:
    """Return the programs of a draft."""
    author_text = environment(style, html=False)
    html = parse(draft.html, environment(style, html=True, links=True), "body", compiled=True)
    text = parse(draft.text, environment(style, html=False, links=True), "text", compiled=True)
    return CompiledEmail(
        Part("subject", parse(draft.subject, author_text, "subject"), None),
        Part("preheader", parse(draft.preheader, author_text, "preheader"), None),
        Part("body", html, encoding, draft.lines),
        Part("text", text, encoding),
        draft.links,
        draft.uses,
        draft.problems,
        draft.html_bytes,
    )


def _draft(source: Source, style: Style, utm: Mapping[str, str]) -> Draft:
    report = Report()
    author, author_text = environment(style, html=True), environment(style, html=False)
    subject = _read(source.subject, author_text, "subject", report)
    preheader = _read(source.preheader, author_text, "preheader", report)
    body = _read(source.body, author, "body", report)
    uses = [*find_uses(subject, "subject"), *find_uses(preheader, "preheader"), *find_uses(body, "body")]
    if source.text:
        uses += find_uses(_read(source.text, author_text, "text", report), "text")

    masked = mask(source.body)
    html = keep_ampersands(to_html(masked, report) if is_mjml(source.body) else _checked_html(masked, report))
    found = Found(masked, utm, report)
    html = found.choose(html)
    marked = found.mark_html(html)
    written = _text_part(source, html, found)
    marked = _with_extras(marked, source.preheader)
    located, lines = masked.unmask_located(marked)
    size = len(located.encode())
    _check_whole(source, found, size, report)
    return Draft(
        source.subject,
        source.preheader,
        located,
        written,
        lines,
        tuple(found.links),
        tuple(uses),
        tuple(dict.fromkeys(report.problems)),  # the HTML and the text part have the same links
        size,
    )


def _read(text: str, env: FencedEnvironment, part: str, report: Report) -> FencedTemplate:
    """The parsed text, with a warning for what other tools would have filled in; raises TemplateError."""
    try:
        template = parse(text, env, part)
    except TemplateError as error:
        for sign, line in _signs(text, part):
            if sign.liquid and line == error.line:
                raise TemplateError(
                    error.code, _of_tool(sign), part, line, reason=_reason(sign), **_named(sign)
                ) from error
        raise
    for sign, line in _signs(text, part):
        report.warn("foreign_tag", _of_tool(sign), part, line, reason=_reason(sign), **_named(sign))
    return template


def _signs(text: str, part: str) -> list[tuple[Sign, int]]:
    """The first signs of other tools with their lines; none in a text whose Liquid has no end."""
    try:
        known = list(tokens(text, part))
    except TemplateError:
        return []
    return [(sign, text.count("\n", 0, sign.start) + 1) for sign in islice(signs(text, known), _MOST_SIGNS)]


def _reason(sign: Sign) -> str:
    return "foreign_value" if sign.liquid else "foreign_tag" if sign.tool else "foreign_any"


def _named(sign: Sign) -> dict[str, str | int]:
    return {"tag": sign.tag, "tool": sign.tool} if sign.tool else {"tag": sign.tag}


def _of_tool(sign: Sign) -> str:
    here = "here it means nothing" if sign.liquid else "here it is sent as it stands"
    tool = sign.tool or "another tool"
    return f"“{sign.tag}” is written for {tool}; {here}. Use {{{{ person.first_name }}}} or the like."


def _checked_html(masked: Masked, report: Report) -> str:
    html = masked.text
    wrong = unended(html)
    if wrong is not None:
        sentence = "“<” begins an element that does not end with “>”; close it, or write &lt; if it is a sign."
        report.warn("html_invalid", sentence, line=html.count("\n", 0, wrong) + 1, reason="sign_less")
    if "<body" not in html.lower():
        html = f'<!doctype html><html><head><meta charset="utf-8"></head><body>{html}</body></html>'
    return inline_styles(html) if "<style" in html.lower() else html


def _text_part(source: Source, html: str, found: Found) -> str:
    """The text part as Liquid: the author's own, or made from the HTML; its links share the HTML's numbers."""
    if not source.text:
        written = found.masked.close_up(html_to_text(html, lambda url: _TAG.sub(_hidden(found), found.mark_text(url))))
        return found.masked.unmask(found.masked.keep_braces(written))
    own = mask(source.text, "text")
    marked = replace(found, masked=own, part="text")
    return own.unmask(_ADDRESS.sub(lambda match: _in_text(match[0], marked.mark_text), own.text))


def _hidden(found: Found) -> Callable[[re.Match[str]], str]:
    """Hides our own tags of links, so that their braces are not taken for signs."""
    return lambda tag: found.masked.hide(tag[0], 0)


def _in_text(written: str, mark: Callable[[str], str]) -> str:
    """The mark of an address in a text, and what stands behind it: a bracket belongs to it if it opens there, too."""
    address = written
    while address and (address[-1] in _BEHIND or (address[-1] in _CLOSERS and not _opened(address))):
        address = address[:-1]
    return mark(address) + written[len(address) :]


def _opened(address: str) -> bool:
    closer = address[-1]
    return address.count(_CLOSERS[closer]) >= address.count(closer)


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
