"""Pure decisions on consent."""

from __future__ import annotations

from gonfalon.kit.errors import Invalid
from gonfalon.people.consent.model import ConsentSource, Statement

MAX_WORDING = 10_000
LAST_POSITION = 10_000
"""Place of the last topic in their order; those beyond share it."""

DEFAULT_TOPICS: dict[str, list[tuple[str, str]]] = {
    "en": [("newsletter", "Newsletter"), ("offers", "Offers")],
    "fr": [("newsletter", "Lettre d’information"), ("offers", "Offres")],
    "sv": [("newsletter", "Nyhetsbrev"), ("offers", "Erbjudanden")],
    "zh": [("newsletter", "新闻简报"), ("offers", "优惠信息")],
}
"""Key and name of the topics a new workspace begins with, by its language."""


def repeats(statement: Statement) -> bool:
    """Return whether a statement may only repeat what was said before: a file's does, as of when it was written.

    So a grant from a file never follows a withdrawal (an import must not bring back somebody who has left), and a
    withdrawal from a file does not undo what the person has granted since. The same holds for what somebody typed into
    a form who has not shown that the address is theirs. All others are new when they come.
    """
    return statement.source is ConsentSource.IMPORT or not statement.confirmed


def check_wording(wording: str) -> str:
    """Return the wording without surrounding space; raises Invalid when it is too long or cannot be stored."""
    found = wording.strip()
    if len(found) > MAX_WORDING or "\x00" in found:
        raise Invalid(
            "consent_wording_long",
            f"The wording of a consent may have at most {MAX_WORDING:,} characters.",
            most=MAX_WORDING,
        )
    return found
