"""What a treatment caused in all, against sums done by hand."""

from __future__ import annotations

from math import sqrt

import pytest

from gonfalon.experiments.estimates import Sample, caused
from gonfalon.experiments.stats import Z95


def sample(*values: float) -> Sample:
    return Sample(len(values), sum(values), sum(value * value for value in values))


def test_what_is_caused_and_how_sure_it_is() -> None:
    treated, control = sample(4, 6, 8, 10), sample(1, 3)
    estimate, low, high = caused([(treated, control)])
    assert estimate == pytest.approx(4 * (7 - 2))
    # 4·s² of the treated (20/3) and 4²·s²/n of the control (2/2)
    assert high - estimate == pytest.approx(Z95 * sqrt(4 * 20 / 3 + 16 * 2 / 2))
    assert low == pytest.approx(2 * estimate - high)


def test_a_shared_control_errs_for_all_at_once() -> None:
    one, other, control = sample(4, 6), sample(8, 10), sample(1, 3)
    estimate, _, high = caused([(one, control), (other, control)])
    assert estimate == pytest.approx(2 * (5 - 2) + 2 * (9 - 2))
    assert high - estimate == pytest.approx(Z95 * sqrt(2 * 2 + 2 * 2 + (2 + 2) ** 2 * 2 / 2))
    _, _, apart = caused([(one, control), (other, sample(1, 3))])
    assert apart < high


def test_one_person_has_no_spread() -> None:
    assert caused([(sample(5), sample(2))]) == (3.0, 3.0, 3.0)
