"""Pure decisions on comments: what a body may be, whom it mentions, how it reads in a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import UUID

from gonfalon.kit.errors import Invalid

LONGEST = 8_000
MOST_MENTIONS = 50
EXCERPT = 200
_MENTION = re.compile(r"<@([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})>")

_MARKS = re.compile(r"\*\*([^*\n]+)\*\*|`([^`\n]+)`")


def check_body(body: str) -> str:
    """Return the body without space around it; raises Invalid when there is nothing in it, or too much."""
    body = body.replace("\r\n", "\n").strip()
    if not body:
        raise Invalid("comment_empty", "Write something first; a comment cannot be empty.")
    if len(body) > LONGEST:
        raise Invalid(
            "comment_long",
            f"A comment may have at most {LONGEST:,} characters and this one has {len(body):,}; "
            "shorten it, or put the long text into the brief or a playbook page.",
            longest=LONGEST,
            has=len(body),
        )
    if len(mentioned(body)) > MOST_MENTIONS:
        raise Invalid(
            "mentions_many",
            f"A comment may mention at most {MOST_MENTIONS} people; follow the thing instead.",
            most=MOST_MENTIONS,
        )
    return body


def mentioned(body: str) -> list[UUID]:
    """Return the members mentioned in a body, each once, in the order they come."""
    return list(dict.fromkeys(UUID(found) for found in _MENTION.findall(body)))


def excerpt(body: str, names: Mapping[UUID, str]) -> str:
    """Return the body on one line of at most 200 characters: mentions by name, without the marks of **strong** and
    `code`."""
    named = _MENTION.sub(lambda m: f"@{names.get(UUID(m[1]), '…')}", body)
    line = " ".join(_MARKS.sub(lambda m: m[1] or m[2], named).split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1].rstrip()}…"
