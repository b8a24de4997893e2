"""The conditions at the leaves of a rule's tree: frozen models that hold no SQL."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from .values import MAX_DAYS, Calendar, Count, Days, Family, Name, Op, Value, ValueType


class Node(BaseModel):
    """A part of a rule: frozen, and nothing in it that does not belong there."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Attribute(Node):
    """A condition on a declared attribute, by its key.

    ``value`` is a text, number, boolean or ISO date as the attribute's type asks; two values for
    ``between`` (both ends belong), up to 1,000 for ``any_of`` and ``none_of``, a number of days for
    the ``…_days`` operators, nothing for ``known``, ``unknown``, ``is_true`` and ``is_false``.
    """

    kind: Literal["attribute"] = "attribute"
    key: Name
    op: Op
    value: Value = None


class Company(Node):
    """A condition on the companies that a person belongs to: on a property, or (``property`` "") on the name.

    A positive condition holds where it holds for one of their companies, a negative one where it does for all of them,
    and so for who belongs to none. A value of another type counts as unknown.
    """

    kind: Literal["company"] = "company"
    property: Annotated[str, Field(max_length=200, pattern="^[^\\x00]*$")] = ""
    type: Literal[ValueType.TEXT, ValueType.NUMBER, ValueType.BOOLEAN] = ValueType.TEXT
    op: Op
    value: Value = None


class Tag(Node):
    """Whether a person carries a tag."""

    kind: Literal["tag"] = "tag"
    tag: Name
    has: bool = True


class Identity(Node):
    """Whether a person has an email address, a phone number or an id of the customer's system."""

    kind: Literal["identity"] = "identity"
    identity: Literal["email", "phone", "external_id"]
    has: bool = True


class Consent(Node):
    """What a person's consent for a channel and topic (its key) stands at.

    ``none`` is "never said anything", the opposite of granted or withdrawn.
    """

    kind: Literal["consent"] = "consent"
    channel: Name
    topic: Name
    state: Literal["granted", "withdrawn", "none"] = "granted"


class Member(Node):
    """Whether a person belongs to another audience (a list or a segment)."""

    kind: Literal["audience"] = "audience"
    audience: UUID
    member: bool = True


class Period(Node):
    """When: within the last days, since and until a day (inclusive), in a period of the calendar, or ever."""

    within_days: Days | None = None
    since: date | None = None
    until: date | None = None
    calendar: Calendar | None = None

    @property
    def ever(self) -> bool:
        """Whether any time will do."""
        return self.within_days is None and self.since is None and self.until is None and self.calendar is None


class Property(Node):
    """A condition on a property of an event; a value of another type counts as unknown.

    ``products[].sku`` asks the member ``sku`` of every item in the list ``products``, ``tags[]`` the items of ``tags``:
    a positive condition holds where it holds for one of them, a negative one where it does for all.
    """

    property: Name
    type: Literal[ValueType.TEXT, ValueType.NUMBER, ValueType.BOOLEAN] = ValueType.TEXT
    op: Op
    value: Value = None


Where = Annotated[tuple[Property, ...], Field(max_length=20)]


class Measure(Node):
    """A number made of a person's events: the sum, average, least or greatest value of a property.

    ``property`` is the name of a numeric property; None is the event's amount in minor units. Values of another type
    and beyond ±10¹⁵ count as not known; with no value known nothing holds. Sums and averages are rounded to six
    decimals, and so is what they are compared with: 0.1 and 0.2 make 0.3.
    """

    of: Literal["sum", "avg", "min", "max"]
    property: Name | None = None
    op: Literal[Op.LT, Op.LE, Op.GT, Op.GE, Op.BETWEEN]
    value: Value = None


class Event(Period):
    """What a person did: how often an event with that name and those properties happened.

    Without numbers: at least once. ``at_most`` alone includes people who never did it.
    ``total_at_least`` is the least sum of the events' amounts, in minor units; ``measure`` says it of any property.
    ``which`` asks the period of the first or the last such event alone.
    ``did=False`` means: not once.
    """

    kind: Literal["event"] = "event"
    name: Name
    did: bool = True
    at_least: Count | None = None
    at_most: Count | None = None
    total_at_least: Annotated[int, Field(ge=1, le=10**15)] | None = None
    where: Where = ()
    measure: Measure | None = None
    which: Literal["any", "first", "last"] = "any"


class Step(Node):
    """An event of a sequence."""

    name: Name
    where: Where = ()


class Sequence(Period):
    """One event and then another: somebody did ``first`` in the period, and ``second`` later, within so many hours.

    ``followed=False`` is the opposite of the second half: there is a ``first`` whose time is over and after which no
    ``second`` came. Without ``within_hours`` any later time will do.
    """

    kind: Literal["sequence"] = "sequence"
    first: Step
    second: Step
    followed: bool = True
    within_hours: Annotated[int, Field(ge=1, le=24 * MAX_DAYS)] | None = None


class Frequency(Node):
    """How often a week: at least so many times in each of the last ``weeks``, or on average over them.

    A week is seven days, the last of them ending with today.
    """

    kind: Literal["frequency"] = "frequency"
    name: Name
    at_least: Annotated[int, Field(ge=1, le=1000)] = 1
    weeks: Annotated[int, Field(ge=1, le=52)] = 4
    how: Literal["each", "average"] = "each"
    where: Where = ()


class Intent(Period):
    """How often a person did any event of a family of intent, as the workspace's events are sorted into families."""

    kind: Literal["intent"] = "intent"
    family: Family
    did: bool = True
    at_least: Count | None = None
    at_most: Count | None = None


class Active(Period):
    """Whether a person did anything: an event here, or a click in a message (not a machine's).

    ``not_within_days`` leaves out the last days of the period: active in the last 120 days but for the last 30.
    """

    kind: Literal["active"] = "active"
    did: bool = True
    not_within_days: Days | None = None


class Engagement(Node):
    """How engaged a person is. Everybody has exactly one level.

    ``new``: first known here in the last 30 days. Of the others: ``dormant`` did nothing in the last 90 days,
    ``returning`` did something in the last 30 days and nothing in the 90 days before, ``member`` is everybody else.
    """

    kind: Literal["engagement"] = "engagement"
    level: Literal["new", "member", "returning", "dormant"]


class Lifecycle(Node):
    """Where a person stands as a customer, by events of the family ``purchase``. Everybody is in exactly one stage.

    ``prospect`` never bought; ``first`` bought once, ``repeat`` more often, both with a purchase in the last 180
    days; the last purchase of ``lapsing`` is 181 to 365 days ago, that of ``lapsed`` longer.
    """

    kind: Literal["lifecycle"] = "lifecycle"
    stage: Literal["prospect", "first", "repeat", "lapsing", "lapsed"]


class Rfm(Node):
    """A customer's fifth among the workspace's customers, 5 being the best: by last purchase, number or sum.

    The limits between the fifths are kept and computed anew every hour. Whoever never bought has no score.
    """

    kind: Literal["rfm"] = "rfm"
    what: Literal["recency", "frequency", "monetary"]
    at_least: Annotated[int, Field(ge=1, le=5)] = 1
    at_most: Annotated[int, Field(ge=1, le=5)] = 5


class Score(Node):
    """Whether a person has so many points of a score, or is in a stage of it; of who was not counted yet: false.

    At least one of ``at_least``, ``at_most`` and ``stage`` is given; all that are must hold.
    """

    kind: Literal["score"] = "score"
    score: UUID
    at_least: Annotated[int, Field(ge=-1_000_000, le=1_000_000)] | None = None
    at_most: Annotated[int, Field(ge=-1_000_000, le=1_000_000)] | None = None
    stage: Name | None = None
    has: bool = True


class Preference(Node):
    """Whether a channel is one that a person clicked most on in the last 365 days (machines' clicks left out)."""

    kind: Literal["preference"] = "preference"
    channel: Name
    prefers: bool = True


class Place(Node):
    """Whether a person is within so many kilometres of a place; two number attributes hold their degrees."""

    kind: Literal["place"] = "place"
    latitude_key: Name
    longitude_key: Name
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    km: Annotated[float, Field(gt=0, le=20_100, allow_inf_nan=False)]
    inside: bool = True


class Message(Period):
    """Whether a message was sent to a person, or opened or clicked by them.

    ``sent`` means handed over to the provider. Opens and clicks of machines (scanners, prefetching)
    count only with ``include_machines``. Without campaign and touchpoint: any message.
    """

    kind: Literal["message"] = "message"
    what: Literal["sent", "opened", "clicked"]
    did: bool = True
    campaign: UUID | None = None
    touchpoint: UUID | None = None
    include_machines: bool = False


class Created(Node):
    """When a person was first known here."""

    kind: Literal["created"] = "created"
    op: Literal[Op.BEFORE, Op.AFTER, Op.ON, Op.BETWEEN, Op.IN_LAST_DAYS, Op.NOT_IN_LAST_DAYS, Op.DURING]
    value: Value = None
