"""What measuring side by side does, and that the audience benchmark's oracle knows its rule."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.audience import World
from benchmarks.measure import interleaved, median, percentile


def test_rounds_go_forth_and_back() -> None:
    order: list[str] = []
    seconds = interleaved({name: lambda name=name: order.append(name) for name in "ab"}, rounds=2)  # type: ignore[misc]
    assert "".join(order) == "abbaabba"
    assert {name: len(each) for name, each in seconds.items()} == {"a": 4, "b": 4}


@pytest.mark.parametrize(("share", "value"), [(0.5, 10.0), (0.95, 19.0), (1.0, 20.0), (0.001, 1.0)])
def test_percentiles_are_values_that_occurred(share: float, value: float) -> None:
    assert percentile([float(n) for n in range(20, 0, -1)], share) == value
    assert median([3.0, 1.0, 2.0]) == 2.0


def test_the_oracle_counts_by_the_rule() -> None:
    day = 86400
    orders = [(1, 3, 10 * day), (1, 3, 20 * day), (2, 3, 10 * day), (2, 3, 200 * day), (3, 3, 1), (3, 3, 2)]
    views = [(1, 1, 5 * day), (3, 1, 40 * day)]
    person, name, ago = (np.array(column) for column in zip(*orders, *views, strict=True))
    world = World(
        womens=np.array([True, True, True]),
        months=np.array([6, 1, 1]),
        area=np.array([0, 1, 1]),
        score=np.array([0, 99, 90]),
        person=person,
        name=name,
        ago=ago,
        properties=np.zeros(len(person), np.int8),
    )
    # 1: bought twice and looked lately; 2: bought once within the time; 3: bought twice, a high score
    assert world.members().tolist() == [1, 3]
