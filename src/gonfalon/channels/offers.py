"""What a channel is: a room offers one to add it. Whoever sends asks for these offers, and says no channel's name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, Table, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.channels.contract import Composition, Provider
from gonfalon.channels.questions import Answer
from gonfalon.content.render.model import Source
from gonfalon.content.templates.model import Check
from gonfalon.kit.errors import NotFound
from gonfalon.kit.services import Services
from gonfalon.people.offers import Addressed
from gonfalon.tracking.links.utm import Utm


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be composed, the same for everybody who gets it.

    reference: a short name of it, unique here, stable. template: its id and version. sender: whom it is from, as
    frozen at the launch; {}: as `sender_id` is now. campaign, touchpoint: their ids in hexadecimal, "" for a test.
    """

    workspace_id: int
    reference: str
    template: tuple[UUID, int]
    sender_id: UUID | None = None
    sender: Mapping[str, str] = field(default_factory=dict)
    link_set_id: int = 0
    utm: Utm = field(default_factory=Utm)
    campaign: str = ""
    touchpoint: str = ""
    test: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a channel is asked about before a launch. content: None while there is none that could be sent."""

    workspace_id: int
    touchpoint_id: UUID
    sender_id: UUID | None
    template_id: UUID | None
    content: Check | None


@dataclass(frozen=True, slots=True)
class Back:
    """What came back of a message that the other side had accepted.

    complaint: whoever got it called it spam. unsubscribed: they want no more of its topic. delivered: it arrived. gone:
    its address takes no mail, for good. reply: why, in their words. None of the first three: it bounced.
    """

    message_id: int
    complaint: bool = False
    unsubscribed: bool = False
    delivered: bool = False
    gone: bool = False
    reply: str = ""


@dataclass(frozen=True, slots=True)
class HearsBack:
    """Acts on what came back, in the transaction that writes it down; each mail is told once.

    hear: gets messages of one workspace.
    """

    hear: Callable[[AsyncConnection, Services, int, Sequence[Back]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Senders:
    """Whom a channel's messages can be from: rows of a table with `id`, `workspace_id` and `archived_at`.

    label: one's name in lists. description: all of it in words, which approvals cover. frozen: what `Order.sender`
    gets of it, as a JSON object.
    """

    table: Table
    label: ColumnElement[str]
    description: ColumnElement[str]
    frozen: ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel asks for besides what the workspace has set.

    quiet: hours of the workspace's zone from and until which its messages disturb people; None: they never do.
    """

    quiet: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What one message costs: an amount in minor units, or parts of one, of the currency that its provider bills in."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Channel(Addressed):
    """A channel that Gonfalon sends itself.

    provider: loads a workspace's way out as it is set now. compose: prepares what a dispatch sends; gets what
    `provider` gave. inspect: looks at a template as this channel would compose it, with the keys of attributes that
    there are. asks: codes of problems that it finds and `check` has a question about. check: answers the channel's
    own questions before a launch. cost: what one message costs a workspace now; None: nothing. hears_back: whether a
    workspace is told of messages that come back after they were accepted; None: none of this channel ever do.
    """

    provider: Callable[[AsyncConnection, Services, int], Awaitable[Provider]]
    compose: Callable[[AsyncConnection, Services, Any, Order], Awaitable[Composition]]
    inspect: Callable[[Context, Source, Collection[str]], Awaitable[Check]]
    check: Callable[[AsyncConnection, Proposal], Awaitable[Sequence[Answer]]]
    asks: frozenset[str] = frozenset()
    senders: Senders | None = None
    limits: Limits = Limits()
    cost: Callable[[AsyncConnection, int], Awaitable[Price]] | None = None
    hears_back: Callable[[AsyncConnection, int], Awaitable[bool]] | None = None

    @property
    def sent_here(self) -> bool:
        """Whether Gonfalon sends it itself."""
        return True


def find_channel(services: Services, name: str) -> Channel | None:
    """Return the channel of this name; None when Gonfalon does not send it."""
    return next((channel for channel in services.offered(Channel) if channel.name == name), None)


def channel_of(services: Services, name: str) -> Channel:
    """Return the channel of this name; raises NotFound."""
    found = find_channel(services, name)
    if found is None:
        raise NotFound("channel_not_sent", f"Nothing here sends messages of the channel {name}.", channel=name)
    return found


def usual_channel(services: Services) -> Channel:
    """Return the channel that is meant where none is named: the first that a room offers."""
    return services.offered(Channel)[0]


def sent_here(services: Services) -> frozenset[str]:
    """Return the names of all channels that Gonfalon sends itself."""
    return frozenset(channel.name for channel in services.offered(Channel))


def all_senders(services: Services) -> Subquery:
    """Return whom messages of any channel can be from: `id`, `workspace_id`, `archived_at`, `label`, `description`."""
    return union_all(
        *(
            select(
                senders.table.c.id,
                senders.table.c.workspace_id,
                senders.table.c.archived_at,
                senders.label.label("label"),
                senders.description.label("description"),
            )
            for senders in (channel.senders for channel in services.offered(Channel))
            if senders is not None
        )
    ).subquery("senders")


async def hears_back(connection: AsyncConnection, services: Services, workspace_id: int) -> bool:
    """Return whether a workspace is told of messages of any channel that come back after they were accepted."""
    asked = [channel.hears_back for channel in services.offered(Channel) if channel.hears_back is not None]
    return any([await ask(connection, workspace_id) for ask in asked])
