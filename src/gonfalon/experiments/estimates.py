"""What a treatment caused in all, estimated from groups chosen at random. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from gonfalon.experiments.stats import Z95


@dataclass(frozen=True, slots=True)
class Sample:
    """A group: how many people, the sum of what each brought, and the sum of its squares."""

    people: int
    total: float
    squared: float

    @property
    def mean(self) -> float:
        """What one person brought."""
        return self.total / self.people

    @property
    def variance(self) -> float:
        """Between people, unbiased; 0 of a single person."""
        if self.people < 2:
            return 0.0
        return max(self.squared - self.people * self.mean**2, 0.0) / (self.people - 1)


def caused(pairs: Iterable[tuple[Sample, Sample]]) -> tuple[float, float, float]:
    """Return how much more treated people brought than they would have untreated, over all pairs of treated and
    control.

    A control may serve several treatments: it is the same object then, and its error counts for all of them together.
    Returns (estimate, low, high) with the 95 % interval of the normal approximation, unequal variances (Welch 1947):
    Σ nᵢ (x̄ᵢ − c̄), its variance Σ nᵢ sᵢ² + Σ over controls (Σ nᵢ)² s²/n.
    """
    estimate = variance = 0.0
    served: dict[int, tuple[Sample, int]] = {}
    for treated, control in pairs:
        estimate += treated.total - treated.people * control.mean
        variance += treated.people * treated.variance
        served[id(control)] = (control, served.get(id(control), (control, 0))[1] + treated.people)
    for control, people in served.values():
        variance += people**2 * control.variance / control.people
    spread = Z95 * sqrt(variance)
    return estimate, estimate - spread, estimate + spread
