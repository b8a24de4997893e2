"""The brief on paper: words are put together here, the layout is in brief.typ."""

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
from gonfalon.planning.briefs.model import SINGLES, Section
from gonfalon.planning.briefs.schemas import BriefOut, PassageOut
from gonfalon.planning.goals.model import GoalMetric
from gonfalon.planning.goals.words import METRICS, value_in

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "goal": "Goal", "goal_to": "{metric}: {target} by {day}",
        "goal_from": "{metric}: from {baseline} to {target} by {day}",
        "brief": "Brief", "objective": "Objective", "value_proposition": "Value proposition",
        "call_to_action": "Call to action", "audiences": "Audiences and messages", "timing": "Timing",
        "owned": "Owned channels", "paid": "Paid channels", "earned": "Earned channels",
        "hypotheses": "Hypotheses to verify", "mandatory": "Mandatory items", "as_of": "as of {at}",
        "motivation": "Motivation", "objection": "Objection", "trigger": "Trigger", "by": "led by {name}",
        "audience": "Audience",
    },
    "fr": {
        "goal": "Objectif chiffré", "goal_to": "{metric} : {target} d’ici au {day}",
        "goal_from": "{metric} : de {baseline} à {target} d’ici au {day}",
        "brief": "Brief", "objective": "Objectif", "value_proposition": "Proposition de valeur",
        "call_to_action": "Appel à l’action", "audiences": "Audiences et messages", "timing": "Calendrier",
        "owned": "Canaux détenus", "paid": "Canaux payants", "earned": "Canaux gagnés",
        "hypotheses": "Hypothèses à vérifier", "mandatory": "Éléments obligatoires", "as_of": "au {at}",
        "motivation": "Motivation", "objection": "Objection", "trigger": "Déclencheur", "by": "menée par {name}",
        "audience": "Audience",
    },
    "sv": {
        "goal": "Mål", "goal_to": "{metric}: {target} senast {day}",
        "goal_from": "{metric}: från {baseline} till {target} senast {day}",
        "brief": "Brief", "objective": "Syfte", "value_proposition": "Värdeerbjudande",
        "call_to_action": "Uppmaning", "audiences": "Målgrupper och budskap", "timing": "Tidpunkt",
        "owned": "Egna kanaler", "paid": "Betalda kanaler", "earned": "Förtjänade kanaler",
        "hypotheses": "Hypoteser att pröva", "mandatory": "Obligatoriska inslag", "as_of": "per {at}",
        "motivation": "Drivkraft", "objection": "Invändning", "trigger": "Utlösare", "by": "leds av {name}",
        "audience": "Målgrupp",
    },
    "zh": {
        "goal": "目标值", "goal_to": "{metric}：{day} 前达到 {target}",
        "goal_from": "{metric}：{day} 前从 {baseline} 达到 {target}",
        "brief": "简报", "objective": "目标", "value_proposition": "价值主张",
        "call_to_action": "行动号召", "audiences": "受众与信息", "timing": "时间安排",
        "owned": "自有渠道", "paid": "付费渠道", "earned": "赢得渠道",
        "hypotheses": "待验证的假设", "mandatory": "必备事项", "as_of": "截至 {at}",
        "motivation": "动机", "objection": "顾虑", "trigger": "触发点", "by": "负责人：{name}",
        "audience": "受众",
    },
}  # fmt: skip


async def write(campaign: Any, brief: BriefOut, workspace: Workspace, language: str) -> bytes:
    """An A4 document of the campaign's brief. Raises Unavailable for Chinese without a Chinese font."""
    layout = (resources.files("gonfalon.planning.briefs") / "brief.typ").read_bytes()
    return await asyncio.to_thread(make_pdf, layout, _data(campaign, brief, workspace, language), language)


def _data(campaign: Any, brief: BriefOut, workspace: Workspace, language: str) -> dict[str, Any]:
    words, locale = WORDS[language], LOCALES[language]
    at = utcnow().astimezone(ZoneInfo(workspace.time_zone))
    texts = {passage.section: passage.text for passage in brief.passages if passage.section in SINGLES}
    days = [format_date(day, "long", locale=locale) for day in (campaign.starts_on, campaign.ends_on) if day]
    line = [" – ".join(days), words["by"].format(name=campaign.leader_name) if campaign.leader_name else ""]

    def of(section: Section, parent: UUID | None = None) -> list[PassageOut]:
        return [one for one in brief.passages if one.section is section and one.parent_id == parent]

    return {
        "words": words,
        "title": campaign.name,
        "workspace": workspace.name,
        "as_of": words["as_of"].format(at=moment(at, locale)),
        "line": " · ".join(part for part in line if part),
        "goal": goal_line(campaign, workspace, language),
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


def goal_line(campaign: Any, workspace: Workspace, language: str) -> str:
    """The campaign's goal in words and as a number, each on its line; empty without one."""
    if campaign.goal_metric is None:
        return ""
    metric = GoalMetric(campaign.goal_metric)
    known = campaign.goal_baseline is not None
    line = WORDS[language]["goal_from" if known else "goal_to"].format(
        metric=METRICS[language][metric.value],
        baseline=value_in(metric.unit, campaign.goal_baseline, workspace.currency, language),
        target=value_in(metric.unit, campaign.goal_target, workspace.currency, language),
        day=format_date(campaign.goal_deadline, "long", locale=LOCALES[language]),
    )
    return "\n".join(part for part in (campaign.goal_name, line) if part)
