"""Scores: points by rules, explained for every person, with stages that hand over."""
