"""The demo workspace: a real retailer's randomised mail test, with its real outcomes (see demo_data/README.md).

Every step goes through the doors that users' actions go through and can be repeated, so a load that was
interrupted is simply begun again.
"""

from __future__ import annotations

import csv
import hashlib
import io
import lzma
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from gonfalon.accounts.actions import adopt_workspaces, create_workspace
from gonfalon.accounts.context import Context, operator_context
from gonfalon.accounts.model import Workspace
from gonfalon.accounts.tables import workspaces
from gonfalon.audiences.actions import create_audience
from gonfalon.audiences.model import AudienceKind
from gonfalon.audiences.tables import audiences
from gonfalon.channels.email.actions import create_sender
from gonfalon.channels.email.schemas import SenderIn
from gonfalon.channels.email.tables import sender_identities
from gonfalon.content.tables import templates
from gonfalon.content.templates.actions import create_template
from gonfalon.entry.demo_mail import keep_pictures, send_preview
from gonfalon.entry.demo_plan import IN_TOWN, plan_on
from gonfalon.entry.demo_team import begin_team
from gonfalon.entry.progress import Show, unseen
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.money import to_minor
from gonfalon.kit.services import Services
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Category
from gonfalon.people.consent.actions import create_topic
from gonfalon.people.identities.model import Identified
from gonfalon.people.imports.actions import import_file
from gonfalon.people.imports.model import ConsentPlan, ImportState, Plan, Progress
from gonfalon.people.tables import topics
from gonfalon.planning.budget.actions import add_line
from gonfalon.planning.budget.entries.actions import record_entry
from gonfalon.planning.budget.model import EntryDraft, EntryKind, LineDraft, Source
from gonfalon.planning.campaigns.actions import create_campaign
from gonfalon.planning.campaigns.model import CampaignPlan
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.goals.actions import set_goal
from gonfalon.planning.launch.history import record_past_launch
from gonfalon.planning.model import Attribution, Basis, Goal, Resource
from gonfalon.planning.playbook.templates.instantiate import instantiate
from gonfalon.planning.playbook.templates.ready import ready_id
from gonfalon.planning.playbook.templates.schemas import TemplateWish
from gonfalon.planning.tables.budget import budget_lines
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.goals import goals
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.planning.touchpoints.actions import create_touchpoint
from gonfalon.planning.touchpoints.model import TouchpointDraft
from gonfalon.tracking.collector.model import ParsedMessage
from gonfalon.tracking.collector.store import keep
from gonfalon.tracking.tables import events

NAME = "Hillstrom"
SLUG = "hillstrom"
ZONE = "America/New_York"
CAMPAIGN = "Holiday mail test"
NEXT = "Clearance sale (example plan)"
"""What comes next, made from a ready template, so that the plan's pages have something to show."""
DAYS_UNDER_WAY = 14
SALE_TARGET = Decimal(9_000_000)
"""In minor units, an example figure."""
SALE_COSTS = {"copy": 2_400_00, "design": 3_200_00, "photo": 4_000_00, "ads": 14_000_00, "discounts": 6_000_00}
"""Example figures as well."""
WEEKS = 2
AGO = timedelta(days=17)
TOOK = timedelta(minutes=40)
SLICE = 2_000
_OUTCOMES = ("visit", "conversion", "spend")

DESCRIPTION = (
    "A retailer's real test (Kevin Hillstrom, MineThatData, 2008): 64,000 customers, in random thirds, got a mail "
    "about men's wear, a mail about women's wear, or none. Who visited, who bought and for how much in the two weeks "
    "after is real. Made up for this demo: names and addresses, the dates, when within the two weeks somebody visited, "
    "the mails' looks and the costs. Nobody's opens and clicks are known, so there are none."
)
WORDING = "Demo data: these customers are taken to have agreed to the shop's offers by email."

GROUPS = (
    ("Men's mail", "Mens E-Mail", 0, "Test group: men's mail"),
    ("Women's mail", "Womens E-Mail", 0, "Test group: women's mail"),
    ("No mail (held out)", "No E-Mail", 100, "Test group: no mail"),
)
"""Touchpoint, its value of test_group, its holdout in percent, and its audience's name."""

COSTS = (
    ("Copy and design (example figure)", Resource.CONTRACTOR, 6_000_00, 5_400_00, 4),
    ("Merchandising and set-up (example figure)", Resource.STAFF, 3_500_00, 3_800_00, 7),
    ("Mail delivery (example figure)", Resource.MEDIA, 1_500_00, 1_280_82, 11),
)
"""Line, resource, planned and spent in cents, and days after the first on which the bill came."""


async def load_demo(services: Services, show: Show = unseen) -> Workspace:
    """Load the demo workspace, or what of it is missing, telling how far it is. Its owner is the installation's first.

    Before anybody has set the installation up it belongs to nobody, and whoever does becomes its owner.
    """
    async with services.db.transaction() as guard:
        await one_at_a_time(guard, "demo")
        workspace = await _workspace(services)
        await _load(operator_context(services, workspace, "Demo"), show)
    await begin_team(services, workspace)
    return workspace


async def _workspace(services: Services) -> Workspace:
    async with services.db.transaction() as connection:
        found = (
            await connection.execute(select(workspaces).where(workspaces.c.settings["demo"].astext == SLUG))
        ).first()
        if found is not None:
            return Workspace(found.id, found.slug, found.name, found.time_zone, found.currency, found.language)
        made = await create_workspace(
            services, connection, NAME, time_zone=ZONE, currency="USD", language="en", settings={"demo": SLUG}
        )
        await adopt_workspaces(services, connection)
        return made


async def _load(ctx: Context, show: Show) -> None:
    zone = ZoneInfo(ZONE)
    began = datetime.combine((ctx.now - AGO).astimezone(zone).date(), time(9, 30), zone)
    campaign_id = await _named(ctx, campaigns, CAMPAIGN)
    if campaign_id is None:
        topic_id = await _topic(ctx)
        await _people(ctx, topic_id, began, show)
        campaign_id = await _campaign(ctx, began)
    else:
        began = await _planned_start(ctx, campaign_id)
        topic_id = await _topic(ctx)
    await _plan(ctx, campaign_id, began)
    show("Demo: the campaign", 0, None)
    await _touchpoints(ctx, campaign_id, topic_id, began)
    await _events(ctx, began, show)
    await _next(ctx)


async def _named(ctx: Context, table: Any, name: str) -> UUID | None:
    async with ctx.reading() as connection:
        found = await connection.execute(
            select(table.c.id).where(table.c.workspace_id == ctx.workspace.id, table.c.name == name)
        )
        return found.scalars().first()


async def _planned_start(ctx: Context, campaign_id: UUID) -> datetime:
    async with ctx.reading() as connection:
        row = await find_campaign(ctx, connection, campaign_id)
    assert row.starts_on is not None
    return datetime.combine(row.starts_on, time(9, 30), ZoneInfo(ZONE))


async def _topic(ctx: Context) -> int:
    async with ctx.reading() as connection:
        found = await connection.execute(
            select(topics.c.id)
            .where(topics.c.workspace_id == ctx.workspace.id, topics.c.archived_at.is_(None))
            .order_by(topics.c.position, topics.c.id)
        )
        first = found.scalars().first()
    return first if first is not None else (await create_topic(ctx, "Offers")).id


def rows() -> Iterator[dict[str, str]]:
    """Return the demo file, a dictionary a customer."""
    packed = (resources.files("gonfalon.demo_data") / "hillstrom.csv.xz").read_bytes()
    yield from csv.DictReader(io.StringIO(lzma.decompress(packed).decode()))


async def _people(ctx: Context, topic_id: int, began: datetime, show: Show) -> None:
    def tell(step: Progress) -> None:
        show("Demo: 64,000 customers", step.bytes, step.total_bytes or None)

    folder = ctx.services.settings.folder / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "hillstrom_customers.csv"
    try:
        write_people(path)
        first = await import_file(ctx, path, _plan_of(await _suggested(ctx, path), topic_id, began), tell)
    finally:
        path.unlink(missing_ok=True)
    if first.state is not ImportState.FINISHED:
        raise RuntimeError(f"The demo's people could not be imported: {first.error}")


def write_people(path: Path) -> None:
    """Write the customers as the shop's own file: CSV without the outcomes of the test."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer: csv.DictWriter[str] | None = None
        for row in rows():
            if writer is None:
                names = [name for name in row if name not in _OUTCOMES]
                names[1:1] = ["first_name", "last_name"]
                writer = csv.DictWriter(file, names, extrasaction="ignore")
                writer.writeheader()
            first_name, last_name = name_of(row["customer_id"])
            writer.writerow({**row, "first_name": first_name, "last_name": last_name})


def name_of(customer: str) -> tuple[str, str]:
    """Return a made-up name, the same for the same customer."""
    first, last = _names()
    draw = int.from_bytes(hashlib.sha256(f"name {customer}".encode()).digest()[:6], "big")
    return first[draw % len(first)], last[draw // len(first) % len(last)]


@cache
def _names() -> tuple[list[str], list[str]]:
    first, last = (resources.files("gonfalon.demo_data") / "names.txt").read_text(encoding="utf-8").splitlines()
    return first.split(), last.split()


async def _suggested(ctx: Context, path: Path) -> Plan:
    from gonfalon.people.attributes.store import attributes_of
    from gonfalon.people.imports.detect import WritingHabits, detect

    async with ctx.reading() as connection:
        known = await attributes_of(connection, ctx.workspace.id)
    found = detect(path, known, WritingHabits(ctx.workspace.currency, "en", "US")).suggested
    if found is None:
        raise RuntimeError("The demo's people cannot be read.")
    return found


def _plan_of(suggested: Plan, topic_id: int, began: datetime) -> Plan:
    consent = ConsentPlan(
        topic_ids=[topic_id],
        at=began - timedelta(days=30),
        origin="Demo data (MineThatData e-mail analytics challenge)",
        wording=WORDING,
    )
    return suggested.model_copy(update={"consent": consent})


async def _campaign(ctx: Context, began: datetime) -> UUID:
    plan = CampaignPlan(
        name=CAMPAIGN,
        category=Category.MONETISATION,
        description=DESCRIPTION,
        starts_on=began.date(),
        ends_on=(began + timedelta(weeks=WEEKS)).date(),
        attribution=Attribution(Basis.DELIVERY, WEEKS * 7, "Order Completed"),
    )
    return await create_campaign(ctx, plan)


async def _plan(ctx: Context, campaign_id: UUID, began: datetime) -> None:
    async with ctx.reading() as connection:
        goal = (await connection.execute(select(goals.c.id).where(goals.c.campaign_id == campaign_id))).first()
        known = await connection.execute(
            select(budget_lines.c.name, budget_lines.c.id, budget_lines.c.spent_minor).where(
                budget_lines.c.campaign_id == campaign_id
            )
        )
        lines = {row.name: row for row in known}
    if goal is None:
        deadline = (began + timedelta(weeks=WEEKS)).date()
        await set_goal(
            ctx, campaign_id, Goal(GoalMetric.CONVERSION_RATE, Decimal("0.0100"), deadline, Decimal("0.0057")), None
        )
    for name, resource, planned, spent, days in COSTS:
        line = (
            lines[name].id
            if name in lines
            else await add_line(ctx, campaign_id, LineDraft(name, resource, planned_minor=planned))
        )
        if name not in lines or lines[name].spent_minor == 0:
            billed = (began + timedelta(days=days)).date()
            bill = EntryDraft(line, EntryKind.INVOICE, billed, spent, "USD", external_id=f"demo-{days}")
            await record_entry(ctx, campaign_id, bill, Source.MANUAL)


async def _touchpoints(ctx: Context, campaign_id: UUID, topic_id: int, began: datetime) -> None:
    sender = await _sender(ctx)
    await _tutorial_audience(ctx)
    for name, group, holdout, audience_name in GROUPS:
        touchpoint = await _named(ctx, touchpoints, name)
        if touchpoint is None:
            audience = await _named(ctx, audiences, audience_name)
            if audience is None:
                rule = {"kind": "attribute", "key": "test_group", "op": "is", "value": group}
                made = await create_audience(ctx, kind=AudienceKind.SEGMENT, name=audience_name, rule=rule)
                audience = made.id
            draft = TouchpointDraft(
                name,
                audience_id=audience,
                template_id=await _template(ctx, "Women's wear" if "Womens" in group else "Men's wear"),
                sender_identity_id=sender,
                topic_id=topic_id,
                holdout_percent=holdout,
            )
            touchpoint = await create_touchpoint(ctx, campaign_id, draft)
        await record_past_launch(ctx, touchpoint, began, TOOK)


async def _sender(ctx: Context) -> UUID:
    async with ctx.reading() as connection:
        found = await connection.execute(
            select(sender_identities.c.id).where(sender_identities.c.workspace_id == ctx.workspace.id)
        )
        known: UUID | None = found.scalars().first()
    if known is not None:
        return known
    return (await create_sender(ctx, SenderIn(from_name="Hillstrom", from_address="news@hillstrom.example"))).id


async def _template(ctx: Context, name: str) -> UUID:
    known = await _named(ctx, templates, name)
    return known if known is not None else (await create_template(ctx, name, starter_key="offer")).id


async def _next(ctx: Context) -> None:
    if await _named(ctx, campaigns, NEXT) is None:
        first = ctx.now.astimezone(ZoneInfo(ZONE)).date() - timedelta(days=DAYS_UNDER_WAY)
        wish = TemplateWish(name=NEXT, starts_on=first, goal_target=SALE_TARGET, amounts=SALE_COSTS)
        await instantiate(ctx, ready_id("seasonal_sale"), wish)
    await plan_on(ctx, NEXT, CAMPAIGN)
    campaign_id = await _named(ctx, campaigns, NEXT)
    assert campaign_id is not None
    await keep_pictures(ctx)
    await send_preview(ctx, campaign_id, await _template(ctx, "Men's wear"), await _sender(ctx), await _topic(ctx))


async def _tutorial_audience(ctx: Context) -> None:
    if await _named(ctx, audiences, IN_TOWN) is not None:
        return
    rules = [
        {"kind": "attribute", "key": "bought_womens", "op": "is_true"},
        {"kind": "attribute", "key": "months_since_last_order", "op": "le", "value": 6},
        {"kind": "attribute", "key": "new_customer", "op": "is_false"},
        {"kind": "attribute", "key": "area", "op": "any_of", "value": ["Urban", "Surburban"]},
    ]
    await create_audience(
        ctx,
        kind=AudienceKind.SEGMENT,
        name=IN_TOWN,
        description="Bought women's wear, last order at most six months ago, not new, lives in town.",
        rule={"kind": "all", "rules": rules},
    )


async def _events(ctx: Context, began: datetime, show: Show) -> None:
    """Visits and orders, told as a shop's own system would tell them; told again they are known already."""
    told = list(_told(began))
    async with ctx.reading() as connection:  # the last is kept only when all before it are
        kept = await connection.execute(
            select(events.c.id).where(
                events.c.workspace_id == ctx.workspace.id, events.c.source_key == told[-1].source_key
            )
        )
        if kept.first() is not None:
            return
    for start in range(0, len(told), SLICE):
        async with ctx.transaction() as connection:
            await keep(connection, ctx.services, ctx.workspace, told[start : start + SLICE])
        show("Demo: visits and orders", start + SLICE, len(told))


def _told(began: datetime) -> Iterator[ParsedMessage]:
    for row in rows():
        if row["visit"] != "1":
            continue
        customer = row["customer_id"]
        at = moment_of_visit(customer, began)
        who = Identified(external_id=customer)
        yield ParsedMessage(who, "Visit", at, f"demo-visit-{customer}", {}, {})
        if row["conversion"] == "1":
            amount = to_minor(row["spend"], "USD")
            order = {"revenue": float(row["spend"]), "currency": "USD"}
            ordered = at + timedelta(minutes=9)
            yield ParsedMessage(who, "Order Completed", ordered, f"demo-order-{customer}", order, {}, amount, "USD")


def moment_of_visit(customer: str, began: datetime) -> datetime:
    """Return a made-up moment within the two weeks, more of them early; the same for the same customer."""
    draw = int.from_bytes(hashlib.sha256(customer.encode()).digest()[:6], "big") / 2**48
    whole = timedelta(weeks=WEEKS) - TOOK - timedelta(hours=1)
    return began + TOOK + timedelta(seconds=round(whole.total_seconds() * draw**2))
