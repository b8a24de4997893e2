"""Pure: the mails that let somebody in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from gonfalon.accounts.mails.layout import Block, Button, Page, lay_out
from gonfalon.accounts.mails.model import Mail
from gonfalon.accounts.mails.words import WORDS
from gonfalon.accounts.model import Workspace
from gonfalon.kit import writing
from gonfalon.kit.words import Spoken


def invitation_mail(
    key: int, to: str, link: str, workspace: Workspace, inviter: str, until: datetime, at: datetime
) -> Mail:
    """Invite somebody in the workspace's language. until: when the link ends."""
    today = at.astimezone(ZoneInfo(workspace.time_zone)).date()
    language = workspace.language if workspace.language in WORDS else "en"
    shown = writing.moment(until, workspace.time_zone, today, language)
    values = {"workspace": workspace.name, "inviter": inviter, "until": shown}
    return link_mail("invitation", WORDS, language, key, to, link, at, **values)


def password_mail(key: int, to: str, language: str, link: str, at: datetime) -> Mail:
    """Bring a member the link for a new password, in their language."""
    return link_mail("password", WORDS, language, key, to, link, at)


def link_mail(
    kind: str, words: Mapping[str, Spoken], language: str, key: int, to: str, link: str, at: datetime, **values: str
) -> Mail:
    """Return a mail about one link, for its receiver alone; words: `kind.subject`, `.lead`, `.action`, `.until` …"""
    language = language if language in words else "en"
    said = {
        part: words[language](f"{kind}.{part}", **values | {"email": to})
        for part in ("subject", "lead", "action", "until", "other")
    }
    text, html = lay_out(
        Page(
            language,
            said["subject"],
            values.get("workspace", "Gonfalon"),
            [Block(said["lead"], button=Button(said["action"], link))],
            foot=(said["until"], said["other"]),
        )
    )
    return Mail(key, to, said["subject"], text, html, at, series=kind, private=True)
