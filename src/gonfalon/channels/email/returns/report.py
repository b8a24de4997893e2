"""Read what a mail that came back says. Pure, and run in a child process: anybody may write such a mail.

Delivery reports are RFC 3464, complaints RFC 5965, automatic answers RFC 3834; many servers follow none of them, so
plain words of a bounce are read too. Which message it is about is told by the return path, which only we can have
made, or by the unsubscribe link of the returned message; never by numbers or addresses that anybody could write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from flufl.bounce import all_failures

from gonfalon.channels.email.returns.model import READ_BYTES, ReturnKind, Told
from gonfalon.tracking.links.tokens import TOKEN_LENGTH

_RETURN_PATH = re.compile(r"bounce\+[a-z2-7]{24}@[a-z0-9.-]{1,253}", re.IGNORECASE)
_TOKEN = re.compile(rf"/[up]/([A-Za-z0-9_-]{{{TOKEN_LENGTH}}})(?![A-Za-z0-9_-])")
_REPLY_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -]|$)")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_AWAY = re.compile(
    r"^(?:automatic(?:ally)? (?:reply|response)|auto(?:-| )?(?:reply|response)|out of (?:the )?office|abwesenheit"
    r"|automatische antwort|réponse automatique|absence|autosvar|frånvaro|自动回复|自動回覆)",
    re.IGNORECASE,
)
_POSTMASTERS = re.compile(r"mailer-daemon|postmaster|mail delivery (?:sub)?system", re.IGNORECASE)
_MOST_PARTS = 50
_DETAIL = 500


def read_report(raw: bytes, recipient: str = "") -> Told:
    """Return what a mail says. recipient: the address it was delivered to, where that is known."""
    mail = message_from_bytes(raw[:READ_BYTES])
    parts = [part for part, _ in zip(mail.walk(), range(_MOST_PARTS), strict=False)]
    told = _delivery(parts) or _complaint(parts) or _automatic(mail) or _in_words(mail, parts) or Told(ReturnKind.OTHER)
    everything = "\n".join((recipient, raw[:READ_BYTES].decode("latin-1"), *_texts(parts)))
    return Told(
        told.kind,
        told.code,
        told.status,
        told.detail,
        tuple(dict.fromkeys(found.lower() for found in _RETURN_PATH.findall(everything)))[:5],
        tokens_in(everything),
    )


def tokens_in(text: str) -> tuple[str, ...]:
    """Return what unsubscribe links in a text may hold, the first few."""
    return tuple(dict.fromkeys(_TOKEN.findall(text)))[:5]


def _delivery(parts: list[Message]) -> Told | None:
    """What a delivery report says of the recipient it is about: the first that failed, else the first that is late."""
    groups = [
        group for part in parts if part.get_content_type() == "message/delivery-status" for group in _groups(part)
    ]
    by_action = {_word(group, "Action").lower(): group for group in reversed(groups)}
    for action, kind in (("failed", ReturnKind.BOUNCE), ("delayed", ReturnKind.DELAY)):
        if action in by_action:
            return _why(by_action[action], kind)
    return Told(ReturnKind.OTHER) if any(by_action) else None


def _why(group: Message, kind: ReturnKind) -> Told:
    said = _word(group, "Diagnostic-Code").partition(";")[2].strip() or _word(group, "Diagnostic-Code")
    status = _first(_STATUS, _word(group, "Status")) or _first(_STATUS, said)
    code = _first(_REPLY_CODE, said) or {"4": "450", "5": "550"}.get(status[:1], "0")
    return Told(kind, int(code), status, _line(said.removeprefix(code).lstrip(" -").removeprefix(status)))


def _complaint(parts: list[Message]) -> Told | None:
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            kind = next((_word(group, "Feedback-Type").lower() for group in _groups(part)), "")
            return Told(ReturnKind.OTHER if kind in ("", "not-spam") else ReturnKind.COMPLAINT, detail=_line(kind))
    return None


def _automatic(mail: Message) -> Told | None:
    said = _word(mail, "Auto-Submitted").lower()
    replied = said.startswith("auto-replied") or any(
        _word(mail, name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "X-Autoresponder")
    )
    if _POSTMASTERS.search(_word(mail, "From")):
        return None
    if replied or _word(mail, "Precedence").lower() == "auto_reply" or _AWAY.match(_word(mail, "Subject")):
        return Told(ReturnKind.AUTO_REPLY, detail=_line(_word(mail, "Subject")))
    return None


def _in_words(mail: Message, parts: list[Message]) -> Told | None:
    """A bounce without a report: in a form that some mail server has, or from a postmaster with a code in its words."""
    late, failed = _failures(mail)
    empty = _word(mail, "Return-Path").strip() == "<>"
    if not (late or failed or empty or _POSTMASTERS.search(_word(mail, "From"))):
        return None
    kind = ReturnKind.DELAY if late and not failed else ReturnKind.BOUNCE
    for line in (line for text in _texts(parts) for line in text.splitlines()):
        code, status = _first(_REPLY_CODE, line), _first(_STATUS, line)
        if status[:1] != "2" and (code or status):
            number = int(code or f"{status[0]}50")
            known = kind if late or failed else ReturnKind.BOUNCE if number >= 500 else ReturnKind.DELAY
            return Told(known, number, status, _line(line))
    return Told(kind, 0, "", _line(_word(mail, "Subject")))


def _failures(mail: Message) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """The addresses that are late and that failed, by the forms of known mail servers."""
    try:
        return all_failures(mail)
    except Exception:  # some of its detectors take for granted that there is a sender
        return frozenset(), frozenset()


def _groups(part: Message) -> Iterator[Message]:
    """The groups of fields in a report's part; the email package reads them as mails inside it."""
    inner = part.get_payload()
    yield from (each for each in inner if isinstance(each, Message)) if isinstance(inner, list) else ()


def _texts(parts: list[Message]) -> Iterator[str]:
    """Readable text of the parts, decoded."""
    for part in parts:
        if part.get_content_maintype() == "text":
            body = part.get_payload(decode=True)
            yield body.decode("utf-8", "replace") if isinstance(body, bytes) else ""


def _word(part: Message, name: str) -> str:
    return " ".join(str(part.get(name, "")).split())


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else ""


def _line(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text).strip()[:_DETAIL]
