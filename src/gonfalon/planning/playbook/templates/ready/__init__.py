"""The templates that come with Gonfalon: plans.py says what is done when, words/<language>.toml how it is called."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache, partial
from importlib import resources
from typing import Any
from uuid import UUID, uuid5

from gonfalon.planning.playbook.templates.ready.plans import PLANS, ReadyPlan
from gonfalon.planning.playbook.templates.schemas import PlanDocument

_OURS = UUID("5f2f7f0e-5a7c-4f0b-9a51-6a7d3f0c9e11")
Made = tuple[str, str, PlanDocument]


@cache
def words(language: str) -> dict[str, Any]:
    """Return the words of a language, by part and key."""
    place = resources.files("gonfalon.planning.playbook.templates.ready") / "words" / f"{language}.toml"
    return tomllib.loads(place.read_text(encoding="utf-8"))


@cache
def _made(plan: ReadyPlan, language: str) -> Made:
    """Return name, description and document of a plan in a language."""
    said = words(language)
    own = said[plan.key]

    def named(part: str, key: str) -> str:
        return str(said[part][key])

    return (
        own["name"],
        own["description"],
        PlanDocument.model_validate(
            {
                "category": plan.category,
                "type": plan.type,
                "description": own["description"],
                "days": plan.days,
                "goal": {"metric": plan.metric},
                "roles": [
                    {"key": role, "name": named("roles", role), "part": part, "leads": role == "lead"}
                    for role, part in plan.roles.items()
                ],
                "brief": [
                    {"section": "objective", "text": own["objective"]},
                    {"section": "timing", "text": own["timing"]},
                    {"section": "audience", "text": own["audience"]},
                    *(
                        {"section": "message", "kind": kind, "text": own[kind], "parent": 2}
                        for kind in ("motivation", "objection", "trigger")
                    ),
                    {"section": "hypothesis", "text": own["hypothesis"]},
                    {"section": "mandatory", "text": said["brief"]["mandatory"]},
                ],
                "tasks": [
                    {
                        "key": step.key,
                        "name": named("tasks", step.key),
                        "kind": step.kind,
                        "role": step.role,
                        "duration_days": step.days,
                        "effort_hours": step.effort_hours,
                        "fixed_day": step.fixed,
                        "start_day": step.start,
                        "touchpoint": step.touchpoint,
                    }
                    for step in plan.steps
                ],
                "links": [
                    {"predecessor": before, "successor": step.key} for step in plan.steps for before in step.after
                ],
                "lines": [
                    {"key": line.key, "name": named("lines", line.key), "resource": line.resource, "task": line.task}
                    for line in plan.lines
                ],
                "touchpoints": [
                    {
                        "key": contact.key,
                        "name": named("touchpoints", contact.key),
                        "channel": contact.channel,
                        "day": contact.day,
                        "at": contact.at,
                    }
                    for contact in plan.contacts
                ],
            }
        ),
    )


def ready_id(key: str) -> UUID:
    """Return the id of a ready-made template by its key, such as `seasonal_sale`; the same everywhere and for ever."""
    return uuid5(_OURS, key)


READY: dict[UUID, Callable[[str], Made]] = {ready_id(plan.key): partial(_made, plan) for plan in PLANS}
"""The ready-made templates by their ids."""
