"""The launch check's questions about who gets it. Pure."""

from __future__ import annotations

from typing import Any

from gonfalon.channels.questions import Answer, Fix, Level, Place, answer
from gonfalon.planning.launch.model import LaunchFacts, LaunchReach

NO_TOPIC = "no_topic"
"""Why nobody gets it while no topic is chosen: who has agreed to it has not been asked."""
REASONS = {
    "no_consent": "have not agreed to this topic",
    "unsubscribed": "have unsubscribed",
    "no_address": "have no {noun}",
    "suppressed": "are on the suppression list",
    "erased": "were erased",
    "over_limit": "are at their limit of messages",
    "holdout": "are held out to compare with",
}


def summary(reach: LaunchReach | None, holdout_percent: int, noun: str) -> str:
    """Sum up who gets it. noun: what an address is called.

    “3,102 of 3,400 people will get it; 250 have not agreed to this topic, 48 have no phone number.”
    """
    if reach is None:
        return "Nobody will get it yet: choose an audience."
    if reach.withheld.get(NO_TOPIC):
        return f"Nobody will get it yet: choose the topic. The audience has {reach.audience:,} people."
    held = held_out(reach.reachable, holdout_percent)
    withheld = {reason: count for reason, count in reach.withheld.items() if count}
    if held:
        withheld["holdout"] = held
    others = ", ".join(
        f"{count:,} {REASONS.get(reason, reason).format(noun=noun)}" for reason, count in withheld.items()
    )
    about = "about " if held else ""
    begin = f"{about}{reach.reachable - held:,} of {reach.audience:,} people will get it"
    begin = begin[0].upper() + begin[1:]
    return f"{begin}; {others}." if others else f"{begin}."


def held_out(reachable: int, holdout_percent: int) -> int:
    """Return about how many of the reachable people are held out."""
    return round(reachable * holdout_percent / 100)


def planned(reach: LaunchReach | None, holdout_percent: int) -> int | None:
    """Return how many people would get it as it is launched."""
    return None if reach is None else reach.reachable - held_out(reach.reachable, holdout_percent)


def about_audience(facts: LaunchFacts) -> list[Answer]:
    """Return who is to get it, as far as that can be told."""
    here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
    chosen = facts.audience
    if chosen is None:
        return [answer("audience.missing", Level.BLOCKING, "Choose who is to get it.", here)]
    there = Fix(Place.AUDIENCE, chosen.id)
    if chosen.archived:
        return [answer("audience.archived", Level.BLOCKING, f"“{chosen.name}” is archived; choose another.", here)]
    if chosen.broken or chosen.reach is None:
        sentence = chosen.broken or "Its size is not known yet; try again in a moment."
        return [
            answer(
                "audience.broken", Level.BLOCKING, f"“{chosen.name}” cannot be counted: {sentence}", there, why=sentence
            )
        ]
    reach = chosen.reach
    values: dict[str, Any] = {
        "audience": reach.audience,
        "reachable": reach.reachable - held_out(reach.reachable, facts.holdout_percent),
        "held_out": held_out(reach.reachable, facts.holdout_percent),
        "withheld": dict(reach.withheld),
    }
    return [_reached(facts, chosen.name, reach, values, there)]


def _reached(facts: LaunchFacts, name: str, reach: LaunchReach, values: dict[str, Any], there: Fix) -> Answer:
    if not reach.audience:
        return answer("audience.empty", Level.BLOCKING, f"Nobody is in “{name}”.", there, **values)
    if reach.withheld.get(NO_TOPIC):
        sentence = f"“{name}” has {reach.audience:,} people; choose the topic to see who of them will get it."
        return answer("audience.counted", Level.OK, sentence, there, **values)
    told = summary(reach, facts.holdout_percent, facts.channel.noun)
    if not values["reachable"]:
        sentence = f"None of the {reach.audience:,} people in “{name}” may or can be reached: {told}"
        return answer("audience.unreachable", Level.BLOCKING, sentence, there, **values)
    return answer(
        "audience.reach", Level.LOOK if reach.reachable * 2 < reach.audience else Level.OK, told, there, **values
    )
