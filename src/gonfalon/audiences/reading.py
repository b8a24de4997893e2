"""Read what a rule builder offers in a workspace: the words that its rules may use."""

from __future__ import annotations

from sqlalchemy import select, text

from gonfalon.accounts.context import Context
from gonfalon.kit.engine import Engine
from gonfalon.kit.errors import NotFound
from gonfalon.kit.sql import run
from gonfalon.people.offers import Addressed
from gonfalon.people.tables import attribute_definitions, topics

from .intents.families import families_of
from .intents.schemas import Intents
from .intents.store import changed_families
from .schemas import AttributeWord, CampaignWord, ScoreWord, TopicWord, ValueCount, Vocabulary
from .segments.language import OPERATORS, Op, ValueType
from .segments.layout import attribute_column

_PACKAGE = "gonfalon.audiences"


async def read_vocabulary(ctx: Context) -> Vocabulary:
    """Read attributes with their operators, tags, names of events, topics, campaigns."""
    workspace = ctx.workspace.id
    async with ctx.reading() as connection:
        declared = await connection.execute(
            select(attribute_definitions)
            .where(attribute_definitions.c.workspace_id == workspace, attribute_definitions.c.deleted_at.is_(None))
            .order_by(attribute_definitions.c.label)
        )
        attributes = [
            AttributeWord(
                key=row.key,
                label=row.label,
                type=ValueType(row.type),
                choices=row.choices or [],
                operators=[op for op in Op if op in OPERATORS[ValueType(row.type)]],
            )
            for row in declared
        ]
        known_topics = await connection.execute(
            select(topics.c.key, topics.c.name)
            .where(topics.c.workspace_id == workspace, topics.c.archived_at.is_(None))
            .order_by(topics.c.position, topics.c.name)
        )
        campaigns = await connection.execute(
            text("select id, name from campaigns where workspace_id = :workspace order by created_at desc limit 200"),
            {"workspace": workspace},
        )
        scores = await connection.execute(
            text(
                "select id, name, jsonb_path_query_array(definition, '$.stages[*].name') as stages from scores"
                " where workspace_id = :workspace and archived_at is null order by lower(name), id"
            ),
            {"workspace": workspace},
        )
        families = families_of(await changed_families(connection, workspace))
        words = (await run(connection, _PACKAGE, "list_words", workspace=workspace)).one()
    return Vocabulary(
        attributes=attributes,
        tags=words.tags,
        events=words.events,
        topics=[TopicWord(key=key, name=name) for key, name in known_topics],
        scores=[ScoreWord(id=id_, name=name, stages=stages) for id_, name, stages in scores],
        campaigns=[CampaignWord(id=id_, name=name) for id_, name in campaigns],
        channels=[each.name for each in ctx.services.offered(Addressed)],
        intents=Intents(**{family.value: sorted(names) for family, names in families.items()}),
    )


async def list_values(ctx: Context, key: str, search: str) -> list[ValueCount]:
    """List the commonest values of a text or choice attribute; asks the copy if there is one."""
    async with ctx.reading() as connection:
        kind = await connection.scalar(
            select(attribute_definitions.c.type).where(
                attribute_definitions.c.workspace_id == ctx.workspace.id,
                attribute_definitions.c.key == key,
                attribute_definitions.c.type.in_(["text", "choice"]),
                attribute_definitions.c.deleted_at.is_(None),
            )
        )
        if kind is None:
            raise NotFound("attribute_unknown", f"There is no text or choice attribute “{key}”.", key=key)
        engine = ctx.services.find(Engine)
        if engine is not None and engine.status().usable:
            column = '"' + attribute_column(key).replace('"', '""') + '"'
            rows = await engine.fetch(
                f"select {column}, count(*) from people_{ctx.workspace.id:d}"  # noqa: S608 the key is declared
                f" where {column} is not null and erased_at is null and contains(lower({column}), lower($search))"
                " group by 1 order by 2 desc, 1 limit 50",
                {"search": search},
            )
        else:
            found = await run(connection, _PACKAGE, "list_values", workspace=ctx.workspace.id, key=key, search=search)
            rows = [tuple(row) for row in found]
    return [ValueCount(value=value, people=people) for value, people in rows]
