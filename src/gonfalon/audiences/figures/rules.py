"""Pure decisions about figures."""

from __future__ import annotations

from collections.abc import Iterable

from ..segments.language import AllOf, AnyOf, Rule
from .model import AudienceTrait

MOST_PARTS = 12
MOST_TRAITS = 12
LEAST_SHARE = 0.02
"""What fewer of the members have says nothing of them."""


def parts_of(rule: Rule) -> tuple[Rule, ...]:
    """Return the parts of a rule that one can take away; a rule of one condition has none."""
    return rule.rules if isinstance(rule, AllOf | AnyOf) else ()


def joined(bits: int, parts: int, rule: Rule, without: int | None = None) -> bool:
    """Return whether somebody is meant for whom these parts hold (a bit each), if one part is left ``without``."""
    held = [bool(bits >> part & 1) for part in range(parts) if part != without]
    if not held:
        return True  # a rule without conditions means everybody
    return all(held) if isinstance(rule, AllOf) else any(held)


def most_telling(found: Iterable[AudienceTrait], members: int, everybody: int) -> tuple[AudienceTrait, ...]:
    """Return the traits that differ most: by lift times share, as a common trait a little above says more than a rare
    one."""

    def lift(trait: AudienceTrait) -> float:
        return (trait.members / members) / (trait.everybody / everybody)

    def weight(trait: AudienceTrait) -> float:
        return (trait.members / members - trait.everybody / everybody) * lift(trait)

    if not members or not everybody:
        return ()
    telling = [each for each in found if each.members >= max(1, LEAST_SHARE * members) and lift(each) > 1.05]
    return tuple(sorted(telling, key=lambda each: (-weight(each), each.kind, each.key, each.value))[:MOST_TRAITS])
