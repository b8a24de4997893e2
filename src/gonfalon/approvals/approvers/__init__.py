"""Whose yes a step needs, and who may decide for them today."""
