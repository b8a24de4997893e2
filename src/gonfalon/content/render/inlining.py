"""Style sheets written onto the elements they are for, since many mail programs drop style sheets.

css-inline finds which rule is for which element; only its answer is taken, so that the author's HTML stays as it is,
Liquid between table rows and Outlook's comments included. What cannot stand on an element (media queries, :hover)
stays in the head and insists (`!important`), or the styles on the elements would win over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from gonfalon.content.render.markup import ATTRIBUTE, TAG, attributes, unescape_address, value_of

_MARK: Final = "data-gfl-place"
_MARKED: Final = re.compile(
    rf"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*\s{_MARK}=\"(\d+)\"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
)
_UNSTYLED: Final = frozenset(("html", "head", "title", "meta", "base", "link", "style", "script"))
_SHEET: Final = re.compile(r"(<style\b[^>]*>)(.*?)(</style\s*>)", re.DOTALL | re.IGNORECASE)
_EVERYWHERE: Final = frozenset(("", "all", "screen"))
_PROGRAMS: Final = re.compile(
    r"\[\s*(?:data-og|owa|office365|yahoo|class\s*[~^*]?=\s*[\"']?x_)|\bu\s*\+|#outlook\b|\.(?:external|read)class\b"
    r"|#messageview|#messagewebview|\.moz-text-html",
    re.IGNORECASE,
)
"""Selectors that are true in one mail program only, such as Outlook's dark mode, and for no element until then."""
_REMARK: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION: Final = re.compile(r"((?:[^;\"'(]|\"[^\"]*\"|'[^']*'|\([^)]*\))+)(;|$)", re.DOTALL)
_GROUPS: Final = ("@media", "@supports")


def inline_styles(html: str, extra: str = "") -> str:
    """Return the HTML with the rules of its style sheets on its elements; with `extra`, with that sheet's rules
    alone."""
    styles = _styles(html, extra)

    def styled(match: re.Match[str]) -> str:
        style = styles.get(match.start())
        return match[0] if style is None else _with_style(match[0], style)

    written = TAG.sub(styled, html) if styles else html
    if not extra:
        return _SHEET.sub(lambda sheet: f"{sheet[1]}{_left(sheet[1], sheet[2])}{sheet[3]}", written)
    left = insisting(extra, plain=False)
    return _into_head(written, f'<style type="text/css">{left}</style>') if left else written


def _left(tag: str, sheet: str) -> str:
    """What of a style element stays in the head: of one for a certain medium everything, and all of it insists."""
    if not _for_some(tag):
        return insisting(sheet)
    return "".join(_insist(*rule) for rule in _rules(_REMARK.sub("", sheet)))


def _for_some(tag: str) -> bool:
    return dict(attributes(tag)).get("media", "").strip().lower() not in _EVERYWHERE


def insisting(sheet: str, *, plain: bool = True) -> str:
    """Return the sheet with `!important` in rules that cannot stand on elements; without the other rules unless
    `plain`."""
    found = list(_rules(_REMARK.sub("", sheet)))
    if not any(_lasting(prelude) for prelude, _ in found):
        return sheet if plain else ""
    return "".join(
        _insist(*rule) if _lasting(rule[0]) or rule[1] is None else f"{rule[0]}{{{rule[1]}}}"
        for rule in found
        if plain or _lasting(rule[0])
    )


def _insist(prelude: str, body: str | None) -> str:
    """A rule whose declarations insist, and those of the rules inside of a group."""
    if body is None:
        return prelude
    if prelude.strip().lower().startswith(_GROUPS):
        return f"{prelude}{{{''.join(_insist(*rule) for rule in _rules(body))}}}"
    return f"{prelude}{{{body if '@' in prelude else _DECLARATION.sub(_important, body)}}}"


def _important(match: re.Match[str]) -> str:
    said = match[1].rstrip()
    if ":" not in said or said.lower().endswith("!important"):
        return match[0]
    return f"{said} !important{match[2]}"


def _lasting(prelude: str) -> bool:
    return ":" in prelude or prelude.strip().startswith("@") or _PROGRAMS.search(prelude) is not None


def _rules(sheet: str) -> Iterator[tuple[str, str | None]]:
    """Each rule's beginning and what its braces hold; None for statements and for what ends the sheet."""
    start = position = 0
    while position < len(sheet):
        sign = sheet[position]
        if sign == "{":
            end = _closing(sheet, position)
            yield sheet[start:position], sheet[position + 1 : end]
            start = end + 1
            position = end
        elif sign == ";" and sheet[start:position].strip().startswith("@"):
            yield sheet[start : position + 1], None
            start = position + 1
        position += 1
    if sheet[start:]:
        yield sheet[start:], None


def _closing(sheet: str, position: int) -> int:
    depth = 0
    for match in re.compile(r"[{}]").finditer(sheet, position):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return len(sheet)


def _styles(html: str, extra: str) -> dict[int, str]:
    """Where a start tag stands in the HTML → the style its element gets."""

    def marked(match: re.Match[str]) -> str:
        name = (match["name"] or "").lower()
        if name == "style" and _for_some(match[0]):
            return f'{match[0][:-1]} data-css-inline="ignore">'
        if not name or match["close"] or name in _UNSTYLED:
            return match[0]
        return f'<{match["name"]} {_MARK}="{match.start()}"{match["attributes"]}{match["self"] or ""}>'

    import css_inline  # for the few emails that need it

    inliner = css_inline.CSSInliner(inline_style_tags=not extra, load_remote_stylesheets=False, extra_css=extra or None)
    try:
        made = inliner.inline(TAG.sub(marked, html))
    except css_inline.InlineError:
        return {}
    found: dict[int, str] = {}
    for match in _MARKED.finditer(made):
        style = next((value_of(each) for each in ATTRIBUTE.finditer(match[0]) if each["name"] == "style"), None)
        if style is not None:
            found.setdefault(int(match[1]), unescape_address(style).rstrip(";"))
    return found


def _with_style(tag: str, style: str) -> str:
    written = f'style="{escape(style)}"'
    for each in ATTRIBUTE.finditer(tag):
        if each["name"].lower() == "style":
            return tag[: each.start()] + written + tag[each.end() :]
    name = re.match(r"<[a-zA-Z][\w:-]*", tag)
    assert name is not None
    return f"{name[0]} {written}{tag[name.end() :]}"


def _into_head(html: str, piece: str) -> str:
    position = html.lower().find("</head>")
    return html[:position] + piece + html[position:] if position >= 0 else piece + html
