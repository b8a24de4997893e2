"""Puts a world into PostgreSQL, as the product's own rooms would have."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from . import comparing, world


def fill(connection: psycopg.Connection[Any], people: list[world.Person]) -> None:
    """Rows of all tables that rules speak of; person ids are kept as they are in the world."""
    with connection.transaction(), connection.cursor() as cursor:
        _catalogue(cursor, people)
        _people(cursor, people)
        _scores(cursor, people)
        _messages(cursor, people)


def _catalogue(cursor: psycopg.Cursor[Any], people: list[world.Person]) -> None:
    for workspace in sorted({person.workspace for person in people}):
        cursor.execute(
            "insert into workspaces (id, slug, name, time_zone, currency, language)"
            " values (%s, %s, %s, %s, 'EUR', 'en')",
            [workspace, f"w{workspace}", f"W{workspace}", str(comparing.ZONE)],
        )
        for key, kind in world.CATALOGUE.attributes.items():
            cursor.execute(
                "insert into attribute_definitions (workspace_id, key, label, type) values (%s, %s, %s, %s)",
                [workspace, key, key, kind.value],
            )
    for key, topic in world.CATALOGUE.topics.items():
        cursor.execute(
            "insert into topics (id, workspace_id, key, name) values (%s, %s, %s, %s)",
            [topic, people[0].workspace, key, key],
        )
    for audience, rule in world.CATALOGUE.audiences.items():
        if rule is None:
            cursor.execute(
                "insert into audiences (id, workspace_id, kind, name, created_by) values (%s, %s, 'list', %s, 'x')",
                [audience, people[0].workspace, str(audience)],
            )
    for score in world.SCORES:
        cursor.execute(
            "insert into scores (id, workspace_id, name, definition) values (%s, %s, %s, '{}')",
            [score, people[0].workspace, str(score)],
        )


def _scores(cursor: psycopg.Cursor[Any], people: list[world.Person]) -> None:
    _copy(
        cursor,
        "person_scores",
        "workspace_id score_id person_id fit engagement total stage",
        [
            (p.workspace, score, p.id, total, 0, total, stage)
            for p in people
            for score, (total, stage) in world.scores_of(p).items()
        ],
    )


def _people(cursor: psycopg.Cursor[Any], people: list[world.Person]) -> None:
    _copy(
        cursor,
        "people",
        "id workspace_id attributes tags email phone external_id created_at erased_at",
        [
            (
                p.id,
                p.workspace,
                Jsonb(p.attributes),
                p.tags,
                p.email,
                p.phone,
                p.external_id,
                p.created_at,
                comparing.NOW if p.erased else None,
            )
            for p in people
        ],
    )
    _copy(
        cursor,
        "consents",
        "workspace_id person_id channel topic_id state at",
        [
            (p.workspace, p.id, channel, world.CATALOGUE.topics[topic], state, comparing.NOW)
            for p in people
            for (channel, topic), state in p.consents.items()
        ],
    )
    _copy(
        cursor,
        "suppressions",
        "workspace_id channel address address_hash reason",
        [
            (p.workspace, channel, address, f"{channel} {address}".encode(), "manual")
            for p in people
            for channel, address in world.suppressed(p)
        ],
    )
    _copy(
        cursor,
        "list_members",
        "workspace_id audience_id person_id",
        [(p.workspace, each, p.id) for p in people for each in sorted(p.lists)],
    )
    workspaces = sorted({p.workspace for p in people})
    _copy(
        cursor,
        "companies",
        "id workspace_id key name properties",
        [
            (workspace * 100 + place, workspace, name, name, Jsonb(properties))
            for workspace in workspaces
            for place, (name, properties) in enumerate(world.COMPANIES)
        ],
    )
    _copy(
        cursor,
        "company_members",
        "workspace_id company_id person_id",
        [(p.workspace, p.workspace * 100 + place, p.id) for p in people for place in world.companies_of(p)],
    )
    _copy(
        cursor,
        "events",
        "workspace_id person_id name at source_key properties amount_minor",
        [
            (p.workspace, p.id, name, at, f"{p.id}-{number}", Jsonb(properties), amount)
            for p in people
            for number, (name, at, properties, amount) in enumerate(p.events)
        ],
    )


def _messages(cursor: psycopg.Cursor[Any], people: list[world.Person]) -> None:
    dispatch = UUID(int=901)
    cursor.execute(
        "insert into dispatches (id, workspace_id, touchpoint_id, campaign_id, channel, template_id,"
        " template_version, sender_identity_id, topic_id, state, launched_by)"
        " values (%(id)s, %(w)s, %(id)s, %(id)s, 'email', %(id)s, 1, %(id)s, 1, 'running', 'x')",
        {"id": dispatch, "w": people[0].workspace},
    )
    messages: list[tuple[Any, ...]] = []
    hits: list[tuple[Any, ...]] = []
    for p in people:
        for touchpoint, state, at, found in p.messages:
            message = len(messages) + 1
            messages.append((message, p.workspace, dispatch, touchpoint, p.id, state, at))
            hits += [(p.workspace, kind, message, when, "GET", verdict, "x", 1) for kind, verdict, when in found]
    _copy(cursor, "messages", "id workspace_id dispatch_id touchpoint_id person_id state ended_at", messages)
    _copy(cursor, "hits", "workspace_id kind message_id at method verdict rule rule_version", hits)


def _copy(cursor: psycopg.Cursor[Any], table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    with cursor.copy(f"copy {table} ({columns.replace(' ', ', ')}) from stdin".encode()) as copy:
        for row in rows:
            copy.write_row(row)
