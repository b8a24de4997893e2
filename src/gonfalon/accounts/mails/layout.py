"""Pure: the one look of every mail to a member, as HTML and as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Button:
    """Where a mail leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that a mail tells: a sentence, somebody's words, facts (label and value), and where it leads."""

    words: str
    note: str = ""
    facts: Sequence[tuple[str, str]] = ()
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a whole mail says. foot: small lines at its end; aside: a link after them."""

    language: str
    subject: str
    sender: str
    blocks: Sequence[Block]
    button: Button | None = None
    foot: Sequence[str] = ()
    aside: Button | None = None


def lay_out(page: Page) -> tuple[str, str]:
    """Return the mail as plain text and as HTML. A single block has the button; several have a link each."""
    return _text(page), _html(page)


def _text(page: Page) -> str:
    parts = [_text_of(block) for block in page.blocks]
    if page.button:
        parts.append(f"{page.button.label}:\n{page.button.url}")
    foot = [*page.foot, *([f"{page.aside.label}: {page.aside.url}"] if page.aside else [])]
    return "\n\n".join([*parts, *(["--\n" + "\n".join(foot)] if foot else [])]) + "\n"


def _text_of(block: Block) -> str:
    lines = [block.words]
    if block.note:
        lines.append(f"  “{block.note}”")
    lines += [f"{label}: {value}" for label, value in block.facts]
    if block.button:
        lines.append(f"{block.button.label}: {block.button.url}")
    return "\n".join(lines)


_CARD = "margin:0 0 12px;padding:20px 24px;background:#ffffff;border:1px solid #e4e0d9;border-radius:8px"
_MUTED = "color:#6a655d;font-size:13px"
_LINK = "color:#0b7a75"


def _html(page: Page) -> str:
    alone = len(page.blocks) == 1
    body = "".join(_html_of(block, alone=alone) for block in page.blocks)
    if page.button:
        body += f'<div style="margin:20px 0 0">{_button(page.button)}</div>'
    foot = "".join(f'<p style="margin:0 0 6px;{_MUTED}">{escape(line)}</p>' for line in page.foot)
    if page.aside:
        foot += f'<p style="margin:0;{_MUTED}">{_link(page.aside)}</p>'
    return (
        f'<!doctype html><html lang="{escape(page.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(page.subject)}</title></head>'
        f'<body style="margin:0;background:#faf9f7;font:15px/1.5 system-ui,-apple-system,Segoe UI,sans-serif;'
        f'color:#1c1a17"><div style="max-width:560px;margin:0 auto;padding:32px 20px">'
        f'<p style="margin:0 0 16px;font-weight:650;color:#0b7a75">{escape(page.sender)}</p>{body}'
        f'<div style="margin:24px 0 0">{foot}</div></div></body></html>'
    )


def _html_of(block: Block, *, alone: bool) -> str:
    weight = "font-size:17px;font-weight:600" if alone else "font-weight:600"
    inner = f'<p style="margin:0;{weight}">{escape(block.words)}</p>'
    if block.note:
        inner += f'<p style="margin:8px 0 0;color:#6a655d">“{escape(block.note)}”</p>'
    if block.facts:
        rows = "".join(
            f'<tr><td style="padding:2px 16px 2px 0;{_MUTED}">{escape(label)}</td>'
            f'<td style="padding:2px 0">{escape(value)}</td></tr>'
            for label, value in block.facts
        )
        inner += f'<table role="presentation" style="margin:12px 0 0;border-collapse:collapse">{rows}</table>'
    if block.button:
        way = _button(block.button) if alone else _link(block.button)
        inner += f'<div style="margin:{"20px" if alone else "8px"} 0 0">{way}</div>'
    return f'<div style="{_CARD}">{inner}</div>'


def _button(button: Button) -> str:
    return (
        f'<a href="{escape(button.url)}" style="display:inline-block;padding:10px 20px;border-radius:8px;'
        f'background:#0b7a75;color:#ffffff;text-decoration:none;font-weight:600">{escape(button.label)}</a>'
    )


def _link(button: Button) -> str:
    return f'<a href="{escape(button.url)}" style="{_LINK};font-weight:600">{escape(button.label)}</a>'
