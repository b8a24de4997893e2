"""A toy channel, written by docs/howto/add-a-channel.md: carrier pigeons stand in for push messages.

They fly to lofts, which are an attribute of people, carry the subject of a template, and cost grain. This is all there
is of it: nothing of delivery, audiences, planning or reports says its name.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.channels.contract import BadAddress, Blame, Connection, Envelope, Message, Outcome, Verdict
from gonfalon.channels.offers import Channel, Limits, Order, Price, Proposal
from gonfalon.channels.questions import Answer, Level, answer
from gonfalon.content.render.model import Source, TemplateProblem
from gonfalon.content.templates.model import Check
from gonfalon.content.templates.store import find_source
from gonfalon.kit.room import Room
from gonfalon.kit.services import Services
from gonfalon.people.addresses import Address

LOFT = Address("loft", attribute="loft", normalise=lambda given: given.strip().lower())
GRAIN = Price(Decimal("12.5"), "USD")
"""What a flight costs."""
ADDRESSES = """
create or replace view addresses as
select p.workspace_id, p.id as person_id, k.channel, a.address
from people p
cross join (values ('email'), ('sms'), ('push')) as k (channel)
cross join lateral (
    select case k.channel
        when 'email' then p.email when 'sms' then p.phone when 'push' then (p.attributes ->> 'loft') collate "C"
    end as address
) a
where p.erased_at is null and a.address is not null
"""
"""What the channel's migration would do."""


@dataclass
class Dovecote:
    """Where the pigeons start from; `flown`: what arrived, by loft."""

    connections: int = 2
    flown: dict[str, str] = field(default_factory=dict)

    async def connect(self) -> Connection:
        return Pigeon(self)


@dataclass
class Pigeon:
    """A connection: takes one letter after the other."""

    home: Dovecote
    goes_to: str = ""
    usable: bool = True

    def offer(self, envelope: Envelope) -> None:
        self.goes_to = envelope.recipient

    async def offered(self) -> Outcome | None:
        return None

    async def deliver(self, payload: Sequence[bytes], following: Envelope | None = None) -> Outcome:
        loft, self.goes_to = self.goes_to, following.recipient if following else ""
        if loft == "hawk's nest":
            return Outcome(Verdict.REJECTED, detail="Feathers only.", blame=Blame.RECIPIENT)
        assert loft not in self.home.flown, "nobody gets it twice"
        self.home.flown[loft] = b"".join(payload).decode()
        return Outcome(Verdict.ACCEPTED, detail="It came back without the letter.")

    def withdraw(self) -> None:
        self.goes_to = ""

    async def close(self) -> None:
        self.usable = False


@dataclass(frozen=True)
class Letter:
    """What a dispatch sends: the subject of its template, to somebody by their own id."""

    subject: str

    def message(self, row: Any, at: datetime) -> Message:
        if not row.address:
            raise BadAddress("There is no such loft.")
        return Message(Envelope("dovecote", row.address), [f"{row.external_id}: {self.subject}".encode()])


DOVECOTE = Dovecote()


async def load_dovecote(connection: AsyncConnection, services: Services, workspace_id: int) -> Dovecote:
    return DOVECOTE


async def write_letter(connection: AsyncConnection, services: Services, home: Dovecote, order: Order) -> Letter:
    template: tuple[UUID, int] = order.template
    return Letter((await find_source(connection, order.workspace_id, *template)).subject)


async def read_letter(ctx: Context, source: Source, attributes: Collection[str]) -> Check:
    """A letter is its subject: what else a template holds is nothing to pigeons."""
    return Check(
        (TemplateProblem("error", "letter_long", "Pigeons carry 40 letters."),) if len(source.subject) > 40 else ()
    )


async def look_at_the_sky(connection: AsyncConnection, proposal: Proposal) -> list[Answer]:
    storm = proposal.content is not None and any("storm" in link.destination for link in proposal.content.links)
    return [answer("sky.storm" if storm else "sky.clear", Level.BLOCKING if storm else Level.OK, "Looked outside.")]


async def price(connection: AsyncConnection, workspace_id: int) -> Price:
    return GRAIN


PIGEONS = Channel(
    "push", LOFT, provider=load_dovecote, compose=write_letter, inspect=read_letter, check=look_at_the_sky,
    limits=Limits(quiet=(20, 6)), cost=price,
)  # fmt: skip
ROOM = Room("pigeons", offers=(PIGEONS,))


async def migrate(services: Services) -> None:
    """Say in PostgreSQL where the lofts are."""
    async with services.db.transaction() as connection:
        await connection.execute(text(ADDRESSES))
