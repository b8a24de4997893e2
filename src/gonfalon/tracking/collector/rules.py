"""From Segment's JSON to `ParsedMessage`: identities, time, money, and one event name for each kind of message."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN
from typing import Any, Final
from uuid import uuid4

import msgspec

from gonfalon.accounts.model import Workspace
from gonfalon.kit.cells import Mark, Unreadable, read_amount, read_currency
from gonfalon.kit.errors import Invalid
from gonfalon.kit.moments import read_moment
from gonfalon.kit.money import to_minor
from gonfalon.kit.numbers import NotANumber, read_decimal
from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.identities.model import Identified
from gonfalon.people.identities.rules import (
    country_of_zone,
    is_nobody,
    normalise_email,
    normalise_external_id,
    normalise_phone,
)
from gonfalon.people.traits.model import Trait
from gonfalon.tracking.arrivals import arrival_of
from gonfalon.tracking.collector.model import ParsedMessage, Rejected
from gonfalon.tracking.orders import AMOUNTS, PRICED, REFUND_AMOUNTS, REVERSALS

MESSAGE_BYTES: Final = 32 * 1024
BATCH_BYTES: Final = 500 * 1024
BATCH_MESSAGES: Final = 2_500
NAME_CHARACTERS: Final = 200
MOST_DEEP: Final = 64
KEY_CHARACTERS: Final = 255
NAMES: Final = {"page": "Page Viewed", "screen": "Screen Viewed", "group": "Group Joined"}
KINDS: Final = ("track", "identify", "page", "screen", "group", "alias")
_CURRENCIES: Final = ("currency", "currencyCode", "currency_code")
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MOST_MINOR: Final = 2**53
_PROGRAMS: Final = re.compile(r"-?[0-9]{1,18}\.[0-9]{1,18}")


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


_message = msgspec.json.Decoder(Message)
_batch = msgspec.json.Decoder(Batch)


def decode_message(body: bytes) -> Message:
    """One message; raises Invalid for what is not such JSON."""
    try:
        return _message.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid("json_invalid", f"The body is not a message in JSON: {_why(error)}.", said=_why(error)) from error


def decode_batch(body: bytes) -> Batch:
    """A batch; raises Invalid for what is not such JSON or holds too many messages."""
    try:
        batch = _batch.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid("json_invalid", f"The body is not a batch in JSON: {_why(error)}.", said=_why(error)) from error
    if len(batch.batch) > BATCH_MESSAGES:
        raise Invalid("batch_long", f"A batch may hold at most {BATCH_MESSAGES:,} messages.", most=BATCH_MESSAGES)
    return batch


def parse_batch(
    batch: Batch, received: datetime, workspace: Workspace
) -> tuple[dict[int, ParsedMessage], list[Rejected]]:
    """Return the messages that can be kept, by their place in the batch, and why others cannot."""
    messages: dict[int, ParsedMessage] = {}
    rejected: list[Rejected] = []
    for index, raw in enumerate(batch.batch):
        try:
            if len(raw) > MESSAGE_BYTES:
                raise Invalid("message_large", "A message may have at most 32 KB.")
            message = decode_message(bytes(raw))
            message.sent_at = message.sent_at or batch.sent_at
            message.context = {**(batch.context or {}), **(message.context or {})}
            messages[index] = parse(message, message.type, received, workspace)
        except Invalid as error:
            rejected.append(Rejected(index, error.code, error.sentence))
    return messages, rejected


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
    traits = _clean(said) if isinstance(said, dict) else {}
    who, unread = _who(message, traits, kind, country_of_zone(workspace.time_zone))
    properties = _clean(message.properties or {})
    name = NAMES.get(kind)
    if kind == "track":
        name = (message.event or "").strip()
        if not name:
            raise Invalid("event_missing", "A track message needs the name of its event.")
    elif kind == "group":
        properties = {**_clean(message.traits or {}), "groupId": _id(message.group_id)}
    elif name:
        said_of = {"name": message.name, "category": message.category}
        properties = {**{key: _text(each) for key, each in said_of.items() if each}, **properties}
    if name is not None and len(name) > NAME_CHARACTERS:
        raise Invalid(
            "event_long", f"The name of an event may have at most {NAME_CHARACTERS} characters.", most=NAME_CHARACTERS
        )
    amounts = REFUND_AMOUNTS if name in REVERSALS else AMOUNTS
    amount, unit = money_of(properties, workspace.currency, amounts) if kind == "track" else (None, None)
    if amount is None and name in PRICED:
        amount, unit = _sum_of(properties, workspace.currency)
    return ParsedMessage(
        who,
        None if name is None else _text(name),
        moment_of(message, received),
        _text(str(message.message_id or ""))[:KEY_CHARACTERS] or f"gonfalon-{uuid4()}",
        properties,
        traits,
        amount,
        unit,
        arrival_of(properties, context),
        unread,
    )


def moment_of(message: Message, received: datetime) -> datetime:
    """Return when it happened: received − (sent − said), which takes out a wrong clock at the sender.

    Never later than it was received nor before 2000; a message that says no time happened when it was received. Raises
    Invalid (`time_invalid`) for a time that cannot be read; of `sentAt`, which only corrects, that counts as unsaid.
    """
    said = _moment(message.original_timestamp or message.timestamp)
    if said is None:
        return received
    try:
        sent = _moment(message.sent_at)
    except Invalid:
        sent = None
    try:
        at = received - (sent - said) if sent is not None else said
    except OverflowError:
        return received
    return min(max(at, _EARLIEST), received)


def _moment(given: str | int | float | None) -> datetime | None:
    """The moment in UTC, None where nothing is said: an order dated by guess would be counted on the wrong day."""
    if given is None or given == "":
        return None
    try:
        return read_moment(given, UTC).astimezone(UTC)
    except (Unreadable, OverflowError) as error:
        raise Invalid(
            "time_invalid",
            f"“{_text(str(given))[:60]}” is not a time that can be read; send ISO 8601, such as 2026-01-05T10:00:00Z.",
            value=_text(str(given))[:60],
        ) from error


def money_of(
    properties: Mapping[str, Any], currency: str, amounts: Sequence[str] = AMOUNTS
) -> tuple[int | None, str | None]:
    """Return the amount of an event in minor units and its currency: `revenue`, else `total`, else `value`.

    Texts may be written as people write amounts (“1,234.56”, “12,50 €”). The currency is `currency` of the properties,
    else the one written beside the amount, else the given one. Raises Invalid for an amount that cannot be read: an
    order without its money would be missed by nobody. `value` is money only where it can be read, or has a currency.
    """
    unit = _unit(properties, currency)
    for key in amounts:
        given = properties.get(key)
        if given is None or (isinstance(given, str) and is_nobody(given) and not any(map(str.isdigit, given))):
            continue
        try:
            return _money(given, unit, currency)
        except Invalid as error:
            if key != "value" or unit is not None:
                raise Invalid("amount_invalid", f"“{key}”: {error.sentence}") from error
    return None, None


def _unit(properties: Mapping[str, Any], home: str) -> str | None:
    """The currency that the properties name, by code, sign or name; None where they don't."""
    said = next((properties[key] for key in _CURRENCIES if properties.get(key)), None)
    if not isinstance(said, str) or is_nobody(said):
        return None
    try:
        return read_currency(said, home)
    except Unreadable as error:
        raise Invalid(
            "currency_unknown",
            f"“{_text(said)[:40]}” is not a currency; use a code such as EUR, USD or SEK.",
            currency=_text(said)[:40],
        ) from error


def _sum_of(properties: Mapping[str, Any], home: str) -> tuple[int | None, str | None]:
    """What the products of an order cost, where the order doesn't say: only if each of them has a price."""
    products = properties.get("products")
    if not isinstance(products, list) or not products:
        return None, None
    unit = _unit(properties, home)
    total = 0
    for each in products:
        try:
            count = read_decimal(each.get("quantity") or 1)
            price, unit = _money(each.get("price"), unit, home)
        except (AttributeError, Invalid, NotANumber, TypeError):
            return None, None
        total += int((price * count).to_integral_value(ROUND_HALF_EVEN))
    return (total, unit) if abs(total) < _MOST_MINOR else (None, None)


def _money(given: object, unit: str | None, home: str) -> tuple[int, str]:
    found = unit or home
    if isinstance(given, str):
        try:
            # A program's "12.345" is no thousands, whatever a reader would think.
            mark: Mark = "point" if _PROGRAMS.fullmatch(given.strip()) else ""
            amount, written = read_amount(given, found, mark)
        except Unreadable as error:
            raise Invalid(
                "amount_invalid", f"“{_text(given)[:40]}” is not an amount that can be read.", value=_text(given)[:40]
            ) from error
        if unit is not None and written != unit:
            raise Invalid(
                "amount_invalid",
                f"“{_text(given)[:40]}” is in {written} and the currency says {unit}.",
                value=_text(given)[:40],
            )
        found = written
    elif isinstance(given, int | float) and not isinstance(given, bool):
        try:
            amount = read_decimal(given)
        except NotANumber as error:
            raise Invalid("amount_invalid", "the amount is too large.") from error
    else:
        raise Invalid("amount_invalid", "send the amount as a number, such as 59.90.")
    minor = to_minor(amount, found)
    if abs(minor) >= _MOST_MINOR:
        raise Invalid("amount_invalid", "the amount is too large.")
    return minor, found


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
            unread.append(Trait(key, key, _text(str(given))[:200], AttributeType.TEXT, fits=False))
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
    return "" if given is None else _text(str(given)).strip()


def _text(given: str) -> str:
    """Without what PostgreSQL cannot keep: NUL and halves of surrogate pairs."""
    return given.replace("\0", "").encode("utf-8", "ignore").decode()


def _clean(value: Any, deeper: int = MOST_DEEP) -> Any:
    if isinstance(value, str):
        return _text(value)
    if not isinstance(value, dict | list):
        return value
    if not deeper:
        raise Invalid("message_deep", f"A message may be nested at most {MOST_DEEP} deep.", most=MOST_DEEP)
    if isinstance(value, dict):
        return {_text(str(key)): _clean(item, deeper - 1) for key, item in value.items()}
    return [_clean(item, deeper - 1) for item in value]


def _why(error: Exception) -> str:
    return str(error).rstrip(".")[:200].replace("\n", " ")
