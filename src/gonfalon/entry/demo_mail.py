"""The demo's made-up mail: a preview that really goes to made-up readers, into the mail sandbox, and is read there.

It belongs to the example campaign and says so by its name. Nobody of the real test gets it, so its figures stay.
"""

from __future__ import annotations

from datetime import timedelta
from importlib import resources
from uuid import UUID

from procrastinate import JobContext
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, operator_context
from gonfalon.accounts.store import workspace_by_id
from gonfalon.audiences.actions import add_to_list, create_audience
from gonfalon.audiences.model import AudienceKind
from gonfalon.content.assets.actions import upload_asset
from gonfalon.delivery.tables import dispatches, messages
from gonfalon.kit.jobs import defer, jobs
from gonfalon.kit.services import Services
from gonfalon.people.profiles.actions import Agreement, identified, save_person
from gonfalon.planning.launch.actions import launch_touchpoint
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.planning.touchpoints.actions import create_touchpoint
from gonfalon.planning.touchpoints.model import TouchpointDraft
from gonfalon.tracking.links.model import Hit, HitKind
from gonfalon.tracking.links.rules import judge
from gonfalon.tracking.links.store import append_hits
from gonfalon.tracking.tables import hits, links

PREVIEW = "Internal preview (made up)"
READERS = "Readers of the preview (made up)"
WORDING = "Example data: made-up readers, taken to have agreed."
NAMES = (
    "Lena Ortiz", "Tom Becker", "Mei Tanaka", "Amara Osei", "Jonas Lind", "Priya Nair", "Luca Conti", "Sara Haddad",
    "Noah Fischer", "Ines Duarte", "Kofi Mensah", "Elsa Berg",
)  # fmt: skip
"""The demo's three colleagues and others, all made up."""
PICTURES = ("sale-banner.png", "jacket.png", "boots.png")
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Made-up-reader/1.0 (demo)"
LOOKS = timedelta(seconds=30)
TRIES = 60


async def keep_pictures(ctx: Context) -> None:
    """Put the demo's own pictures into the library, unless there are some."""
    for name in PICTURES:
        await upload_asset(ctx, name, (resources.files("gonfalon.demo_data") / name).read_bytes())


async def send_preview(ctx: Context, campaign_id: UUID, template_id: UUID, sender_id: UUID, topic_id: int) -> None:
    """Launch the preview, once; it is read once it has arrived."""
    async with ctx.reading() as connection:
        t = touchpoints.c
        known = select(t.id).where(t.workspace_id == ctx.workspace.id, t.campaign_id == campaign_id, t.name == PREVIEW)
        if (await connection.execute(known)).first() is not None:
            return
    agreed = Agreement([topic_id], "Demo data", wording=WORDING)
    people = []
    for name in NAMES:
        first, last = name.split()
        who = identified(ctx, email=f"{first}.{last}@readers.example".lower())
        person = await save_person(ctx, who, {"first_name": first, "last_name": last}, ["made up"], agreed=agreed)
        people.append(person.id)
    readers = await create_audience(ctx, kind=AudienceKind.LIST, name=READERS)
    await add_to_list(ctx, readers.id, people=people)
    draft = TouchpointDraft(
        PREVIEW,
        audience_id=readers.id,
        template_id=template_id,
        sender_identity_id=sender_id,
        topic_id=topic_id,
        note="An example: it goes to made-up readers, into the mail sandbox.",
    )
    touchpoint_id = await create_touchpoint(ctx, campaign_id, draft)
    await launch_touchpoint(ctx, touchpoint_id)
    async with ctx.transaction() as connection:
        await _look_later(ctx, connection, touchpoint_id, TRIES)


async def _look_later(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID, tries: int) -> None:
    given = {"workspace_id": ctx.workspace.id, "touchpoint_id": str(touchpoint_id), "tries": tries}
    await defer(connection, read_preview_job, after=LOOKS, **given)


@jobs.task(name="entry.read_demo_preview", pass_context=True)
async def read_preview_job(context: JobContext, workspace_id: int, touchpoint_id: str, tries: int) -> None:
    """Let the made-up readers look into their mail, again later while it is on its way."""
    services: Services = context.additional_context["services"]
    async with services.db.reading() as connection:
        workspace = await workspace_by_id(connection, workspace_id)
    ctx = operator_context(services, workspace, "Demo")
    async with ctx.transaction() as connection:
        if not await read_preview(ctx, connection, UUID(touchpoint_id)) and tries > 0:
            await _look_later(ctx, connection, UUID(touchpoint_id), tries - 1)


async def read_preview(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID) -> bool:
    """Return two of three open what has arrived, half of those follow a link. Whether the sending is over; once."""
    d, m = dispatches.c, messages.c
    dispatch = (
        await connection.execute(
            select(d.state, d.link_set_id).where(d.touchpoint_id == touchpoint_id, d.workspace_id == ctx.workspace.id)
        )
    ).first()
    if dispatch is None or dispatch.state != "finished":
        return dispatch is not None and dispatch.state == "cancelled"
    mine = (m.touchpoint_id == touchpoint_id) & (m.workspace_id == ctx.workspace.id)
    if await connection.scalar(select(hits.c.id).join(messages, m.id == hits.c.message_id).where(mine).limit(1)):
        return True
    arrived = await connection.execute(select(m.id, m.ended_at).where(mine, m.state == "accepted").order_by(m.id))
    link = await connection.scalar(select(func.min(links.c.number)).where(links.c.link_set_id == dispatch.link_set_id))
    made: list[Hit] = []
    for number, message in enumerate(arrived):
        for kind, wanted, after in ((HitKind.open, number % 3 < 2, 12), (HitKind.click, number % 3 == 0, 17)):
            if not wanted or (kind is HitKind.click and link is None):
                continue
            clicked = kind is HitKind.click
            made.append(
                Hit(
                    ctx.workspace.id, kind, message.id, dispatch.link_set_id if clicked else None,
                    link if clicked else None, message.ended_at + timedelta(seconds=after + number),
                    "GET", "", AGENT, judge(kind, "GET", {"user-agent": AGENT}),
                )
            )  # fmt: skip
    await append_hits(connection, made)
    return True
