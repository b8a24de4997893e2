"""A campaign's one goal: a metric with a baseline, a target and a deadline."""
