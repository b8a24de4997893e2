"""Composing mails: everything that is the same for all people of a touchpoint is built once.

A message is then a splice of a few values between constant segments. Same message, same bytes: Date and Message-ID
belong to the message, not to the attempt, so that a receiver can drop the copy of a retry.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32decode, b32encode
from binascii import Error as Base32Error
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gonfalon.channels.email import headers
from gonfalon.channels.email.dkim import Signer
from gonfalon.kit.domains import ascii_domain

PRIVATE = b"X-Gonfalon-Private"
"""The header of mails that the sandbox shows only to members who may manage members."""
TEST = b"X-Gonfalon-Test"
"""The header of test messages."""
_MAC_OCTETS = 7


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a mail is from."""

    name: str
    address: str
    reply_to: str = ""

    @property
    def wide(self) -> bool:
        """Whether an address has letters beyond ASCII before the @: such mail needs SMTPUTF8."""
        return not (self.address.partition("@")[0] + self.reply_to.partition("@")[0]).isascii()

    @property
    def domain(self) -> str:
        """The domain of the address, in lower-case ASCII. Raises BadDomain."""
        return ascii_domain(self.address.rpartition("@")[2])


@dataclass(frozen=True, slots=True)
class ReturnPath:
    """Envelope senders that say which message came back (VERP): `bounce+<message and MAC>@domain`."""

    domain: str
    key: bytes

    def address(self, message_id: int) -> str:
        """Return the return path of one message."""
        return f"bounce+{self.token(message_id)}@{self.domain}"

    def token(self, message_id: int) -> str:
        """Return what proves which message is spoken of."""
        number = message_id.to_bytes(8, "big")
        return b32encode(number + self._mac(number)).decode("ascii").lower()

    def message_id(self, address: str) -> int | None:
        """Return the message a return path belongs to; None when it is not one of ours."""
        local, _, _ = address.partition("@")
        try:
            raw = b32decode(local.partition("+")[2].upper())
        except Base32Error:
            return None
        number, mac = raw[:8], raw[8:]
        if len(raw) != 8 + _MAC_OCTETS or not hmac.compare_digest(mac, self._mac(number)):
            return None
        return int.from_bytes(number, "big")

    def _mac(self, number: bytes) -> bytes:
        return hmac.digest(self.key, number, "sha256")[:_MAC_OCTETS]


class Composer:
    """Composes the mails of one touchpoint.

    reference: a short name of what is sent, unique here, stable (it makes Message-IDs and the boundary).
    feedback_id: up to four fields joined by colons, for Gmail's complaint statistics.
    private: tells the sandbox to show the mail to few.
    Raises headers.UnsafeAddress for an identity that can't be mailed from.
    """

    def __init__(
        self,
        identity: Identity,
        *,
        reference: str,
        feedback_id: str = "",
        signers: Sequence[Signer] = (),
        test: bool = False,
        private: bool = False,
    ) -> None:
        self._identity = identity
        self._signers = tuple(signers)
        self._reference = headers.safe(reference)
        # "=_" can't occur in quoted-printable text, so the boundary can't occur in a body.
        boundary = b"=_" + hashlib.sha256(reference.encode()).hexdigest()[:32].encode("ascii")
        fixed: list[tuple[bytes, bytes]] = [(b"From", headers.mailbox(identity.name, identity.address))]
        if identity.reply_to:
            fixed.append((b"Reply-To", headers.addr_spec(identity.reply_to)))
        fixed.append((b"MIME-Version", b"1.0"))
        fixed.append((b"Content-Type", b'multipart/alternative; boundary="' + boundary + b'"'))
        if feedback_id:
            fixed.append((b"Feedback-ID", headers.unstructured(feedback_id)))
        if test:
            fixed.append((TEST, b"yes"))
        if private:
            fixed.append((PRIVATE, b"yes"))
        self._fixed = tuple(fixed)
        self._fixed_block = _block(fixed)
        self._id_tail = (
            b"." + self._reference.encode("ascii", "replace") + b"@" + identity.domain.encode("ascii") + b">"
        )
        part = b"Content-Type: text/%s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        self._open_text = b"--" + boundary + b"\r\n" + part % b"plain"
        self._open_html = b"\r\n--" + boundary + b"\r\n" + part % b"html"
        self._end = b"\r\n--" + boundary + b"--\r\n"

    def compose(
        self,
        message_id: int,
        recipient: str,
        *,
        subject: str,
        text: bytes,
        html: bytes,
        at: datetime,
        unsubscribe: str = "",
    ) -> list[bytes]:
        """Return the mail ready for the wire: CRLF lines, none of which begins with a dot, last line ended.

        text and html: quoted-printable with CRLF lines, no line beginning with a dot (=2E, as RFC 2049 advises), so
        that nothing has to be looked for and doubled (RFC 5321 §4.5.2). at: the message's own time.
        unsubscribe: the RFC 8058 address.
        Raises headers.UnsafeAddress for a recipient that can't be mailed.
        """
        own: list[tuple[bytes, bytes]] = [
            (b"To", headers.addr_spec(recipient)),
            (b"Subject", headers.unstructured(subject)),
            (b"Date", headers.date(at)),
            (b"Message-ID", b"<" + str(message_id).encode("ascii") + self._id_tail),
        ]
        if unsubscribe:
            own.append((b"List-Unsubscribe", b"<" + headers.unstructured(unsubscribe) + b">"))
            own.append((b"List-Unsubscribe-Post", b"List-Unsubscribe=One-Click"))
        body = (self._open_text, text, self._open_html, html, self._end)
        head = (self._fixed_block, _block(own), b"\r\n")
        if not self._signers:
            return [*head, *body]
        whole = b"".join(body)
        return [*(signer.sign((*self._fixed, *own), whole) for signer in self._signers), *head, whole]


def _block(fields: Sequence[tuple[bytes, bytes]]) -> bytes:
    return b"".join(b"%s: %s\r\n" % field for field in fields)
