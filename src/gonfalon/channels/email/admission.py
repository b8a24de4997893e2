"""What may reach the wire: addresses that can't smuggle a command, mails the server has said it takes. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gonfalon.channels.contract import Blame, Envelope, Outcome, Verdict

_ASCII = re.compile(r"[!-;=?-~]{1,254}")
_WIDE = re.compile(r"[^\x00-\x20<>\x7f-\xa0\u2028\u2029\ud800-\udfff]{1,254}")


def admission(envelope: Envelope, extensions: Mapping[str, str], max_size: int) -> tuple[str, Outcome | None]:
    """The parameters of MAIL FROM, and what became of the message when it can't be offered at all.

    An empty sender is the null return path. Addresses hold no blank, control character or angle bracket.
    """
    addresses = [envelope.recipient, envelope.sender] if envelope.sender else [envelope.recipient]
    parameters = ""
    if not all(map(_ASCII.fullmatch, addresses)):
        if not all(map(_WIDE.fullmatch, addresses)):
            return "", Outcome(Verdict.REJECTED, 553, "5.1.3", "The address is malformed.", Blame.RECIPIENT)
        if "SMTPUTF8" not in extensions:
            return "", Outcome(
                Verdict.REJECTED, 553, "5.6.7", "The mail server takes no international addresses.", Blame.POLICY
            )
        parameters = " SMTPUTF8"
    if max_size and envelope.size > max_size:
        return "", Outcome(
            Verdict.REJECTED, 552, "5.3.4", f"The mail server takes at most {max_size} bytes.", Blame.POLICY
        )
    if envelope.size and "SIZE" in extensions:
        parameters += f" SIZE={envelope.size}"
    return parameters, None
