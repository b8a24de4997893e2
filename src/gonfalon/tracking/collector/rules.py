"""From Segment's JSON to `Told`: identities, time, money, and one event name for each kind of message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import uuid4

import msgspec

from gonfalon.kit.errors import Invalid
from gonfalon.kit.money import check_currency, to_minor
from gonfalon.people.identities.model import Identified
from gonfalon.people.identities.rules import normalise_email, normalise_external_id, normalise_phone
from gonfalon.tracking.collector.model import Rejected, Told

MESSAGE_BYTES: Final = 32 * 1024
BATCH_BYTES: Final = 500 * 1024
BATCH_MESSAGES: Final = 2_500
NAME_CHARACTERS: Final = 200
KEY_CHARACTERS: Final = 255
NAMES: Final = {"page": "Page Viewed", "screen": "Screen Viewed", "group": "Group Joined"}
KINDS: Final = ("track", "identify", "page", "screen", "group", "alias")
_AMOUNTS: Final = ("revenue", "total", "value")
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MOST_MINOR: Final = 2**53


class Message(msgspec.Struct, rename="camel"):
    """The JSON of one message; unknown members are ignored, as Segment's own server does."""

    type: str = ""
    event: str | None = None
    name: str | None = None
    user_id: str | int | None = None
    anonymous_id: str | int | None = None
    previous_id: str | int | None = None
    group_id: str | int | None = None
    message_id: str | None = None
    email: str | None = None
    traits: dict[str, Any] | None = None
    properties: dict[str, Any] | None = None
    context: dict[str, Any] | None = None
    timestamp: str | None = None
    original_timestamp: str | None = None
    sent_at: str | None = None
    write_key: str | None = None


class Batch(msgspec.Struct, rename="camel"):
    """The JSON of a batch; each message is decoded by itself, so that one bad message spoils no other."""

    batch: list[msgspec.Raw]
    context: dict[str, Any] | None = None
    sent_at: str | None = None
    write_key: str | None = None


_message = msgspec.json.Decoder(Message)
_batch = msgspec.json.Decoder(Batch)


def decode_message(body: bytes) -> Message:
    """One message; raises Invalid for what is not such JSON."""
    try:
        return _message.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid("json_invalid", f"The body is not a message in JSON: {_why(error)}.") from error


def decode_batch(body: bytes) -> Batch:
    """A batch; raises Invalid for what is not such JSON or holds too many messages."""
    try:
        batch = _batch.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid("json_invalid", f"The body is not a batch in JSON: {_why(error)}.") from error
    if len(batch.batch) > BATCH_MESSAGES:
        raise Invalid("batch_long", f"A batch may hold at most {BATCH_MESSAGES:,} messages.")
    return batch


def understand_batch(batch: Batch, received: datetime, currency: str) -> tuple[list[Told], list[Rejected]]:
    """The messages that can be kept, and why others cannot."""
    told: list[Told] = []
    rejected: list[Rejected] = []
    for index, raw in enumerate(batch.batch):
        try:
            if len(raw) > MESSAGE_BYTES:
                raise Invalid("message_large", "A message may have at most 32 KB.")
            message = decode_message(bytes(raw))
            message.sent_at = message.sent_at or batch.sent_at
            message.context = {**(batch.context or {}), **(message.context or {})}
            told.append(understand(message, message.type, received, currency))
        except Invalid as error:
            rejected.append(Rejected(index, error.code, error.sentence))
    return told, rejected


def understand(message: Message, kind: str, received: datetime, currency: str) -> Told:
    """One message as `Told`; raises Invalid when it says too little. `currency` is the workspace's own."""
    if kind not in KINDS:
        raise Invalid("type_unknown", f"“{kind[:40]}” is not a type of message; use one of {', '.join(KINDS)}.")
    context = message.context or {}
    traits = message.traits if message.traits is not None else context.get("traits")
    traits = _clean(traits) if isinstance(traits, dict) else {}
    who = _who(message, traits)
    properties = _clean(message.properties or {})
    name = NAMES.get(kind)
    if kind == "track":
        name = (message.event or "").strip()
        if not name:
            raise Invalid("event_missing", "A track message needs the name of its event.")
    elif kind == "group":
        properties = {**traits, "groupId": str(message.group_id or "")}
        traits = {}
    elif name and message.name:
        properties = {"name": _text(message.name), **properties}
    if name is not None and len(name) > NAME_CHARACTERS:
        raise Invalid("event_long", f"The name of an event may have at most {NAME_CHARACTERS} characters.")
    amount, unit = money_of(properties, currency)
    return Told(
        who,
        None if name is None else _text(name),
        moment_of(message, received),
        _text(message.message_id or "")[:KEY_CHARACTERS] or f"gonfalon-{uuid4()}",
        properties,
        traits,
        amount,
        unit,
    )


def moment_of(message: Message, received: datetime) -> datetime:
    """When it happened: received − (sent − said), which takes out a wrong clock at the sender; never in the future."""
    said = _time(message.original_timestamp) or _time(message.timestamp)
    sent = _time(message.sent_at)
    if said is None:
        return received
    try:
        at = received - (sent - said) if sent is not None else said
    except OverflowError:
        return received
    return min(max(at, _EARLIEST), received)


def money_of(properties: Mapping[str, Any], currency: str) -> tuple[int | None, str | None]:
    """The amount of an event in minor units: `revenue`, else `total`, else `value`; without currency the given one."""
    for key in _AMOUNTS:
        given = properties.get(key)
        if given is None or isinstance(given, bool) or not isinstance(given, int | float | str):
            continue
        unit = properties.get("currency")
        try:
            known = check_currency(unit) if isinstance(unit, str) and unit else currency
            minor = to_minor(Decimal(str(given)), known)
        except (Invalid, ArithmeticError):
            return None, None
        return (minor, known) if -_MOST_MINOR < minor < _MOST_MINOR else (None, None)
    return None, None


def _who(message: Message, traits: Mapping[str, Any]) -> Identified:
    email, phone = message.email or traits.get("email"), traits.get("phone")
    external = _id(message.user_id)
    if external and not email and "@" in external:
        email = external  # many shops use the address as their id
    anonymous = _id(message.previous_id) or _id(message.anonymous_id)
    who = Identified(
        external_id=_maybe(normalise_external_id, external),
        email=_maybe(normalise_email, email),
        phone=_maybe(normalise_phone, phone),
        anonymous_id=anonymous[:KEY_CHARACTERS] or None,
    )
    if not who:
        raise Invalid("identity_missing", "A message needs a userId, an anonymousId or an email: say whom it is about.")
    return who


def _maybe(normalise: Any, given: object) -> str | None:
    if not isinstance(given, str) or not given or len(given) > 500:
        return None
    try:
        found = normalise(given)
    except Invalid:
        return None
    return str(found)


def _id(given: object) -> str:
    return "" if given is None else _text(str(given)).strip()


def _time(given: str | None) -> datetime | None:
    if not given:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None


def _text(given: str) -> str:
    """Without what PostgreSQL cannot keep: NUL and halves of surrogate pairs."""
    return given.replace("\0", "").encode("utf-8", "ignore").decode()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {_text(str(key)): _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value


def _why(error: Exception) -> str:
    return str(error).rstrip(".")[:200].replace("\n", " ")
