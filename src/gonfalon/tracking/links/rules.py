"""Telling machines from people by what one request says; see also `sql/judge_hits.sql` for timing.

Security scanners follow links before anybody has read the mail, and mail proxies load pictures for nobody.
Each rule has a name and the set a version, both stored with the hit: a report can say which rule it trusted.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final

from gonfalon.tracking.links.model import HitKind, Judgement, Verdict

VERSION: Final = 1
SOON_SECONDS: Final = 3
"""A hit this soon after the receiving server took the message is a scanner's."""
BURST_LINKS: Final = 3
BURST_SECONDS: Final = 2
"""So many different links of one message within this time are followed by a program."""

_MACHINES: Final = re.compile(
    r"bot\b|crawl|spider|slurp|scanner|preview|headless|phantomjs|python-|curl/|wget/|httpclient|okhttp|go-http|java/|"
    r"libwww|axios|node-fetch|proofpoint|mimecast|barracuda|symantec|fireeye|trendmicro|forcepoint|zscaler|"
    r"urldefense|safelinks|microsoft office existence|bingpreview|skypeuripreview|facebookexternalhit|"
    r"whatsapp|telegrambot|slackbot|discordbot|linkcheck|validator|monitor",
    re.IGNORECASE,
)
# These load every picture when the mail arrives, or on behalf of an unknown reader: an open proves little.
_IMAGE_PROXIES: Final = re.compile(r"googleimageproxy|yahoomailproxy|ggpht|cloudflare|outlook-ios-proxy", re.IGNORECASE)
_APPLE_PRIVACY: Final = re.compile(r"^Mozilla/5\.0$")


def judge(kind: HitKind, method: str, headers: Mapping[str, str]) -> Judgement:
    """The verdict of one request by its method and headers (lower-case names)."""
    agent = headers.get("user-agent", "")
    purpose = " ".join(headers.get(name, "") for name in ("sec-purpose", "purpose", "x-purpose", "x-moz")).lower()
    if method != "GET":
        return Judgement(Verdict.machine, "method", VERSION)
    if "prefetch" in purpose or "preview" in purpose:
        return Judgement(Verdict.machine, "prefetch", VERSION)
    if not agent:
        return Judgement(Verdict.machine, "no_user_agent", VERSION)
    return _judge_agent(kind, agent[:500])


@functools.lru_cache(maxsize=4096)
def _judge_agent(kind: HitKind, agent: str) -> Judgement:
    if kind is HitKind.open and _IMAGE_PROXIES.search(agent):
        return Judgement(Verdict.likely_machine, "image_proxy", VERSION)
    if kind is HitKind.open and _APPLE_PRIVACY.match(agent):
        return Judgement(Verdict.likely_machine, "mail_privacy", VERSION)
    if _MACHINES.search(agent):
        return Judgement(Verdict.machine, "user_agent", VERSION)
    return Judgement(Verdict.human, "none", VERSION)


def may_track(tracking_consent: bool | None, *, consent_required: bool) -> bool:
    """Whether a person's opens and clicks may be followed.

    A refusal always counts; where the workspace asks for consent (France, Italy), silence is a refusal too.
    """
    return tracking_consent is True or (tracking_consent is None and not consent_required)
