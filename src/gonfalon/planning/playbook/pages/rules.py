"""Pure decisions on pages."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from markdown_it import MarkdownIt

from gonfalon.kit.errors import Invalid
from gonfalon.planning.playbook.pages.model import MOST_TAGS, MOST_TEXT

# Markup of its own is shown as the text it is (`html` is off), links lead to the web, to mails or inside the product
# (the parser's own check refuses javascript: and data:), pictures would be fetched from elsewhere.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").disable("image")
LONGEST_TAG = 40


def html_of(body: str) -> str:
    """Markdown as HTML that holds no markup but the parser's own: safe to be shown as it is."""
    return str(_MARKDOWN.render(body))


def excerpt(body: str, longest: int = 160) -> str:
    """The first words of a page, without signs of markup."""
    text = re.sub(r"[#*_`>|\[\]]+|\]\([^)]*\)|^\s*[-:|]+\s*$", " ", body[:2000], flags=re.MULTILINE)
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def check_page(title: str, body: str, tags: list[str]) -> list[str]:
    """The tags as they are kept: trimmed, each once. Raises Invalid for what is no page."""
    if not title.strip():
        raise Invalid("title_missing", "Give the page a title.")
    if len(body) > MOST_TEXT:
        raise Invalid(
            "page_long",
            f"A page holds at most {MOST_TEXT:,} characters and this one has {len(body):,}; split it into several.",
        )
    kept = list(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
    if len(kept) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in kept):
        raise Invalid("tags_many", f"A page has at most {MOST_TAGS} tags of at most {LONGEST_TAG} characters.")
    return kept


@cache
def starter(name: str, language: str) -> tuple[str, str]:
    """Title and body of a ready-made page in a language."""
    place = resources.files("gonfalon.planning.playbook.pages") / "starters" / language / f"{name}.md"
    first, _, rest = place.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# ").strip(), rest.strip() + "\n"
