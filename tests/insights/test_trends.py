"""How a workspace comes on, day by day: revenue with refunds taken off, and people who agreed to email."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import text

from gonfalon.accounts.model import Role
from gonfalon.kit.engine import Engine
from gonfalon.people.identities.model import Identified
from gonfalon.tracking.collector.model import ParsedMessage
from gonfalon.tracking.collector.store import keep
from tests.conftest import World


async def trends(world: World, days: int = 7) -> dict[str, Any]:
    """What the API says, once the copy has everything."""
    async with world.services.db.reading() as connection:
        xid = await connection.scalar(text("select pg_current_xact_id()::text::bigint - 1"))
    await world.services.get(Engine).reached(int(xid or 0))
    answer = await world.http.get(f"{world.path}/trends", params={"days": days})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def noon(world: World, days_ago: int) -> datetime:
    """Noon of a day of the workspace's zone."""
    return datetime.combine(world.ctx.today - timedelta(days=days_ago), time(12), world.ctx.zone).astimezone(UTC)


async def test_nothing_is_unknown_and_not_zero(world: World) -> None:
    found = await trends(world)
    assert (found["orders_ever"], found["people_ever"], len(found["days"])) == (False, False, 7)


async def test_revenue_is_of_the_day_and_a_refund_takes_it_back(world: World) -> None:
    def order(
        key: str, days_ago: int, minor: int, currency: str = "EUR", name: str = "Order Completed"
    ) -> ParsedMessage:
        properties = {"order_id": key.split("/", maxsplit=1)[0], "currency": currency}
        return ParsedMessage(
            Identified(external_id="u"), name, noon(world, days_ago), key, properties, {}, minor, currency
        )

    told = [
        order("1", 0, 1000),
        order("2", 1, 2000),
        order("2/r", 0, 500, name="Order Refunded"),
        order("3", 8, 4000),
        order("4", 2, 700, "CHF"),
        order("5", 1, 300, name="Something Else"),
        order("1/of the browser", 0, 1000),
        order("6", 3, 900),
        order("6/u", 1, 600, name="Order Updated"),
    ]
    async with world.services.db.transaction() as connection:
        await keep(connection, world.services, world.workspace, told)
    found = await trends(world)
    by_day = [(each["minor"], each["orders"]) for each in found["days"]]
    assert by_day == [(0, 0), (0, 0), (0, 0), (600, 1), (0, 1), (1500, 1), (1000, 1)]
    assert (found["minor_before"], found["orders_before"], found["unconverted"]) == (4000, 1, 1)
    assert found["days"][-1]["day"] == world.ctx.today.isoformat()


async def test_people_count_from_their_agreement_until_they_withdraw(world: World) -> None:
    async with world.services.db.transaction() as connection:
        for number, (state, days_ago) in enumerate(
            [("granted", 40), ("granted", 3), ("withdrawn", 1), ("withdrawn", 40)]
        ):
            await connection.execute(
                text(
                    "with p as (insert into people (workspace_id, email) values (:w, :e) returning id)"
                    " insert into consents (workspace_id, person_id, channel, topic_id, state, at)"
                    " select :w, p.id, 'email', t.id, :s, :at from p, (select min(id) as id from topics"
                    " where workspace_id = :w) t"
                ),
                {"w": world.workspace.id, "e": f"p{number}@x.example", "s": state, "at": noon(world, days_ago)},
            )
    assert [each["people"] for each in (await trends(world))["days"]] == [2, 2, 2, 3, 3, 2, 2]


async def test_guests_see_none(world: World) -> None:
    guest = await world.member(Role.GUEST)
    assert (await guest.get(f"{world.path}/trends")).status_code == 403
