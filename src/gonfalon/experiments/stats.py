"""Pure statistics of comparisons."""

from __future__ import annotations

from math import sqrt

Z95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


def share_interval(hits: int, of: int, z: float = Z95) -> tuple[float, float]:
    """Return Wilson's score interval of a share (Wilson 1927), by default at 95 %. `of` must be above 0."""
    share = hits / of
    middle = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def difference_of_shares(hits: int, of: int, base_hits: int, base_of: int) -> tuple[float, float, float]:
    """Return the difference of two independent shares with its 95 % interval (Newcombe 1998, method 10).

    Both numbers of people must be above 0. Returns (difference, low, high) as fractions of one.
    """
    share, base = hits / of, base_hits / base_of
    low, high = share_interval(hits, of)
    base_low, base_high = share_interval(base_hits, base_of)
    difference = share - base
    return (
        difference,
        difference - sqrt((share - low) ** 2 + (base_high - base) ** 2),
        difference + sqrt((high - share) ** 2 + (base - base_low) ** 2),
    )
