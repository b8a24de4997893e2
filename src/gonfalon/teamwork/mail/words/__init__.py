"""What notice mails say. The interface says the same in its messages `notice.<kind>`."""

from __future__ import annotations

from collections.abc import Mapping

from gonfalon.kit.words import load_words
from gonfalon.teamwork.model import NoticeKind

WORDS = load_words(__file__)


_CHOICES = {
    NoticeKind.APPROVAL_DECIDED: "decision",
    NoticeKind.REVIEW_ANSWERED: "decision",
    NoticeKind.SENDING_TROUBLE: "trouble",
}


def key_of(kind: NoticeKind, values: Mapping[str, object]) -> str:
    """Return the sentence of a kind: approvals have one for each decision, sending one for each trouble, many things
    one."""
    if "count" in values:
        return f"{kind.value}.many"
    choice = values.get(_CHOICES.get(kind, ""))
    return f"{kind.value}.{choice}" if choice else kind.value
