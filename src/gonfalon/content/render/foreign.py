"""Signs of other tools in an email: merge tags that would be sent as they stand, or print nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Sign:
    """A tag as it stands, the tools that write such ("" for many), its place, and whether Liquid reads it at all."""

    tag: str
    tool: str
    start: int
    liquid: bool = False


_GAP: Final = r"[ _.-]?"
_NAMES: Final = (
    rf"(?:(?:first|last|full|given|family|user|sur|nick){_GAP}name|[fl]name|name|e-?mail(?:{_GAP}address)?|company|city|phone"
    rf"|unsubscribe(?:{_GAP}(?:link|url))?|un{_GAP}subscription{_GAP}url|web{_GAP}version|view{_GAP}in{_GAP}browser|current{_GAP}year"
    r"|vorname|nachname|anrede|firma|pr[eé]nom|nom|soci[eé]t[eé]|ville|f[oö]rnamn|efternamn|f[oö]retag"
    r"|名字|姓名|邮箱|公司)"
)
"""What tools everywhere call the fields that emails greet people with."""
_BRACKETS: Final = (
    ("{", "}"), ("${", "}"), ("[", "]"), ("$", "$"), ("$[", "]$"), ("#", "#"), ("##", "##"), ("@", "@"), ("@@", "@@"),
    ("-", "-"), ("%", "%"), ("<<", ">>"), ("&lt;&lt;", "&gt;&gt;"),
)  # fmt: skip
_ANY: Final = "|".join(f"{re.escape(before)}{_NAMES}{re.escape(after)}" for before, after in _BRACKETS)

_WRITTEN: Final = tuple(
    (tool, re.compile(pattern))
    for tool, pattern in (
        ("Mailchimp", r"\*\|[^|*\n<>]{1,80}\|\*"),
        ("Salesforce Marketing Cloud", r"%%[^%\s<>][^%\n<>]{0,80}%%"),
        ("Salesforce", r"\{![A-Za-z$][\w.]{1,80}\}"),
        (
            "Mailgun",
            r"%(?:recipient\.[\w.-]{1,60}|recipient_\w{1,40}|(?:mailing_list_|tag_)?unsubscribe_(?:url|email))%",
        ),
        ("ActiveCampaign", r"(?<![%\w])%[A-Z][A-Z0-9_-]{2,60}(?:\|[A-Z]{2,20})?%(?![%\w])"),
        (
            "Mautic",
            r"\{(?:contactfield|leadfield|ownerfield|pagelink|assetlink|form|dynamiccontent)=[^}\n]{1,80}\}"
            r"|\{(?:unsubscribe_text|unsubscribe_url|webview_text|webview_url|signature)\}",
        ),
        ("MailerLite", r"\{\$[a-z_][^}\n]{0,60}\}"),
        ("SendGrid", r"\[%[^%\]\n]{1,60}%\]|<%\s*asm_\w{1,60}\s*%>"),
        ("Adobe Campaign", r"<%(?!\s*asm_)[^%\n]{1,120}%>"),
        ("Mailjet", r"\[\[(?:var|data):[^\]\n]{1,60}\]\]"),
        ("GetResponse or Constant Contact", r"\[\[[A-Za-z_][\w .'\"-]{0,60}\]\]"),
        ("MailPoet", r"(?<!\[)\[(?:subscriber|link|newsletter):[^\]\n]{1,80}\](?!\])"),
        (
            "Campaign Monitor",
            r"(?<!\[)\[(?:(?:firstname|lastname|fullname|email)|\w{1,40},\s*fallback=[^\]\n]{0,60})\](?!\])",
        ),
        ("Campaign Monitor", r"<(?:unsubscribe|webversion|forwardtoafriend|preferences|currentyear)>"),
        ("Oracle Eloqua", r"<span\s[^>]{0,80}eloquaemail[^>]{0,80}>|~~eloqua\.\.[\w-]{1,80}~~"),
        ("listmonk", r"@TrackLink\b"),
        ("", rf"(?i)(?<![\w&#@%$~|/-])(?:{_ANY})(?![\w&#@%$~|/=-])"),
    )
)
"""What stands outside of Liquid's own signs."""

_ROOTS: Final = {
    "contact": "HubSpot, Brevo or Omnisend",
    "site_settings": "HubSpot", "content": "HubSpot", "unsubscribe_link": "HubSpot",
    "params": "Brevo", "mirror": "Brevo", "unsubscribe": "Brevo", "update_profile": "Brevo",
    "lead": "Marketo", "company": "Marketo", "system": "Marketo",
    "event": "Klaviyo", "organization": "Klaviyo",
    "subscriber": "Drip or Kit", "customer": "Customer.io or Shopify",
}  # fmt: skip

ROOTS: Final = frozenset(_ROOTS)
"""Names of other tools' values; a warning about the tool says more than that there is no such field."""

_LIQUID: Final = tuple(
    (tool, re.compile(pattern))
    for tool, pattern in (
        ("SendGrid or Mandrill", r"\{\{\{|\{\{\s*(?:[#/^>]|else\b)"),
        ("Braze", r"\{[{%][^}]*\$\{|\{%-?\s*(?:connected_content|abort_message)\b"),
        ("listmonk", r"\{\{-?\s*(?:\.|(?:UnsubscribeURL|ManageURL|MessageURL|TrackView|TrackLink|OptinURL)\b)"),
        ("Mailjet", r"\{\{-?\s*(?:var|data):"),
        (
            "HubSpot",
            r"\{\{-?\s*personalization_token\b|\{%-?\s*(?:module|widget_\w+|dnd_\w+|macro|set|import|extends)\b",
        ),
        (
            "Klaviyo",
            r"\{\{-?\s*person\|lookup|\{%-?\s*(?:(?:unsubscribe|web_view|manage_preferences)(?:_link)?|current_\w+|today|"
            r"catalog_object|currency_format|coupon_code)\b",
        ),
    )
)
"""What stands inside of them and begins no value of ours, by how the token begins."""

_ROOT: Final = re.compile(
    rf"(?<![\w.'\"-])(?:{'|'.join(_ROOTS)})(?=\s*[.|}}\[]|\s+(?:[=<>!%}}-]|contains\b|and\b|or\b))"
)
_MADE: Final = re.compile(r"\{%-?\s*(?:for|tablerow|assign|capture|increment|decrement)\s+['\"]?(\w+)")


def signs(text: str, tokens: list[tuple[int, int]]) -> Iterator[Sign]:
    """Return every sign in a text whose Liquid tokens are known, once for each tag, in order."""
    found = [*_outside(text, tokens), *_inside(text, tokens)]
    seen: set[str] = set()
    for sign in sorted(found, key=lambda each: (each.start, -len(each.tag))):
        if sign.tag not in seen:
            seen.add(sign.tag)
            yield sign


def _outside(text: str, tokens: list[tuple[int, int]]) -> Iterator[Sign]:
    position = 0
    for start, end in [*tokens, (len(text), len(text))]:
        taken: list[range] = []
        for tool, pattern in _WRITTEN:
            for match in pattern.finditer(text, position, start):
                if not any(match.start() in each or match.end() - 1 in each for each in taken):
                    taken.append(range(*match.span()))
                    yield Sign(match[0], tool, match.start())
        position = end


def _inside(text: str, tokens: list[tuple[int, int]]) -> Iterator[Sign]:
    own = {match[1] for match in _MADE.finditer(text)}
    for start, end in tokens:
        tool = next((tool for tool, pattern in _LIQUID if pattern.match(text, start, end)), None)
        if tool is None:
            roots = (match[0] for match in _ROOT.finditer(text, start, end))
            tool = next((_ROOTS[root] for root in roots if root not in own), None)
        if tool is not None:
            closing = end + 1 if text.startswith("{{{", start) and text.startswith("}", end) else end
            yield Sign(text[start:closing][:100], tool, start, liquid=True)
