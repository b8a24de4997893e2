"""Take a received mail apart for display. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A mail's decoded headers (in order) and its first text and HTML parts ("" when it has none)."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str


def read_mail(raw: bytes) -> ReadMail:
    """Take a mail apart; whatever can't be decoded is shown as well as it goes."""
    mail = message_from_bytes(raw, policy=policy.default)
    headers = tuple((name, " ".join(str(value).split())) for name, value in mail.items())
    return ReadMail(headers, _part(mail, "plain"), _part(mail, "html"))


def _part(mail: EmailMessage, kind: str) -> str:
    for part in mail.walk():
        if part.get_content_type() == f"text/{kind}" and not part.is_attachment():
            payload = part.get_payload(decode=True)
            if not isinstance(payload, bytes):
                return ""
            try:
                return payload.decode(part.get_content_charset("utf-8"), "replace")
            except LookupError:
                return payload.decode("utf-8", "replace")
    return ""
