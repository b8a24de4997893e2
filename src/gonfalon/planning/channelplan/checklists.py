"""What each channel asks for: address, format, sizes, and how to measure it.

Looked over in November 2026; the source of every limit that somebody else sets stands beside it. A point without a
source is our own advice.
"""

from __future__ import annotations

from gonfalon.planning.channelplan.model import CheckPart, CheckPoint
from gonfalon.planning.model import TouchpointChannel

_A, _F, _S, _M = CheckPart.ADDRESS, CheckPart.FORMAT, CheckPart.SIZE, CheckPart.MEASURE

_GOOGLE_SENDERS = "https://support.google.com/a/answer/81126"
_MAILCHIMP_CLIP = "https://mailchimp.com/help/gmail-is-clipping-my-email/"
_MJML = "https://documentation.mjml.io/#mj-body"
_GSM = "3GPP TS 23.038"
_TWILIO = "https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id"
_APNS = "https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification"
_INSTAGRAM = "https://help.instagram.com/1631821640426723"
_X = "https://docs.x.com/fundamentals/counting-characters"
_GOOGLE_SEARCH_ADS = "https://support.google.com/google-ads/answer/7684791"
_GOOGLE_DISPLAY_ADS = "https://support.google.com/google-ads/answer/7005917"
_OPEN_GRAPH = "https://developers.facebook.com/docs/sharing/webmasters/images/"
_WEB_VITALS = "https://web.dev/articles/lcp"
_WCAG = "https://www.w3.org/TR/WCAG22/#contrast-minimum"

CHECKLISTS: dict[TouchpointChannel, tuple[CheckPoint, ...]] = {
    TouchpointChannel.EMAIL: (
        CheckPoint("email.sender", _A, source=_GOOGLE_SENDERS),
        CheckPoint("email.reply", _A),
        CheckPoint("email.subject", _F, (("signs", 50),)),
        CheckPoint("email.preheader", _F, (("from", 40), ("to", 90))),
        CheckPoint("email.unsubscribe", _F, source=_GOOGLE_SENDERS),
        CheckPoint("email.alt", _F, source=_WCAG),
        CheckPoint("email.width", _S, (("pixels", 600),), _MJML),
        CheckPoint("email.weight", _S, (("kilobytes", 102),), _MAILCHIMP_CLIP),
        CheckPoint("email.links", _M),
    ),
    TouchpointChannel.SMS: (
        CheckPoint("sms.sender", _A, (("signs", 11),), _TWILIO),
        CheckPoint("sms.stop", _F),
        CheckPoint("sms.hours", _F, (("from", 8), ("to", 21))),
        CheckPoint("sms.length", _S, (("signs", 160), ("other", 70)), _GSM),
        CheckPoint("sms.link", _M),
    ),
    TouchpointChannel.PUSH: (
        CheckPoint("push.permission", _A),
        CheckPoint("push.target", _A),
        CheckPoint("push.title", _F, (("signs", 50),)),
        CheckPoint("push.body", _F, (("signs", 150),)),
        CheckPoint("push.weight", _S, (("bytes", 4096),), _APNS),
        CheckPoint("push.opens", _M),
    ),
    TouchpointChannel.SOCIAL: (
        CheckPoint("social.account", _A),
        CheckPoint("social.mentions", _A),
        CheckPoint("social.text", _F, (("signs", 280),), _X),
        CheckPoint("social.alt", _F, source=_WCAG),
        CheckPoint("social.captions", _F),
        CheckPoint("social.post", _S, (("width", 1080), ("height", 1350)), _INSTAGRAM),
        CheckPoint("social.story", _S, (("width", 1080), ("height", 1920))),
        CheckPoint("social.link", _M),
    ),
    TouchpointChannel.ADS: (
        CheckPoint("ads.account", _A),
        CheckPoint("ads.excluded", _A),
        CheckPoint("ads.headline", _F, (("signs", 30), ("atLeast", 3)), _GOOGLE_SEARCH_ADS),
        CheckPoint("ads.description", _F, (("signs", 90),), _GOOGLE_SEARCH_ADS),
        CheckPoint("ads.landing", _F),
        CheckPoint("ads.landscape", _S, (("width", 1200), ("height", 628)), _GOOGLE_DISPLAY_ADS),
        CheckPoint("ads.square", _S, (("width", 1200), ("height", 1200)), _GOOGLE_DISPLAY_ADS),
        CheckPoint("ads.limit", _M),
        CheckPoint("ads.link", _M),
    ),
    TouchpointChannel.WEB: (
        CheckPoint("web.address", _A),
        CheckPoint("web.title", _F, (("signs", 60),)),
        CheckPoint("web.description", _F, (("signs", 155),)),
        CheckPoint("web.phone", _F),
        CheckPoint("web.contrast", _F, (("ratio", "4.5 : 1"),), _WCAG),
        CheckPoint("web.preview", _S, (("width", 1200), ("height", 630)), _OPEN_GRAPH),
        CheckPoint("web.speed", _S, (("seconds", "2.5"),), _WEB_VITALS),
        CheckPoint("web.events", _M),
    ),
    TouchpointChannel.PRINT: (
        CheckPoint("print.printer", _A),
        CheckPoint("print.addresses", _A),
        CheckPoint("print.colours", _F, source="ISO 12647-2"),
        CheckPoint("print.file", _F, source="ISO 15930-7 (PDF/X-4)"),
        CheckPoint("print.imprint", _F),
        CheckPoint("print.a5", _S, (("width", 148), ("height", 210)), "ISO 216"),
        CheckPoint("print.bleed", _S, (("millimetres", 3),)),
        CheckPoint("print.resolution", _S, (("dpi", 300),)),
        CheckPoint("print.code", _M, (("millimetres", 20),), "ISO/IEC 18004"),
    ),
    TouchpointChannel.EVENT: (
        CheckPoint("event.place", _A),
        CheckPoint("event.invitation", _A, (("weeks", 4),)),
        CheckPoint("event.programme", _F),
        CheckPoint("event.access", _F),
        CheckPoint("event.places", _S),
        CheckPoint("event.consent", _M),
        CheckPoint("event.attendance", _M),
    ),
    TouchpointChannel.CALL: (
        CheckPoint("call.numbers", _A),
        CheckPoint("call.objections", _A),
        CheckPoint("call.guide", _F),
        CheckPoint("call.hours", _F, (("from", 9), ("to", 18))),
        CheckPoint("call.capacity", _S),
        CheckPoint("call.outcome", _M),
    ),
    TouchpointChannel.OTHER: (
        CheckPoint("other.address", _A),
        CheckPoint("other.format", _F),
        CheckPoint("other.size", _S),
        CheckPoint("other.measure", _M),
    ),
}
