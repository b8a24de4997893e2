"""Pure decisions on scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gonfalon.audiences.segments.check import expand, faults
from gonfalon.audiences.segments.language import Catalogue, RuleInvalid, Score, parse, walk

from .definition import ConditionRule, ScoreDefinition, ScoreStage
from .model import RuleFault, ScoreBucket, StageSize

BUCKET = 10


def find_faults(definition: ScoreDefinition, catalogue: Catalogue) -> Iterator[RuleFault]:
    """Return the first fault of every rule that cannot be asked (an attribute was deleted, an audience archived …)."""
    for number, rule in enumerate(definition.rules):
        if isinstance(rule, ConditionRule) and (found := _fault(rule, catalogue)) is not None:
            yield RuleFault(number, found.place, found.reason, found.values, found.sentence)


def check_rules(definition: ScoreDefinition, catalogue: Catalogue) -> None:
    """Raise RuleInvalid with the first fault, its place beginning with the rule's: `rules[2].when`."""
    for number, rule in enumerate(definition.rules):
        if isinstance(rule, ConditionRule) and (found := _fault(rule, catalogue)) is not None:
            place = f"rules[{number}].when" + (f".{found.place}" if found.place else "")
            raise RuleInvalid(found.reason, found.sentence, place, **found.values)


def _fault(rule: ConditionRule, catalogue: Catalogue) -> RuleInvalid | None:
    """What is wrong with a condition; a score must not feed on scores, through an audience neither."""
    try:
        tree = parse(rule.when)
        found = next(faults(tree, catalogue), None)
        if found is None and any(isinstance(node, Score) for _, node in walk(expand(tree, catalogue))):
            return RuleInvalid("score_in_score", "A rule of a score cannot ask for scores; remove this condition.")
    except RuleInvalid as fault:
        return fault
    return found


def stage_of(total: int, stages: Sequence[ScoreStage]) -> str:
    """Return the name of the stage that somebody with so many points is in."""
    return next(each.name for each in reversed(stages) if each.at_least is None or each.at_least <= total)


def in_stages(people: Mapping[int, int], stages: Sequence[ScoreStage]) -> tuple[StageSize, ...]:
    """Return how many people are in each stage. people: how many have which total."""
    sizes = dict.fromkeys((stage.name for stage in stages), 0)
    for total, number in people.items():
        sizes[stage_of(total, stages)] += number
    return tuple(StageSize(name, number) for name, number in sizes.items())


def in_buckets(people: Mapping[int, int]) -> tuple[ScoreBucket, ...]:
    """Return how many people are in each bucket of ten points, from the lowest to the highest, empty ones too.

    people: how many have which total. Where totals lie so far apart that there would be more than a hundred buckets,
    the empty ones are left out.
    """
    found: dict[int, int] = {}
    for total, number in people.items():
        least = total // BUCKET * BUCKET
        found[least] = found.get(least, 0) + number
    if not found:
        return ()
    every = range(min(found), max(found) + 1, BUCKET)
    shown = every if len(every) <= 100 else sorted(found)
    return tuple(ScoreBucket(least, found.get(least, 0)) for least in shown)
