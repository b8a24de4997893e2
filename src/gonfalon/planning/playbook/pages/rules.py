"""Pure decisions on pages."""

from __future__ import annotations

from functools import cache
from importlib import resources

from markdown_it import MarkdownIt

from gonfalon.kit.errors import Invalid

# Markup of its own is shown as the text it is (`html` is off), links lead to the web, to mails or inside the product
# (the parser's own check refuses javascript: and data:), pictures would be fetched from elsewhere.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").disable("image")
LONGEST_TAG = 40
MOST_TAGS = 20
MOST_TEXT = 200_000


def html_of(body: str) -> str:
    """Return Markdown as HTML that holds no markup but the parser's own: safe to be shown as it is."""
    return str(_MARKDOWN.render(body))


def excerpt(body: str, longest: int = 160) -> str:
    """Return the first words of a page as they are read: no signs of markup, the rows of a table as "name: meaning"."""
    blocks: list[str] = []
    row: list[str] | None = None
    head = False
    for token in _MARKDOWN.parse(body[:2000]):
        if token.type in ("thead_open", "thead_close"):
            head = token.type == "thead_open"
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            blocks.append(": ".join(row or []))
            row = None
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content)
        elif token.type == "inline" and not head:
            words = "".join(child.content or " " * child.type.endswith("break") for child in token.children or [])
            (blocks if row is None else row).append(words)
    words = " ".join(" · ".join(filter(None, blocks)).split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def check_page(title: str, body: str, tags: list[str]) -> list[str]:
    """Return the tags as they are kept: trimmed, each once. Raises Invalid for what is no page."""
    if not title.strip():
        raise Invalid("title_missing", "Give the page a title.")
    if len(body) > MOST_TEXT:
        raise Invalid(
            "page_long",
            f"A page holds at most {MOST_TEXT:,} characters and this one has {len(body):,}; split it into several.",
            most=MOST_TEXT,
            has=len(body),
        )
    kept = list(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
    if len(kept) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in kept):
        raise Invalid(
            "tags_many",
            f"A page has at most {MOST_TAGS} tags of at most {LONGEST_TAG} characters.",
            most=MOST_TAGS,
            longest=LONGEST_TAG,
        )
    return kept


@cache
def starter(name: str, language: str) -> tuple[str, str]:
    """Return title and body of a ready-made page in a language."""
    place = resources.files("gonfalon.planning.playbook.pages") / "starters" / language / f"{name}.md"
    first, _, rest = place.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# ").strip(), rest.strip() + "\n"
