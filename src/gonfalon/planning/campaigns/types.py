"""What each type of campaign usually needs: the kinds of content and the numbers proposed while one is planned."""

from __future__ import annotations

from dataclasses import dataclass

from gonfalon.metrics.catalogue import GoalMetric as M
from gonfalon.metrics.model import Category as C
from gonfalon.planning.campaigns.model import CampaignType as T


@dataclass(frozen=True, slots=True)
class Usual:
    """Codes of content kinds, and the metrics that goals of this type are usually about, the most usual first.

    mails: whether such a campaign usually sends email, without which nothing is delivered, opened or clicked.
    """

    content: tuple[str, ...]
    metrics: tuple[M, ...]
    mails: bool = False


USUAL: dict[T, Usual] = {
    T.CONTENT: Usual(("article", "guide", "video", "newsletter"), (M.CLICKERS, M.CONVERSIONS), mails=True),
    T.SEARCH: Usual(("landing_page", "ad", "article"), (M.CONVERSIONS, M.COST_PER_CONVERSION, M.ROI)),
    T.SOCIAL: Usual(("post", "story", "video", "ad"), (M.CONVERSIONS, M.COST_PER_CONVERSION)),
    T.EMAIL: Usual(("email", "landing_page"), (M.CLICK_RATE, M.OPEN_RATE, M.UNSUBSCRIBE_RATE, M.REVENUE), mails=True),
    T.EVENT: Usual(
        ("invitation", "landing_page", "reminder", "print"), (M.CONVERSIONS, M.COST_PER_CONVERSION), mails=True
    ),
    T.LAUNCH: Usual(("email", "landing_page", "video", "press_release"), (M.REVENUE, M.CONVERSIONS, M.ROI), mails=True),
    T.INFLUENCER: Usual(("post", "video", "voucher"), (M.CONVERSIONS, M.REVENUE, M.COST_PER_CONVERSION)),
    T.USER_GENERATED: Usual(("contest", "post", "review"), (M.CONVERSIONS,)),
}

OF_CATEGORY: dict[C, tuple[M, ...]] = {
    C.ACQUISITION: (M.CONVERSIONS, M.COST_PER_CONVERSION, M.CONVERSION_RATE, M.CLICKERS),
    C.MONETISATION: (M.REVENUE, M.ROI, M.CONVERSIONS, M.COST_PER_CONVERSION),
    C.ENGAGEMENT: (M.CLICK_RATE, M.OPEN_RATE, M.CLICKERS, M.UNSUBSCRIBE_RATE, M.CONVERSIONS),
}
"""What campaigns are usually measured by, by what they are for, the most usual first."""
BY_MAIL = frozenset([M.CLICKERS, M.CLICK_RATE, M.OPEN_RATE, M.DELIVERED, M.UNSUBSCRIBE_RATE, M.CONVERSION_RATE])
"""What can be counted only where Gonfalon sends."""


def proposed(type_: T, category: C) -> list[M]:
    """Return the metrics proposed for a goal: those of what the campaign is for that this type of campaign can have."""
    usual = USUAL[type_]
    return [metric for metric in OF_CATEGORY[category] if usual.mails or metric not in BY_MAIL]
