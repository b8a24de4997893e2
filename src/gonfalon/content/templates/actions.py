"""The verbs of templates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.content.blocks import MailTree, open_mail
from gonfalon.content.brand.model import BrandKit
from gonfalon.content.brand.rules import brand_words
from gonfalon.content.brand.store import find_brand
from gonfalon.content.render import RenderedEmail, Source, Style, TemplateError, TemplateProblem
from gonfalon.content.render.bench import run_confined, try_email
from gonfalon.content.templates import rules, store
from gonfalon.content.templates.model import Check, Gap, Sample, Template
from gonfalon.content.templates.samples import DIFFICULT_PEOPLE
from gonfalon.content.templates.starters import SAMPLE_PEOPLE, starter, starter_addresses
from gonfalon.kit.ids import new_id


def style_of(ctx: Context) -> Style:
    """Return how the workspace writes dates, numbers and money."""
    return Style(ctx.workspace.language, ctx.workspace.time_zone, ctx.workspace.currency)


async def check_source(ctx: Context, source: Source, attributes: Collection[str] | None = None) -> Check:
    """Compile and tries a source; what is wrong with it is an answer here, not an error.

    It is rendered with a made-up person as well, since some mistakes show only then. attributes: the declared keys,
    where they are known already: at a launch, which is not asked about the brand's words.
    """
    ctx.require(Permission.CONTENT_READ)
    brand = BrandKit()
    if attributes is None:
        async with ctx.reading() as connection:
            attributes = await store.attribute_keys(ctx, connection)
            brand = (await find_brand(ctx, connection)).kit
    try:
        trial = await try_email(source, style_of(ctx), fields=sample_fields(ctx))
    except TemplateError as error:
        return Check((_problem(error),))
    problems = [
        *trial.problems,
        *rules.unknown_fields(trial.uses, attributes),
        *rules.leftovers(source, trial.links, starter_addresses()),
        *brand_words(source, brand.words),
    ]
    if trial.failed is not None:
        problems.append(_problem(trial.failed))
    return Check(tuple(problems), trial.links, trial.uses, trial.html_bytes)


async def find_links(
    ctx: Context, connection: AsyncConnection, template_id: UUID, version: int, tags: Mapping[str, str]
) -> list[tuple[int, str, str]]:
    """Return the links of a version's content, with the tags that they get: number, destination, label.

    Raises NotFound, TemplateError.
    """
    source = await store.find_source(connection, ctx.workspace.id, template_id, version)
    trial = await try_email(source, style_of(ctx), utm=tags)
    return [(link.number, link.destination, link.label) for link in trial.links]


def _problem(error: TemplateError) -> TemplateProblem:
    return TemplateProblem("error", error.code, error.sentence, error.part, error.line, error.reason, error.values)


def sample_fields(ctx: Context, sample: Sample = Sample.USUAL) -> dict[str, Any]:
    """Return the fields of a made-up person, the usual one in the workspace's language."""
    usual = SAMPLE_PEOPLE.get(ctx.workspace.language, SAMPLE_PEOPLE["en"])
    return {"person": dict(DIFFICULT_PEOPLE.get(sample, usual)), "workspace": {"name": ctx.workspace.name}}


async def preview(
    ctx: Context, source: Source, person_id: int | None = None, sample: Sample = Sample.USUAL
) -> RenderedEmail:
    """Return the message as a person would get it, or a made-up one; its own links lead nowhere.

    Raises TemplateError and NotFound.
    """
    ctx.require(Permission.CONTENT_READ)
    fields = sample_fields(ctx, sample)
    if person_id is not None:
        ctx.require(Permission.PEOPLE_READ)
        async with ctx.reading() as connection:
            row = await store.find_person(ctx, connection, person_id)
        fields["person"] = rules.person_fields(row)
    trial = await try_email(source, style_of(ctx), fields=fields, base=ctx.services.settings.public_url)
    if trial.rendered is None:
        raise trial.failed or TemplateError("liquid_invalid", "The email cannot be shown.")
    return trial.rendered


async def brand_kit(ctx: Context) -> BrandKit:
    """Return how the workspace's mails look and speak."""
    async with ctx.reading() as connection:
        return (await find_brand(ctx, connection)).kit


async def open_blocks(ctx: Context, body: str) -> MailTree:
    """Return a source as blocks; an empty one begins with the workspace's look. Raises TemplateError."""
    ctx.require(Permission.CONTENT_READ)
    if body.strip():
        return await run_confined(open_mail, body)
    theme = (await brand_kit(ctx)).theme
    return MailTree(
        attributes={"lang": ctx.workspace.language},
        title=ctx.workspace.name,
        theme=theme,
        body={"background-color": theme.page, "css-class": "page", "width": "600px"},
    )


async def find_gaps(
    ctx: Context, source: Source, *, snapshot_id: int | None = None, list_id: UUID | None = None
) -> list[Gap]:
    """Return how many people lack each field that is printed without a default; empty when it does not compile."""
    ctx.require(Permission.AUDIENCES_READ)  # it counts people
    try:
        trial = await try_email(source, style_of(ctx))
    except TemplateError:
        return []
    keys = rules.printed_fields(trial.uses)
    async with ctx.reading() as connection:
        return await store.count_gaps(ctx, connection, keys, snapshot_id=snapshot_id, list_id=list_id)


async def create_template(ctx: Context, name: str, source: Source | None = None, starter_key: str = "") -> Template:
    """Return a new template from a source, or from a starter in the workspace's language. Drafts with errors are
    kept."""
    ctx.require(Permission.CONTENT_WRITE)
    begun = starter(starter_key, ctx.workspace.language, await brand_kit(ctx)) if starter_key else None
    content = source or (begun.source if begun else Source("", ""))
    named = rules.check_name(name or (begun.name if begun else ""))
    checks = await _checks(ctx, content)
    async with ctx.transaction() as connection:
        template_id = new_id()
        await store.add_template(ctx, connection, template_id, named, content, checks, ctx.actor.name)
        await ctx.audit(connection, "template.created", "template", template_id, named, starter=starter_key or None)
        return await store.find_template(ctx, connection, template_id)


async def save_template(ctx: Context, template_id: UUID, version: int, name: str, source: Source) -> Template:
    """Save what was made of `version` as the next one; raises Conflict when somebody else saved meanwhile."""
    ctx.require(Permission.CONTENT_WRITE)
    named = rules.check_name(name)
    checks = await _checks(ctx, source)
    async with ctx.transaction() as connection:
        present = await store.find_template(ctx, connection, template_id, lock=True)
        store.check_version(present, version)
        if (named, source) == (present.name, present.source):
            return present
        await store.save_version(ctx, connection, present, named, source, checks, ctx.actor.name)
        saved = await store.find_template(ctx, connection, template_id)
        await ctx.audit(connection, "template.saved", "template", template_id, named, version=saved.version)
        return saved


async def restore_version(ctx: Context, template_id: UUID, number: int, version: int) -> Template:
    """Make an old version the newest again, as a new version."""
    ctx.require(Permission.CONTENT_WRITE)
    async with ctx.reading() as connection:
        source = await store.find_source(connection, ctx.workspace.id, template_id, number)
        name = (await store.find_template(ctx, connection, template_id)).name
    return await save_template(ctx, template_id, version, name, source)


async def duplicate_template(ctx: Context, template_id: UUID, name: str) -> Template:
    """Return a copy of the newest version under another name."""
    ctx.require(Permission.CONTENT_WRITE)
    async with ctx.reading() as connection:
        present = await store.find_template(ctx, connection, template_id)
    return await create_template(ctx, name, present.source)


async def archive_template(ctx: Context, template_id: UUID, *, archived: bool = True) -> Template:
    """Take a template out of the lists, or back; what was sent with it stays."""
    ctx.require(Permission.CONTENT_WRITE)
    async with ctx.transaction() as connection:
        present = await store.find_template(ctx, connection, template_id, lock=True)
        if (present.archived_at is not None) != archived:
            await store.set_archived(ctx, connection, template_id, archived=archived)
            verb = "template.archived" if archived else "template.unarchived"
            await ctx.audit(connection, verb, "template", template_id, present.name)
        return await store.find_template(ctx, connection, template_id)


async def _checks(ctx: Context, source: Source) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in (await check_source(ctx, source)).problems]
