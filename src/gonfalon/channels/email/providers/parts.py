"""A mail in pieces, for providers that do not take it whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

_THEIRS = frozenset(
    ("from", "to", "subject", "date", "message-id", "mime-version", "reply-to", "dkim-signature",
     "content-type", "content-transfer-encoding")
)  # fmt: skip
"""Fields that the provider writes itself, of what it is told."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a mail."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """What a mail says. headers: the fields that a provider would not write of itself."""

    sender: str
    sender_name: str
    reply_to: str
    subject: str
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]
    attached: Sequence[Attached] = ()


def parts_of(raw: bytes) -> Parts:
    """Take apart a mail that we composed."""
    mail = message_from_bytes(raw)
    name, address = parseaddr(mail.get("From", ""))
    leaves = [part for part in mail.walk() if not part.is_multipart()]
    files = [part for part in leaves if part.get_content_disposition() == "attachment"]
    shown = {part.get_content_type(): _text(part) for part in leaves if part not in files}
    return Parts(
        sender=address,
        sender_name=_decoded(name),
        reply_to=parseaddr(mail.get("Reply-To", ""))[1],
        subject=_decoded(mail.get("Subject", "")),
        text=shown.get("text/plain", ""),
        html=shown.get("text/html", ""),
        headers=tuple((name, _decoded(value)) for name, value in mail.items() if name.lower() not in _THEIRS),
        attached=tuple(Attached(f.get_filename("file"), f.get_content_type(), _octets(f)) for f in files),
    )


def _decoded(value: object) -> str:
    return " ".join(str(make_header(decode_header(str(value)))).split())


def _octets(part: Message) -> bytes:
    octets = part.get_payload(decode=True)
    return octets if isinstance(octets, bytes) else b""


def _text(part: Message) -> str:
    return _octets(part).decode(part.get_content_charset("utf-8"), "replace")
