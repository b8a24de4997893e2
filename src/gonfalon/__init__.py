"""Gonfalon: marketing campaign management, from the plan to what came back."""

__version__ = "0.1.0"
