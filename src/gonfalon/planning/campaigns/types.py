"""What each type of campaign usually needs: the kinds of content and the numbers proposed while one is planned."""

from __future__ import annotations

from dataclasses import dataclass

from gonfalon.planning.campaigns.model import CampaignType as T
from gonfalon.planning.goals.model import GoalMetric as M


@dataclass(frozen=True, slots=True)
class Usual:
    """Codes of content kinds, and the metrics that goals of this type are usually about, the most usual first."""

    content: tuple[str, ...]
    metrics: tuple[M, ...]


USUAL: dict[T, Usual] = {
    T.CONTENT: Usual(("article", "guide", "video", "newsletter"), (M.CLICKERS, M.CONVERSION_RATE, M.CONVERSIONS)),
    T.SEARCH: Usual(("landing_page", "ad", "article"), (M.CONVERSION_RATE, M.CONVERSIONS, M.COST_PER_CONVERSION)),
    T.SOCIAL: Usual(("post", "story", "video", "ad"), (M.CLICKERS, M.CONVERSIONS, M.COST_PER_CONVERSION)),
    T.EMAIL: Usual(("email", "landing_page"), (M.CLICK_RATE, M.OPEN_RATE, M.UNSUBSCRIBE_RATE, M.REVENUE)),
    T.EVENT: Usual(("invitation", "landing_page", "reminder", "print"), (M.CONVERSIONS, M.COST_PER_CONVERSION)),
    T.LAUNCH: Usual(("email", "landing_page", "video", "press_release"), (M.REVENUE, M.CONVERSIONS, M.ROI)),
    T.INFLUENCER: Usual(("post", "video", "voucher"), (M.CONVERSIONS, M.REVENUE, M.COST_PER_CONVERSION)),
    T.USER_GENERATED: Usual(("contest", "post", "review"), (M.CONVERSIONS, M.CLICKERS)),
}
