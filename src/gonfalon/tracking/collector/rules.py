"""From Segment's JSON to `ParsedMessage`: identities, time, money, and one event name for each kind of message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import msgspec

from gonfalon.accounts.model import Workspace
from gonfalon.kit.cells import Unreadable
from gonfalon.kit.errors import Invalid
from gonfalon.kit.moments import read_moment
from gonfalon.kit.zones import country_of_zone
from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.companies.rules import LONGEST_KEY
from gonfalon.people.identities.model import Identified
from gonfalon.people.identities.rules import (
    normalise_email,
    normalise_external_id,
    normalise_phone,
)
from gonfalon.people.traits.model import Trait
from gonfalon.tracking.arrivals import arrival_of
from gonfalon.tracking.collector.amounts import money_of, plain, sum_of
from gonfalon.tracking.collector.marks import marks_of
from gonfalon.tracking.collector.model import ParsedMessage, Rejected
from gonfalon.tracking.orders import AMOUNTS, PRICED, REFUND_AMOUNTS, REVERSALS, specified

MESSAGE_BYTES: Final = 32 * 1024
BATCH_BYTES: Final = 500 * 1024
BATCH_MESSAGES: Final = 2_500
NAME_CHARACTERS: Final = 200
MOST_DEEP: Final = 64
KEY_CHARACTERS: Final = 255
NAMES: Final = {"page": "Page Viewed", "screen": "Screen Viewed", "group": "Group Joined"}
KINDS: Final = ("track", "identify", "page", "screen", "group", "alias")
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MINUTE: Final = timedelta(minutes=1)


class Message(msgspec.Struct, rename="camel"):
    """The JSON of one message; unknown members are ignored, as Segment's own server does."""

    type: str = ""
    event: str | None = None
    name: str | None = None
    category: str | None = None
    user_id: str | int | float | None = None
    anonymous_id: str | int | float | None = None
    previous_id: str | int | float | None = None
    group_id: str | int | float | None = None
    message_id: str | int | None = None
    email: str | None = None
    traits: dict[str, Any] | None = None
    properties: dict[str, Any] | None = None
    context: dict[str, Any] | None = None
    timestamp: str | int | float | None = None
    original_timestamp: str | int | float | None = None
    sent_at: str | int | float | None = None
    write_key: str | None = None


class Batch(msgspec.Struct, rename="camel"):
    """The JSON of a batch; each message is decoded by itself, so that one bad message spoils no other."""

    batch: list[msgspec.Raw]
    context: dict[str, Any] | None = None
    sent_at: str | int | float | None = None
    write_key: str | None = None


@dataclass(slots=True)
class Heard:
    """The messages of a request by their place in it: as they were said, as they are understood, and those refused."""

    said: dict[int, Message] = field(default_factory=dict)
    messages: dict[int, ParsedMessage] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)


_message = msgspec.json.Decoder(Message)
_batch = msgspec.json.Decoder(Batch)


def decode_message(body: bytes) -> Message:
    """Return one message; raises Invalid for what is not such JSON."""
    try:
        return _message.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid("json_invalid", f"The body is not a message in JSON: {_why(error)}.", said=_why(error)) from error


def decode_batch(body: bytes) -> Batch:
    """Return a batch; raises Invalid for what is not such JSON or holds too many messages."""
    try:
        batch = _batch.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid("json_invalid", f"The body is not a batch in JSON: {_why(error)}.", said=_why(error)) from error
    if len(batch.batch) > BATCH_MESSAGES:
        raise Invalid("batch_long", f"A batch may hold at most {BATCH_MESSAGES:,} messages.", most=BATCH_MESSAGES)
    return batch


def read(decoded: Message | Batch, kind: str, received: datetime, workspace: Workspace) -> Heard:
    """Understand the messages of a request; says of those that cannot be kept why, and leaves the others alone."""
    if isinstance(decoded, Message):
        decoded.type = kind
        return _understand([(0, decoded)], received, workspace, Heard())
    heard = Heard()
    read_well = []
    for index, raw in enumerate(decoded.batch):
        try:
            if len(raw) > MESSAGE_BYTES:
                raise Invalid("message_large", "A message may have at most 32 KB.")
            message = decode_message(bytes(raw))
            message.sent_at = message.sent_at or decoded.sent_at
            message.context = {**(decoded.context or {}), **(message.context or {})}
            read_well.append((index, message))
        except Invalid as error:
            heard.rejected.append(Rejected(index, error.code, error.sentence, error.details))
    return _understand(read_well, received, workspace, heard)


def _understand(
    messages: Sequence[tuple[int, Message]], received: datetime, workspace: Workspace, heard: Heard
) -> Heard:
    for index, message in messages:
        heard.said[index] = message
        try:
            heard.messages[index] = parse(message, message.type, received, workspace)
        except Invalid as error:
            heard.rejected.append(Rejected(index, error.code, error.sentence, error.details))
    return heard


def parse(message: Message, kind: str, received: datetime, workspace: Workspace) -> ParsedMessage:
    """Return one message as `ParsedMessage`; raises Invalid when it says too little."""
    kind = kind.strip().lower()
    if kind not in KINDS:
        raise Invalid(
            "type_unknown",
            f"“{kind[:40]}” is not a type of message; use one of {', '.join(KINDS)}.",
            value=kind[:40],
            known=", ".join(KINDS),
        )
    context = message.context or {}
    said = context.get("traits") if message.traits is None or kind == "group" else message.traits
    traits = clean(said) if isinstance(said, dict) else {}
    who, unread = _who(message, traits, kind, country_of_zone(workspace.time_zone))
    properties = clean(message.properties or {})
    name = NAMES.get(kind)
    if kind == "track":
        name = specified((message.event or "").strip())
        if not name:
            raise Invalid("event_missing", "A track message needs the name of its event.")
    elif kind == "group":
        properties = {**clean(message.traits or {}), "groupId": _id(message.group_id)}
    elif name:
        said_of = {"name": message.name, "category": message.category}
        properties = {**{key: plain(each) for key, each in said_of.items() if each}, **properties}
    if name is not None and len(name) > NAME_CHARACTERS:
        raise Invalid(
            "event_long", f"The name of an event may have at most {NAME_CHARACTERS} characters.", most=NAME_CHARACTERS
        )
    marks = marks_of(context)
    properties = {**marks, **properties}
    amounts = REFUND_AMOUNTS if name in REVERSALS else AMOUNTS
    amount, unit = money_of(properties, workspace.currency, amounts) if kind == "track" else (None, None)
    summed = amount is None and name in PRICED
    if summed:
        amount, unit = sum_of(properties, workspace.currency)
    at, of_time = _timed(message, received)
    changes = {
        **of_time,
        "address_unread": bool(unread),
        "id_ignored": who.external_id is None and bool(_id(message.user_id)),
        "amount_summed": summed and amount is not None,
        "bot": properties.get("bot") is True,
    }
    return ParsedMessage(
        who,
        None if name is None else plain(name),
        at,
        plain(str(message.message_id or ""))[:KEY_CHARACTERS] or f"gonfalon-{uuid4()}",
        properties,
        traits,
        amount,
        unit,
        arrival_of(properties, context),
        unread,
        _company(message) if kind == "group" else None,
        tuple(code for code, yes in changes.items() if yes),
    )


def _company(message: Message) -> tuple[str, Mapping[str, Any]] | None:
    """The company that a group message puts its person into; None where it names none."""
    key = _id(message.group_id)[:LONGEST_KEY]
    return (key, clean(message.traits or {})) if key else None


def moment_of(message: Message, received: datetime) -> datetime:
    """Return when it happened: received − (sent − said), which takes out a wrong clock at the sender.

    Never later than it was received nor before 2000; a message that says no time happened when it was received. Raises
    Invalid (`time_invalid`) for a time that cannot be read; of `sentAt`, which only corrects, that counts as unsaid.
    """
    return _timed(message, received)[0]


def _timed(message: Message, received: datetime) -> tuple[datetime, dict[str, bool]]:
    """`moment_of`, and whether that is another time than was said, by more than a minute, and why."""
    said = _moment(message.original_timestamp or message.timestamp)
    if said is None:
        return received, {}
    try:
        sent = _moment(message.sent_at)
    except Invalid:
        sent = None
    try:
        at = received - (sent - said) if sent is not None else said
    except OverflowError:
        return received, {"time_limited": True}
    limited = min(max(at, _EARLIEST), received)
    return limited, {"time_corrected": abs(at - said) > _MINUTE, "time_limited": abs(limited - at) > _MINUTE}


def _moment(given: str | int | float | None) -> datetime | None:
    """The moment in UTC, None where nothing is said: an order dated by guess would be counted on the wrong day."""
    if given is None or given == "":
        return None
    try:
        return read_moment(given, UTC).astimezone(UTC)
    except (Unreadable, OverflowError) as error:
        raise Invalid(
            "time_invalid",
            f"“{plain(str(given))[:60]}” is not a time that can be read; send ISO 8601, such as 2026-01-05T10:00:00Z.",
            value=plain(str(given))[:60],
        ) from error


def _who(message: Message, traits: Mapping[str, Any], kind: str, country: str) -> tuple[Identified, tuple[Trait, ...]]:
    """Whom the message is about, and the addresses and numbers in it that cannot be read."""
    external = _named(message.user_id)
    previous = _named(message.previous_id) if kind == "alias" else None
    email = message.email or _trait(traits, "email")
    if external and not email and "@" in external:
        email = external  # many shops use the address as their id
    unread: list[Trait] = []

    def read(key: str, normalise: Callable[[str], str], given: object) -> str | None:
        found = _maybe(normalise, given)
        if found is None and given and given is not external:
            unread.append(Trait(key, key, plain(str(given))[:200], AttributeType.TEXT, fits=False))
        return found

    who = Identified(
        external_id=external,
        email=read("email", normalise_email, email),
        phone=read("phone", lambda given: normalise_phone(given, country), _trait(traits, "phone")),
        anonymous_id=previous or _named(message.anonymous_id),
        previous_id=previous,
    )
    if not who:
        raise Invalid("identity_missing", "A message needs a userId, an anonymousId or an email: say whom it is about.")
    return who, tuple(unread)


def _trait(traits: Mapping[str, Any], name: str) -> object:
    """A trait by its name, however its sender writes capitals."""
    return traits.get(name) or next((value for key, value in traits.items() if key.casefold() == name and value), None)


def _named(given: object) -> str | None:
    """An id as its sender writes it, None for what is nobody's."""
    return _maybe(normalise_external_id, _id(given))


def _maybe(normalise: Callable[[str], str], given: object) -> str | None:
    if not isinstance(given, str) or not given or len(given) > 500:
        return None
    try:
        return normalise(given)
    except Invalid:
        return None


def _id(given: object) -> str:
    if isinstance(given, float) and given.is_integer():
        given = int(given)  # some languages know no other numbers
    return "" if given is None else plain(str(given)).strip()


def clean(value: Any, deeper: int = MOST_DEEP) -> Any:
    """Return JSON that PostgreSQL can keep; raises Invalid (`message_deep`) for what is nested deeper than is taken."""
    if isinstance(value, str):
        return plain(value)
    if not isinstance(value, dict | list):
        return value
    if not deeper:
        raise Invalid("message_deep", f"A message may be nested at most {MOST_DEEP} deep.", most=MOST_DEEP)
    if isinstance(value, dict):
        return {plain(str(key)): clean(item, deeper - 1) for key, item in value.items()}
    return [clean(item, deeper - 1) for item in value]


def _why(error: Exception) -> str:
    return str(error).rstrip(".")[:200].replace("\n", " ")
