"""What brought somebody to a site: UTM values and the click ids of advertising platforms. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

UTM: Final = ("source", "medium", "campaign", "term", "content", "id")
CLICK_IDS: Final = {
    "gclid": "ads", "gbraid": "ads", "wbraid": "ads", "dclid": "ads", "msclkid": "ads", "yclid": "ads",
    "fbclid": "social", "ttclid": "social", "twclid": "social", "li_fat_id": "social", "igshid": "social",
    "epik": "social", "scclid": "social", "rdt_cid": "social",
}  # fmt: skip
"""The channel that a platform's click id stands for."""
MEDIA: Final = {
    "cpc": "ads", "ppc": "ads", "paid": "ads", "paidsearch": "ads", "paid-search": "ads", "paid_search": "ads",
    "sem": "ads", "cpm": "ads", "cpv": "ads", "display": "ads", "banner": "ads", "retargeting": "ads",
    "social": "social", "paid_social": "social", "paid-social": "social", "paidsocial": "social",
    "social-media": "social", "social_media": "social", "social-network": "social", "sm": "social",
    "newsletter": "email", "e-mail": "email", "e_mail": "email", "mail": "email", "mailing": "email",
    "paid-media": "ads", "paid-ads": "ads", "ad": "ads", "pmax": "ads", "organic-social": "social",
    "text": "sms", "notification": "push", "qr": "print", "flyer": "print", "offline": "print", "direct-mail": "print",
    "direct_mail": "print", "referral": "web", "website": "web", "affiliate": "web",
}  # fmt: skip
"""What media are usually called in `utm_medium`, and the channel that is meant. A channel's own name means itself."""
_LONGEST: Final = 200


def arrival_of(properties: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, str] | None:
    """Return UTM values in lower case by their name without `utm_`, and under `click` the name of a platform's click
    id.

    Looked for in Segment's `context.campaign`, in the properties, and in the address of the page; the first that says
    something counts, value by value. None when nothing does.
    """
    found: dict[str, str] = {}
    campaign = context.get("campaign")
    if isinstance(campaign, Mapping):
        for key, value in campaign.items():
            name = str(key).lower().removeprefix("utm_")
            name = "campaign" if name == "name" else name
            if name in UTM:
                _note(found, name, value)
    for pairs in (properties.items(), *map(_query, _addresses(properties, context))):
        for key, value in pairs:
            lower = str(key).lower()
            if lower.startswith("utm_") and lower[4:] in UTM:
                _note(found, lower[4:], value)
            elif lower in CLICK_IDS and value and isinstance(value, str | int):
                found.setdefault("click", lower)
    return found or None


def _note(found: dict[str, str], name: str, value: object) -> None:
    given = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    text = given.replace("\0", "").encode("utf-8", "ignore").decode().strip().lower()[:_LONGEST]
    if text:
        found.setdefault(name, text)


def _addresses(properties: Mapping[str, Any], context: Mapping[str, Any]) -> Iterator[str]:
    page = context.get("page")
    for place in (properties, page if isinstance(page, Mapping) else {}):
        for key in ("search", "url"):
            value = place.get(key)
            if isinstance(value, str) and len(value) <= 8_000:
                yield value


def _query(address: str) -> list[tuple[str, str]]:
    try:
        parts = urlsplit(address if "?" in address or "#" in address or "://" in address else f"?{address}")
        # Pages that are one program keep theirs behind the #: “#/shop?utm_campaign=…”, or “#utm_campaign=…” alone.
        texts = (parts.query, parts.fragment.rpartition("?")[2])
        return [pair for text in texts for pair in parse_qsl(text, max_num_fields=200)]
    except ValueError:
        return []
