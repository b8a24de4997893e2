"""MJML to HTML with the Liquid tags kept, and errors that say where.

The MJML compiler knows nothing of Liquid, drops text between its elements, reports few positions and overflows
its stack on deep nesting. So: Liquid tokens are replaced by words (`Masked`) and put back afterwards; words that
stand between elements are wrapped in `mj-raw`; and the element structure is checked here first.
"""

from __future__ import annotations

import re
import secrets
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from mjml import mjml2html

from gonfalon.content.render import limits
from gonfalon.content.render.inlining import inline_styles
from gonfalon.content.render.liquid import tokens
from gonfalon.content.render.markup import ATTRIBUTE, TAG, attributes
from gonfalon.content.render.model import Report, TemplateError

GMAIL_CLIP_BYTES: Final = 102 * 1024

_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)

# Elements whose content is other elements; text between them would be lost.
_STRUCTURE: Final = frozenset(
    [
        "mjml",
        "mj-body",
        "mj-wrapper",
        "mj-section",
        "mj-group",
        "mj-column",
        "mj-hero",
        "mj-navbar",
        "mj-social",
        "mj-accordion",
        "mj-accordion-element",
        "mj-carousel",
    ]
)
_HEAD: Final = frozenset(
    [
        "mj-head",
        "mj-attributes",
        "mj-all",
        "mj-class",
        "mj-breakpoint",
        "mj-font",
        "mj-preview",
        "mj-style",
        "mj-title",
    ]
)
_CONTENT: Final = frozenset(
    [
        "mj-text",
        "mj-button",
        "mj-image",
        "mj-divider",
        "mj-spacer",
        "mj-table",
        "mj-raw",
        "mj-navbar-link",
        "mj-social-element",
        "mj-accordion-title",
        "mj-accordion-text",
        "mj-carousel-image",
    ]
)
_KNOWN: Final = _STRUCTURE | _HEAD | _CONTENT
_RAW_CONTENT: Final = frozenset(["mj-style", "mj-title", "mj-preview"])
_INLINE_STYLE: Final = re.compile(
    r"<mj-style\b(?=[^>]*\binline\s*=\s*[\"']?inline\b)[^>]*>(.*?)</mj-style\s*>", re.DOTALL | re.IGNORECASE
)
_STRAY: Final = re.compile(r"<(?![a-zA-Z/!?])")
_DASHES: Final = re.compile(r"-(?=-|$)")
_ENDS_P: Final = frozenset(
    "p div ul ol dl table hr blockquote pre section article h1 h2 h3 h4 h5 h6".split()  # noqa: SIM905
)
_ENDED_BY: Final = {
    "p": _ENDS_P, "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "td": {"td", "th", "tr"},
    "th": {"td", "th", "tr"}, "tr": {"tr"},
}  # fmt: skip
"""Elements whose end tag HTML does without, and what begins behind them."""
_UNENDED: Final = re.compile(r"<[a-zA-Z/!?]")


@dataclass(slots=True)
class Masked:
    """Text whose Liquid tokens are replaced by words made of letters and digits."""

    text: str
    word: re.Pattern[str]
    pieces: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def hide(self, piece: str, line: int) -> str:
        """Return a word for another piece of text that the compiler would trip over."""
        marker = self.word.pattern.partition("(")[0]
        self.pieces.append(piece)
        self.lines.append(line)
        return f"{marker}{len(self.pieces) - 1}z"

    def keep_braces(self, text: str) -> str:
        """Return `text` in which a brace that was written as a sign (`&#123;`) begins no Liquid."""
        marker = re.escape(self.word.pattern.partition("(")[0])
        return re.sub(rf"\{{(?=[{{%]|{marker})", lambda _: self.hide('{{ "{" }}', 0), text)

    def unmask(self, text: str) -> str:
        """Return `text` with the tokens back in their places."""
        return self.word.sub(lambda match: self.pieces[int(match[1])], text)

    def close_up(self, text: str) -> str:
        """Return `text` without the empty lines behind tags that stand alone, which would be left where they print
        nothing."""

        def tag(match: re.Match[str]) -> str:
            return match[1] if self.pieces[int(match[2])].startswith("{%") else match[0]

        return re.sub(rf"^({self.word.pattern})\n+", tag, text, flags=re.MULTILINE)

    def unmask_located(self, text: str) -> tuple[str, Lines]:
        """Return the same, and where in the result each token's source line is."""
        out: list[str] = []
        offsets: list[int] = []
        lines: list[int] = []
        position = size = 0
        for match in self.word.finditer(text):
            before, piece = text[position : match.start()], self.pieces[int(match[1])]
            out += (before, piece)
            size += len(before)
            offsets.append(size)
            lines.append(self.lines[int(match[1])])
            size += len(piece)
            position = match.end()
        out.append(text[position:])
        return "".join(out), Lines(tuple(offsets), tuple(lines))


@dataclass(frozen=True, slots=True)
class Lines:
    """Offsets of Liquid tokens in compiled text, with the line of the author's text each came from."""

    offsets: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()

    def at(self, offset: int) -> int | None:
        """Return the author's line for an offset in the compiled text."""
        found = bisect_right(self.offsets, offset) - 1
        return self.lines[found] if found >= 0 else None


def mask(source: str, part: str = "body") -> Masked:
    """Replace every Liquid token by a word that occurs nowhere else."""
    marker = f"Gfl{secrets.token_hex(4)}x"
    masked = Masked("", re.compile(rf"{marker}(\d+)z"))
    out: list[str] = []
    position = 0
    line = 1
    counted = 0
    for start, end in tokens(source, part):
        line += source.count("\n", counted, start)
        counted = start
        piece = source[start:end]
        out.append(source[position:start])
        # Line ends inside a token are kept, so that positions in the masked text are the author's.
        out.append(f"{marker}{len(masked.pieces)}z" + "\n" * piece.count("\n"))
        masked.pieces.append(piece)
        masked.lines.append(line)
        position = end
    out.append(source[position:])
    masked.text = "".join(out)
    return masked


def is_mjml(source: str) -> bool:
    """Return whether the author wrote MJML rather than HTML."""
    return re.search(r"<mjml[\s>]", source[:5000]) is not None


def to_html(masked: Masked, report: Report) -> str:
    """Return the HTML of masked MJML, still masked; raises TemplateError with a line."""
    prepared = _check_structure(masked, report)
    inline = "".join(match[1] for match in _INLINE_STYLE.finditer(prepared))
    try:
        # No web fonts: the default would load them from another company's server.
        html = mjml2html(_INLINE_STYLE.sub("", prepared), disable_comments=False, fonts={})
    except ValueError as error:
        raise _unreadable(str(error), prepared) from error
    return inline_styles(html, inline) if inline.strip() else html


def _check_structure(masked: Masked, report: Report) -> str:
    """Check nesting, names and accessibility; returns the text with stray words wrapped in `mj-raw`."""
    source = masked.text
    open_elements: list[tuple[str, int]] = []
    out: list[str] = []
    position = 0
    seen: set[str] = set()
    for match in TAG.finditer(source):
        between = source[position : match.start()]
        line = source.count("\n", 0, match.start()) + 1 if match["name"] else 0
        parent = open_elements[-1][0] if open_elements else ""
        if between:
            at = line or source.count("\n", 0, match.start()) + 1
            out.append(_between(_signs(between, parent, masked, at), parent, masked, report, line))
        position = match.end()
        name = (match["name"] or "").lower()
        if not name or (parent in _RAW_CONTENT and name != parent):
            out.append(_no_element(match[0], parent, masked, line))
            continue
        out += (_ended(name, bool(match["close"]), open_elements), _quoted(match))
        if name == "mj-include":
            raise TemplateError(
                "mjml_include",
                f"The email, line {line}: other files cannot be included; paste their content instead.",
                line=line,
            )
        if match["close"]:
            _close(name, open_elements, line)
            continue
        if name.startswith("mj") and name not in _KNOWN and name.startswith(("mj-", "mjml")):
            raise TemplateError(
                "mjml_invalid",
                f"The email, line {line}: there is no element <{name}>.",
                line=line,
                reason="element_unknown",
                name=name,
            )
        seen.add(name)
        if parent != "mj-attributes":
            _check_element(name, match["attributes"] or "", line, report)
        if not match["self"] and name not in _VOID:
            open_elements.append((name, line))
            if len(open_elements) > limits.ELEMENT_NESTING:
                raise TemplateError(
                    "mjml_invalid",
                    f"The email, line {line}: elements are nested too deeply.",
                    line=line,
                    reason="elements_deep",
                )
    if open_elements:
        name, line = open_elements[-1]
        raise TemplateError(
            "mjml_invalid",
            f"The email, line {line}: <{name}> is never closed.",
            line=line,
            reason="element_unclosed",
            name=name,
        )
    if "mj-body" not in seen:
        raise TemplateError("mjml_invalid", "The email has no <mj-body>.", reason="body_missing")
    if source[position:].strip():
        raise TemplateError(
            "mjml_invalid", "The email has text after </mjml>; move it inside or delete it.", reason="text_after"
        )
    return "".join(out)


def _ended(name: str, closing: bool, open_elements: list[tuple[str, int]]) -> str:
    """The end tags that HTML does without before this tag: `<li>` ends the item before it, `</ul>` the last one."""
    ended = ""
    names = [each for each, _ in open_elements]
    while names and names[-1] in _ENDED_BY:
        last = names[-1]
        over = last != name and name in names if closing else name in _ENDED_BY[last]
        if not over:
            break
        ended += f"</{last}>"
        names.pop()
        open_elements.pop()
    return ended


def _close(name: str, open_elements: list[tuple[str, int]], line: int) -> None:
    if open_elements and open_elements[-1][0] == name:
        open_elements.pop()
        return
    if name in _VOID:
        return
    if open_elements:
        opened, where = open_elements[-1]
        raise TemplateError(
            "mjml_invalid",
            f"The email, line {line}: </{name}> closes what <{opened}> in line {where} opened; close <{opened}> first.",
            line=line,
            reason="element_crossed",
            name=name,
            opened=opened,
            opened_line=where,
        )
    sentence = f"The email, line {line}: </{name}> closes nothing."
    raise TemplateError("mjml_invalid", sentence, line=line, reason="element_unopened", name=name)


def _signs(text: str, parent: str, masked: Masked, line: int) -> str:
    """Text in which a `<` that begins no element is one that the compiler takes as a sign, as browsers do."""
    if "<" not in text:
        return text
    if parent == "mj-style":
        return text.replace("<", masked.hide("<", line))
    found = _UNENDED.search(text)
    if found:
        where = line - text.count("\n", found.start())
        raise TemplateError(
            "mjml_invalid",
            f"The email, line {where}: “<” begins an element that does not end with “>”; "
            "close it, or write &lt; if it is a sign.",
            line=where,
            reason="sign_less",
        )
    return _STRAY.sub("&lt;", text)


def _no_element(written: str, parent: str, masked: Masked, line: int) -> str:
    """A comment, or a tag in what is text whatever it looks like; the compiler takes Outlook's as content only.

    What HTML does not know is undone: declarations are left out, a CDATA section is its content.
    """
    if parent in _RAW_CONTENT:
        return masked.hide("<", line) + written[1:]
    if written.startswith("<![CDATA["):
        return _STRAY.sub("&lt;", written[9:-3])
    if not written.startswith("<!--"):
        return "\n" * written.count("\n")
    if not written.startswith("<!--["):
        return f"<!--{_DASHES.sub('- ', written[4:-3])}-->"
    outlook = parent in _STRUCTURE and re.match(r"<!--\[if[^>]*\]>(?!<!-->)", written)
    return f"<mj-raw>{written}</mj-raw>" if outlook else written


def _quoted(match: re.Match[str]) -> str:
    """The tag with quotes around all values: HTML does without, the compiler cannot."""
    written = match["attributes"]
    if not written or match["close"]:
        return match[0]
    values = ATTRIBUTE.sub(
        lambda each: each[0] if each["bare"] is None else f'{each["name"]}{each["equals"]}"{each["bare"]}"', written
    )
    return match[0] if values == written else f"<{match['name']}{values}{match['self'] or ''}>"


def _between(text: str, parent: str, masked: Masked, report: Report, line: int) -> str:
    if parent not in _STRUCTURE or not text.strip():
        return text
    if masked.word.sub("", text).strip():
        lost = masked.word.sub("", text).strip()[:40]
        report.warn(
            "text_lost",
            f"“{lost}” stands between elements and will not be shown; put it into <mj-text>.",
            line=line or None,
            text=lost,
        )
    return masked.word.sub(lambda match: f"<mj-raw>{match[0]}</mj-raw>", masked.word.sub(r"\g<0>", text))


def _check_element(name: str, written: str, line: int, report: Report) -> None:
    given = dict(attributes(written))
    if name in ("mj-image", "img") and "alt" not in given:
        report.warn(
            "alt_missing", 'This image has no alt text; describe it, or write alt="" if it is decoration.', line=line
        )
    if name == "mjml" and not given.get("lang"):
        report.warn(
            "lang_missing",
            'The email does not say its language; write <mjml lang="en"> so that screen readers speak it right.',
            line=line,
        )
    if name == "mj-button" and not given.get("href"):
        report.warn("link_empty", "This button leads nowhere; give it an href.", line=line, reason="button_empty")
    if name == "mj-font":
        report.warn("font_remote", "Web fonts load from another server and most mail programs ignore them.", line=line)


_POSITION: Final = re.compile(r"at position (\d+):")


def _unreadable(message: str, source: str) -> TemplateError:
    found = _POSITION.search(message)
    text = message.replace(" in root template", "").split(" at position")[0]
    line = source.encode().count(b"\n", 0, int(found[1])) + 1 if found else None
    where = f"The email, line {line}: the" if line else "The"
    sentence = f"{where} MJML cannot be read ({text})."
    return TemplateError("mjml_invalid", sentence, line=line, reason="mjml_other", message=text)
