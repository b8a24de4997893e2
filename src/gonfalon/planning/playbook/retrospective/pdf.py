"""Print a retrospective: words are put together here, the layout is in retrospective.typ."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from gonfalon.accounts.model import Workspace
from gonfalon.kit import writing
from gonfalon.kit.clock import utcnow
from gonfalon.kit.document import LOCALES, make_pdf, moment
from gonfalon.metrics.rules import name_of, value_in
from gonfalon.planning.campaigns.model import CampaignOverview
from gonfalon.planning.playbook.retrospective.model import RetroSection
from gonfalon.planning.playbook.retrospective.schemas import RetroResult, RetrospectiveOut
from gonfalon.planning.playbook.retrospective.words import WORDS


async def write(
    campaign: CampaignOverview, found: RetrospectiveOut, learned: list[str], workspace: Workspace, language: str
) -> bytes:
    """Return an A4 document of the retrospective. Raises Unavailable for Chinese without a Chinese font."""
    layout = (resources.files("gonfalon.planning.playbook.retrospective") / "retrospective.typ").read_bytes()
    return await asyncio.to_thread(make_pdf, layout, _data(campaign, found, learned, workspace, language), language)


def _data(
    campaign: CampaignOverview, found: RetrospectiveOut, learned: list[str], workspace: Workspace, language: str
) -> dict[str, Any]:
    words, locale, facts = WORDS[language], LOCALES[language], found.facts
    at = (found.closed_at or utcnow()).astimezone(ZoneInfo(workspace.time_zone))
    days = [format_date(day, "long", locale=locale) for day in (campaign.starts_on, campaign.ends_on) if day]
    line = [" – ".join(days), words("by", name=campaign.leader.name) if campaign.leader else ""]

    def money(minor: int) -> str:
        return writing.money(minor, facts.currency, language)

    def number(result: RetroResult, value: Decimal | None) -> str:
        return value_in(result.metric, value, facts.currency, language)

    budget = [[words["planned"], money(facts.planned_minor)], [words["spent"], money(facts.spent_minor)]]
    over = facts.spent_minor - facts.planned_minor
    if facts.planned_minor and over:
        budget.append([words["over"] if over > 0 else words["under"], money(abs(over))])
    timeline = [[words["done"], words("of", part=facts.tasks_done, whole=facts.tasks)]]
    if facts.baselined and facts.slip_days is not None:
        timeline.append([words["late"], words("of", part=facts.late, whole=facts.baselined)])
        timeline.append([words["slip"], words("days", n=facts.slip_days)])
    return {
        "words": words,
        "title": campaign.name,
        "workspace": workspace.name,
        "as_of": words("as_of", at=moment(at, locale)),
        "line": " · ".join(part for part in line if part),
        "results": [
            [
                name_of(one.metric, language),
                *(number(one, value) for value in (one.baseline, one.target, one.value)),
            ]
            for one in found.results or []
        ],
        "money": budget,
        "days": timeline,
        "late": [words("slipped", name=one.name, n=one.slip_days) for one in facts.latest],
        "passages": {passage.section.value: passage.text for passage in found.passages},
        "sections": [section.value for section in RetroSection],
        "lessons": learned,
        "actions": [f"{one.name} · {one.owner_name}" if one.owner_name else one.name for one in found.actions],
    }
