"""Read what providers answer and tell: bounded, and without faith in its shape. Pure."""

from __future__ import annotations

import base64
import hmac
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from gonfalon.channels.contract import Blame, Outcome, Verdict
from gonfalon.channels.email.blame import blame_of
from gonfalon.channels.email.providers.model import Call, Forged
from gonfalon.channels.email.returns.model import ReturnKind, Told
from gonfalon.kit.outbound import Reply

_DETAIL = 500
_LONGEST_REST = 60.0
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([245]\d\d)(?![\d.])")
_LOCKED = frozenset((401, 402, 403, 404))
_TOO_MUCH = frozenset((420, 429))


def accepted(reply: Reply, name: str) -> Outcome:
    """Return that a mail was taken; name: what the provider calls it."""
    return Outcome(Verdict.ACCEPTED, reply.status, detail=line(f"accepted as {name}" if name else "accepted"))


def refused(reply: Reply, why: str, blame: Blame | None = None) -> Outcome:
    """Return what an answer other than a yes means. blame: whom it speaks about; None: as its words say.

    Only what a provider says before it takes a mail is a no: any other failure of its own leaves the mail in doubt.
    """
    said = line(why) or f"HTTP {reply.status}"
    if reply.status in _TOO_MUCH:
        return Outcome(Verdict.THROTTLED, reply.status, detail=said, blame=Blame.PROVIDER)
    if reply.status in _LOCKED:
        return Outcome(Verdict.NOT_SENT, reply.status, detail=said, blame=Blame.PROVIDER)
    if reply.status == 503:
        return Outcome(Verdict.DEFERRED, reply.status, detail=said, blame=Blame.PROVIDER)
    if 400 <= reply.status < 500 and reply.status != 408:
        return Outcome(Verdict.REJECTED, reply.status, detail=said, blame=blame or Blame.POLICY)
    return Outcome(Verdict.UNKNOWN, reply.status, detail=said, blame=Blame.PROVIDER)


def rest_of(reply: Reply, now: datetime) -> float:
    """Return for how many seconds nothing should be sent, as an answer asks for; at least one, at most a minute."""
    asked = 1.0
    for name in ("retry-after", "x-ratelimit-reset", "x-sib-ratelimit-reset"):
        value = reply.headers.get(name, "").strip()
        if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", value):
            asked = float(value)
            break
        if value:
            try:
                asked = (parsedate_to_datetime(value) - now).total_seconds()
                break
            except (ValueError, TypeError):
                continue
    if asked > 1e9:  # a moment, as seconds since 1970
        asked -= now.timestamp()
    return min(_LONGEST_REST, max(1.0, asked))


def document(octets: bytes) -> Any:
    """Return the JSON in octets; {} for what is none."""
    try:
        return json.loads(octets)
    except (ValueError, RecursionError):
        return {}


def documents(octets: bytes) -> list[dict[str, Any]]:
    """Return the objects of a JSON list or the single one. Raises ValueError for what is neither."""
    try:
        found = json.loads(octets)
    except RecursionError as problem:
        raise ValueError("it is nested too deep") from problem
    every = found if isinstance(found, list) else [found]
    if not all(isinstance(each, dict) for each in every):
        raise ValueError("these are no events")
    return every


def at(found: Any, *keys: str) -> Any:
    """Return what lies at these keys, one inside the other; None where there is nothing."""
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def word(found: Any, *keys: str) -> str:
    """Return the text or number at these keys as text; "" where there is none."""
    value = at(found, *keys) if keys else found
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value)
    return ""


def first(found: Any) -> Any:
    """Return the first of a list; None where there is none."""
    return found[0] if isinstance(found, list) and found else None


def line(text: str) -> str:
    """Return the beginning of a text, as one line."""
    return " ".join("".join(each if each.isprintable() else " " for each in text[:2_000]).split())[:_DETAIL]


def basic(user: str, password: str) -> str:
    """Return what stands in the header Authorization for these (RFC 7617)."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def check_password(call: Call) -> None:
    """Raise Forged unless a call shows our secret: as a password of any user, or as a bearer token."""
    kind, _, shown = call.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            shown = base64.b64decode(shown.strip(), validate=True).decode().partition(":")[2]
        except ValueError:
            shown = ""
    if not call.secret or not hmac.compare_digest(shown.strip().encode(), call.secret.encode()):
        raise Forged("the password in its header Authorization is missing or another one")


def bounce(reference: str, said: str, *, hard: bool, status: str = "", code: str = "", about: str = "") -> Told:
    """Return that a mail came back. hard: for good, by the provider's word. about: the same in the provider's words.

    Numbers that are not said are those of RFC 3463 for “no such mailbox” and “try later”; whether the address is
    given up is then decided as for any other bounce, by number and words.
    """
    found_code, found_status = _CODE.search(code or said), _STATUS.search(status or said)
    number = int(found_code.group(1)) if found_code else (550 if hard else 450)
    fine = found_status.group(1) if found_status else ("5.1.1" if hard and not found_code else "")
    if not hard and number >= 500:
        fine = fine if fine.startswith("5.") else "5.2.0"
    return Told(ReturnKind.BOUNCE, number, fine, line(said or about), addresses_of(reference))


def told(kind: ReturnKind, reference: str, said: str = "") -> Told:
    """Return an event that says no more than what it is."""
    return Told(kind, detail=line(said), addresses=addresses_of(reference))


def addresses_of(reference: str) -> tuple[str, ...]:
    """Return our reference in the form that mail brings it: as a return path."""
    return (f"bounce+{reference}@",) if 0 < len(reference) <= 64 else ()


def speaks_of_recipient(why: str) -> bool:
    """Return whether a refusal's words say that the address does not exist."""
    return blame_of(550, "", why) is Blame.RECIPIENT


def errors(reply: Reply, *names: str) -> str:
    """Return the sentences of a refusal: those of its list `errors`, else what stands under the first of the names."""
    found = document(reply.body)
    every = at(found, "errors")
    if isinstance(every, list):
        return "; ".join(filter(None, (_sentence(each) for each in every)))
    return next(filter(None, (word(found, name) for name in names)), "")


def _sentence(error: Any) -> str:
    said: Iterable[str] = filter(None, (word(error, "message"), word(error, "description")))
    return ": ".join(said)


def lowered(headers: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return headers by their names in small letters; of several, the last."""
    return {name.lower(): value for name, value in headers}
