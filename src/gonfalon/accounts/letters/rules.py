"""Pure: the letters that let somebody in."""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from gonfalon.accounts.letters.model import Letter
from gonfalon.accounts.letters.words import WORDS
from gonfalon.accounts.model import Workspace


def invitation_letter(
    key: int, to: str, link: str, workspace: Workspace, inviter: str, until: datetime, at: datetime
) -> Letter:
    """Invites somebody in the workspace's language. until: when the link ends."""
    shown = format_datetime(until.astimezone(ZoneInfo(workspace.time_zone)), "long", locale=_locale(workspace.language))
    values = {"workspace": workspace.name, "inviter": inviter, "until": shown}
    return _letter("invitation", workspace.language, key, to, link, at, **values)


def password_letter(key: int, to: str, language: str, link: str, at: datetime) -> Letter:
    """Brings a member the link for a new password, in their language."""
    return _letter("password", language, key, to, link, at)


def _letter(kind: str, language: str, key: int, to: str, link: str, at: datetime, **values: str) -> Letter:
    language = language if language in WORDS else "en"
    said = {
        part: WORDS[language][f"{kind}.{part}"].format_map(values | {"email": to})
        for part in ("subject", "lead", "action", "until", "other")
    }
    text = f"{said['lead']}\n\n{said['action']}:\n{link}\n\n{said['until']}\n\n{said['other']}\n"
    button = (
        f'<a href="{escape(link)}" style="display:inline-block;padding:10px 18px;border-radius:8px;'
        f'background:#0b7a75;color:#fff;text-decoration:none;font-weight:600">{escape(said["action"])}</a>'
    )
    html = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(said["subject"])}</title>'
        f'</head><body style="margin:0;background:#faf9f7;font:15px/1.5 system-ui,sans-serif;color:#1c1a17">'
        f'<div style="max-width:480px;margin:0 auto;padding:32px 24px">'
        f'<p style="margin:0 0 20px">{escape(said["lead"])}</p><p style="margin:0 0 20px">{button}</p>'
        f'<p style="margin:0 0 12px;color:#6a655d;font-size:13px">{escape(said["until"])}</p>'
        f'<p style="margin:0;color:#6a655d;font-size:13px">{escape(said["other"])}</p></div></body></html>'
    )
    return Letter(key, to, said["subject"], text, html, at, series=kind, private=True)


def _locale(language: str) -> str:
    return {"zh": "zh_Hans"}.get(language, language)
