"""Pure decisions on consent."""

from __future__ import annotations

from gonfalon.kit.errors import Invalid
from gonfalon.people.consent.model import ConsentSource

MAX_WORDING = 10_000

DEFAULT_TOPICS: dict[str, list[tuple[str, str]]] = {
    "en": [("newsletter", "Newsletter"), ("offers", "Offers")],
    "fr": [("newsletter", "Lettre d’information"), ("offers", "Offres")],
    "sv": [("newsletter", "Nyhetsbrev"), ("offers", "Erbjudanden")],
    "zh": [("newsletter", "新闻简报"), ("offers", "优惠信息")],
}
"""Key and name of the topics a new workspace begins with, by its language."""


def may_grant_again(source: ConsentSource) -> bool:
    """Whether a grant from this source may follow a withdrawal.

    A file never may: it repeats what was true when it was written, and an import must not bring back somebody who
    has left. A withdrawal, from wherever it comes, always counts.
    """
    return source is not ConsentSource.IMPORT


def check_wording(wording: str) -> str:
    """The wording without surrounding space; raises Invalid when it is too long or cannot be stored."""
    found = wording.strip()
    if len(found) > MAX_WORDING or "\x00" in found:
        raise Invalid("consent_wording_long", f"The wording of a consent may have at most {MAX_WORDING:,} characters.")
    return found
