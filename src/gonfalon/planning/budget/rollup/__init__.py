"""Sums of budgets over campaigns, channels, goals, resources, months and quarters."""
