"""What may reach the wire: addresses that can't smuggle a command, mails the server has said it takes. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from gonfalon.channels.contract import Blame, Envelope, Outcome, Verdict
from gonfalon.kit.domains import BadDomain, ascii_address

_ASCII = re.compile(r"[!-;=?-~]{1,254}")
_WIDE = re.compile(r"[^\x00-\x20<>\x7f-\xa0\u2028\u2029\ud800-\udfff]{1,254}")


class Admitted(msgspec.Struct, frozen=True):
    """An envelope as it goes over the wire; parameters: what MAIL FROM says beyond the address."""

    sender: str
    recipient: str
    parameters: str


def admission(envelope: Envelope, extensions: Mapping[str, str], max_size: int) -> Admitted | Outcome:
    """Return the envelope as the server takes it, or what became of the message when it can't be offered at all.

    An empty sender is the null return path. Addresses hold no blank, control character or angle bracket. A domain
    goes as ASCII, which every server takes; SMTPUTF8 is needed only for what stands before the @.
    """
    try:
        sender = ascii_address(envelope.sender)
    except BadDomain:
        return _malformed(Blame.POLICY)
    try:
        recipient = ascii_address(envelope.recipient)
    except BadDomain:
        return _malformed(Blame.RECIPIENT)
    addresses = [recipient, sender] if sender else [recipient]
    parameters = ""
    if envelope.wide or not all(map(_ASCII.fullmatch, addresses)):
        if not all(map(_WIDE.fullmatch, addresses)):
            return _malformed(Blame.POLICY if _WIDE.fullmatch(recipient) else Blame.RECIPIENT)
        if "SMTPUTF8" not in extensions:
            return Outcome(
                Verdict.REJECTED, 553, "5.6.7", "The mail server takes no international addresses.", Blame.POLICY
            )
        parameters = " SMTPUTF8"
    if max_size and envelope.size > max_size:
        return Outcome(Verdict.REJECTED, 552, "5.3.4", f"The mail server takes at most {max_size} bytes.", Blame.POLICY)
    if envelope.size and "SIZE" in extensions:
        parameters += f" SIZE={envelope.size}"
    return Admitted(sender, recipient, parameters)


def _malformed(blame: Blame) -> Outcome:
    status, whose = ("5.1.7", "sender's ") if blame is Blame.POLICY else ("5.1.3", "")
    return Outcome(Verdict.REJECTED, 553, status, f"The {whose}address is malformed.", blame)
