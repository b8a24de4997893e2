"""Scores to begin with, made of what the workspace has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gonfalon.audiences.segments.language import Catalogue, Family

from .definition import BehaviourRule, ConditionRule, ScoreCategory, ScoreDefinition, ScoreRule, ScoreStage

NAMES: Mapping[str, tuple[str, str, str]] = {
    "en": ("Cold", "Warm", "Hot"),
    "sv": ("Kall", "Varm", "Het"),
    "fr": ("Froid", "Tiède", "Chaud"),
    "zh": ("冷", "温", "热"),
}
"""What the usual stages are called, by language."""
MOST_EVENTS = 3
BACK_DAYS = 90


def begin(catalogue: Catalogue, events: Sequence[str], language: str) -> ScoreDefinition:
    """Return the usual score: reachable people fit, whoever clicks and buys is engaged, whoever stays away cools down.

    events: names of the workspace's events, the commonest first; those of the purchase and consideration families
    give points by their family.
    """
    cold, warm, hot = NAMES.get(language, NAMES["en"])
    rules: list[ScoreRule] = [
        ConditionRule(points=5, when={"kind": "identity", "identity": "email"}),
        BehaviourRule(points=5, what="clicked", most=20, half_life=30),
    ]
    topic = next(iter(sorted(catalogue.topics)), None)
    if topic is not None:
        agreed = {"kind": "consent", "channel": "email", "topic": topic, "state": "granted"}
        rules.insert(1, ConditionRule(points=10, when=agreed))
    shown = 0
    for name in events:
        points = _worth(catalogue, name)
        if points and shown < MOST_EVENTS:
            rules.append(BehaviourRule(points=points, what="event", name=name, most=points * 2, half_life=60))
            shown += 1
    away = {"kind": "active", "did": False, "within_days": BACK_DAYS}
    rules.append(ConditionRule(category=ScoreCategory.ENGAGEMENT, points=-15, when=away))
    stages = (ScoreStage(name=cold), ScoreStage(name=warm, at_least=20), ScoreStage(name=hot, at_least=50))
    return ScoreDefinition(rules=tuple(rules), stages=stages)


def _worth(catalogue: Catalogue, name: str) -> int:
    if name in catalogue.families.get(Family.PURCHASE, ()):
        return 25
    return 10 if name in catalogue.families.get(Family.CONSIDERATION, ()) else 0
