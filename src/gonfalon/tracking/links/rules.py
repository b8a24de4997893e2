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

VERSION: Final = 3
SOON_SECONDS: Final = 3
"""A hit this soon after the receiving server took the message is a scanner's."""
PROXY_SECONDS: Final = 10
"""A mailbox's picture proxy that comes later than this asks because somebody reads."""
INSTANT_SECONDS: Final = 0.5
"""Nobody follows two links of a message, or one and the page for leaving, within this time."""
BURST_LINKS: Final = 3
BURST_SECONDS: Final = 2
"""So many different links of one message within this time are followed by a program."""

_MACHINES: Final = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|scanner|preview|headless|phantomjs|puppeteer|playwright|"  # Cubot makes phones
    r"python|aiohttp|curl/|wget/|httpclient|okhttp|go-http|java/|ruby|libwww|axios|node-fetch|undici|postman|scrapy|"
    r"proofpoint|urldefense|mimecast|barracuda|cudasvc|symantec|messagelabs|fireeye|trellix|trend ?micro|forcepoint|"
    r"websense|zscaler|ironport|sophos|forti(?:guard|mail|net)|mcafee|kaspersky|bitdefender|hornetsecurity|vadesecure|"
    r"safelinks|avanan|microsoft office existence|facebookexternalhit|google-safety|googledocs|appengine-google|"
    r"embedly|iframely|whatsapp|linkcheck|validator|monitor",
    re.IGNORECASE,
)
# These load a picture when somebody reads the mail (Gmail, Yahoo, Outlook's apps), and hide who.
_READERS_PROXIES: Final = re.compile(r"googleimageproxy|ggpht|yahoomailproxy|outlook-ios-proxy", re.IGNORECASE)
# These load every picture when the mail arrives, whether it is read or not.
_ARRIVAL_PROXIES: Final = re.compile(r"cloudflare|protonmail-?proxy|hey-?proxy", re.IGNORECASE)
_APPLE_PRIVACY: Final = re.compile(r"^Mozilla/5\.0$")


def judge(kind: HitKind, method: str, headers: Mapping[str, str]) -> Judgement:
    """Return the verdict of one request by its method and headers (lower-case names)."""
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
    if kind is HitKind.open and _READERS_PROXIES.search(agent):
        return Judgement(Verdict.human, "reader_proxy", VERSION)
    if kind is HitKind.open and _ARRIVAL_PROXIES.search(agent):
        return Judgement(Verdict.likely_machine, "image_proxy", VERSION)
    if kind is HitKind.open and _APPLE_PRIVACY.match(agent):
        return Judgement(Verdict.likely_machine, "mail_privacy", VERSION)
    if _MACHINES.search(agent) or _READERS_PROXIES.search(agent) or _ARRIVAL_PROXIES.search(agent):
        return Judgement(Verdict.machine, "user_agent", VERSION)
    return Judgement(Verdict.human, "none", VERSION)


@functools.lru_cache(maxsize=4096)
def is_machine(agent: str) -> bool:
    """Return whether a browser's own description of itself says that it is a program."""
    return _MACHINES.search(agent[:500]) is not None


def may_track(tracking_consent: bool | None, *, consent_required: bool) -> bool:
    """Return whether a person's opens and clicks may be followed.

    A refusal always counts; where the workspace asks for consent (France, Italy), silence is a refusal too.
    """
    return tracking_consent is True or (tracking_consent is None and not consent_required)
