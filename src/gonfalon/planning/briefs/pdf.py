"""Print a brief: words are put together here, the layout is in brief.typ."""

from __future__ import annotations

import asyncio
from importlib import resources
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date

from gonfalon.accounts.model import Workspace
from gonfalon.kit.clock import utcnow
from gonfalon.kit.document import LOCALES, make_pdf, moment
from gonfalon.metrics.rules import name_of, value_in
from gonfalon.planning.briefs.model import SINGLES, Section
from gonfalon.planning.briefs.schemas import BriefOut, PassageOut
from gonfalon.planning.briefs.words import WORDS
from gonfalon.planning.campaigns.model import CampaignOverview
from gonfalon.planning.model import StoredGoal


async def write(campaign: CampaignOverview, brief: BriefOut, workspace: Workspace, language: str) -> bytes:
    """Return an A4 document of the campaign's brief. Raises Unavailable for Chinese without a Chinese font."""
    layout = (resources.files("gonfalon.planning.briefs") / "brief.typ").read_bytes()
    return await asyncio.to_thread(make_pdf, layout, _data(campaign, brief, workspace, language), language)


def _data(campaign: CampaignOverview, brief: BriefOut, workspace: Workspace, language: str) -> dict[str, Any]:
    words, locale = WORDS[language], LOCALES[language]
    at = utcnow().astimezone(ZoneInfo(workspace.time_zone))
    texts = {passage.section: passage.text for passage in brief.passages if passage.section in SINGLES}
    days = [format_date(day, "long", locale=locale) for day in (campaign.starts_on, campaign.ends_on) if day]
    line = [" – ".join(days), words("by", name=campaign.leader.name) if campaign.leader else ""]

    def of(section: Section, parent: UUID | None = None) -> list[PassageOut]:
        return [one for one in brief.passages if one.section is section and one.parent_id == parent]

    return {
        "words": words,
        "title": campaign.name,
        "workspace": workspace.name,
        "as_of": words("as_of", at=moment(at, locale)),
        "line": " · ".join(part for part in line if part),
        "goal": goal_line(campaign.goal, workspace, language),
        "audiences": [
            {
                "name": audience.audience_name or words["audience"],
                "text": audience.text,
                "messages": [
                    {"kind": words[message.kind.value] if message.kind else "", "text": message.text}
                    for message in of(Section.MESSAGE, audience.id)
                ],
            }
            for audience in of(Section.AUDIENCE)
        ],
        "hypotheses": [one.text for one in of(Section.HYPOTHESIS)],
        "mandatory": [one.text for one in of(Section.MANDATORY)],
        **{section.value: texts.get(section, "") for section in SINGLES},
    }


def goal_line(goal: StoredGoal | None, workspace: Workspace, language: str) -> str:
    """Return the campaign's goal in words and as a number, each on its line; empty without one."""
    if goal is None:
        return ""
    line = WORDS[language](
        "goal_to" if goal.baseline is None else "goal_from",
        metric=name_of(goal.metric, language),
        baseline=value_in(goal.metric, goal.baseline, workspace.currency, language),
        target=value_in(goal.metric, goal.target, workspace.currency, language),
        day=format_date(goal.deadline, "long", locale=LOCALES[language]),
    )
    return "\n".join(part for part in (goal.name, line) if part)
