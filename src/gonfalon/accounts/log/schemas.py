"""Shapes of the account log."""

from __future__ import annotations
