# ruff: noqa: E501 - the style sheet has one rule a line
"""The recipients' pages as HTML: no script, no foreign asset, readable with any browser and screen reader.

Everything that comes from data is escaped here, at the one place where HTML is made.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from itertools import groupby

from gonfalon.people.consent.model import ConsentState, TopicConsent
from gonfalon.tracking.preferences.words import REASONS, pick_language, say

_STYLE = """
:root{color-scheme:light dark;--page:#FAF9F7;--card:#FFF;--line:#E4E0D9;--ink:#1C1A17;--muted:#6A655D;--accent:#0B7A75;--on:#FFF}
@media (prefers-color-scheme:dark){:root{--page:#141311;--card:#1C1B18;--line:#35322D;--ink:#EDEAE4;--muted:#A09A90;--accent:#3DB8AF;--on:#10211F}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 Inter,-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Arial,"PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:560px;margin:0 auto;padding:clamp(24px,8vw,72px) 20px}
.brand{font-weight:650;margin:0 0 18px;color:var(--muted)}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:clamp(22px,5vw,36px)}
h1{font-size:28px;line-height:1.2;letter-spacing:-.015em;font-weight:650;margin:0 0 10px;text-wrap:balance}
p{margin:0 0 20px}.card>p:last-child{margin-bottom:0}.muted{color:var(--muted)}.small{font-size:14px}
fieldset{border:0;border-top:1px solid var(--line);margin:0;padding:16px 0}
legend{font-weight:600;padding:0;float:left;width:100%;margin-bottom:2px}
legend+*{clear:both}
.about{color:var(--muted);font-size:14px;margin:0 0 8px}
label{display:flex;gap:10px;align-items:flex-start;padding:6px 0;cursor:pointer}
input[type=checkbox],input[type=radio]{width:20px;height:20px;margin:2px 0 0;accent-color:var(--accent);flex:none}
.actions{display:flex;flex-wrap:wrap;gap:12px;margin-top:22px;align-items:center}
button{font:inherit;font-weight:600;min-height:44px;padding:9px 20px;border-radius:6px;border:1px solid var(--accent);background:var(--accent);color:var(--on);cursor:pointer}
button.quiet{background:transparent;color:var(--ink);border-color:var(--line)}
a{color:var(--accent);text-underline-offset:3px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.done{border:1px solid var(--accent);border-left-width:4px;border-radius:6px;padding:10px 14px;margin:0 0 20px}
.after{margin:22px 0 0}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


def page_headers() -> dict[str, str]:
    """Return headers of every page here: nothing may run, nothing may frame it, no search engine keeps it."""
    return {
        "content-security-policy": (
            f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'"
        ),
        "cache-control": "no-store, private",
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex",
    }


def masked(address: str) -> str:
    """Return enough of an address to know it again: `a•••@example.com`, `•••42`."""
    name, at, host = address.partition("@")
    return f"{name[:1]}•••@{host}" if at else f"•••{address[-2:]}"


def preferences_page(
    language: str,
    workspace: str,
    address: str,
    consents: Sequence[TopicConsent],
    *,
    said: bool | None,
    measures: bool,
    saved: bool,
) -> str:
    """Return topics with a box for each channel, and the choice of being measured; one form that saves.

    said: what the person answered about being measured (None: never asked); measures: whether it is done now.
    """
    parts = [f"<h1>{_say(language, 'preferences')}</h1>"]
    if saved:
        parts.append(f'<p class="done" role="status">{_say(language, "saved")}</p>')
    lead = _say(language, "preferences_lead", workspace=workspace)
    where = _say(language, "for_address", address=masked(address)) if address else ""
    parts.append(f'<p>{lead}<br><span class="muted small">{where}</span></p>')
    fields = "".join(_topic(language, list(rows)) for _, rows in groupby(consents, key=lambda row: row.topic.id))
    if not consents:
        parts.append(f"<p>{_say(language, 'no_topics')}</p>")
    stop = f'<button class="quiet" name="all" value="off">{_say(language, "nothing_all")}</button>' if consents else ""
    parts.append(
        f'<form method="post">{fields}{_measuring(language, workspace, said, measures)}'
        f'<div class="actions"><button>{_say(language, "save")}</button>{stop}</div></form>'
    )
    return page(language, workspace, say(language, "preferences"), "".join(parts))


def _topic(language: str, rows: Sequence[TopicConsent]) -> str:
    topic = rows[0].topic
    about = f'<p class="about">{escape(topic.description)}</p>' if topic.description else ""
    boxes = "".join(
        f'<label><input type="checkbox" name="on" value="{row.topic.id}:{row.channel.value}"'
        f"{' checked' if row.state is ConsentState.GRANTED else ''}>{_say(language, row.channel.value)}</label>"
        for row in rows
    )
    return f"<fieldset><legend>{escape(topic.name)}</legend>{about}{boxes}</fieldset>"


def _measuring(language: str, workspace: str, said: bool | None, measures: bool) -> str:
    # Nothing is chosen for those who were never asked: what they leave open is recorded neither as a yes nor as a no.
    gap = "" if language == "zh" else " "
    now = "" if said is not None else gap + _say(language, "measuring_on" if measures else "measuring_off")
    choices = "".join(
        f'<label><input type="radio" name="measure" value="{value}"{" checked" if said is answer else ""}>'
        f"{_say(language, words, workspace=workspace)}</label>"
        for value, answer, words in (("yes", True, "measuring_wording"), ("no", False, "measuring_no"))
    )
    asked = '<input type="hidden" name="asked" value="measure">' if said is not None else ""
    return (
        f"<fieldset><legend>{_say(language, 'measuring')}</legend>"
        f'<p class="about">{_say(language, "measuring_about")}{now}</p>{asked}{choices}</fieldset>'
    )


def unsubscribe_page(language: str, workspace: str, address: str, topic: str | None, preferences: str) -> str:
    """Return the question with its buttons, and why, for those who like to say; only a button changes anything."""
    if topic:
        lead = _say(language, "unsubscribe_lead", workspace=workspace, topic=topic, address=masked(address))
        buttons = (
            f'<button name="scope" value="topic">{_say(language, "stop_topic", topic=topic)}</button>'
            f'<button class="quiet" name="scope" value="all">{_say(language, "stop_all")}</button>'
        )
    else:
        lead = _say(language, "unsubscribe_all_lead", workspace=workspace, address=masked(address))
        buttons = f'<button name="scope" value="all">{_say(language, "stop_all")}</button>'
    reasons = "".join(
        f'<label><input type="radio" name="reason" value="{reason}">{_say(language, f"reason_{reason}")}</label>'
        for reason in REASONS
    )
    body = (
        f"<h1>{_say(language, 'unsubscribe')}</h1><p>{lead}</p>"
        f'<form method="post"><fieldset><legend>{_say(language, "reason")}</legend>{reasons}</fieldset>'
        f'<div class="actions">{buttons}</div></form>'
        f'<p class="after small"><a href="{escape(preferences)}">{_say(language, "or_choose")}</a></p>'
    )
    return page(language, workspace, say(language, "unsubscribe"), body)


def unsubscribed_page(language: str, workspace: str, address: str, topic: str | None, preferences: str) -> str:
    """Return what does not come any more (no topic: no email at all), and the way back."""
    if topic:
        lead = _say(language, "unsubscribed_lead", workspace=workspace, topic=topic, address=masked(address))
    else:
        lead = _say(language, "unsubscribed_all_lead", workspace=workspace, address=masked(address))
    body = (
        f'<h1>{_say(language, "unsubscribed")}</h1><p role="status">{lead}</p>'
        f'<p class="small"><a href="{escape(preferences)}">{_say(language, "changed_mind")}</a></p>'
    )
    return page(language, workspace, say(language, "unsubscribed"), body)


def trial_page(language: str, workspace: str) -> str:
    """Return what the links of a test message show."""
    body = f"<h1>{_say(language, 'test')}</h1><p>{_say(language, 'test_lead')}</p>"
    return page(language, workspace, say(language, "test"), body)


def not_found_page(language: str) -> str:
    """Return the same for a forged, a cut and an old link."""
    body = f"<h1>{_say(language, 'gone')}</h1><p>{_say(language, 'gone_lead')}</p>"
    return page(language, "", say(language, "gone"), body)


def page(language: str, workspace: str, title: str, body: str) -> str:
    """Return a whole page of the workspace; body: HTML."""
    tag = "zh-Hans" if language == "zh" else language
    brand = f'<p class="brand">{escape(workspace)}</p>' if workspace else ""
    whole = f"{title} · {workspace}" if workspace else title
    return (
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(whole)}</title><style>{_STYLE}</style></head>"
        f'<body><main>{brand}<div class="card">{body}</div></main></body></html>'
    )


def _say(language: str, key: str, **values: str) -> str:
    return escape(say(language, key, **values))


__all__ = [
    "not_found_page",
    "page",
    "page_headers",
    "pick_language",
    "preferences_page",
    "trial_page",
    "unsubscribe_page",
    "unsubscribed_page",
]
