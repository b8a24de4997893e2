"""Scores are tried on the shop that tests of audiences speak of."""

from __future__ import annotations

from tests.audiences.conftest import shop

__all__ = ["shop"]
